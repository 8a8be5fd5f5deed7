"""What was said of each cell: the log read up to K, its events followed one by one.

No read model is used: corrections, retractions, merges, disputes and settlements are followed in
the order in which the archive took them in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from archive.dates import EARLIEST_DAY, LATEST_DAY, Bounds, day_number, ending, onset
from archive.log import RecordedEvent
from archive.vocabulary import (
    ENTITY_TYPES,
    Assertion,
    Attribute,
    AttributeClass,
    Event,
    assertions,
    kind_of,
    nested_event,
)

Place = tuple[str, str, str]
Cells: TypeAlias = "Mapping[Place, tuple[Attribute, list[Said]]]"
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
        for one, lo, hi, likely in spread(event):
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
                    **moment(event),
                )
            )
    return {place: (attribute_of[place], _marked(told, said)) for place, said in found.items()}


def spread(event: Event) -> Iterator[tuple[Assertion, int, int, int]]:
    """Yield what an event asserts, and ends, with the first day, the last and the likely one."""
    first, stopped = onset(event.occurred.edtf), ending(event.occurred.edtf)
    begun = _days(first)
    for one in assertions(event):
        attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
        if stopped is not None and stopped.latest is not None and _is_reached(attribute):
            first_day, last_day = _days(stopped)
            yield one, begun[0], last_day, first_day
            continue
        yield one, *begun, begun[0] if first.earliest else begun[1]
        is_over = stopped is not None and stopped.latest is not None
        lasts = one.value is not None and not leavers({one.value})
        if is_over and lasts and attribute.attribute_class in _LASTING:
            ended = Assertion(one.entity, one.entity_type, one.attribute, one.member, None)
            earliest, last = _days(stopped or Bounds(None, None))
            # The last day of a stretch still belongs to it.
            yield ended, earliest + 1, last + 1, last + 1


def _is_reached(attribute: Attribute) -> bool:
    """Tell whether what is told of a stretch has come to that only when the stretch is over."""
    return attribute.attribute_class is AttributeClass.SUM or attribute.name == "figures"


def moment(event: Event) -> dict[str, Any]:
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


def leavers(values: Iterable[str | None]) -> set[str]:
    """Return who lets go of something, by the values that say so."""
    return {value.split(" ")[1] for value in values if value and value.startswith("vacant ")}
