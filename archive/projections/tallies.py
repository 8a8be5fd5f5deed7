"""Read model: how many cells of an attribute come to hold each value, by runs of days.

A cell holds on a day the last live fact whose likely day is not later, by (v, hi, clock, id); so
each fact that wins its day adds one to its value there and takes one from the value before. The
counts as of any day are sums over three ranges of rows. A batch writes the difference that it
makes between the facts next before and next after its own in each cell, which is exact whatever
arrives late, is retracted or corrected.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.facts import PER_EVENT
from archive.projections.history import Batch
from archive.projections.tables import tallies

NAME = "tally"
VERSION = 1
TABLES = (tallies,)

# The length in days of a run of each grain.
GRAINS: Final = (1, 32, 1024)

Change: TypeAlias = tuple[int, int, int]


class _Fact(NamedTuple):
    cell: int
    v: int
    hi: int
    clock: int
    id: int
    gone: int | None
    value: int | None
    attribute: int


# The facts of a cell from the live one next before a stretch of days to the one next after it.
# Whether one is live is not asked of the bare column: a server that skips within indexes would
# weigh the index that names it last as one to be read through.
_NEIGHBOURHOOD: Final = (
    "SELECT f.cell_id, f.v, f.hi, f.clock, f.id, f.gone, f.value_id, cell.attribute_id "
    "FROM {keys} CROSS JOIN cell JOIN attribute ON attribute.id = cell.attribute_id "
    "JOIN fact AS f ON f.cell_id = cell.id "
    "WHERE cell.id = {cell} AND attribute.counted = 1 "
    "AND f.v >= COALESCE((SELECT g.v FROM fact AS g WHERE g.cell_id = {cell} AND g.v < {first} "
    "AND (g.gone > 0) IS NOT TRUE ORDER BY g.v DESC LIMIT 1), {first}) "
    "AND f.v <= COALESCE((SELECT g.v FROM fact AS g WHERE g.cell_id = {cell} AND g.v > {last} "
    "AND (g.gone > 0) IS NOT TRUE ORDER BY g.v LIMIT 1), {last})"
)
# Who wins each day, and what that changes on it; the longer runs add up what is left of that.
_COUNT: Final = (
    "INSERT INTO tally (attribute_id, grain, day, value_id, n) "
    "WITH standing AS (SELECT fact.cell_id, cell.attribute_id, fact.v, fact.value_id, "
    "LEAD(fact.v) OVER (PARTITION BY fact.cell_id "
    "ORDER BY fact.v, fact.hi, fact.clock, fact.id) AS next "
    "FROM fact JOIN cell ON cell.id = fact.cell_id WHERE fact.gone IS NULL "
    "AND cell.attribute_id IN (SELECT id FROM attribute WHERE counted = 1)), "
    "won AS (SELECT attribute_id, v, value_id, "
    "LAG(value_id) OVER (PARTITION BY cell_id ORDER BY v) AS before FROM standing "
    "WHERE next IS NULL OR next > v), "
    "change AS (SELECT attribute_id, v, value_id, 1 AS n FROM won UNION ALL "
    "SELECT attribute_id, v, before, -1 FROM won), "
    "day AS MATERIALIZED (SELECT attribute_id, v, value_id, SUM(n) AS n FROM change "
    "WHERE value_id IS NOT NULL GROUP BY 1, 2, 3 HAVING SUM(n) <> 0) "
    "SELECT attribute_id, grain.column1, v / grain.column2 * grain.column2, value_id, SUM(n) "
    "FROM day CROSS JOIN (VALUES (0, 1), (1, 32), (2, 1024)) AS grain "
    "GROUP BY 1, 2, 3, 4 HAVING SUM(n) <> 0"
)


def apply(connection: Connection, batch: Batch) -> None:
    """Write the difference that the facts of *batch* make."""
    if not batch.touched:
        return
    facts = _neighbourhoods(connection, batch.touched)
    first = batch.effects[0].position
    before = _changes(
        one
        for one in facts
        if one.id < first * PER_EVENT and (one.gone is None or one.gone >= first)
    )
    after = _changes(one for one in facts if one.gone is None)
    after.subtract(before)
    lines: Counter[tuple[int, int, int, int]] = Counter()
    for (attribute, day, value), number in after.items():
        for grain, length in enumerate(GRAINS):
            lines[attribute, grain, day // length * length, value] += number
    changed = [(*key, number) for key, number in lines.items() if number]
    rows.put(connection, tallies, changed, adding="n")
    if changed:
        rows.remove_spent(connection, tallies)


def count(connection: Connection) -> None:
    """Fill the empty table from all facts at once, as a rebuild does."""
    connection.exec_driver_sql(_COUNT)


def _neighbourhoods(connection: Connection, touched: list[tuple[int, int]]) -> list[_Fact]:
    days: dict[int, list[int]] = {}
    for cell, day in touched:
        days.setdefault(cell, []).append(day)
    keys = [(cell, min(each), max(each)) for cell, each in days.items()]
    return [
        _Fact(*row)
        for row in rows.ask(connection, _NEIGHBOURHOOD, ("cell", "first", "last"), keys)
    ]


def _changes(live: Iterable[_Fact]) -> Counter[Change]:
    """Return by how many each value grows on each day, as far as these facts tell."""
    changes: Counter[Change] = Counter()
    for _cell, facts in groupby(sorted(live), itemgetter(0)):
        before: int | None = None
        for day, same_day in groupby(facts, itemgetter(1)):
            *_losers, winner = same_day
            if winner.value is not None:
                changes[winner.attribute, day, winner.value] += 1
            if before is not None:
                changes[winner.attribute, day, before] -= 1
            before = winner.value
    return changes
