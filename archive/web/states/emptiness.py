"""Why a state shows nothing, and which day, event or filter leads on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.queries import AsOf, EntityAnswer, EntityRef, EventRow
from archive.web.states.narrowing import Narrowing

_ENDED: Final = frozenset({"merged", "shut_down", "closed", "absorbed", "dissolved"})


@dataclass(frozen=True, slots=True)
class Life:
    """Where a day lies in the life of the entity asked for: what came first, ended it, follows."""

    entity: EntityRef
    first: EventRow | None
    first_day: date | None
    ended_by: EventRow | None
    next: EventRow | None
    next_day: date | None

    @property
    def is_before(self) -> bool:
        """Tell whether no event touches the entity by the day asked for."""
        return self.first is not None and self.first == self.next


def life(known: EntityAnswer, *, held: date) -> Life:
    """Return where *held* lies in the life of an entity, as its dated events tell."""
    day = day_number(held)
    dated = sorted(
        (row for row in known.events if EARLIEST_DAY < row.first_day < LATEST_DAY),
        key=lambda row: (row.first_day, row.last_day, row.position),
    )
    following = next((row for row in dated if row.first_day > day), None)
    ends = {
        value.event_id
        for row in known.rows
        for value in row.values
        if row.attribute == "status" and value.key in _ENDED
    }
    return Life(
        entity=known.entity,
        first=dated[0] if dated else None,
        first_day=_first_day(dated[:1]),
        ended_by=next((row for row in dated if row.id in ends), None),
        next=following,
        next_day=_first_day([following] if following else []),
    )


def why_empty(
    asked_for: AsOf, narrowed: Narrowing, *, first_day: date | None, lived: Life | None
) -> str:
    """Return the reason in a word that the page knows: archive, coverage, before, filters, tab.

    *first_day* is the first that the archive tells anything of.
    """
    if first_day is None:
        return "archive"
    if asked_for.valid < first_day:
        return "coverage"
    if lived and lived.is_before:
        return "before"
    return "filters" if narrowed.is_filtered else "tab"


def _first_day(rows: Sequence[EventRow]) -> date | None:
    return day_of(rows[0].first_day) if rows else None
