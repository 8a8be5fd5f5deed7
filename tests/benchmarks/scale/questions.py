"""What is asked of a long log: each question many times over, of many entities and days."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any, Final, TypeAlias

import msgspec
from sqlalchemy import Connection, Engine, func, select

from archive.commands.recording import append_all
from archive.log import read_by_positions
from archive.log.codec import Payload
from archive.projections.tables import cells, entities, facts
from archive.queries import (
    AsOf,
    Compared,
    compare,
    head,
    series_of,
    state,
    state_in_keys,
    value_counts,
    why,
)
from archive.storage import reading, writing
from archive.vocabulary import Event, Occurred, assertions
from tests.benchmarks.casting import TYPES
from tests.benchmarks.making import FIRST_DAY, LAST_DAY, SEED
from tests.benchmarks.scale.replaying import replayed
from tests.benchmarks.scale.retracing import retraced
from tests.benchmarks.scale.sayings import COMMON, RARE
from tests.benchmarks.scale.spreads import Call, Spread, clock_of, measured, spread

KEY: Final = "look-up by primary key"
# Each state is asked for in keys, as the prototype of the targets was, and in words with sources.
UNIFORM: Final = "one entity, uniform, in keys"
UNIFORM_TOLD: Final = "one entity, uniform, in words"
UNIFORM_PAST: Final = "one entity, uniform, K past, in words"
HOT: Final = "one of the 20 hottest entities, in keys"
HOT_TOLD: Final = "one of the 20 hottest entities, in words"
PAGE: Final = "page of 50 models by name, in keys"
PAGE_TOLD: Final = "page of 50 models by name, in words"
PAGE_COMMON: Final = "page of 50, common filter, in keys"
PAGE_COMMON_TOLD: Final = "page of 50, common filter, in words"
PAGE_RARE: Final = "page of 50, rare filter, in keys"
PAGE_RARE_TOLD: Final = "page of 50, rare filter, in words"
COUNTS: Final = "counts by value, K now"
COUNTS_PAST: Final = "counts by value, K past"
DIFFERENCE: Final = "difference over 30 days, all models, a change, in keys"
DIFFERENCE_TOLD: Final = "difference over 30 days, all models, a change, in words"
HISTORY: Final = "history of a register, its reasons"
SERIES: Final = "history of figures, hot entity"
NEWEST: Final = "append of 3 facts, newest"
WARMING: Final = "append of 3 facts, to warm"
BACKDATED: Final = "append of 3 facts, back-dated"
SCAN: Final = "raw scan of the log, decoded, an event"
REPLAY: Final = "naive replay of the log"

ALONE: Final = ": its statements alone, by the bare driver"

Asks: TypeAlias = Callable[..., object]
Where: TypeAlias = Sequence[tuple[str, str]]

_PAGES: Final[Sequence[tuple[str, Asks, Where]]] = (
    (PAGE, state_in_keys, ()),
    (PAGE_TOLD, state, ()),
    (PAGE_COMMON, state_in_keys, (COMMON,)),
    (PAGE_COMMON_TOLD, state, (COMMON,)),
    (PAGE_RARE, state_in_keys, (RARE,)),
    (PAGE_RARE_TOLD, state, (RARE,)),
)
# What the database takes of these is told beside them.
_RETRACED: Final = frozenset({UNIFORM, HOT, PAGE, PAGE_COMMON, PAGE_RARE, DIFFERENCE})
_FACTS: Final = 3
_DAYS: Final = {WARMING: "2020-06-01", NEWEST: "2024-12-31", BACKDATED: "2017-06-01"}
_MONTH: Final = timedelta(days=30)
_COUNTED: Final = ("commercial_use", "access", "status", "weights")
_KEYS: Final = 20
# The log from which facts are taken to be recorded again, and the most that is replayed.
_TAIL: Final = 3000
_MOST_REPLAYED: Final = 100_000
_PAYLOADS: Final = "SELECT payload FROM event ORDER BY position"


# The entities of which most facts were told.
_HOTTEST: Final = (
    select(entities.c.slug)
    .join(cells, cells.c.entity_id == entities.c.id)
    .join(facts, facts.c.cell_id == cells.c.id)
    .group_by(entities.c.id, entities.c.slug)
    .order_by(func.count().desc(), entities.c.slug)
    .limit(20)
)


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom and when the questions are about, the same for the same log; how often is asked."""

    known: int
    uniform: Sequence[str]
    hot: Sequence[str]
    models: Sequence[str]
    days: Sequence[date]
    rounds: int

    def now(self) -> Iterator[AsOf]:
        """Yield days as known now, for ever."""
        return (AsOf(day, self.known) for day in cycle(self.days))

    def past(self) -> Iterator[AsOf]:
        """Yield days of the first half as known when half the log was there."""
        early = sorted(self.days)[: len(self.days) // 2]
        return (AsOf(day, self.known // 2) for day in cycle(early))


def asking(connection: Connection, *, rounds: int) -> Asking:
    """Return whom and when to ask about."""
    dice = random.Random(SEED)  # noqa: S311 - the same every time is what is wanted
    known = list(
        connection.execute(
            select(entities.c.slug, entities.c.type)
            .where(entities.c.type.in_(TYPES))
            .order_by(entities.c.id)
        )
    )
    models = [row.slug for row in known if row.type == "model"]
    some = sorted(row.slug for row in known)
    span = (LAST_DAY - FIRST_DAY).days
    days = [FIRST_DAY + timedelta(days=dice.randint(span // 4, span)) for _number in range(40)]
    return Asking(
        head(connection).position,
        dice.sample(some, min(len(some), 20 * rounds)),
        list(connection.scalars(_HOTTEST)),
        dice.sample(models, min(len(models), 4 * rounds)),
        days,
        rounds,
    )


def answered(engine: Engine, *, rounds: int) -> dict[str, Spread]:
    """Return what each question costs, the rivals in the same run, the appends last."""
    with reading(engine) as connection, reading(engine):
        clock_of(connection)
        asked = asking(connection, rounds=rounds)
        server = clock_of(connection)
        found = {}
        for name, calls in _questions(connection, asked):
            found[name] = spread(calls, server=server, again=_KEYS if name == KEY else 1)
            if name in _RETRACED:
                found[name + ALONE] = spread(retraced(connection, calls), server=server)
        scan = Call(lambda: _scanned(connection), things=asked.known)
        found[SCAN] = measured([scan], server=server)
        part = min(asked.known, _MOST_REPLAYED)
        note = "" if part == asked.known else f"of {part:,} events, times {asked.known // part}"
        replay = Call(lambda: replayed(connection, as_of=next(asked.now()), events=part))
        once = measured([replay], server=server)
        found[REPLAY] = _times(once, asked.known / part, note)
    return found | _appended(engine, rounds=rounds)


def _times(one: Spread, factor: float, note: str) -> Spread:
    cpu, wall = one.cpu * factor, one.wall * factor
    return Spread(cpu, cpu, wall, wall, one.calls, note)


def _questions(connection: Connection, asked: Asking) -> Iterator[tuple[str, list[Call]]]:
    now, past, many = asked.now(), asked.past(), 6 * asked.rounds
    yield KEY, [_looked_up(connection, number) for number in range(1, 1 + 20 * asked.rounds)]
    hot = list(asked.hot) * min(5, asked.rounds)
    for name, asks, slugs, times in (
        (UNIFORM, state_in_keys, asked.uniform, now),
        (UNIFORM_TOLD, state, asked.uniform, now),
        (UNIFORM_PAST, state, asked.uniform, past),
        (HOT, state_in_keys, hot, now),
        (HOT_TOLD, state, hot, now),
    ):
        yield name, [_one(connection, a, b, asks) for b, a in _with(slugs, times)]
    for name, page, where in _PAGES:
        yield name, [_page(connection, a, b, where, page) for b, a in _with(asked.models, now)]
    counted = cycle(_COUNTED)
    for name, times in ((COUNTS, now), (COUNTS_PAST, past)):
        yield name, [_counts(connection, a, b) for b, a in _with(islice(counted, many), times)]
    for name, limit in ((DIFFERENCE, 0), (DIFFERENCE_TOLD, None)):
        ends = islice(now, min(5, asked.rounds))
        yield name, [_difference(connection, a, limit=limit) for a in ends]
    yield HISTORY, [_reasons(connection, a, b) for b, a in _with(asked.models, now)]
    busy = [slug for slug in asked.hot if not slug.startswith("person")]
    yield SERIES, [_series(connection, a, slug) for slug, a in _with(busy, now)]


def _with(asked: Iterable[str], times: Iterator[AsOf]) -> Iterator[tuple[str, AsOf]]:
    """Yield each of *asked* with the next of *times*, which never end."""
    return ((one, next(times)) for one in asked)


def _looked_up(connection: Connection, number: int) -> Call:
    query = select(entities).where(entities.c.id == number)
    return Call(lambda: connection.execute(query).one())


def _one(connection: Connection, as_of: AsOf, slug: str, asks: Asks) -> Call:
    return Call(lambda: asks(connection, as_of=as_of, entity=slug))


def _page(connection: Connection, as_of: AsOf, after: str, where: Where, asks: Asks) -> Call:
    return Call(
        lambda: asks(connection, as_of=as_of, entity_type="model", where=where, after=after)
    )


def _counts(connection: Connection, as_of: AsOf, attribute: str) -> Call:
    return Call(
        lambda: value_counts(connection, as_of=as_of, type_name="model", attribute=attribute)
    )


def _difference(connection: Connection, right: AsOf, *, limit: int | None) -> Call:
    left, models = AsOf(right.valid - _MONTH, right.known), Compared(entity_type="model")

    def work() -> int:
        found = compare(connection, left=left, right=right, among=models, limit=limit)
        told = len(found.added) + len(found.ended) + len(found.changed)
        return told + sum(found.untold.values())

    return Call(work, things=max(1, work()))


def _reasons(connection: Connection, as_of: AsOf, slug: str) -> Call:
    return Call(lambda: why(connection, entity=slug, attribute="status", as_of=as_of))


def _series(connection: Connection, as_of: AsOf, slug: str) -> Call:
    return Call(lambda: series_of(connection, as_of=as_of, attribute="figures", entity=slug))


def _scanned(connection: Connection) -> None:
    """Read and decode each payload by the bare driver, in pieces on a server."""
    decoder = msgspec.json.Decoder(Payload)
    driver: Any = connection.connection.driver_connection
    is_server = connection.dialect.name == "postgresql"
    cursor = driver.cursor(name="scan") if is_server else driver.cursor()
    if is_server:
        cursor.itersize = 10_000
    cursor.execute(_PAYLOADS)
    for (payload,) in cursor:
        decoder.decode(payload)
    cursor.close()


# --- recording ----------------------------------------------------------------------------------


def _appended(engine: Engine, *, rounds: int) -> dict[str, Spread]:
    """Return what it costs to record an event of three facts with its read models."""
    known = _of_three_facts(engine)[: 1 + 7 * rounds]
    # Warm, as all questions are: each event was recorded once before, of another day.
    for number, event in enumerate(known):
        _appending(engine, _at(event, _DAYS[WARMING], name=f"warm-{number}"))()
    with engine.connect() as connection:
        server = clock_of(connection)
    calls = {
        name: [
            Call(_appending(engine, _at(event, day, name=f"{day}-{number}")))
            for number, event in enumerate(known)
        ]
        for name, day in _DAYS.items()
        if name != WARMING
    }
    return {name: measured(each, server=server) for name, each in calls.items()}


def _of_three_facts(engine: Engine) -> list[Event]:
    with reading(engine) as connection:
        last = head(connection).position
        found = read_by_positions(connection, range(max(1, last - _TAIL), last))
    return [one.event for one in found.values() if len(assertions(one.event)) == _FACTS]


def _at(event: Event, day: str, *, name: str) -> Event:
    occurred = Occurred(edtf=day, earliest=day, latest=day)
    return msgspec.structs.replace(event, id=name, occurred=occurred)


def _appending(engine: Engine, event: Event) -> Callable[[], object]:
    def work() -> None:
        with writing(engine) as connection:
            append_all(connection, [event], recorded_by="bench")

    return work
