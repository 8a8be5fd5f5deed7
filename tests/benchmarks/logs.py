"""The log against the recorders of the library eventsourcing, and against the bare driver."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import Any, Final

import msgspec
from eventsourcing.persistence import StoredEvent
from sqlalchemy import Engine

from archive.commands.recording import append_all
from archive.log import read_log, seal_tiles, verify
from archive.log.writer import append
from archive.storage import fetch, mark_of, reading, writing
from archive.vocabulary import Claim, Event, Mention, Occurred
from tests.benchmarks import rivals, together
from tests.benchmarks.appending import bare, filled, ours, parts, written
from tests.benchmarks.places import POSTGRES, SQLITE, Place, processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Section, Table
from tests.benchmarks.timing import Cost, middle, once

TITLE: Final = "The log against eventsourcing"
WORDS: Final = (
    "ES is the application recorder of the library `eventsourcing`, at its default; it is handed "
    "stored events whose state is the very bytes of our payload, made beforehand. Ours is "
    "`archive.log.writer.appending`, no read model beside it, from checked events: it encodes, "
    "salts and hashes them, looks for ids already there, and inserts under the guards; every "
    "batch is a transaction of its own on a connection held as theirs is, on Postgres by one "
    "statement. Raw is the driver's executemany of "
    "finished rows into the same guarded table. Read to tuples: pages of five columns, as many "
    "as a notification has; the state of entities: the same pages, of each payload only the data "
    "decoded. Ratios are of events per processor second, client and server together, the median "
    "round; events of 370 bytes over 2,000 streams. Postgres waits for its disk here (fsync and "
    "synchronous_commit on)."
)
FOLLOWED: Final = "append → another process's follower, p95"
STREAMS: Final = 2_000
# A run with fewer events only tries whether all of it works.
FULL: Final = 10_000
# As many as the targets were set at: with fewer, all of either's indexes lie in a processor's
# cache, and nothing is written but the end of the log.
APPENDED: Final = 200_000
# Batch: which part of the events is appended in batches of that size.
PARTS: Final = {1: 100, 10: 10, 100: 2, 1000: 1}
AGAINST_ES: Final = {
    SQLITE: {1: 1.0, 10: 1.3, 100: 2.0, 1000: 2.2},
    POSTGRES: {1: 1.5, 10: 2.2, 100: 3.5, 1000: 4.0},
}
_HEADING: Final = ("what", "database", "to reach", "measured", "reached", "ours", "theirs")
_FIVE: Final = (
    "SELECT position, stream_id, stream_position, kind_id, payload FROM event "
    "WHERE position > {mark} ORDER BY position LIMIT {mark}"
)


class _Data(msgspec.Struct, gc=False):
    """The part of a payload that the state of an entity is folded from."""

    data: dict[str, object] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a target, and what came out."""

    what: str
    place: str
    target: float
    measured: float
    unit: str = " ×"
    ours: str = ""
    theirs: str = ""
    is_most: bool = False

    def cells(self) -> tuple[str, ...]:
        """Return the line as text."""
        reached = self.measured <= self.target if self.is_most else self.measured >= self.target
        sign = "≤" if self.is_most else "≥"
        target = f"{sign} {self.target:,g}{self.unit}" if self.target else "–"
        said = ("reached" if reached else "not reached") if self.target else "–"
        figure = f"{self.measured:,.3g}" if self.measured < 1000 else f"{self.measured:,.0f}"
        return (
            self.what,
            self.place,
            target,
            f"{figure}{self.unit}",
            said,
            self.ours,
            self.theirs,
        )


def measure(plan: Plan) -> Section:
    """Return every target of the log beside what this machine made of it."""
    events = small_events(len(plan.events))
    appended = small_events(max(APPENDED, len(events))) if len(events) >= FULL else events
    rows = []
    for row in (one for at in plan.places for one in _rows(at, events, appended, plan)):
        rows.append(row)
        print(*row.cells(), sep=" | ", file=sys.stderr, flush=True)  # noqa: T201 - as it comes
    return Section(TITLE, WORDS, (Table(_HEADING, [row.cells() for row in rows]),))


