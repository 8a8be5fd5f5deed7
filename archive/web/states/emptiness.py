"""Why a state shows nothing, and which day, event or filter leads on."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_of
from archive.queries import AsOf, EntityRef, EventRow, ended_by, has_begun, lived
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


def life(
    connection: Connection, entity: EntityRef, asked_for: AsOf, *, is_empty: bool
) -> Life | None:
    """Return where the day lies in the life of *entity*; None where a page need not say so.

    It need not of one that has begun and not ended, unless the page *is_empty*.
    """
    ended = ended_by(connection, as_of=asked_for, entity=entity.id, phases=_ENDED)
    is_plain = ended is None and not is_empty
    if is_plain and has_begun(connection, as_of=asked_for, entity=entity.id):
        return None
    told = lived(connection, as_of=asked_for, entity=entity.id, ended=ended)
    return Life(
        entity=entity,
        first=told.first,
        first_day=_first_day(told.first),
        ended_by=told.ended_by,
        next=told.next,
        next_day=_first_day(told.next),
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


def _first_day(row: EventRow | None) -> date | None:
    return day_of(row.first_day) if row else None
