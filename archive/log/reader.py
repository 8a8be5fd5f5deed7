"""Read the log: forward by position, by stream, by id."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Select, select, text

from archive.dates import day_of
from archive.log.codec import decode
from archive.log.recorded import RecordedEvent
from archive.log.tables import events, kinds, streams
from archive.storage import among, fetch, mark_of, run
from archive.vocabulary import Occurred

_PAGE: Final = 1000
# Instants never fall from one position to the next: the last one by then is found by halving.
_AT: Final = text(
    "WITH RECURSIVE sought (low, high) AS ("
    "SELECT CAST(0 AS BIGINT), (SELECT MAX(position) FROM event) UNION ALL "
    "SELECT CASE WHEN recorded_at <= :instant THEN position ELSE low END, "
    "CASE WHEN recorded_at <= :instant THEN high ELSE position - 1 END "
    "FROM sought JOIN event ON position = (low + high + 1) / 2 WHERE low < high"
    ") SELECT low FROM sought WHERE low = high"
)
_NEWEST: Final = "SELECT position, recorded_at FROM event ORDER BY position DESC LIMIT 1"
_AFTER: Final = "WHERE event.position > {mark} ORDER BY event.position LIMIT {mark}"
# In the order in which a row is taken apart below.
_JOINED: Final = (
    select(
        events.c.position,
        events.c.id,
        streams.c.name,
        events.c.stream_position,
        kinds.c.name,
        kinds.c.version,
        events.c.edtf,
        events.c.earliest,
        events.c.latest,
        events.c.recorded_at,
        events.c.recorded_by,
        events.c.about,
        events.c.payload,
        events.c.leaf,
    )
    .join(streams, streams.c.id == events.c.stream_id)
    .join(kinds, kinds.c.id == events.c.kind_id)
)


@lru_cache(maxsize=16384)
def _iso(day: int | None) -> str | None:
    return None if day is None else day_of(day).isoformat()


def _recorded(row: Sequence[Any]) -> RecordedEvent:
    (position, event_id, stream, stream_position, kind, version, edtf, earliest, latest) = row[:9]
    (microseconds, recorded_by, about, payload, leaf) = row[9:]
    event = decode(
        payload,
        event_id=event_id,
        kind=kind,
        kind_version=version,
        stream=stream,
        when=Occurred(edtf, _iso(earliest), _iso(latest)),
    )
    return RecordedEvent(
        event,
        position,
        stream_position,
        microseconds,
        recorded_by,
        leaf,
        payload is None,
        tuple(about.split()) if about else (),
    )


@cache
def _reading(dialect: str, asked: str) -> str:
    """Return the text of a question: *asked* with the mark of the database's driver in it."""
    joined = str(_JOINED.compile()).replace("\n", "")
    return f"{joined} {asked.replace('{mark}', mark_of(dialect))}"


def _ask(connection: Connection, asked: str, *given: object) -> list[RecordedEvent]:
    statement = _reading(connection.dialect.name, asked)
    return [_recorded(row) for row in fetch(connection, statement, given)]


def _find(
    connection: Connection, column: str, kind: str, keys: Sequence[object]
) -> list[RecordedEvent]:
    question = _reading(connection.dialect.name, f"WHERE event.{column} {{keys}}")
    return [_recorded(row) for row in among(connection, question, keys, kind=kind)]


def _read(connection: Connection, query: Select[Any]) -> list[RecordedEvent]:
    return [_recorded(row) for row in connection.execute(query)]


def head(connection: Connection) -> tuple[int, int]:
    """Return the last position and its instant in microseconds; (0, 0) for an empty log."""
    newest: tuple[int, int] | None = run(connection, _NEWEST).fetchone()
    return newest or (0, 0)


def position_at(connection: Connection, microseconds: int) -> int:
    """Return the last position recorded at or before the instant; 0 if there is none."""
    found: int | None = connection.scalar(_AT, {"instant": microseconds})
    return found or 0


def read_log(
    connection: Connection, *, after: int = 0, limit: int | None = None
) -> Iterator[RecordedEvent]:
    """Yield events in order of position, those after *after*, a page at a time."""
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        page = _ask(connection, _AFTER, after, size)
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
    in_stream = _JOINED.where(streams.c.name == name)
    return _read(connection, in_stream.order_by(events.c.stream_position))


def read_by_positions(
    connection: Connection, positions: Iterable[int]
) -> dict[int, RecordedEvent]:
    """Return the events at *positions*, by position."""
    found = _find(connection, "position", "BIGINT", list(positions))
    return {one.position: one for one in found}


def read_by_ids(connection: Connection, ids: Sequence[str]) -> dict[str, RecordedEvent]:
    """Return the events that bear *ids*, by id; unknown ids are left out."""
    wanted = [one for one in ids if "\0" not in one]
    return {one.event.id: one for one in _find(connection, "id", "TEXT", wanted)}
