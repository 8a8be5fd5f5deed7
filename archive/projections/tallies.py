"""Read model: how many cells of an attribute come to hold each value, by runs of days.

A cell holds on a day the last live fact whose likely day is not later, by (v, hi, clock, id), but
for what does not count of its very day (the module ``turns``); so each fact that wins its day adds
one to its value there and takes one from the value before. The
counts as of any day are sums over three ranges of rows. A batch writes the difference that it
makes between the facts next before and next after its own in each cell, which is exact whatever
arrives late, is retracted or corrected.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.facts import PER_EVENT
from archive.projections.history import Batch
from archive.projections.tables import tallies
from archive.projections.turns import last_of_a_day, steps_in

NAME = "tally"
VERSION = 3
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
    lo: int
    gone: int | None
    value_id: int | None
    value: str | None
    attribute: int
    type_name: str
    attribute_name: str


# The facts of a cell from the live one next before a stretch of days to the one next after it.
# Whether one is live is not asked of the bare column: a server that skips within indexes would
# weigh the index that names it last as one to be read through.
_NEIGHBOURHOOD: Final = (
    "SELECT f.cell_id, f.v, f.hi, f.clock, f.id, f.lo, f.gone, f.value_id, value.value, "
    "attribute.id, attribute.entity_type, attribute.name "
    "FROM {keys} CROSS JOIN cell JOIN attribute ON attribute.id = cell.attribute_id "
    "JOIN fact AS f ON f.cell_id = cell.id LEFT JOIN fact_value AS value ON value.id = f.value_id "
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
# All of the cells of which several things are told for one likely day: SQL takes the last of them.
# Read through once: while a log is folded there may be no index of cells, and none is sought by.
_AT_ONCE: Final = (
    "SELECT f.cell_id, f.v, f.hi, f.clock, f.id, f.lo, f.gone, f.value_id, value.value, "
    "attribute.id, attribute.entity_type, attribute.name "
    "FROM fact AS f JOIN cell ON cell.id = f.cell_id "
    "JOIN attribute ON attribute.id = cell.attribute_id "
    "LEFT JOIN fact_value AS value ON value.id = f.value_id "
    "WHERE f.gone IS NULL AND +f.cell_id IN (SELECT fact.cell_id FROM fact "
    "JOIN cell ON cell.id = fact.cell_id JOIN attribute ON attribute.id = cell.attribute_id "
    "WHERE fact.gone IS NULL AND attribute.counted = 1 "
    "GROUP BY fact.cell_id, fact.v HAVING COUNT(DISTINCT fact.value_id) > 1)"
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
    _write(connection, after)


def count(connection: Connection) -> None:
    """Fill the empty table from all facts at once, as a rebuild does."""
    connection.exec_driver_sql(_COUNT)
    live = [_Fact(*row) for row in connection.exec_driver_sql(_AT_ONCE)]
    change = _changes(live)
    change.subtract(_changes(live, by=_newest))
    _write(connection, change)


def _write(connection: Connection, change: Mapping[Change, int]) -> None:
    """Add *change* to the runs of each grain."""
    lines: Counter[tuple[int, int, int, int]] = Counter()
    for (attribute, day, value), number in change.items():
        for grain, length in enumerate(GRAINS):
            lines[attribute, grain, day // length * length, value] += number
    changed = [(*key, number) for key, number in lines.items() if number]
    rows.put(connection, tallies, changed, adding="n")
    if changed:
        rows.remove_spent(connection, tallies)


def _neighbourhoods(connection: Connection, touched: list[tuple[int, int]]) -> list[_Fact]:
    days: dict[int, list[int]] = {}
    for cell, day in touched:
        days.setdefault(cell, []).append(day)
    keys = [(cell, min(each), max(each)) for cell, each in days.items()]
    return [
        _Fact(*row)
        for row in rows.ask(connection, _NEIGHBOURHOOD, ("cell", "first", "last"), keys)
    ]


def _last(told: Sequence[_Fact]) -> _Fact:
    """Return which of all that was *told* of a cell for one likely day counts."""
    return last_of_a_day(told, steps_in(told[0].type_name, told[0].attribute_name))


def _newest(told: Sequence[_Fact]) -> _Fact:
    return told[-1]


def _changes(
    live: Iterable[_Fact], *, by: Callable[[Sequence[_Fact]], _Fact] = _last
) -> Counter[Change]:
    """Return by how many each value grows on each day, as far as these facts tell."""
    changes: Counter[Change] = Counter()
    for _cell, facts in groupby(sorted(live, key=_TURN), itemgetter(0)):
        before: int | None = None
        for day, same_day in groupby(facts, itemgetter(1)):
            winner = by(list(same_day))
            if winner.value_id is not None:
                changes[winner.attribute, day, winner.value_id] += 1
            if before is not None:
                changes[winner.attribute, day, before] -= 1
            before = winner.value_id
    return changes


_TURN: Final = itemgetter(0, 1, 2, 3, 4)
