"""The state of a day at scale: long logs, every question, each database, one run."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, text

from archive.cli.sealing import seal_at_end
from archive.projections.tables import attributes, cells, fact_values, facts, tallies
from archive.queries import head
from archive.settings import Settings
from archive.storage import reading
from tests.benchmarks.places import SQLITE, Place
from tests.benchmarks.reporting import Section, Table
from tests.benchmarks.scale.folding import folded
from tests.benchmarks.scale.keeping import archive_of, kept_log
from tests.benchmarks.scale.putting import put_again
from tests.benchmarks.scale.questions import answered
from tests.benchmarks.scale.rival import MARIADB, RIVAL, RIVAL_WORDS, missing, rivalled
from tests.benchmarks.scale.spreads import Spread
from tests.benchmarks.scale.targets import (
    MEMORY,
    MILLISECONDS,
    REBUILD,
    SERVED_AGAIN,
    SERVED_FIRST,
    TARGETS,
    Measured,
    growth_rows,
)
from tests.benchmarks.scale.visiting import visited

TITLE: Final = "The state of a day at scale"
WORDS: Final = (
    "A log written straight into its table, hashed as the archive hashes it: entities by Zipf's "
    "law, each with a circle of eight others that it has to do with and now and then a newcomer, "
    "35 % vague dates, facts that come late, 2 % retractions and corrections, about three facts "
    "an event. `rebuild_beside` folds it in a process of its own; then each question is "
    "asked of many entities and days, warm, in one transaction that reads. CPU is that of the "
    "client and the server together. The append is a transaction of its own, with its read "
    "models. Naive replay folds the log in Python, keeping only the last fact of each cell; of "
    "more than 100,000 events it folds the first 100,000 and is scaled. The *statements alone* of "
    "a question are put to the bare driver again, and their rows dropped. The page is served as "
    "`archive serve` does: first is one that nobody asked for before, again one that was made "
    "for another reader and kept; the server is warm for both."
)
_HEADING: Final = ("to reach", "database", "events", "target", "measured", "reached")
_COSTS: Final = (
    *("what", "database", "events", "CPU p50, ms", "CPU p95, ms", "wall p50, ms"),
    *("wall p95, ms", "calls", "note"),
)
_FACTS: Final = (facts, cells, fact_values, attributes, tallies)
_SIZE: Final = text("SELECT SUM(pgsize) FROM dbstat WHERE aggregate = 1 AND name = :name")
_INDEXES: Final = text("SELECT name FROM sqlite_schema WHERE tbl_name = :name")
_ON_SERVER: Final = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")
_LATE: Final = text(
    "SELECT AVG(CASE WHEN v < before THEN 1.0 ELSE 0.0 END) FROM (SELECT v, "
    "LAG(v) OVER (PARTITION BY cell_id ORDER BY id) AS before FROM fact) AS told "
    "WHERE before IS NOT NULL"
)
_HOTTEST: Final = text(
    "SELECT MAX(many) FROM (SELECT COUNT(*) AS many FROM fact JOIN cell ON cell.id = fact.cell_id "
    "GROUP BY cell.entity_id) AS counted"
)
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of the logs, where, and how often each question is asked.

    ``template`` is an empty archive in a file; with ``keep`` the logs stay for the next run;
    ``visits`` of the page are made by each client.
    """

    sizes: Sequence[int]
    places: Sequence[Place]
    rounds: int
    template: Path
    keep: bool = False
    visits: int = 15


def measure(scale: Scale) -> Section:
    """Return whether each target was reached, and all that was measured."""
    found = [one for size in scale.sizes for one in _measured(scale, size)]
    reached = [target.row(one) for one in found for target in TARGETS]
    for place in scale.places:
        here = [one for one in found if one.place == place.name]
        reached += [row for pair in pairwise(here) for row in growth_rows(*pair)]
    costs = [row for one in found for row in _cost_rows(one)]
    others = [
        (name, one.place, f"{one.events:,}", f"{value:,.3g}" if value < 100 else f"{value:,.0f}")
        for one in found
        for name, value in one.figures.items()
    ]
    return Section(
        TITLE,
        f"{WORDS} {missing() or RIVAL_WORDS}",
        (
            Table(_HEADING, reached),
            Table(_COSTS, costs),
            Table(("figure", "database", "events", "measured"), others),
        ),
    )


