"""Views of the timeline on the server, at any zoom and by any filter, against a raw GROUP BY.

And what a step of the timeline brings to a browser: its fragment, in bytes.

`python -m tests.benchmarks.viewports ADDRESS` measures an archive that is there.
"""

import gzip
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select
from werkzeug.test import TestResponse

from archive.dates import day_of
from archive.log import head
from archive.projections.tables import entities, occurrence_entities, occurrences
from archive.queries import Filters, Window, covered_days, density, facets, timeline, viewport
from archive.settings import Settings
from archive.storage import open_engine, reading
from archive.web import create_app
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
    "cost without counts kept. The words are those that match about one event in a hundred. "
    "A step's fragment is what the timeline answers to htmx in one of the same windows, raw and "
    "packed as it is sent, each for the first time; milliseconds are those of processors."
)
HEADING: Final = ("asked", "p50", "p95", "p95, CPU", "GROUP BY", "speed, p95")
STEPS_HEADING: Final = ("a step's fragment", "raw p50", "p95", "packed p50", "p95", "p50", "p95")
# As a page of 1440 pixels asks, and a phone.
SCREENS: Final = {
    "a desktop, zh": ("zh", 1328),
    "a desktop, en": ("en", 1328),
    "a phone, en": ("en", 358),
}
STEPS: Final = 60
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
    tables = []
    for one in plan.grown():
        tables += [
            measured(one.engine, one.place.name, views=asked),
            fragments(one.engine, one.place.name, steps=asked),
        ]
    return Section(TITLE, WORDS, tuple(tables))


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


def fragments(engine: Engine, name: str, *, steps: int) -> Table:
    """Return the table of what steps of the timeline weigh on each screen."""
    with reading(engine) as connection:
        known = head(connection)[0]
        windows = drawn(Window(*(covered_days(connection, known=known) or (0, 0))), steps)
    url = engine.url.render_as_string(hide_password=False)
    client = create_app(Settings(database_url=url)).test_client()
    rows = []
    for screen, (language, width) in SCREENS.items():
        raw, packed, times = [], [], []
        for window in windows:
            answer: list[TestResponse] = []
            step = _step(window, language, width)
            times.append(once(lambda: answer.append(client.get(**step))).cpu * 1000)  # noqa: B023 - called at once
            packed.append(len(answer[0].data) / 1000)
            raw.append(len(gzip.decompress(answer[0].data)) / 1000)
        told = [f"{part:,.1f} kB" for sizes in (raw, packed) for part in _half_and_most(sizes)]
        told += [f"{part:,.1f} ms" for part in _half_and_most(times)]
        rows.append((f"{name}, {known:,} events: {screen}", *told))
    return Table(STEPS_HEADING, rows)


def _step(window: Window, language: str, width: int) -> dict[str, Any]:
    """Return what the page's script asks for when the hand has come to rest on a window."""
    first, last = day_of(window.first_day).isoformat(), day_of(window.last_day).isoformat()
    headers = {
        "HX-Request": "true",
        "HX-Target": "section#timeline-view",
        "HX-Drawing-Width": str(width),
        "Accept-Encoding": "gzip",
    }
    return {"path": f"/?lang={language}&from={first}&to={last}", "headers": headers}


def _half_and_most(numbers: Sequence[float]) -> tuple[float, float]:
    return median(numbers), quantiles(numbers, n=20)[-1]


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
    (half, most), (_, most_busy) = _half_and_most(walls), _half_and_most(busy)
    shown = (half, most, most_busy, rival.wall)
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
    archive = open_engine(sys.argv[1])
    tables = (
        measured(archive, "archive", views=200),
        fragments(archive, "archive", steps=STEPS),
    )
    print(markdown(Section(TITLE, WORDS, tables)))  # noqa: T201 - what is asked for
