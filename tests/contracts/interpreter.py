"""What may have held, told by enumerating possible pasts: from the log alone, slow and plain.

No read model, no index and no rule of standing is used: the log is read up to K, corrections,
retractions, merges and settlements are followed one by one, and for each cell every way in which
the true days may have fallen is tried. Only the order of days matters, so that of each span its
bounds, the bounds of the others within it, the day asked for and the day after stand for all.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from archive.log import RecordedEvent
from archive.projections.days import starting, stopping
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
# Worlds that are tried of one cell; what has more is left to the other tests.
MOST_WORLDS = 20_000
_LASTING = {AttributeClass.SINGLE, AttributeClass.MEMBERS, AttributeClass.PHASE}


@dataclass(frozen=True)
class Said:
    """A value from a day on, by one version of an event; None for the end of it."""

    position: int
    root: int
    lo: int
    hi: int
    value: str | None


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
    """Return what is said of each cell and takes part, all under their homes."""
    homes = {slug: told.home(slug) for slug in told.into}
    found: defaultdict[Place, list[Said]] = defaultdict(list)
    attribute_of: dict[Place, Attribute] = {}
    for root, (position, event) in told.live.items():
        for one, lo, hi in _spread(event):
            attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
            member = Assertion.at_home(
                one.member, kind=kind_of(event), attribute=one.attribute, homes=homes
            )
            place = told.home(one.entity), one.attribute, member
            value = one.value
            if value is not None and attribute.value.widget == "entity":
                value = homes.get(value, value)
            attribute_of[place] = attribute
            found[place].append(Said(position, root, lo, hi, value))
    return {
        place: (attribute_of[place], _taking_part(told, said)) for place, said in found.items()
    }


def _spread(event: Event) -> Iterator[tuple[Assertion, int, int]]:
    start, stop = starting(event.occurred.edtf), stopping(event.occurred.edtf)
    for one in assertions(event):
        yield one, start.lo, start.hi
        attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
        if stop and one.value is not None and attribute.attribute_class in _LASTING:
            ended = Assertion(one.entity, one.entity_type, one.attribute, one.member, None)
            yield ended, stop.lo, stop.hi


def _taking_part(told: Past, said: Sequence[Said]) -> list[Said]:
    speaking = {one.root for one in said}
    heard = [one for one in said if not told.is_silenced(one.root, speaking)]
    dates = {(one.lo, one.hi) for one in heard if one.value not in (None, UNKNOWN)}
    return [one for one in heard if one.value != UNKNOWN or (one.lo, one.hi) not in dates]


# --- worlds -------------------------------------------------------------------------------------

Held = tuple[str, frozenset[str]] | None


def held(attribute: Attribute, said: Sequence[Said], day: int) -> Held | str:
    """Return how surely something is held on *day*, and which values may be.

    A word instead of an answer tells why a cell is left to other tests.
    """
    if attribute.attribute_class is AttributeClass.SUM:
        return "a sum"
    tellings: defaultdict[Span, set[str | None]] = defaultdict(set)
    for one in said:
        tellings[one.position, one.lo, one.hi].add(one.value)
    if any(None in values and len(values) > 1 for values in tellings.values()):
        return "ends what it begins"
    spans = list(tellings)
    days = [_representatives(span, spans, day) for span in spans]
    many = 1
    for some in days:
        many *= len(some)
    if many > MOST_WORLDS:
        return "too many worlds"
    steps = _steps(attribute)
    outcomes: set[frozenset[str | None]] = set()
    for world in product(*days):
        if _is_possible(spans, tellings, world, day):
            outcomes |= _newest(spans, tellings, world, day, steps)
    values = frozenset(one for some in outcomes for one in some if one is not None)
    if not values:
        return None
    return ("certain" if len(outcomes) == 1 else "possible"), values


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
) -> set[frozenset[str | None]]:
    """Return what may hold in one world: several where the newest began on one day.

    A phase that is known to have begun on that very day goes forward.
    """
    begun = [(when, span) for when, span in zip(world, spans, strict=True) if when <= day]
    if not begun:
        return {frozenset({None})}
    last = [span for when, span in begun if when == max(when for when, _span in begun)]
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
    return {values for values in left.values() if values}


def _steps(attribute: Attribute) -> dict[str, int]:
    if attribute.attribute_class is not AttributeClass.PHASE:
        return {}
    options = getattr(attribute.value, "options", {})
    return {name: number for number, name in enumerate(options)}
