"""A batch of events as it is encoded and hashed, all of it before the log is held."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.log import hashing
from archive.log.codec import encode, to_day
from archive.log.recorded import RecordedEvent
from archive.vocabulary import Event, spoken_of

_day = lru_cache(maxsize=1 << 14)(to_day)
_fields = hashing.Fields()


@dataclass(frozen=True, slots=True)
class Batch:
    """Events and, column by column, what their rows say that neither place nor instant bears on.

    ``openings`` and ``closings`` are what is hashed before and behind the instant of a leaf.
    """

    events: Sequence[Event]
    recorded_by: str
    about: list[tuple[str, ...]]
    joined: list[str | None]
    earliest: list[int | None]
    latest: list[int | None]
    payloads: list[bytes]
    salts: list[bytes]
    digests: list[bytes]
    openings: list[bytes]
    closings: list[bytes]

    def leaves(self, instant: int) -> list[bytes]:
        """Return the leaves of the events, recorded at *instant*."""
        return hashing.leaves_of(self.openings, instant, self.closings)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The position behind which a batch was put, its instant, and its places in the streams."""

    after: int
    instant: int
    places: list[int]


def sealed(events: Sequence[Event], *, recorded_by: str) -> Batch:
    """Return *events* encoded, salted and hashed."""
    if len(events) == 1:
        return _sealed_one(events[0], recorded_by)
    about = list(map(spoken_of, events))
    joined = [" ".join(one) or None for one in about]
    earliest = [_day(one.occurred.earliest) for one in events]
    latest = [_day(one.occurred.latest) for one in events]
    payloads = list(map(encode, events))
    size, drawn = hashing.SALT_BYTES, secrets.token_bytes(hashing.SALT_BYTES * len(events))
    salts = [drawn[at : at + size] for at in range(0, len(drawn), size)]
    digests = hashing.payload_hashes(salts, payloads)
    openings = hashing.openings(
        [one.id for one in events],
        _fields.of([one.stream for one in events]),
        _fields.of([one.kind for one in events]),
        _fields.of([one.kind_version for one in events]),
        _fields.of([one.occurred.edtf for one in events]),
        _fields.of(earliest),
        _fields.of(latest),
    )
    by = (_fields[recorded_by], _fields.of(joined))
    closings = hashing.closings(*by, payload_digests=digests)
    days, text = (earliest, latest), (payloads, salts, digests)
    return Batch(events, recorded_by, about, joined, *days, *text, openings, closings)


def _sealed_one(one: Event, recorded_by: str) -> Batch:
    """Return the same of one event, for which to go by columns would be dearer."""
    when, payload, salt = one.occurred, encode(one), secrets.token_bytes(hashing.SALT_BYTES)
    about = spoken_of(one)
    joined = " ".join(about) or None
    days = (_day(when.earliest), _day(when.latest))
    digest = hashing.payload_hash(payload, salt=salt)
    opening = hashing.opening(one.id, one.stream, one.kind, one.kind_version, when.edtf, *days)
    closing = hashing.closing(recorded_by, joined, payload_digest=digest)
    text = ([payload], [salt], [digest])
    return Batch(
        [one], recorded_by, [about], [joined], [days[0]], [days[1]], *text, [opening], [closing]
    )


def recorded(batch: Batch, numbered: Numbered) -> list[RecordedEvent]:
    """Return the events of *batch* as they will be read."""
    instant, by = numbered.instant, batch.recorded_by
    columns = zip(batch.events, numbered.places, batch.leaves(instant), batch.about, strict=True)
    return [
        RecordedEvent(event, position, place, instant, by, leaf, about=said)
        for position, (event, place, leaf, said) in enumerate(columns, start=numbered.after + 1)
    ]
