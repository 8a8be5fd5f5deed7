"""How a source's dates are read: against the day it came out; day or month first."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from archive.dates import order_told
from archive.log import RecordedEvent, read_by_positions
from archive.projections.tables import occurrence_sources, occurrences, source_versions
from archive.queries.known.narrowing import is_known
from archive.queries.known.rows import said_at

_LOOKED_BACK: Final = 1000
_AT_ONCE: Final = 100


def published(connection: Connection, *, source: str, known: int) -> str:
    """Return the EDTF date on which *source* came out; empty where the archive does not know."""
    versions = source_versions.c
    query = select(versions.position).where(
        versions.slug == source, is_known(versions.position, versions.gone, known)
    )
    position = connection.scalar(query)
    if position is None:
        return ""
    data = said_at(read_by_positions(connection, [position])[position]).data
    return str(data.get("published", ""))


def day_first(connection: Connection, *, source: str, known: int) -> bool | None:
    """Tell whether 02/08/2022 was last taken for 2 August in an event that cites *source*.

    The log remembers: an event keeps the words as stated and the date they were taken for.
    Events count as they stand, those retracted do not, the latest thousand are looked at. None
    where no such words were taken for one date yet.
    """
    for recorded in _latest(connection, source, known):
        occurred = said_at(recorded).occurred
        if occurred.edtf and occurred.stated:
            order = order_told(occurred.stated, edtf=occurred.edtf)
            if order is not None:
                return order
    return None


def _latest(connection: Connection, source: str, known: int) -> Iterator[RecordedEvent]:
    """Yield the versions that cite *source* and stand, the last recorded first."""
    query = (
        select(occurrences.c.position)
        .join(occurrence_sources, occurrence_sources.c.position == occurrences.c.position)
        .where(
            occurrence_sources.c.source == source,
            is_known(occurrences.c.position, occurrences.c.gone, known),
        )
        .order_by(occurrences.c.position.desc())
        .limit(_LOOKED_BACK)
    )
    positions = list(connection.scalars(query))
    for start in range(0, len(positions), _AT_ONCE):
        some = positions[start : start + _AT_ONCE]
        found = read_by_positions(connection, some)
        yield from (found[position] for position in some if position in found)
