"""Events → the rows they become: numbered, encoded and hashed, a batch at a time."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, repeat
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

from archive.log import hashing
from archive.log.codec import encode, to_day
from archive.log.recorded import RecordedEvent
from archive.log.tables import kinds, streams
from archive.storage import among_each, mark_of, put, run
from archive.vocabulary import Event, spoken_of

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

_day = lru_cache(maxsize=1 << 14)(to_day)
_fields = hashing.Fields()


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
    connection: Connection,
    batch: Sequence[Event],
    *,
    known: Known,
    after: int,
    instant: int,
    recorded_by: str,
) -> tuple[list[Row], list[RecordedEvent]]:
    """Return the rows that follow the position *after*, and the same as they will be read."""
    known_streams = _streams(connection, batch, known)
    known_kinds = _kinds(connection, batch, known)
    places = list(_places(batch, {name: end for name, (_number, end) in known_streams.items()}))
    positions = range(after + 1, after + 1 + len(batch))
    about = [spoken_of(one) for one in batch]
    joined = [" ".join(one) or None for one in about]
    sealed = _sealed(batch, joined, instant, recorded_by)
    rows = zip(
        positions,
        [one.id for one in batch],
        [known_streams[one.stream][0] for one in batch],
        places,
        [known_kinds[one.kind, one.kind_version] for one in batch],
        *sealed,
        strict=False,  # some columns repeat for ever
    )
    recorded = [
        RecordedEvent(event, position, place, instant, recorded_by, leaf, about=said)
        for event, position, place, leaf, said in zip(
            batch, positions, places, sealed[-1], about, strict=True
        )
    ]
    return list(rows), recorded


def _places(batch: Sequence[Event], ends: dict[str, int]) -> Iterator[int]:
    for one in batch:
        ends[one.stream] = place = ends[one.stream] + 1
        yield place


def _sealed(
    batch: Sequence[Event], about: Sequence[str | None], instant: int, recorded_by: str
) -> tuple[Any, ...]:
    """Return the columns from the date on, the leaves last."""
    if len(batch) == 1:
        return _sealed_one(batch[0], about[0], instant, recorded_by)
    dates = [one.occurred.edtf for one in batch]
    days = (
        [_day(one.occurred.earliest) for one in batch],
        [_day(one.occurred.latest) for one in batch],
    )
    payloads = list(map(encode, batch))
    size, drawn = hashing.SALT_BYTES, secrets.token_bytes(hashing.SALT_BYTES * len(batch))
    salts = [drawn[at : at + size] for at in range(0, len(drawn), size)]
    digests = hashing.payload_hashes(salts, payloads)
    leaves = hashing.leaves(
        [one.id for one in batch],
        _fields.of([one.stream for one in batch]),
        _fields.of([one.kind for one in batch]),
        _fields.of([one.kind_version for one in batch]),
        _fields.of(dates),
        *map(_fields.of, days),
        instants=(instant,),
        after=(_fields[recorded_by], _fields.of(about)),
        payload_digests=digests,
    )
    by = (repeat(instant), repeat(recorded_by), about, repeat(hashing.FORMAT))
    return (dates, *days, *by, payloads, salts, digests, leaves)


def _sealed_one(
    one: Event, about: str | None, instant: int, recorded_by: str
) -> tuple[list[Any], ...]:
    """Return the same columns of one event, for which to go by columns would be dearer."""
    when, payload, salt = one.occurred, encode(one), secrets.token_bytes(hashing.SALT_BYTES)
    date = (when.edtf, _day(when.earliest), _day(when.latest))
    digest = hashing.payload_hash(payload, salt=salt)
    said = (one.id, one.stream, one.kind, one.kind_version, *date, instant, recorded_by, about)
    leaf = hashing.leaf(*said, payload_digest=digest)
    by = (instant, recorded_by, about, hashing.FORMAT)
    return tuple([value] for value in (*date, *by, payload, salt, digest, leaf))


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
