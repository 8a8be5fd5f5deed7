"""A batch → the rows it becomes in a file: positions, places in the streams, numbers of names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, repeat
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

from archive.log import hashing
from archive.log.batches import Batch, Numbered, recorded
from archive.log.recorded import RecordedEvent
from archive.log.tables import kinds, streams
from archive.storage import among_each, mark_of, put, run
from archive.vocabulary import Event

Row: TypeAlias = tuple[Any, ...]

# What a batch needs to know, in one question: who has an id, where streams end, kinds' numbers,
# and the numbers given last.
_KNOWN: Final = (
    "SELECT 0, event.id, position, 0 FROM {ids} CROSS JOIN event WHERE event.id = value UNION ALL "
    "SELECT 1, name, stream.id, (SELECT COALESCE(MAX(stream_position), 0) FROM event "
    "WHERE stream_id = stream.id) FROM {streams} CROSS JOIN stream WHERE name = value UNION ALL "
    "SELECT 2, name, version, kind.id FROM {kinds} CROSS JOIN kind WHERE name = value UNION ALL "
    "SELECT 3, NULL, (SELECT MAX(id) FROM stream), (SELECT MAX(id) FROM kind)"
)
# The same of a single event, which lists would make dearer.
_KNOWN_OF_ONE: Final = (
    "SELECT (SELECT position FROM event WHERE id = {mark}), "
    "(SELECT id FROM stream WHERE name = {mark}), (SELECT MAX(stream_position) FROM event "
    "WHERE stream_id = (SELECT id FROM stream WHERE name = {mark})), "
    "(SELECT id FROM kind WHERE name = {mark} AND version = {mark}), "
    "(SELECT MAX(id) FROM stream), (SELECT MAX(id) FROM kind)"
)
# A single event whose kind is there, as most are, is put in without a question.
_NEW_STREAM: Final = (
    "INSERT INTO stream (id, name) SELECT COALESCE(MAX(id), 0) + 1, ?2 FROM stream "
    "HAVING NOT EXISTS (SELECT 1 FROM stream WHERE name = ?2) "
    "AND NOT EXISTS (SELECT 1 FROM event WHERE id = ?1)"
)
_PUT_ONE: Final = (
    "INSERT INTO event SELECT last.position + 1, ?1, stream.id, COALESCE((SELECT stream_position "
    "FROM event WHERE stream_id = stream.id ORDER BY stream_position DESC LIMIT 1), 0) + 1, "
    "kind.id, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15 "
    "FROM (SELECT position, recorded_at FROM event ORDER BY position DESC LIMIT 1) AS last "
    "CROSS JOIN stream CROSS JOIN kind WHERE stream.name = ?2 AND kind.name = ?3 "
    "AND kind.version = ?4 AND last.recorded_at <= ?8 "
    "AND NOT EXISTS (SELECT 1 FROM event WHERE id = ?1) RETURNING position, stream_position"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the log has of a batch: ids taken, streams by name and where they end, kinds.

    ``last_stream`` and ``last_kind`` are the numbers given last.
    """

    ids: frozenset[str]
    streams: dict[str, tuple[int, int]]
    kinds: dict[tuple[str, int], int]
    last_stream: int
    last_kind: int


def known_of(connection: Connection, batch: Sequence[Event]) -> Known:
    """Return what the log has of *batch*."""
    if len(batch) == 1:
        return _known_of_one(connection, batch[0])
    wanted = {
        "ids": [one.id for one in batch],
        "streams": list({one.stream for one in batch}),
        "kinds": list({one.kind for one in batch}),
    }
    found: tuple[list[Any], ...] = ([], [], [], [])
    for sort, *said in among_each(connection, _KNOWN, wanted):
        found[sort].append(said)
    last_stream, last_kind = found[3][0][1:]
    return Known(
        frozenset(name for name, _position, _none in found[0]),
        {name: (number, end) for name, number, end in found[1]},
        {(name, version): number for name, version, number in found[2]},
        last_stream or 0,
        last_kind or 0,
    )


