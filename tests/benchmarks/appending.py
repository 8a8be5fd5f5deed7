"""Append to the log, against bare executemany of the same rows into the same guarded tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import Engine, Row, Table, insert, select

from archive.log.tables import events, kinds, streams
from archive.log.writer import append, appending
from archive.storage import writing
from archive.vocabulary import Event
from tests.benchmarks.places import Place, processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_second
from tests.benchmarks.timing import Cost, middle, once

T = TypeVar("T")
Filling: TypeAlias = Callable[[Engine], Callable[[], object]]

TITLE: Final = "Appending to the log"
WORDS: Final = (
    "`archive.log.writer.appending`, a transaction a batch, into an empty log; it looks for ids "
    "already there, numbers, encodes, hashes and inserts. The rival is handed finished rows and "
    "only inserts them by the driver's executemany, in transactions as large, into the same "
    "table with its triggers."
)
# Events in a transaction, and which part of the events that measure gets.
BATCHES: Final = {1: 40, 10: 10, 100: 4, 1000: 2}


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of a log as they stood once it was written."""

    streams: Sequence[Row[Any]]
    kinds: Sequence[Row[Any]]
    events: Sequence[Row[Any]]


def measure(plan: Plan) -> Section:
    """Return the cost of an event by database and size of batch."""
    lines = [
        _line(place, plan, batch=batch, part=part)
        for place in plan.places
        for batch, part in BATCHES.items()
    ]
    return Section(TITLE, WORDS, (per_second(lines),))


def _line(place: Place, plan: Plan, *, batch: int, part: int) -> Line:
    many = max(batch, len(plan.events) // part // batch * batch)
    some = plan.events[:many]
    rows = written(place, some)
    our_costs, their_costs = [], []
    for _round in range(plan.rounds):
        our_costs.append(filled(place, lambda engine: ours(engine, some, batch)).over(len(some)))
        their_costs.append(filled(place, lambda engine: bare(engine, rows, batch)).over(len(some)))
    what = f"{place.name}, {batch:,} in a transaction, {len(some):,} events"
    return Line(what, "executemany of finished rows", middle(our_costs), middle(their_costs))


def filled(place: Place, filling: Filling) -> Cost:
    """Return what *filling* costs once, on an empty archive that is gone afterwards."""
    with place.archive() as engine:
        work = filling(engine)
        with engine.connect() as connection:
            server = processor_of(connection)
        return once(work, server=server)


def parts(all_of: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield *all_of* in pieces of *size*."""
    for start in range(0, len(all_of), size):
        yield all_of[start : start + size]


def ours(engine: Engine, some: Sequence[Event], batch: int) -> Callable[[], object]:
    """Return the work of appending *some*, a transaction a batch."""

    def work() -> None:
        with appending(engine, recorded_by="bench") as append_batch:
            for part in parts(some, batch):
                append_batch(part)

    return work


def written(place: Place, some: Sequence[Event]) -> Written:
    """Return the rows that *some* become."""
    with place.archive() as engine:
        with writing(engine) as connection:
            append(connection, some, recorded_by="bench")
        with engine.connect() as connection:
            return Written(
                connection.execute(select(streams).order_by(streams.c.id)).all(),
                connection.execute(select(kinds).order_by(kinds.c.id)).all(),
                connection.execute(select(events).order_by(events.c.position)).all(),
            )


def bare(engine: Engine, rows: Written, batch: int) -> Callable[[], object]:
    """Return the work of inserting finished rows by the driver alone, a transaction a batch."""
    with writing(engine) as connection:
        connection.execute(insert(streams), _named(streams, rows.streams))
        connection.execute(insert(kinds), _named(kinds, rows.kinds))
    tuples = [tuple(row) for row in rows.events]
    on_server = engine.dialect.name == "postgresql"
    statement = _insertion(events, "%s" if on_server else "?")

    def work() -> None:
        held = engine.raw_connection()
        cursor: Any = held.cursor()
        for part in parts(tuples, batch):
            if not on_server:
                cursor.execute("BEGIN IMMEDIATE")
            cursor.executemany(statement, part)
            held.commit()
        held.close()

    return work


def _named(table: Table, rows: Sequence[Row[Any]]) -> list[dict[str, object]]:
    return [dict(zip(table.c.keys(), row, strict=True)) for row in rows]


def _insertion(table: Table, mark: str) -> str:
    marks = ", ".join(mark for _column in table.c)
    names = ", ".join(f'"{column.name}"' for column in table.c)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - own names