def _measured(scale: Scale, size: int) -> Iterator[Measured]:
    with kept_log(size, template=scale.template, keep=scale.keep) as log:
        _tell(f"{size:,} events: the log is there")
        for place in scale.places:
            yield _one(place, log, size, scale)


def _one(place: Place, log: Path, size: int, scale: Scale) -> Measured:
    with archive_of(log, place) as engine:
        _tell(f"{place.name}: the log is in the archive")
        rebuilt = folded(engine)
        _tell(f"{place.name}: rebuilt in {rebuilt.wall:,.1f} s")
        with reading(engine) as connection:
            figures = _figures(connection, size) | {MEMORY: rebuilt.megabytes}
            known = head(connection).position
        floor = put_again(engine, events=size)
        rival = rivalled(engine, rounds=scale.rounds) if _has_rival(place) else {}
        costs = rival | floor | answered(engine, rounds=scale.rounds)
        _tell(f"{place.name}: asked and recorded")
        address = engine.url.render_as_string(hide_password=False)
        # Else the server would seal the whole log meanwhile: it was written past the archive.
        seal_at_end(Settings(database_url=address))
        served = visited(address, known=known, visits=scale.visits)
        costs |= dict(zip((SERVED_FIRST, SERVED_AGAIN), served, strict=True))
    each = rebuilt.cpu / size, rebuilt.wall / size
    costs[REBUILD] = Spread(each[0], each[0], each[1], each[1], 1, f"{rebuilt.wall:,.1f} s in all")
    return Measured(place.name, size, costs, figures)


def _tell(words: str) -> None:
    """Tell whoever waits how far the run has come; the report goes elsewhere."""
    print(f"{datetime.now(UTC):%H:%M:%S} {words}", file=sys.stderr, flush=True)  # noqa: T201 - the run speaks to a terminal


def _figures(connection: Connection, size: int) -> dict[str, float]:
    many = connection.scalar(select(func.count()).select_from(facts)) or 1
    weight = sum(_weight(connection, table.name) for table in _FACTS)
    found = {
        "facts an event": many / size,
        "cells": float(connection.scalar(select(func.count()).select_from(cells)) or 0),
        "bytes a fact: facts, cells, values, tally, indexes": weight / many,
        "bytes an event: the log": _weight(connection, "event") / size,
    }
    if size <= _MILLION:
        found["share of facts older than the fact before, of its cell"] = float(
            connection.scalar(_LATE) or 0
        )
        found["facts of the entity that has most"] = float(connection.scalar(_HOTTEST) or 0)
    return found


def _weight(connection: Connection, table: str) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.scalar(_ON_SERVER, {"name": table}) or 0)
    names = connection.scalars(_INDEXES, {"name": table})
    return sum(int(connection.scalar(_SIZE, {"name": name}) or 0) for name in list(names))


def _cost_rows(one: Measured) -> list[tuple[str, ...]]:
    return [
        (
            name.removeprefix(RIVAL),
            MARIADB if name.startswith(RIVAL) else one.place,
            f"{one.events:,}",
            *(_shown(cost) for cost in (each.cpu, each.cpu95, each.wall, each.wall95)),
            f"{each.calls:,}",
            each.note,
        )
        for name, each in one.costs.items()
    ]


def _shown(seconds: float) -> str:
    return "–" if seconds != seconds else f"{seconds * MILLISECONDS:,.4g}"  # noqa: PLR0124 - not a number


def _has_rival(place: Place) -> bool:
    """Tell whether the rival is asked as well: once, of the facts that SQLite holds."""
    return place.name == SQLITE and not missing()
