"""The events before and after one: of all that the archive knows, or about one of its entities."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Connection, select

from archive.projections.tables import occurrences
from archive.queries.answers import EventRow
from archive.queries.events.timelines import cursor_at, timeline
from archive.queries.known.narrowing import Filters, is_undated
from archive.vocabulary import Mention

_MOST_ENTITIES: Final = 2


@dataclass(frozen=True, slots=True)
class Beside:
    """The events about *entity* that come before and after one, as far as there are any."""

    entity: Mention
    previous: EventRow | None
    next: EventRow | None


def neighbours(
    connection: Connection, position: int, *, known: int, entity: str = ""
) -> tuple[EventRow | None, EventRow | None]:
    """Return the events before and after; what is not dated has no place among them."""
    days = (occurrences.c.lo, occurrences.c.v, occurrences.c.hi, occurrences.c.clock)
    place = connection.execute(select(*days).where(occurrences.c.position == position)).one()
    if is_undated(place.lo, place.hi):
        return None, None
    cursor = cursor_at(place.v, place.hi, place.clock, position)
    filters = Filters(entity=entity)
    one = partial(timeline, connection, filters=filters, known=known, limit=1, is_counted=False)
    before, after = one(before=cursor).rows, one(after=cursor).rows
    later = [row for row in after if not is_undated(row.first_day, row.last_day)]
    return (before[0] if before else None), (later[0] if later else None)


def beside(connection: Connection, row: EventRow, *, known: int) -> tuple[Beside, ...]:
    """Return what comes before and after *row* in the lives of those it is about first of all."""
    first = {one.id: one for one in reversed(row.entities)}
    wanted = list(reversed(first.values()))[:_MOST_ENTITIES]
    found = (
        Beside(one, *neighbours(connection, row.position, known=known, entity=one.id))
        for one in wanted
    )
    return tuple(one for one in found if one.previous or one.next)
