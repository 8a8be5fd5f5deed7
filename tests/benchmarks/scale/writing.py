"""A long log, made fast and always the same: finished rows, hashed as the archive hashes them."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from archive.log import hashing
from archive.log.codec import encode
from archive.log.tables import events as event_table
from archive.vocabulary import Event, check, spoken_of
from tests.benchmarks import naming
from tests.benchmarks.making import AMENDED, SEED
from tests.benchmarks.scale import days, people
from tests.benchmarks.scale.days import field_of
from tests.benchmarks.scale.moulds import Filling, Mould, Moulds, numbers

EventRow: TypeAlias = tuple[object, ...]

BY: Final = "bench"
AT_ONCE: Final = 20_000
_SOURCES: Final = 5_000
_EVENTS_PER_SOURCE: Final = 200
# Of how many events any may be corrected or retracted next: the rest is left as it is.
_POOL: Final = 4_000
_BEGUN: Final = datetime(2016, 1, 2, tzinfo=UTC)
_MICROSECONDS: Final = 9 * 366 * 86_400 * 10**6
_CACHE: Final = "PRAGMA cache_size=-65536"


# A leaf is what `hashing.leaf` makes, from parts that were made once: the test verifies the log.
_LEAF: Final = b"\x00" + field_of(str(hashing.FORMAT))
_BY: Final = field_of(BY)
_DIGEST: Final = (32).to_bytes(4, "big")


@cache
def _kind(name: str, version: int) -> bytes:
    return field_of(name) + field_of(str(version))


class Written(NamedTuple):
    """One event that may be amended: what it was poured from."""

    id: str
    mould: Mould
    filling: Filling
    stream: str


class Envelope(NamedTuple):
    """What a row says of an event beside its payload."""

    id: str
    stream: str
    kind: str
    version: int
    when: days.When
    about: str | None = None


class Log:
    """The rows of a log of *events*, in order, and the streams and kinds that they name."""

    def __init__(self, events: int, *, seed: int = SEED) -> None:
        self.events = events
        self.streams: dict[str, int] = {}
        self.kinds: dict[tuple[str, int], int] = {}
        self._ends: Counter[str] = Counter()
        self._dice = random.Random(seed)  # noqa: S311 - the same every time is what is wanted
        self._position = 0
        self._begun = int(_BEGUN.timestamp()) * 10**6

    def rows(self) -> Iterator[EventRow]:
        """Yield each row of the table of events, its columns in their order."""
        many = max(1, min(_SOURCES, self.events // _EVENTS_PER_SOURCE))
        sources = [f"source-{number:04d}" for number in range(many)]
        for slug in sources:
            event = _source(slug, self._dice)
            yield self._row(_envelope(event), encode(event))
        yield from self._world([slug.encode() for slug in sources])

    def _world(self, sources: list[bytes]) -> Iterator[EventRow]:
        dice, moulds, pool = self._dice, Moulds(self._dice), list[Written]()
        pouring = self._poured(moulds, sources)
        while self._position < self.events:
            if pool and dice.random() < AMENDED:
                yield self._amendment(moulds, pool.pop(dice.randrange(len(pool))))
                continue
            written, payload = next(pouring)
            event = written.mould.event
            when = days.when(dice, self._position / self.events)
            yield self._row(
                Envelope(written.id, written.stream, event.kind, event.kind_version, when), payload
            )
            if len(pool) < _POOL:
                pool.append(written)
            elif dice.random() < AMENDED:
                pool[dice.randrange(_POOL)] = written

    def _poured(self, moulds: Moulds, sources: list[bytes]) -> Iterator[tuple[Written, bytes]]:
        """Yield events without a date, for ever; no entity twice in one."""
        dice, digits = self._dice, numbers()
        cast = {kind: people.spelt(each) for kind, each in people.slugs(self.events).items()}
        mentioned = {
            kind: people.mentions(len(each), events=self.events, dice=dice).__next__
            for kind, each in cast.items()
        }
        cited = people.mentions(len(sources), events=self.events, dice=dice)
        while True:
            for mould in dice.choices(moulds.all, cum_weights=moulds.weights, k=1000):
                borne = _bearers(mould.types, mentioned)
                found = [cast[kind][number] for kind, number in borne]
                filling = (
                    sources[next(cited)],
                    *(b"",) * 4,
                    *digits[int(dice.random() * len(digits))],
                    *(part for one in found for part in one),
                )
                name = f"event-{self._position + 1:08d}"
                written = Written(name, mould, filling, found[mould.subject][0].decode())
                yield written, mould.stencil.poured(filling)

    def _amendment(self, moulds: Moulds, target: Written) -> EventRow:
        """Return the row of a retraction of *target*, or of its correction to another date."""
        progress = self._position / self.events
        name = f"event-{self._position + 1:08d}"
        source, _event, _earliest, _edtf, _latest, *rest = target.filling
        is_correction = self._dice.random() < 0.5
        written = days.when(self._dice, progress).written if is_correction else (b"",) * 3
        filling = (source, target.id.encode(), *written, *rest)
        stencil = target.mould.corrected if is_correction else moulds.retracted
        kind = "claim_corrected" if is_correction else "claim_retracted"
        version = moulds.retraction.kind_version
        envelope = Envelope(name, target.stream, kind, version, days.exactly(progress), target.id)
        return self._row(envelope, stencil.poured(filling))

    def _row(self, envelope: Envelope, payload: bytes) -> EventRow:
        name, stream, kind, version, when, about = envelope
        self._position = position = self._position + 1
        self._ends[stream] = stream_position = self._ends[stream] + 1
        instant = self._begun + position * _MICROSECONDS // self.events
        salt = self._dice.randbytes(hashing.SALT_BYTES)
        digest = hashing.payload_hash(payload, salt=salt)
        stream_id = self.streams.setdefault(stream, len(self.streams) + 1)
        leaf = sha256(
            b"".join(
                (
                    *(_LEAF, *map(field_of, (name, stream)), _kind(kind, version), when.fields),
                    *(field_of(str(instant)), _BY, field_of(about), _DIGEST, digest),
                )
            )
        ).digest()
        kind_id = self.kinds.setdefault((kind, version), len(self.kinds) + 1)
        return (
            *(position, name, stream_id, stream_position, kind_id),
            *(when.edtf, when.earliest, when.latest, instant, BY, about),
            *(hashing.FORMAT, payload, salt, digest, leaf),
        )


def fill(path: Path, log: Log, *, progress: Callable[[int], object] = lambda _many: None) -> None:
    """Write *log* into the empty archive at *path*, in few and large transactions."""
    columns = ", ".join(f'"{column.name}"' for column in event_table.c)
    marks = ", ".join("?" for _column in event_table.c)
    statement = f"INSERT INTO event ({columns}) VALUES ({marks})"  # noqa: S608 - own names
    rows, known = log.rows(), (0, 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(_CACHE)
        while some := list(islice(rows, AT_ONCE)):
            connection.execute("BEGIN IMMEDIATE")
            known = _name(connection, log, known)
            connection.executemany(statement, some)
            connection.execute("COMMIT")
            progress(log.events)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _name(connection: sqlite3.Connection, log: Log, known: tuple[int, int]) -> tuple[int, int]:
    """Write the streams and kinds that are new since; return how many there are now."""
    streams = ((number, name) for name, number in islice(log.streams.items(), known[0], None))
    kinds = ((number, *key) for key, number in islice(log.kinds.items(), known[1], None))
    connection.executemany("INSERT INTO stream (id, name) VALUES (?, ?)", streams)
    connection.executemany("INSERT INTO kind (id, name, version) VALUES (?, ?, ?)", kinds)
    return len(log.streams), len(log.kinds)


def _bearers(
    types: tuple[str, ...], mentioned: dict[str, Callable[[], int]]
) -> list[tuple[str, int]]:
    while True:
        borne = [(kind, mentioned[kind]()) for kind in types]
        if len(borne) == 1 or len(set(borne)) == len(borne):
            return borne


def _source(slug: str, dice: random.Random) -> Event:
    title = naming.phrase(dice, "zh", 12)
    draft = {
        "id": f"{slug}-added",
        "kind": "source_added",
        "occurred": {"edtf": "2024-12-31"},
        "entities": [{"role": "source", "id": slug, "type": "source", "names": {"zh": title}}],
        "data": {"title": title, "language": "zh", "source_kind": "news"},
    }
    return check(draft, lookup=lambda _slug: None)


def _envelope(event: Event) -> Envelope:
    when = days.exactly(1.0)
    about = " ".join(spoken_of(event)) or None
    return Envelope(event.id, event.stream, event.kind, event.kind_version, when, about)
