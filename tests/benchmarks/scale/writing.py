"""A long log, made fast and always the same: finished rows, hashed as the archive hashes them.

The rows are made by the block, each from dice of its own, so that several processes make them
side by side; one alone numbers the streams and writes.
"""

import os
import random
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
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
KindKey: TypeAlias = tuple[str, int]

BY: Final = "bench"
AT_ONCE: Final = 20_000
_SOURCES: Final = 5_000
_EVENTS_PER_SOURCE: Final = 200
_BEGUN: Final = int(datetime(2016, 1, 2, tzinfo=UTC).timestamp()) * 10**6
_MICROSECONDS: Final = 9 * 366 * 86_400 * 10**6
# The file is new, and is thrown away where it is not finished: no journal is kept meanwhile.
_WHILE_WRITING: Final = (
    "PRAGMA cache_size=-262144",  # the index of the streams is written all over at 10 M events
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
)
_AFTERWARDS: Final = "PRAGMA journal_mode=WAL"

# A leaf is what `hashing.leaf` makes, from parts that were made once: the test verifies the log.
_LEAF: Final = b"\x00" + field_of(str(hashing.FORMAT))
_BY: Final = field_of(BY)
_ABSENT: Final = field_of(None)
_DIGEST: Final = (32).to_bytes(4, "big")
_SALT: Final = hashing.SALT_BYTES.to_bytes(4, "big")

_field = cache(field_of)


@cache
def _kind(key: KindKey) -> bytes:
    name, version = key
    return field_of(name) + field_of(str(version))


class Written(NamedTuple):
    """One event that may be amended: what it was poured from."""

    id: str
    mould: Mould
    filling: Filling
    stream: str


class Made(NamedTuple):
    """A row before its stream and its kind are numbered: what comes before them, and after."""

    id: str
    stream: str
    kind: KindKey
    rest: tuple[object, ...]


