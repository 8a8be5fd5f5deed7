"""What a sentence tells: the kinds that its words hint at, cast, filled and dated."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.proposing.casting import cast
from archive.proposing.counting import Counted, counted_in
from archive.proposing.dating import When
from archive.proposing.filling import filled
from archive.proposing.hinting import Hit, hits, suited
from archive.proposing.narrating import as_point
from archive.proposing.proposals import Filled, Span
from archive.proposing.staging import Stage, joined
from archive.vocabulary import kind

_PLAIN: Final = 3
_WEAK: Final = 1
_POSTS: Final = frozenset({"role_started", "role_ended"})
_ONCE: Final = frozenset({"stake", "deal", "listing", "licence"})
DATE_KINDS: Final = {
    "model_released": "released",
    "product_launched": "released",
    "weights_released": "released",
    "source_code_released": "released",
    "availability_changed": "in_force",
    "price_changed": "in_force",
    "deal_announced": "announced",
    "deal_closed": "announced",
    "model_announced": "announced",
    "licence_set": "announced",
    "partnership_made": "announced",
    "funding_round": "announced",
    "valuation_reported": "reported",
    "stake_changed": "reported",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind that words hint at, with what they fill of it, and its date."""

    kind: str
    cue: Span
    when: When
    edtf: str
    date_kind: str
    roles: tuple[Filled, ...]
    data: tuple[Filled, ...]
    amounts: tuple[Counted, ...] = ()
    weight: int = 0
    group: str = ""

    @property
    def subject(self) -> Filled | None:
        """Return who it is about, if that was found."""
        role = kind(self.kind).subject
        return next((one for one in self.roles if one.field == role), None)


def amounts_of(stage: Stage, dates: Sequence[When]) -> tuple[Counted, ...]:
    """Return the amounts of a sentence, placed in the text; digits of names and dates are none."""
    start = stage.sentence.start
    placed = [
        replace(one, span=Span(start + one.span.start, start + one.span.end))
        for one in counted_in(stage.plain)
    ]
    taken = [*(name.span for name in stage.named), *(when.span for when in dates)]
    return tuple(
        one for one in placed if not any(span.start <= one.span.start < span.end for span in taken)
    )


def date_for(stage: Stage, place: Span, dates: Sequence[When]) -> When:
    """Return the date that holds at *place*: in its clause, else before it, else after it."""
    own = [one for one in dates if not one.is_carried]
    if not own:
        return dates[-1]
    clause = stage.sentence.clause_at(place.start)
    inside = [one for one in own if clause.holds(one.span)]
    if inside:
        return min(inside, key=lambda one: _distance(one.span, place))
    before = [one for one in own if one.span.end <= place.start]
    return before[-1] if before else own[0]


def _distance(one: Span, other: Span) -> int:
    """Return how far apart two places are; what stands before counts as a little nearer."""
    return max(2 * (one.start - other.end), other.start - one.end, 0)


def reach_of(stage: Stage, when: When, dates: Sequence[When]) -> Span:
    """Return the part of a sentence over which a date holds: up to the clause of the next."""
    whole = stage.sentence.span
    own = [one for one in dates if not one.is_carried]
    if when not in own or len(own) == 1:
        return whole
    at = own.index(when)
    start = stage.sentence.clause_at(own[at].span.start).start if at else whole.start
    after = own[at + 1 : at + 2]
    end = stage.sentence.clause_at(after[0].span.start).start if after else whole.end
    return Span(start, max(end, stage.sentence.clause_at(own[at].span.start).end))


def guesses(stage: Stage, dates: Sequence[When], amounts: Sequence[Counted]) -> list[Guess]:
    """Return what the cues of a sentence tell, each kind and subject once for each date."""
    found: dict[tuple[str, str, str], Guess] = {}
    for hit in hits(stage):
        for guess in _told(stage, hit, dates, amounts):
            subject = guess.subject
            key = guess.kind, guess.edtf, str(subject.value) if subject else ""
            if key not in found or guess.weight > found[key].weight:
                found[key] = guess
    found = {key: one for key, one in found.items() if not _is_outdone(one, found.values())}
    with_subject = {(one.kind, one.edtf) for one in found.values() if one.subject}
    return [one for one in found.values() if _is_enough(one, with_subject)]


def _is_outdone(one: Guess, others: Iterable[Guess]) -> bool:
    """Tell whether plainer words of the same date tell the same sort of thing only once."""
    return one.group in _ONCE and any(
        other.group == one.group and other.edtf == one.edtf and other.weight > one.weight
        for other in others
    )


def _is_enough(one: Guess, with_subject: Container[tuple[str, str]]) -> bool:
    """Tell whether a guess is worth a draft: weak words need an amount, a subject helps."""
    if one.weight <= _WEAK and not one.amounts:
        return False
    if one.kind in _POSTS and not any(role.field == "person" for role in one.roles):
        return False
    is_only = (one.kind, one.edtf) not in with_subject
    is_told = (
        one.weight > _PLAIN or bool(one.amounts) or (one.weight == _PLAIN and bool(one.roles))
    )
    return one.subject is not None or (is_only and is_told)


def _told(
    stage: Stage, hit: Hit, dates: Sequence[When], amounts: Sequence[Counted]
) -> Iterator[Guess]:
    when = date_for(stage, hit.span, dates)
    reach = reach_of(stage, when, dates)
    cue = suited(stage, hit)
    if cue is None:
        return
    roles = cast(stage, cue.kind, hit.span, reach=reach)
    data, taken = filled(stage, cue, hit.span, amounts, reach)
    for some in _each_subject(stage, cue.kind, roles):
        yield Guess(
            kind=cue.kind,
            cue=hit.span,
            when=when,
            edtf=as_point(when.reading).edtf,
            date_kind=DATE_KINDS.get(cue.kind, "occurred"),
            roles=some,
            data=data,
            amounts=taken,
            weight=cue.weight,
            group=cue.group,
        )


def _each_subject(
    stage: Stage, kind_name: str, roles: tuple[Filled, ...]
) -> Iterator[tuple[Filled, ...]]:
    """Yield the roles once for each of several subjects that a list names."""
    definition = kind(kind_name)
    field = definition.field(definition.subject)
    subject = next((one for one in roles if one.field == definition.subject), None)
    if subject is None or field is None or field.is_many:
        yield roles
        return
    named = next((one for one in stage.named if one.span == subject.span), None)
    if named is None:  # it was named in a sentence before
        yield roles
        return
    others = {one.span for one in roles if one is not subject}
    for one in joined(stage, named, [each for each in stage.named if each.span not in others]):
        row = Filled(subject.field, one.id, one.words, one.span)
        yield tuple(row if each is subject else each for each in roles)
