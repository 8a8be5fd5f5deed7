"""What may have held, told by enumerating possible pasts: from the log alone, slow and plain.

No read model, no index and no rule of standing is used: the log is read up to K, corrections,
retractions, merges and settlements are followed one by one, and for each cell every way in which
the true days may have fallen is tried. Only the order of days matters, so that of each span its
bounds, the bounds of the others within it, the day asked for and the day after stand for all.

What adds up is read as it was told: of what may be one round told twice any part, but never
nothing, was; each such choice is added up by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations, product
from typing import Any, TypeAlias

from archive.dates import EARLIEST_DAY, LATEST_DAY, Bounds, day_number, ending, onset
from archive.log import RecordedEvent
from archive.vocabulary import (
    ENTITY_TYPES,
    UNKNOWN,
    Assertion,
    Attribute,
    AttributeClass,
    Event,
    assertions,
    kind_of,
    nested_event,
)

Place = tuple[str, str, str]
Span = tuple[int, int, int]
_Cells: TypeAlias = "Mapping[Place, tuple[Attribute, list[Said]]]"
# Worlds that are tried of one cell; what has more is left to the other tests.
MOST_WORLDS = 20_000
_LASTING = {AttributeClass.SINGLE, AttributeClass.MEMBERS, AttributeClass.PHASE}


@dataclass(frozen=True)
class Said:
    """A value from a day on, by one version of an event; None for the end of it.

    ``is_silenced``: another claim, that speaks here too, was preferred. ``round`` is the name of
    the round that it tells of, if it gives one. ``moment`` is its day with the time stated,
    ``likely`` the day that a reader would take if there were to be one.
    """

    position: int
    root: int
    lo: int
    hi: int
    value: str | None
    kind: str
    is_disputed: bool
    is_silenced: bool = False
    round: str = ""
    moment: datetime | None = None
    is_to_the_second: bool = False
    likely: int = 0

    @property
    def turn(self) -> tuple[int, float, bool]:
        """Return in what turn those of one date are asked by their times: none, no offset, any."""
        if self.moment is None:
            return (0, 0.0, False)
        return (
            (2, self.moment.timestamp(), self.is_to_the_second)
            if self.moment.tzinfo
            else (1, self.moment.replace(tzinfo=UTC).timestamp(), self.is_to_the_second)
        )

    def is_after(self, other: "Said") -> bool:
        """Tell whether stated times put this after *other* on one and the same day."""
        one, two = self.moment, other.moment
        if one is None or two is None or (self.lo, self.hi) != (other.lo, other.hi):
            return False
        if (one.tzinfo is None) is not (two.tzinfo is None):
            return False
        return one > two + timedelta(seconds=0 if other.is_to_the_second else 59)


@dataclass(frozen=True)
class Expected:
    """What a cell is to hold: how surely, by which events, and what is shown beside it.

    ``told`` are the events and their values; of a sum the least, the most and the unit of each,
    in place of an event.
    """

    standing: str
    told: frozenset[tuple[object, object]]
    beside: frozenset[tuple[object, object]]
    is_disputed: bool
    is_changed_today: bool


@dataclass
class Past:
    """What the log says up to K, each event as it stands."""

    live: dict[int, tuple[int, Event]] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    settled: dict[int, int | None] = field(default_factory=dict)
    roots: dict[str, int] = field(default_factory=dict)

    def take_in(self, recorded: RecordedEvent) -> None:
        """Follow one event."""
        event, about = recorded.event, [self.roots.get(one) for one in recorded.about]
        known = {root for root in about if root is not None}
        if event.kind in {"claim_corrected", "claim_retracted"} and known:
            self._amend(about[0] or 0, recorded)
        elif event.kind in {"entities_merged", "entity_split"}:
            self._reshape(event)
        elif event.kind == "claim_disputed":
            self.settled |= dict.fromkeys(known)
        elif event.kind == "dispute_settled":
            self.settled |= dict.fromkeys(known, about[0])
        elif kind_of(event).is_world:
            self.live[recorded.position] = recorded.position, event
            self.roots[event.id] = recorded.position

    def _amend(self, root: int, recorded: RecordedEvent) -> None:
        self.live.pop(root, None)
        said = nested_event(recorded.event)
        if said is not None:
            self.live[root] = recorded.position, said
            self.roots[recorded.event.id] = root

    def _reshape(self, event: Event) -> None:
        if event.kind == "entities_merged":
            home = event.in_role("into")[0].id
            self.into |= {one.id: home for one in event.in_role("from") if one.id != home}
            return
        home = event.in_role("entity")[0].id
        for one in event.in_role("out"):
            if self.into.get(one.id) == home:
                del self.into[one.id]

    def home(self, slug: str) -> str:
        """Return where an entity lives on."""
        seen = {slug}
        while slug in self.into and self.into[slug] not in seen:
            slug = self.into[slug]
            seen.add(slug)
        return slug

    def is_disputed(self, root: int) -> bool:
        """Tell whether a claim was disputed and is not settled."""
        return root in self.settled and self.settled[root] is None

    def is_silenced(self, root: int, speaking: set[int]) -> bool:
        """Tell whether another claim, that speaks here too, was preferred to one."""
        preferred = self.settled.get(root)
        return preferred is not None and preferred != root and preferred in speaking


def past(log: Sequence[RecordedEvent], known: int) -> Past:
    """Return what the log says up to *known*."""
    found = Past()
    for recorded in log:
        if recorded.position <= known:
            found.take_in(recorded)
    return found


def cells_of(told: Past) -> dict[Place, tuple[Attribute, list[Said]]]:
    """Return what is said of each cell, all under their homes."""
    homes = {slug: told.home(slug) for slug in told.into}
    found: defaultdict[Place, list[Said]] = defaultdict(list)
    attribute_of: dict[Place, Attribute] = {}
    for root, (position, event) in told.live.items():
        for one, lo, hi, likely in _spread(event):
            attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
            member = Assertion.at_home(
                one.member, kind=kind_of(event), attribute=one.attribute, homes=homes
            )
            place = told.home(one.entity), one.attribute, member
            value = one.value
            if value is not None and attribute.value.widget == "entity":
                value = " ".join(homes.get(word, word) for word in value.split(" "))
            attribute_of[place] = attribute
            is_disputed = told.is_disputed(root)
            found[place].append(
                Said(
                    *(position, root, lo, hi, value, event.kind, is_disputed),
                    round=str(event.data.get("round", "")),
                    likely=likely,
                    **_moment(event),
                )
            )
    return {place: (attribute_of[place], _marked(told, said)) for place, said in found.items()}


def _spread(event: Event) -> Iterator[tuple[Assertion, int, int, int]]:
    first, stopped = onset(event.occurred.edtf), ending(event.occurred.edtf)
    begun = _days(first)
    for one in assertions(event):
        yield one, *begun, begun[0] if first.earliest else begun[1]
        attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
        is_over = stopped is not None and stopped.latest is not None
        lasts = one.value is not None and not _leavers({one.value})
        if is_over and lasts and attribute.attribute_class in _LASTING:
            ended = Assertion(one.entity, one.entity_type, one.attribute, one.member, None)
            earliest, last = _days(stopped or Bounds(None, None))
            # The last day of a stretch still belongs to it.
            yield ended, earliest + 1, last + 1, last + 1


def _moment(event: Event) -> dict[str, Any]:
    """Return the moment that an event states, and whether to the second."""
    time = event.occurred.time
    if not time:
        return {}
    plain = time.rstrip("Z").split("+")[0].split("-")[0]
    return {
        "moment": datetime.fromisoformat(f"{event.occurred.edtf}T{time}"),
        "is_to_the_second": plain.count(":") > 1,
    }


def _days(bounds: Bounds) -> tuple[int, int]:
    return (
        day_number(bounds.earliest) if bounds.earliest else EARLIEST_DAY,
        day_number(bounds.latest) if bounds.latest else LATEST_DAY,
    )


def _marked(told: Past, said: Sequence[Said]) -> list[Said]:
    speaking = {one.root for one in said}
    return [replace(one, is_silenced=told.is_silenced(one.root, speaking)) for one in said]


def _taking_part(said: Sequence[Said]) -> list[Said]:
    heard = [one for one in said if not one.is_silenced]
    known = [one for one in heard if one.value not in (None, UNKNOWN)]
    return [
        one
        for one in heard
        if one.value != UNKNOWN
        or all(one.is_after(two) for two in known if (two.lo, two.hi) == (one.lo, one.hi))
    ]


# --- bodies -------------------------------------------------------------------------------------

_ENDS = {"merged", "closed", "absorbed", "dissolved"}
_BODY, _PERSON = (ENTITY_TYPES[name].attributes for name in ("organization", "person"))
_OF_ITSELF = [
    _BODY[name] for name in ("owners", "votes", "profit_shares", "parent", "officers", "board")
]
_NAMING_IT = [_PERSON["roles"], _PERSON["affiliation"], _BODY["parent"]]


def held_among(cells: _Cells, place: Place, day: int) -> Expected | str | None:
    """Return what the cell at *place* holds on *day*, told by all the *cells* there are.

    A stake in an organization that has ended, or may have, or of such a one, and a post at it, are
    possible at most. What a person has is what the organization says of its posts.
    """
    attribute = cells[place][0]
    if attribute is _PERSON["roles"]:
        return _with_the_office(cells, place, day)
    if attribute is _PERSON["affiliation"]:
        return _with_the_posts(cells, place, day)
    return _held_by_itself(cells, place, day)


def _with_the_office(cells: _Cells, place: Place, day: int) -> Expected | str | None:
    """Return what a person has of a post: what the organization says of it as well."""
    person, _attribute, member = place
    *post, body = member.split(" · ")
    while post and not post[-1]:
        post.pop()
    own, office = _held_by_itself(cells, place, day), (body, "officers", " · ".join(post))
    if own is None or isinstance(own, str) or office not in cells:
        return own
    theirs = _held_by_itself(cells, office, day)
    if theirs is None or isinstance(theirs, str):
        return theirs or own
    if person not in {value for _position, value in theirs.told}:
        return None
    is_sure = own.standing == theirs.standing == "certain"
    is_disputed = own.is_disputed or theirs.is_disputed
    return replace(own, standing="certain" if is_sure else "possible", is_disputed=is_disputed)


def _with_the_posts(cells: _Cells, place: Place, day: int) -> Expected | str | None:
    """Return of what a person is: of each organization where they have a post.

    And of those of which it was told otherwise, unless somebody else has the post it was told of.
    """
    own, posts = _held_by_itself(cells, place, day), dict[Place, Expected]()
    if isinstance(own, str):
        return own
    taken: set[object] = set()
    for other, (attribute, said) in cells.items():
        is_theirs = other[0] == place[0] and other[2].split(" · ")[-1] == place[2]
        if attribute is not _PERSON["roles"] or not is_theirs:
            continue
        told, verdict = _held_by_itself(cells, other, day), _with_the_office(cells, other, day)
        if isinstance(told, str) or isinstance(verdict, str):
            return "too many worlds"
        if verdict and not other[2].startswith(("founder", "co_founder")):
            posts[other] = verdict
        if told and told.standing == "certain" and not _is_certain(verdict):
            taken |= {one.position for one in said}
    best = max(sorted(posts), key=lambda other: _is_certain(posts[other]), default=None)
    if own is None or (best and _is_certain(posts[best]) and not _is_certain(own)):
        return posts[best] if best else None
    is_kept = best and _is_certain(posts[best])
    if not is_kept and {position for position, _value in own.told} <= taken:
        return replace(own, standing="possible")
    return own


def _is_certain(verdict: Expected | None) -> bool:
    return verdict is not None and verdict.standing == "certain"


def _held_by_itself(cells: _Cells, place: Place, day: int) -> Expected | str | None:
    attribute, told = cells[place]
    said = _founded(cells, place, attribute, told)
    found = held(attribute, said, day)
    if not isinstance(found, Expected) or found.standing != "certain":
        return found
    bodies: set[object] = {place[0]} if any(attribute is one for one in _OF_ITSELF) else set()
    if any(attribute is one for one in _NAMING_IT):
        bodies |= {value for _position, value in found.told}
    if any(attribute is _BODY[name] for name in ("owners", "votes", "profit_shares")):
        bodies.add(place[2])
    for body in bodies:
        status = cells.get((str(body), "status", ""))
        standing = held(*status, day) if status else None
        if isinstance(standing, str):
            return standing
        if standing and any(value in _ENDS for _position, value in standing.told):
            return replace(found, standing="possible")
    return found


def _founded(
    cells: Mapping[Place, tuple[Attribute, list[Said]]],
    place: Place,
    attribute: Attribute,
    told: Sequence[Said],
) -> list[Said]:
    """Return what is told, but that no vague day lies before an organization was founded."""
    bodies = {place[0]} if any(attribute is one for one in _OF_ITSELF) else set()
    if any(attribute is _BODY[name] for name in ("owners", "votes", "profit_shares")):
        bodies.add(place[2])
    is_naming = any(attribute is one for one in _NAMING_IT)
    earliest: dict[Said, int] = {}
    for one in told:
        named = {one.value} if is_naming and one.value else set()
        earliest[one] = max((_founding(cells, body) for body in bodies | named), default=0)
    contradicted = {one.position for one in told if one.hi < earliest[one]}
    return [
        one if one.position in contradicted else replace(one, lo=max(one.lo, earliest[one]))
        for one in told
    ]


def _founding(cells: Mapping[Place, tuple[Attribute, list[Said]]], body: str) -> int:
    """Return the first day on which a body may have been founded; 0 where that is not told."""
    attribute, said = cells.get((body, "status", ""), (None, []))
    heard = {(one.lo, one.value) for one in said if not one.is_silenced}
    if attribute is not _BODY["status"] or not heard:
        return 0
    first = min(lo for lo, _value in heard)
    return first if (first, "active") in heard and first > EARLIEST_DAY else 0


# --- worlds -------------------------------------------------------------------------------------

Outcome = tuple[Span, frozenset[str | None]]
# The span of a world in which nothing has begun yet.
_NOTHING: Outcome = ((-1, -1, -1), frozenset({None}))


def held(attribute: Attribute, said: Sequence[Said], day: int) -> Expected | str | None:
    """Return what is held on *day*, None for nothing.

    A word instead of an answer tells why a cell is left to other tests.
    """
    heard = _taking_part(said)
    if attribute.attribute_class is AttributeClass.SUM:
        return _added(attribute, [one for one in said if not one.is_silenced], day)
    passed_on = _passed_on(attribute, heard, day)
    outcomes = passed_on if isinstance(passed_on, str) else _outcomes(attribute, passed_on, day)
    if isinstance(outcomes, str):
        return outcomes
    if attribute.name == "parent":  # who lets go of one is not shown beside an answer
        said = [one for one in said if not (one.is_silenced and _leavers({one.value}))]
    return _answer(outcomes, said, day)


def _outcomes(attribute: Attribute, heard: Sequence[Said], day: int) -> set[Outcome] | str:
    """Return what may hold on *day* in any world, or why that is left to other tests."""
    tellings: defaultdict[Span, set[str | None]] = defaultdict(set)
    for one in heard:
        tellings[one.position, one.lo, one.hi].add(one.value)
    if any(None in values and len(values) > 1 for values in tellings.values()):
        return "ends what it begins"
    spans = list(tellings)
    by = {(one.position, one.lo, one.hi): one for one in heard}
    days = [_representatives(span, spans, day) for span in spans]
    many = 1
    for some in days:
        many *= len(some)
    if many > MOST_WORLDS:
        return "too many worlds"
    steps = _steps(attribute)
    outcomes: set[Outcome] = set()
    is_post = attribute.name == "officers" or any(map(_leavers, tellings.values()))
    for world in product(*days):
        if not _is_possible(spans, tellings, world, day):
            continue
        if is_post:
            nobody = None if attribute.name == "parent" else "vacant"
            outcomes |= _in_post(spans, tellings, world, day, nobody, by)
        else:
            outcomes |= _newest(spans, tellings, world, day, steps, by)
    return outcomes


def _answer(outcomes: set[Outcome], said: Sequence[Said], day: int) -> Expected | None:
    told = frozenset(
        (span[0], value) for span, values in outcomes for value in values if value is not None
    )
    if not told:
        return None
    speaking = {span for span, values in outcomes if values != {None}}
    by = [one for one in said if (one.position, one.lo, one.hi) in speaking]
    return Expected(
        "certain" if len({values for _span, values in outcomes}) == 1 else "possible",
        told,
        frozenset(
            (one.position, _plain(one.value)) for one in said if one.is_silenced and one.lo <= day
        ),
        _are_rivals(outcomes, by) or any(one.is_disputed for one in by),
        any(span[1] == span[2] == day for span, _values in outcomes),
    )


def _are_rivals(outcomes: Iterable[Outcome], by: Iterable[Said]) -> bool:
    """Tell whether two events of one kind say different things from the very same date on."""
    kind_of_span = {(one.position, one.lo, one.hi): one.kind for one in by}
    said: defaultdict[tuple[int, int, str], set[frozenset[str | None]]] = defaultdict(set)
    for span, values in outcomes:
        if span in kind_of_span:
            said[span[1], span[2], kind_of_span[span]].add(values)
    return any(len(each) > 1 for each in said.values())


def _representatives(span: Span, spans: Sequence[Span], day: int) -> list[int]:
    """Return days that stand for all on which *span* may have begun."""
    _position, lo, hi = span
    bounds = {bound for one in spans for bound in one[1:]} | {day, day + 1}
    found = sorted({lo, hi} | {bound for bound in bounds if lo <= bound <= hi})
    begun, later = [one for one in found if one <= day], [one for one in found if one > day]
    return begun + later[:1]


def _is_possible(
    spans: Sequence[Span], tellings: Mapping[Span, set[str | None]], world: Sequence[int], day: int
) -> bool:
    """Tell whether each stretch that has ended by *day* began before it did."""
    ended = {
        span[0]: when
        for span, when in zip(spans, world, strict=True)
        if tellings[span] == {None} and when <= day
    }
    return not any(
        span[0] in ended and tellings[span] != {None} and when >= ended[span[0]]
        for span, when in zip(spans, world, strict=True)
    )


def _newest(
    spans: Sequence[Span],
    tellings: Mapping[Span, set[str | None]],
    world: Sequence[int],
    day: int,
    steps: Mapping[str, int],
    by: Mapping[Span, Said],
) -> set[Outcome]:
    """Return what may hold in one world: several where the newest began on one day.

    Times that are stated tell which of them came later; a phase that is known to have begun on
    that very day goes forward where they do not.
    """
    begun = [(when, span) for when, span in zip(world, spans, strict=True) if when <= day]
    if not begun:
        return {_NOTHING}
    newest = max(when for when, _span in begun)
    last = _last_by_time([span for when, span in begun if when == newest], by)
    step = {
        (span, value): steps.get(value or "", -1) if span[1] == span[2] else -1
        for span in last
        for value in tellings[span]
    }
    furthest = max(step.values())
    left = {
        span: frozenset(one for one in tellings[span] if step[span, one] in {-1, furthest})
        for span in last
    }
    return {(span, values) for span, values in left.items() if values}


def _last_by_time(spans: Sequence[Span], by: Mapping[Span, Said]) -> list[Span]:
    """Return of what began on one day all that no time puts before another of it."""
    return [one for one in spans if not any(by[two].is_after(by[one]) for two in spans)]


# --- posts --------------------------------------------------------------------------------------


def _leavers(values: Iterable[str | None]) -> set[str]:
    return {value.split(" ")[1] for value in values if value and value.startswith("vacant ")}


def _plain(value: str | None) -> str | None:
    return "vacant" if _leavers({value}) else value


def _in_post(
    spans: Sequence[Span],
    tellings: Mapping[Span, set[str | None]],
    world: Sequence[int],
    day: int,
    nobody: str | None,
    by: Mapping[Span, Said],
) -> set[Outcome]:
    """Return who may have a post in one world: whoever took it up last, and has not left since."""
    begun = [(when, span) for when, span in zip(world, spans, strict=True) if when <= day]
    stretches = {span[0] for span in spans if nobody and tellings[span] != {None}}
    left = [
        (when, span)
        for when, span in begun
        if _leavers(tellings[span]) or (tellings[span] == {None} and span[0] in stretches)
    ]
    taken = [one for one in begun if one not in left]
    if not taken:
        return _emptied(left, nobody, by) or {_NOTHING}
    newest = max(when for when, _span in taken)
    outcomes: set[Outcome] = set()
    since = [one for one in left if one[0] >= newest]
    for span in _last_by_time([span for when, span in taken if when == newest], by):
        own = [
            one
            for one in since
            if (tellings[one[1]] == {None} and one[1][0] == span[0])
            or (_leavers(tellings[one[1]]) & tellings[span] and not by[span].is_after(by[one[1]]))
        ]
        outcomes |= _emptied(own, nobody, by) or {(span, frozenset(tellings[span]))}
    return outcomes


def _emptied(
    left: Sequence[tuple[int, Span]], nobody: str | None, by: Mapping[Span, Said]
) -> set[Outcome]:
    newest = max((when for when, _span in left), default=0)
    last = _last_by_time([span for when, span in left if when == newest], by)
    # After a stretch nothing more is told of the post.
    return {(span, frozenset({nobody if by[span].value else None})) for span in last}


def _passed_on(attribute: Attribute, heard: Sequence[Said], day: int) -> list[Said] | str:
    """Return what is told of a parent: who sells it to whom counts if the seller may have had it.

    That it may have on the eve of the sale, or on the last day that the sale may have been by
    *day*, where any world without the sales that come after in turn has it, or has nobody; where
    times are told of the very day of the sale, just before the sale.
    """
    leavings = {one.position: _leavers({one.value}) for one in heard if _leavers({one.value})}
    sales = {
        one.position: one
        for one in heard
        if one.position in leavings and one.value and not _leavers({one.value})
    }
    kept = [one for one in heard if one.position not in sales]
    for sale in sorted(sales.values(), key=lambda one: (one.hi, one.lo, one.turn, one.position)):
        holders: set[str | None] = set()
        before = [one for one in kept if not one.is_after(sale)]
        is_later_that_day = any(sale.is_after(one) for one in before)
        for at in {sale.lo - 1, min(sale.hi, day)} if not is_later_that_day else {sale.lo}:
            outcomes = _outcomes(attribute, before, at)
            if isinstance(outcomes, str):
                return outcomes
            holders |= {value for _span, values in outcomes for value in values}
        if holders & {None, *leavings[sale.position]}:
            theirs = [one for one in heard if one.position == sale.position]
            kept += [one for one in theirs if not _leavers({one.value})]
    return kept


def _steps(attribute: Attribute) -> dict[str, int]:
    if attribute.attribute_class is not AttributeClass.PHASE:
        return {}
    options = getattr(attribute.value, "options", {})
    return {name: number for number, name in enumerate(options)}


# --- sums ---------------------------------------------------------------------------------------

Amount = tuple[Decimal, Decimal]


def _added(attribute: Attribute, said: Sequence[Said], day: int) -> Expected | None:
    """Return the sum of what may have begun, by currency: what each choice of tellings gives."""
    begun = [one for one in said if one.lo <= day]
    if not begun:
        return None
    rounds: defaultdict[tuple[object, ...], list[Amount]] = defaultdict(list)
    roughly: set[str] = set()
    for one in begun:
        low, high, unit, is_rough = read_amount(attribute, one.value)
        same = [other for other in said if (other.lo, other.hi) == (one.lo, one.hi)]
        name = one.round if all(other.round for other in same) else ""
        round_ = (unit, "disputed") if one.is_disputed else (unit, one.lo, one.hi, one.kind, name)
        rounds[round_].append((low, high))
        roughly |= {unit} if is_rough else set()
    totals = {unit: _total(unit, rounds) for unit in sorted(str(key[0]) for key in rounds)}
    is_disputed = any(one.is_disputed for one in begun) or len(rounds) < len(begun)
    is_certain = not is_disputed and all(one.hi <= day for one in begun)
    return Expected(
        "certain" if is_certain else "possible",
        frozenset(((unit, unit in roughly), total) for unit, total in totals.items()),
        frozenset(),
        is_disputed,
        any(one.lo == day == one.hi for one in begun),
    )


def _total(unit: str, rounds: Mapping[tuple[object, ...], Sequence[Amount]]) -> Amount:
    """Return the least and the most that any choice of tellings of each round comes to."""
    theirs = [each for key, each in rounds.items() if key[0] == unit]
    worlds = [list(chain.from_iterable(some)) for some in product(*map(_choices, theirs))]
    lows = [sum((low for low, _high in world), Decimal(0)) for world in worlds]
    highs = [sum((high for _low, high in world), Decimal(0)) for world in worlds]
    return min(lows), max(highs)


def _choices(told: Sequence[Amount]) -> list[tuple[Amount, ...]]:
    return [some for many in range(1, len(told) + 1) for some in combinations(told, many)]


def read_amount(attribute: Attribute, key: str | None) -> tuple[Decimal, Decimal, str, bool]:
    """Return the least and the most of an amount, its unit, and whether it is only about so."""
    read = attribute.value.read(key, field="value")
    amount = read if isinstance(read, dict) else {}
    low = amount.get("exact", amount.get("min", "0"))
    high = amount.get("exact", amount.get("max", "Infinity"))
    is_rough = bool(amount.get("approximate"))
    return Decimal(str(low)), Decimal(str(high)), str(amount["currency"]), is_rough


# --- the likely reading -------------------------------------------------------------------------


def likely_counts(told: Past, day: int) -> Mapping[tuple[str, str], Counter[str]]:
    """Return how many cells of each attribute of a type have each value, told day by day.

    That is the one world in which all fell on its likely day; of one such day the vaguer, the
    later by its time, and the later recorded came after. No merge and no settlement is followed.
    """
    cells = _told_by(Past(told.live), day)
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (type_name, name, entity, member), said in cells.items():
        value = said[-1].value
        if name == "officers":
            value = _likely_holder(said, is_post=True)
        elif name == "parent":
            value = _likely_holder(_sold_on(said))
        elif (type_name, name) == ("person", "roles"):
            value = _likely_post(cells, entity, member)
        elif (type_name, name) == ("person", "affiliation") and value is None:
            posts = [
                _likely_post(cells, entity, post)
                for _type, other, person, post in cells
                if (other, person) == ("roles", entity) and not post.startswith(("founder", "co_"))
            ]
            value = member if member in posts else None
        if value is not None:
            found[type_name, name][value] += 1
    return found


_Told: TypeAlias = "Mapping[tuple[str, str, str, str], list[Said]]"


def _told_by(told: Past, day: int) -> _Told:
    """Return what of each cell, and of its type, was told up to *day*, in turn."""
    found: defaultdict[tuple[str, str, str, str], list[Said]] = defaultdict(list)
    for root, (position, event) in told.live.items():
        for one, lo, hi, likely in _spread(event):
            said = Said(
                *(position, root, lo, hi, one.value, event.kind, False),
                likely=likely,
                **_moment(event),
            )
            if likely <= day:
                found[one.entity_type, one.attribute, one.entity, one.member].append(said)
    return {
        place: sorted(said, key=lambda one: (one.likely, one.hi, one.turn, one.position))
        for place, said in found.items()
    }


def _likely_holder(said: Sequence[Said], *, is_post: bool = False) -> str | None:
    """Return whoever took it up last, if they have not left since, or on that very day.

    A post is vacant then, but after the end of a stretch nothing is told of it.
    """
    nobody = "vacant" if is_post else None
    begun = {one.position for one in said if one.value and not _leavers({one.value})}
    left = [
        one
        for one in said
        if _leavers({one.value}) or (is_post and one.value is None and one.position in begun)
    ]
    taken = [one for one in said if one not in left]
    if not taken:
        return nobody
    last = taken[-1]
    for one in left:
        is_late = one.likely > last.likely or (
            one.likely == last.likely and not last.is_after(one)
        )
        if _leavers({one.value}) == {last.value} and is_late:
            return nobody
    if any(one.value is None and one.position == last.position for one in left):
        return None
    return last.value


def _sold_on(said: Sequence[Said]) -> list[Said]:
    """Return what is told of a parent without the sales by those who never were."""
    leavings = {one.position: _leavers({one.value}) for one in said if _leavers({one.value})}
    sales = [
        one for one in said if one.position in leavings and one.value and not _leavers({one.value})
    ]
    kept = [one for one in said if one.position not in {sale.position for sale in sales}]
    for sale in sorted(sales, key=lambda one: (one.likely, one.turn, one.position)):
        before = [one for one in kept if not one.is_after(sale)]
        had = _may_have(before, sale.likely)
        if not any(sale.is_after(one) for one in before):
            had |= _may_have(before, sale.likely - 1)
        if had & {None, *leavings[sale.position]}:
            theirs = [one for one in said if one.position == sale.position]
            kept += [one for one in theirs if not _leavers({one.value})]
    return [one for one in said if one in kept]


def _may_have(said: Sequence[Said], day: int) -> set[str | None]:
    """Return whoever may have had it on a day: of a day without known times, all of them."""
    begun = [one for one in said if one.likely <= day]
    taken = [one for one in begun if not _leavers({one.value})]
    newest = [one for one in taken if one.likely == max(two.likely for two in taken)]
    last = [one for one in newest if not any(two.is_after(one) for two in newest)]
    left = [one for one in begun if _leavers({one.value})]
    return {_likely_holder([*left, one]) for one in last} or {None}


def _likely_post(cells: _Told, person: str, member: str) -> str | None:
    """Return the organization of a person's post, if no other is told to have that post."""
    *post, body = member.split(" · ")
    while post and not post[-1]:
        post.pop()
    said = cells["person", "roles", person, member]
    office = cells.get(("organization", "officers", body, " · ".join(post)))
    holder = _likely_holder(office, is_post=True) if office else None
    return said[-1].value if holder in (None, person) else None