@dataclass(frozen=True)
class Log:
    """What a log of *events* is made of, the same for the same *seed*."""

    events: int
    seed: int = SEED

    @property
    def blocks(self) -> int:
        """Return into how many blocks the log is cut."""
        return -(-self.events // AT_ONCE)

    @cached_property
    def sources(self) -> list[str]:
        """Return the ids of the sources, which begin the log."""
        many = max(1, min(_SOURCES, self.events // _EVENTS_PER_SOURCE))
        return [f"source-{number:04d}" for number in range(many)]

    @cached_property
    def moulds(self) -> Moulds:
        """Return what the events are poured from."""
        return Moulds(random.Random(self.seed))  # noqa: S311 - the same every time is what is wanted

    @cached_property
    def cast(self) -> dict[str, list[tuple[bytes, bytes, bytes]]]:
        """Return whom the events befall, by type."""
        return {kind: people.spelt(each) for kind, each in people.slugs(self.events).items()}

    @cached_property
    def circles(self) -> dict[tuple[str, str], Sequence[int]]:
        """Return whom each entity has to do with, by the types of both."""
        many = {kind: len(each) for kind, each in self.cast.items()}
        dice = random.Random(f"{self.seed}-circles")  # noqa: S311 - as above
        return people.circles(many, events=self.events, dice=dice)

    def made(self, block: int) -> list[Made]:
        """Return the rows of one block, in order."""
        return _Block(self, block).made()


class _Block:
    """The making of one block; what it amends lies in it too."""

    def __init__(self, log: Log, number: int) -> None:
        self.log = log
        self.dice = random.Random(f"{log.seed}-{number}")  # noqa: S311 - as above
        self.position = number * AT_ONCE
        self.end = min(log.events, self.position + AT_ONCE)
        # Drawn at once, since it costs as much as for one event.
        self.salts = self.dice.randbytes(hashing.SALT_BYTES * AT_ONCE)

    def made(self) -> list[Made]:
        """Return the rows."""
        begun = self.log.sources if self.position == 0 else []
        rows = [self._source(slug) for slug in begun]
        rows += self._world()
        return rows

    def _source(self, slug: str) -> Made:
        event = _source(slug, self.dice)
        about = " ".join(spoken_of(event)) or None
        key = event.kind, event.kind_version
        return self._row(event.id, event.stream, key, days.exactly(1.0), encode(event), about)

    def _world(self) -> Iterator[Made]:
        chance, moulds, events = self.dice.random, self.log.moulds, self.log.events
        pool: list[Written] = []
        pouring = self._poured()
        while self.position < self.end:
            if pool and chance() < AMENDED:
                place = int(chance() * len(pool))
                pool[place], pool[-1] = pool[-1], pool[place]
                yield self._amendment(moulds, pool.pop())
                continue
            written, payload = next(pouring)
            when = days.when(chance, self.position / events)
            yield self._row(written.id, written.stream, written.mould.key, when, payload)
            pool.append(written)

    def _poured(self) -> Iterator[tuple[Written, bytes]]:
        """Yield events without a date, for ever; no entity twice in one."""
        dice, digits, log = self.dice, numbers(), self.log
        cast, moulds, chance, many = log.cast, log.moulds, dice.random, len(numbers())
        mentioned = {
            kind: people.mentions(len(each), events=log.events, dice=dice).__next__
            for kind, each in cast.items()
        }
        sources = [slug.encode() for slug in log.sources]
        cited = people.mentions(len(sources), events=log.events, dice=dice)
        nothing = (b"",) * 4
        while True:
            for mould in dice.choices(moulds.all, cum_weights=moulds.weights, k=1000):
                found = [cast[kind][place] for kind, place in self._bearers(mould, mentioned)]
                filling: Filling = (
                    sources[next(cited)],
                    *nothing,
                    *digits[int(chance() * many)],
                    *found[0],
                )
                for one in found[1:]:
                    filling += one
                name = f"event-{self.position + 1:08d}"
                stream = found[mould.subject][0].decode()
                yield Written(name, mould, filling, stream), mould.stencil.poured(filling)

    def _bearers(
        self, mould: Mould, mentioned: dict[str, Callable[[], int]]
    ) -> list[tuple[str, int]]:
        """Return whom an event befalls: its subject, and others of its circle or newcomers."""
        subject, kind, circles = mould.subject, mould.types[mould.subject], self.log.circles
        while True:
            place = mentioned[kind]()
            borne = []
            for number, other in enumerate(mould.types):
                if number == subject:
                    borne.append((kind, place))
                    continue
                known = people.companion(circles[kind, other], place, chance=self.dice.random)
                borne.append((other, mentioned[other]() if known is None else known))
            if len(set(borne)) == len(borne):
                return borne

    def _amendment(self, moulds: Moulds, target: Written) -> Made:
        """Return the row of a retraction of *target*, or of its correction to another date."""
        progress = self.position / self.log.events
        name = f"event-{self.position + 1:08d}"
        source, _event, _earliest, _edtf, _latest, *rest = target.filling
        is_correction = self.dice.random() < 0.5
        written = days.when(self.dice.random, progress).written if is_correction else (b"",) * 3
        filling = (source, target.id.encode(), *written, *rest)
        stencil = target.mould.corrected if is_correction else moulds.retracted
        kind = "claim_corrected" if is_correction else "claim_retracted"
        key = kind, moulds.retraction.kind_version
        payload = stencil.poured(filling)
        return self._row(name, target.stream, key, days.exactly(progress), payload, target.id)

    def _row(
        self,
        name: str,
        stream: str,
        kind: KindKey,
        when: days.When,
        payload: bytes,
        about: str | None = None,
    ) -> Made:
        at = self.position % AT_ONCE * hashing.SALT_BYTES
        salt = self.salts[at : at + hashing.SALT_BYTES]
        self.position = position = self.position + 1
        instant = _BEGUN + position * _MICROSECONDS // self.log.events
        length = len(payload).to_bytes(4, "big")
        digest = sha256(b"%b%b%b%b" % (_SALT, salt, length, payload)).digest()
        leaf = b"%b%b%b%b%b%b%b%b%b%b" % (
            *(_LEAF, field_of(name), _field(stream), _kind(kind), when.fields),
            *(field_of(str(instant)), _BY, field_of(about) if about else _ABSENT),
            *(_DIGEST, digest),
        )
        rest = (
            *(when.edtf, when.earliest, when.latest, instant, BY, about),
            *(hashing.FORMAT, payload, salt, digest, sha256(leaf).digest()),
        )
        return Made(name, stream, kind, rest)


class _Numbers:
    """The numbers of the streams and kinds, and the rows with them."""

    def __init__(self) -> None:
        self.streams: dict[str, int] = {}
        self.kinds: dict[KindKey, int] = {}
        self._ends: Counter[int] = Counter()
        self._position = 0

    def rows(self, made: list[Made]) -> Iterator[EventRow]:
        """Yield the finished row of each, its columns in their order."""
        streams, kinds, ends = self.streams, self.kinds, self._ends
        for position, (name, stream, kind, rest) in enumerate(made, self._position + 1):
            stream_id = streams.setdefault(stream, len(streams) + 1)
            ends[stream_id] = end = ends[stream_id] + 1
            kind_id = kinds.setdefault(kind, len(kinds) + 1)
            yield (position, name, stream_id, end, kind_id, *rest)
        self._position += len(made)


def fill(path: Path, log: Log, *, progress: Callable[[int], object] = lambda _many: None) -> None:
    """Write *log* into the empty archive at *path*, in few and large transactions."""
    columns = ", ".join(f'"{column.name}"' for column in event_table.c)
    marks = ", ".join("?" for _column in event_table.c)
    statement = f"INSERT INTO event ({columns}) VALUES ({marks})"  # noqa: S608 - own names
    given, known = _Numbers(), (0, 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in _WHILE_WRITING:
            connection.execute(pragma)
        for made in _blocks(log):
            rows = list(given.rows(made))
            connection.execute("BEGIN IMMEDIATE")
            known = _name(connection, given, known)
            connection.executemany(statement, rows)
            connection.execute("COMMIT")
            progress(log.events)
        connection.execute(_AFTERWARDS)


def _blocks(log: Log) -> Iterator[list[Made]]:
    """Yield the blocks in their order, made side by side where there are several."""
    workers = min(os.cpu_count() or 1, log.blocks)
    if workers == 1:
        yield from map(log.made, range(log.blocks))
        return
    _prepared(log)
    waiting: deque[Future[list[Made]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        for number in range(log.blocks):
            waiting.append(pool.submit(_made, number))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


# What a process that makes blocks was born with: made once, before the first of them.
_PREPARED: Final[list[Log]] = []


def _prepared(log: Log) -> None:
    _PREPARED[:] = [log]
    for mould in log.moulds.all:
        _ = mould.stencil, mould.corrected
    _ = log.cast, log.circles
    days.warm()


def _made(block: int) -> list[Made]:
    return _PREPARED[0].made(block)


def _name(
    connection: sqlite3.Connection, given: _Numbers, known: tuple[int, int]
) -> tuple[int, int]:
    """Write the streams and kinds that are new since; return how many there are now."""
    streams = ((number, name) for name, number in islice(given.streams.items(), known[0], None))
    kinds = ((number, *key) for key, number in islice(given.kinds.items(), known[1], None))
    connection.executemany("INSERT INTO stream (id, name) VALUES (?, ?)", streams)
    connection.executemany("INSERT INTO kind (id, name, version) VALUES (?, ?, ?)", kinds)
    return len(given.streams), len(given.kinds)


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
