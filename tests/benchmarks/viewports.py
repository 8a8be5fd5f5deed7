"""Views of the timeline on the server, at any zoom and by any filter, against a raw GROUP BY.

`python -m tests.benchmarks.viewports ADDRESS` measures an archive that is there.
"""

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select

from archive.log import head
from archive.projections.tables import entities, occurrence_entities, occurrences
from archive.queries import Filters, Window, covered_days, density, facets, timeline, viewport
from archive.storage import open_engine, reading
from tests.benchmarks.making import SEED
from tests.benchmarks.places import processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Section, Table, markdown
from tests.benchmarks.timing import Clock, Cost, once

TITLE: Final = "Views of the timeline"
WORDS: Final = (
    "Windows are drawn at random, seeded: from the whole archive down to a fortnight, by halving, "
    "anywhere. Each is asked once; the milliseconds are those of one answer, its marks read from "
    "the log with their titles, by the clock and, with the server's, of processors. The rival "
    "counts the whole timeline's table by kind and month of the bare driver: what a view would "
    "cost without counts kept. The words are those that match about one event in a hundred."
)
HEADING: Final = ("asked", "p50", "p95", "p95, CPU", "GROUP BY", "speed, p95")
LEAST_DAYS: Final = 14
WORDS_SOUGHT: Final = "partial"
_FEW: Final = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of question, asked of each window in turn."""

    name: str
    ask: Callable[[Window], object]


def measure(plan: Plan) -> Section:
    """Return what views cost on each grown archive."""
    asked = max(_FEW * plan.rounds, _FEW)
    tables = tuple(measured(one.engine, one.place.name, views=asked) for one in plan.grown())
    return Section(TITLE, WORDS, tables)


def measured(engine: Engine, name: str, *, views: int) -> Table:
    """Return the table of one archive, each question asked in *views* windows."""
    with reading(engine) as connection:
        server = processor_of(connection)
        days = covered_days(connection, known=head(connection)[0]) or (0, 0)
        windows = drawn(Window(*days), views)
        rival = once(lambda: _grouped(connection), server=server)
        events = connection.scalar(select(func.count()).select_from(occurrences)) or 0
        rows = [
            (f"{name}, {events:,} events: {one.name}", *_row(one, windows, rival, server))
            for one in _questions(connection)
        ]
    return Table(HEADING, rows)


def drawn(whole: Window, count: int) -> list[Window]:
    """Return windows of every length from the whole down, each somewhere within it."""
    chance = random.Random(SEED)  # noqa: S311 - the same windows in every run
    days = whole.last_day - whole.first_day + 1
    found: list[Window] = []
    length = days
    while len(found) < count:
        first = whole.first_day + chance.randint(0, max(days - length, 0))
        found.append(Window(first, first + length - 1))
        length = length // 2 if length // 2 >= LEAST_DAYS else days
    return found


def _row(asked: Asked, windows: Sequence[Window], rival: Cost, server: Clock) -> Sequence[str]:
    asked.ask(windows[0])
    costs = [once(lambda: asked.ask(window), server=server) for window in windows]  # noqa: B023 - called at once
    walls, busy = [one.wall for one in costs], [one.cpu for one in costs]
    most, most_busy = quantiles(walls, n=20)[-1], quantiles(busy, n=20)[-1]
    shown = (median(walls), most, most_busy, rival.wall)
    return (*(f"{seconds * 1000:,.1f} ms" for seconds in shown), f"{rival.wall / most:,.1f}×")


def _questions(connection: Connection) -> Sequence[Asked]:
    known = head(connection)[0]
    links = occurrence_entities.c
    busy = (
        select(entities.c.slug)
        .join(occurrence_entities, links.entity_id == entities.c.id)
        .group_by(entities.c.slug)
        .order_by(func.count().desc())
        .limit(1)
    )
    chosen = {
        "no filter": Filters(),
        "a kind": Filters(kinds=frozenset({"model_released"})),
        "the entity with most events": Filters(entity=connection.scalar(busy) or ""),
        "words": Filters(text=WORDS_SOUGHT),
    }
    every = Filters()
    return [
        *(Asked(name, _viewing(connection, filters, known)) for name, filters in chosen.items()),
        Asked("density alone", lambda _any: density(connection, filters=every, known=known)),
        Asked(
            "a page of the list",
            lambda days: timeline(connection, window=days, filters=every, known=known),
        ),
        Asked(
            "facets, no entities",
            lambda days: facets(
                connection, window=days, filters=every, known=known, is_linked=False
            ),
        ),
    ]


def _viewing(connection: Connection, filters: Filters, known: int) -> Callable[[Window], object]:
    return lambda days: viewport(connection, window=days, filters=filters, known=known)


def _grouped(connection: Connection) -> object:
    cursor: Any = connection.connection.cursor()
    cursor.execute(
        "SELECT kind, v / 30, count(*) FROM occurrence WHERE gone IS NULL GROUP BY 1, 2"
    )
    return cursor.fetchall()


if __name__ == "__main__":
    table = measured(open_engine(sys.argv[1]), "archive", views=200)
    print(markdown(Section(TITLE, WORDS, (table,))))  # noqa: T201 - what is asked for
