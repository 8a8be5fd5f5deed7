"""Events → the rows they become: numbered, encoded and hashed, a batch at a time."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

from archive.log import hashing
from archive.log.codec import encode, to_day
from archive.log.recorded import RecordedEvent
from archive.log.tables import kinds, streams
from archive.storage import among_each, put, run
from archive.vocabulary import Event, spoken_of

Row: TypeAlias = tuple[Any, ...]

# What a batch needs to know, in one question: who has an id, where streams end, kinds' numbers.
_KNOWN: Final = (
    "SELECT 0, id, position, 0 FROM event WHERE id {ids} UNION ALL "
    "SELECT 1, name, id, (SELECT COALESCE(MAX(stream_position), 0) FROM event "
    "WHERE stream_id = stream.id) FROM stream WHERE name {streams} UNION ALL "
    "SELECT 2, name, version, id FROM kind WHERE name {kinds}"
)
_LAST_STREAM: Final = "SELECT COALESCE(MAX(id), 0) FROM stream"
_LAST_KIND: Final = "SELECT COALESCE(MAX(id), 0) FROM kind"

_day = lru_cache(maxsize=1 << 14)(to_day)
_fields = hashing.Fields()


@dataclass(frozen=True, slots=True)
class Known:
    """What the log has of a batch: ids taken, streams by name and where they end, kinds."""

    ids: frozenset[str]
    streams: dict[str, tuple[int, int]]
    kinds: dict[tuple[str, int], int]


def known_of(connection: Connection, batch: Sequence[Event]) -> Known:
    """Return what the log has of *batch*."""
    wanted = {
        "ids": [one.id for one in batch],
        "streams": list({one.stream for one in batch}),
        "kinds": list({one.kind for one in batch}),
    }
    found: tuple[list[Any], ...] = ([], [], [])
    for sort, *said in among_each(connection, _KNOWN, wanted):
        found[sort].append(said)
    return Known(
        frozenset(name for name, _position, _none in found[0]),
        {name: (number, end) for name, number, end in found[1]},
        {(name, version): number for name, version, number in found[2]},
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
    known_streams = _streams(connection, batch, known.streams)
    known_kinds = _kinds(connection, batch, known.kinds)
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
    dates = [one.occurred.edtf for one in batch]
    days = (
        [_day(one.occurred.earliest) for one in batch],
        [_day(one.occurred.latest) for one in batch],
    )
    payloads = list(map(encode, batch))
    size, drawn = hashing.SALT_BYTES, secrets.token_bytes(hashing.SALT_BYTES * len(batch))
    salts = [drawn[at : at + size] for at in range(0, len(drawn), size)]
    digests = hashing.payload_hashes(salts, payloads)
    field = _fields.__getitem__
    leaves = hashing.leaves(
        [one.id for one in batch],
        map(field, [one.stream for one in batch]),
        map(field, [one.kind for one in batch]),
        map(field, [one.kind_version for one in batch]),
        *(map(field, column) for column in (dates, *days)),
        instants=(instant,),
        after=(repeat(field(recorded_by)), map(field, about)),
        payload_digests=digests,
    )
    by = (repeat(instant), repeat(recorded_by), about, repeat(hashing.FORMAT))
    return (dates, *days, *by, payloads, salts, digests, leaves)


def _streams(
    connection: Connection, batch: Sequence[Event], known: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Return the number of each stream and where it ends; new ones are numbered."""
    missing = [name for name in dict.fromkeys(one.stream for one in batch) if name not in known]
    if not missing:
        return known
    last = run(connection, _LAST_STREAM).fetchone()[0]
    added = {name: last + number for number, name in enumerate(missing, start=1)}
    put(connection, streams, [(number, name) for name, number in added.items()])
    return known | {name: (number, 0) for name, number in added.items()}


def _kinds(
    connection: Connection, batch: Sequence[Event], known: dict[tuple[str, int], int]
) -> dict[tuple[str, int], int]:
    """Return the number of each kind, in each version of it; new ones are numbered."""
    wanted = dict.fromkeys((one.kind, one.kind_version) for one in batch)
    missing = [pair for pair in wanted if pair not in known]
    if not missing:
        return known
    last = run(connection, _LAST_KIND).fetchone()[0]
    added = {pair: last + number for number, pair in enumerate(missing, start=1)}
    put(connection, kinds, [(number, *pair) for pair, number in added.items()])
    return known | added
