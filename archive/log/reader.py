"""Read the log: forward by position, by stream, by id."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from archive.dates import day_of
from archive.log.codec import decode
from archive.log.recorded import RecordedEvent
from archive.log.tables import events, kinds, streams
from archive.storage import chunks
from archive.vocabulary import Occurred

_PAGE = 1000
_JOINED = (
    select(
        events,
        streams.c.name.label("stream"),
        kinds.c.name.label("kind"),
        kinds.c.version.label("kind_version"),
    )
    .join(streams, streams.c.id == events.c.stream_id)
    .join(kinds, kinds.c.id == events.c.kind_id)
)


# Built once: to put it together anew costs more than to run it.
_AT = _JOINED.where(events.c.position.in_(bindparam("positions", expanding=True)))


@lru_cache(maxsize=16384)
def _iso(day: int | None) -> str | None:
    return None if day is None else day_of(day).isoformat()


def _recorded(row: Row[Any]) -> RecordedEvent:
    event = decode(
        None if row.payload is None else bytes(row.payload),
        event_id=row.id,
        kind=row.kind,
        kind_version=row.kind_version,
        stream=row.stream,
        when=Occurred(edtf=row.edtf, earliest=_iso(row.earliest), latest=_iso(row.latest)),
    )
    return RecordedEvent(
        event=event,
        position=row.position,
        stream_position=row.stream_position,
        microseconds=row.recorded_at,
        recorded_by=row.recorded_by,
        leaf=bytes(row.leaf),
        is_masked=row.payload is None,
        about=tuple((row.about or "").split()),
    )


def _read(connection: Connection, query: Select[Any]) -> list[RecordedEvent]:
    return [_recorded(row) for row in connection.execute(query).all()]


def head(connection: Connection) -> tuple[int, int]:
    """Return the last position and its instant in microseconds; (0, 0) for an empty log."""
    newest = select(events.c.position, events.c.recorded_at).order_by(events.c.position.desc())
    row = connection.execute(newest.limit(1)).one_or_none()
    return (row.position, row.recorded_at) if row else (0, 0)


def position_at(connection: Connection, microseconds: int) -> int:
    """Return the last position recorded at or before the instant; 0 if there is none."""
    before = select(func.max(events.c.position)).where(events.c.recorded_at <= microseconds)
    return connection.scalar(before) or 0


def read_log(
    connection: Connection, *, after: int = 0, limit: int | None = None
) -> Iterator[RecordedEvent]:
    """Yield events in order of position, those after *after*, a page at a time."""
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        query = _JOINED.where(events.c.position > after).order_by(events.c.position).limit(size)
        page = _read(connection, query)
        yield from page
        if len(page) < size:
            return
        after = page[-1].position
        left = None if left is None else left - len(page)


def read_backwards(
    connection: Connection, *, before: int | None, limit: int, of_kinds: Sequence[str] = ()
) -> list[RecordedEvent]:
    """Return the newest events first, those before *before* (all if None)."""
    query = _JOINED.order_by(events.c.position.desc()).limit(limit)
    if before is not None:
        query = query.where(events.c.position < before)
    if of_kinds:
        query = query.where(kinds.c.name.in_(of_kinds))
    return _read(connection, query)


def read_stream(connection: Connection, name: str) -> list[RecordedEvent]:
    """Return the events of one stream in their order."""
    return _read(
        connection, _JOINED.where(streams.c.name == name).order_by(events.c.stream_position)
    )


def read_by_positions(
    connection: Connection, positions: Iterable[int]
) -> dict[int, RecordedEvent]:
    """Return the events at *positions*, by position."""
    found: dict[int, RecordedEvent] = {}
    for some in chunks(positions):
        rows = connection.execute(_AT, {"positions": some})
        found |= {row.position: _recorded(row) for row in rows}
    return found


def read_by_ids(connection: Connection, ids: Sequence[str]) -> dict[str, RecordedEvent]:
    """Return the events that bear *ids*, by id; unknown ids are left out."""
    found: dict[str, RecordedEvent] = {}
    for some in chunks(ids):
        query = _JOINED.where(events.c.id.in_(some))
        found |= {one.event.id: one for one in _read(connection, query)}
    return found