def small_events(many: int) -> list[Event]:
    """Return *many* events of one entity each, the same every time."""
    dice = Random(many)  # noqa: S311 - the same every time is what is wanted
    return [_small(dice, number) for number in range(many)]


def _small(dice: Random, number: int) -> Event:
    slug = f"entity-{dice.randrange(STREAMS)}"
    day = f"20{dice.randint(16, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    return Event(
        f"event-{number:07}",
        "org_founded",
        slug,
        Occurred(day, day, day),
        (Mention(slug, "organization", "founded", {"en": slug}),),
        data={"place": "CN"},
        claims=(Claim("a-source", "¶1"),),
    )


def _rows(
    place: Place, events: Sequence[Event], appended: Sequence[Event], plan: Plan
) -> Iterator[Row]:
    with together.durable(place):
        for batch, part in PARTS.items():
            some = appended[: max(batch, len(appended) // part)]
            yield from _appended(place, some, batch, plan)
            yield _with_all(place, events[: max(batch, len(events) // part)], batch, plan)
        yield from _read(place, events, plan)
        if place.name == POSTGRES:
            yield _crowded(place, events)
        wait = together.delay(place, events[:100])
        yield Row(FOLLOWED, place.name, 50, wait, " ms", is_most=True)


def _each(cost: Cost) -> str:
    return f"{1 / max(cost.cpu, 1e-9):,.0f}/s"


def _appended(place: Place, some: Sequence[Event], batch: int, plan: Plan) -> list[Row]:
    stored, rows = rivals.as_bytes(some), written(place, some)
    costs: dict[str, list[Cost]] = {"log": [], "es": [], "raw": []}
    for _round in range(plan.rounds):
        with ExitStack() as stack:
            fillings: dict[str, Callable[[Engine], Callable[[], object]]] = {
                "log": lambda engine: ours(engine, some, batch),
                "es": lambda engine: _rival(stack, engine, stored, batch),
                "raw": lambda engine: bare(engine, rows, batch),
            }
            for name, filling in fillings.items():
                costs[name].append(filled(place, filling).over(len(some)))
    log, rival, raw = (middle(each) for each in costs.values())
    what = f"append, batches of {batch:,}, {len(some):,} events"
    named = place.name
    return [
        Row(
            f"{what}, against ES", named, AGAINST_ES[named][batch], rival.cpu / log.cpu,
            ours=_each(log), theirs=_each(rival),
        ),
        Row(
            f"{what}, against raw executemany", named,
            0.75 if named == SQLITE and batch >= 100 else 0, raw.cpu / log.cpu,
            ours=_each(log), theirs=_each(raw),
        ),
    ]  # fmt: skip


def _with_all(place: Place, some: Sequence[Event], batch: int, plan: Plan) -> Row:
    """Return what every read model adds, against the rival that keeps none."""
    stored = rivals.as_bytes(some)
    ours_with, theirs = [], []
    for _round in range(plan.rounds):
        with ExitStack() as stack:
            ours_with.append(filled(place, lambda engine: _everything(engine, some, batch)))
            theirs.append(filled(place, lambda engine: _rival(stack, engine, stored, batch)))
    everything, rival = middle(ours_with).over(len(some)), middle(theirs).over(len(some))
    return Row(
        f"append, batches of {batch:,}, {len(some):,} events, with every read model, "
        "against ES without",
        place.name,
        0,
        rival.cpu / everything.cpu,
        ours=_each(everything),
        theirs=_each(rival),
    )


def _rival(
    stack: ExitStack, engine: Engine, stored: Sequence[StoredEvent], batch: int
) -> Callable[[], object]:
    recorder = stack.enter_context(rivals.recorder(engine))

    def work() -> None:
        for part in parts(stored, batch):
            recorder.insert_events(part)

    return work


def _everything(engine: Engine, some: Sequence[Event], batch: int) -> Callable[[], object]:
    def work() -> None:
        for part in parts(some, batch):
            with writing(engine) as connection:
                append_all(connection, part, recorded_by="bench")

    return work


def _read(place: Place, events: Sequence[Event], plan: Plan) -> list[Row]:
    """Return the rows of reading: to tuples, to the state of entities, to be verified."""
    with ExitStack() as stack:
        engine = stack.enter_context(place.archive())
        recorder = stack.enter_context(rivals.recorder(engine))
        for part in parts(events, 1000):
            with writing(engine) as connection:
                append(connection, part, recorded_by="bench")
        for page in parts(rivals.stored(events), 1000):
            recorder.insert_events(page)
        seal_tiles(engine)
        with engine.connect() as connection:
            server = processor_of(connection)
        to_event = rivals.mapper().to_domain_event
        work: dict[str, Callable[[], object]] = {
            "tuples": lambda: _tuples(engine),
            "notifications": lambda: rivals.pull(recorder, len),
            "state": lambda: _state(engine),
            "whole state": lambda: _whole_state(engine),
            "their state": lambda: _their_state(recorder, to_event),
            "verify": lambda: _verified(engine),
        }
        costs: dict[str, list[Cost]] = {name: [] for name in work}
        for _round in range(plan.rounds):
            for name, one in work.items():
                costs[name].append(once(one, server=server).over(len(events)))
    cost = {name: middle(each) for name, each in costs.items()}
    many, named = f"{len(events):,} events", place.name
    return [
        Row(
            f"the log read to tuples, {many}, against ES select_notifications(500)",
            named, 4, cost["notifications"].cpu / cost["tuples"].cpu,
            ours=_each(cost["tuples"]), theirs=_each(cost["notifications"]),
        ),
        Row(
            f"state of every entity folded, {many}, against ES pull, mapper and fold",
            named, 8, cost["their state"].cpu / cost["state"].cpu,
            ours=_each(cost["state"]), theirs=_each(cost["their state"]),
        ),
        Row(
            f"the same through read_log, whole events, {many}, against ES", named, 0,
            cost["their state"].cpu / cost["whole state"].cpu,
            ours=_each(cost["whole state"]), theirs=_each(cost["their state"]),
        ),
        Row(
            f"verify, {many}, a core", named, 250_000, 1 / cost["verify"].cpu, " events/s",
            ours=_each(cost["verify"]),
        ),
    ]  # fmt: skip


def _pages(engine: Engine) -> Iterator[Sequence[Any]]:
    """Yield pages of the columns that a notification has: number, whose, which, what, said."""
    last = 0
    with reading(engine) as connection:
        statement = _FIVE.format(mark=mark_of(connection.dialect.name))
        while page := fetch(connection, statement, (last, 1000)):
            yield page
            last = page[-1][0]


def _tuples(engine: Engine) -> None:
    for _page in _pages(engine):
        pass


def _state(engine: Engine) -> None:
    states: dict[int, dict[str, object]] = {}
    decode = msgspec.json.Decoder(_Data).decode
    for page in _pages(engine):
        for _position, stream, _place, _kind, payload in page:
            states.setdefault(stream, {}).update(decode(payload).data)


def _whole_state(engine: Engine) -> None:
    states: dict[str, dict[str, object]] = {}
    with reading(engine) as connection:
        for one in read_log(connection):
            states.setdefault(one.event.stream, {}).update(one.event.data)


def _their_state(recorder: Any, to_event: Callable[[Any], Any]) -> None:
    states: dict[object, dict[str, object]] = {}

    def take(page: Sequence[Any]) -> None:
        for stored in page:
            event = to_event(stored)
            states.setdefault(event.originator_id, {}).update(event.said["data"])

    rivals.pull(recorder, take)


def _verified(engine: Engine) -> None:
    with reading(engine) as connection:
        verify(connection)


def _crowded(place: Place, events: Sequence[Event]) -> Row:
    our_speeds = [together.crowd(place, events, is_rival=False) for _round in range(2)]
    their_speeds = [together.crowd(place, events, is_rival=True) for _round in range(2)]
    return Row(
        f"four writers and a follower that misses none, {len(events):,} events in batches of 5, "
        "appends a second against ES",
        place.name,
        3,
        median(our_speeds) / median(their_speeds),
        ours=f"{median(our_speeds):,.0f}/s on the clock",
        theirs=f"{median(their_speeds):,.0f}/s on the clock",
    )