def _known_of_one(connection: Connection, one: Event) -> Known:
    asked = _KNOWN_OF_ONE.format(mark=mark_of(connection.dialect.name))
    given = (one.id, one.stream, one.stream, one.kind, one.kind_version)
    position, stream, end, kind, *last = run(connection, asked, given).fetchone()
    return Known(
        frozenset() if position is None else frozenset((one.id,)),
        {} if stream is None else {one.stream: (stream, end or 0)},
        {} if kind is None else {(one.kind, one.kind_version): kind},
        *(number or 0 for number in last),
    )


def numbered(
    connection: Connection, batch: Batch, *, known: Known, after: int, instant: int
) -> tuple[list[Row], list[RecordedEvent]]:
    """Return the rows that follow the position *after*, and the same as they will be read."""
    known_streams = _streams(connection, batch.events, known)
    known_kinds = _kinds(connection, batch.events, known)
    ends = {name: end for name, (_number, end) in known_streams.items()}
    places = list(_places(batch.events, ends))
    made = recorded(batch, Numbered(after, instant, places))
    rows = zip(
        range(after + 1, after + 1 + len(batch.events)),
        [one.id for one in batch.events],
        [known_streams[one.stream][0] for one in batch.events],
        places,
        [known_kinds[one.kind, one.kind_version] for one in batch.events],
        [one.occurred.edtf for one in batch.events],
        batch.earliest,
        batch.latest,
        repeat(instant),
        repeat(batch.recorded_by),
        batch.joined,
        repeat(hashing.FORMAT),
        batch.payloads,
        batch.salts,
        batch.digests,
        [one.leaf for one in made],
        strict=False,  # some columns repeat for ever
    )
    return list(rows), made


def put_one(connection: Connection, batch: Batch, *, instant: int) -> Numbered | None:
    """Append the one event of *batch* to a file by one statement.

    None, and no event is written, where more must be asked for: its id is there already, its kind
    is new, or the log is later than *instant*.
    """
    one = batch.events[0]
    given = (
        one.id,
        one.stream,
        one.kind,
        one.kind_version,
        one.occurred.edtf,
        batch.earliest[0],
        batch.latest[0],
        instant,
        batch.recorded_by,
        batch.joined[0],
        hashing.FORMAT,
        batch.payloads[0],
        batch.salts[0],
        batch.digests[0],
        batch.leaves(instant)[0],
    )
    found = run(connection, _PUT_ONE, given).fetchall()
    if not found and run(connection, _NEW_STREAM, (one.id, one.stream)).rowcount:
        found = run(connection, _PUT_ONE, given).fetchall()
    return Numbered(found[0][0] - 1, instant, [found[0][1]]) if found else None


def _places(batch: Sequence[Event], ends: dict[str, int]) -> Iterator[int]:
    for one in batch:
        ends[one.stream] = place = ends[one.stream] + 1
        yield place


def _streams(
    connection: Connection, batch: Sequence[Event], known: Known
) -> dict[str, tuple[int, int]]:
    """Return the number of each stream and where it ends; new ones are numbered."""
    wanted = dict.fromkeys(one.stream for one in batch)
    missing = [name for name in wanted if name not in known.streams]
    if not missing:
        return known.streams
    added = dict(zip(missing, count(known.last_stream + 1), strict=False))
    put(connection, streams, [(number, name) for name, number in added.items()])
    return known.streams | {name: (number, 0) for name, number in added.items()}


def _kinds(
    connection: Connection, batch: Sequence[Event], known: Known
) -> dict[tuple[str, int], int]:
    """Return the number of each kind, in each version of it; new ones are numbered."""
    wanted = dict.fromkeys((one.kind, one.kind_version) for one in batch)
    missing = [pair for pair in wanted if pair not in known.kinds]
    if not missing:
        return known.kinds
    added = dict(zip(missing, count(known.last_kind + 1), strict=False))
    put(connection, kinds, [(number, *pair) for pair, number in added.items()])
    return known.kinds | added
