"""Read model: the events of the world as they stand now, ready to be drawn, and their counts.

An event stands once under the subject ``EVERY``, once under each entity that it touches, and once
under each source that says so, whose subject is below nothing.
Counts are kept by runs of days, and of two things: of the events whose likely day lies in a run,
and by how many those grow that last from an earlier day into it. The latter, summed up to a day,
is the number of events that reach into that day from before; one with an open end reaches nowhere.
Both rest on the timeline's read model alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.projections import rows
from archive.projections.history import Batch
from archive.projections.rows import Line
from archive.projections.runs import Grain, runs_of
from archive.projections.tables import (
    mark_counts,
    marks,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from archive.storage import mark_of, run
from archive.vocabulary import Group

NAME = "marks"
VERSION = 2
TABLES = (mark_counts, marks)

# The subject under which every event stands. That of an entity is its number; that of a source is
# the number that it bears among the entities, below nothing.
EVERY: Final = 0
BEGUN, LASTING = 0, 1
_KEY: Final = ("subject", "kind", "importance", "v", "hi", "position")
_DRAWN: Final = ("position", "kind", "importance", "v", "hi", "precision", "confidence")
_COLUMNS: Final = "subject, kind, importance, v, hi, position, precision, confidence"
_LIVE: Final = "one.gone IS NULL AND one.kind_group <> 'archive'"
_SAID: Final = (
    "one.kind, one.importance, one.v, one.hi, one.position, one.precision, one.confidence"
)
_ALL: Final = (
    f"INSERT INTO mark ({_COLUMNS}) SELECT {EVERY}, {_SAID} FROM occurrence AS one "  # noqa: S608 - own names
    f"WHERE {_LIVE} ORDER BY one.kind, one.importance, one.v, one.hi, one.position"
)
_TOUCHING: Final = (
    f"INSERT INTO mark ({_COLUMNS}) SELECT link.entity_id, {_SAID} "  # noqa: S608 - own names
    "FROM occurrence_entity AS link CROSS JOIN occurrence AS one "
    f"WHERE one.position = link.position AND {_LIVE} "
    "ORDER BY link.entity_id, one.kind, one.importance, one.v, one.hi, one.position "
    # One entity in several roles stands once: to find that out here is half the work of DISTINCT.
    "ON CONFLICT DO NOTHING"
)
_SAYING: Final = (
    f"INSERT INTO mark ({_COLUMNS}) SELECT -entity.id, {_SAID} "  # noqa: S608 - own names
    "FROM entity JOIN occurrence_source AS link ON link.source = entity.slug "
    "JOIN occurrence AS one ON one.position = link.position "
    f"WHERE {_LIVE} AND entity.type = 'source' "
    "ORDER BY -entity.id, one.kind, one.importance, one.v, one.hi, one.position"
)
_BY_DAY: Final = (
    "INSERT INTO mark_count (edge, grain, day, kind, importance, precision, confidence, n) "  # noqa: S608 - own names
    f"WITH change AS (SELECT {BEGUN} AS edge, v AS day, kind, importance, precision, confidence, "
    f"1 AS n FROM mark WHERE subject = {EVERY} UNION ALL "
    f"SELECT {LASTING}, v + 1, kind, importance, precision, confidence, 1 FROM mark "
    f"WHERE subject = {EVERY} AND v < hi AND hi < {LATEST_DAY} UNION ALL "
    f"SELECT {LASTING}, hi + 1, kind, importance, precision, confidence, -1 FROM mark "
    f"WHERE subject = {EVERY} AND v < hi AND hi < {LATEST_DAY}) "
    "SELECT edge, 0, day, kind, importance, precision, confidence, SUM(n) FROM change "
    "GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING SUM(n) <> 0"
)
_NEXT_DAY: Final = (
    "SELECT MIN(day) FROM mark_count WHERE edge = {mark} AND grain = 0 AND day > {mark}"
)
_OF_DAYS: Final = (
    "SELECT edge, grain, day, kind, importance, precision, confidence, n FROM mark_count "
    "WHERE edge = {mark} AND grain = 0 AND day >= {mark} AND day <= {mark}"
)

# The same, as they stand in a row of the timeline.
_IN_TOLD: Final = itemgetter(*(list(occurrences.c.keys()).index(name) for name in _DRAWN))


class _Drawn(NamedTuple):
    """A version of an event as it is drawn and counted."""

    position: int
    kind: str
    importance: int
    v: int
    hi: int
    precision: str
    confidence: int


def apply(connection: Connection, batch: Batch) -> None:
    """Take in the events that came to stand, and take away the versions that ended."""
    new = [_Drawn(*_IN_TOLD(line)) for line in batch.told if _is_drawn(line)]
    old = _drawn(connection, batch.ended_before)
    touched = _touched(connection, batch, new, old)
    gone = [line[: len(_KEY)] for one in old for line in _lines(one, touched)]
    rows.remove(connection, marks, _KEY, gone)
    rows.add(connection, marks, [line for one in new for line in _lines(one, touched)])
    _count_changes(connection, new, old)


def count(connection: Connection) -> None:
    """Fill the empty tables from the timeline's at once, as a rebuild does."""
    for statement in (_SAYING, _ALL, _TOUCHING, _BY_DAY):
        connection.exec_driver_sql(statement)
    for edge in (BEGUN, LASTING):
        for found in _years(connection, edge):
            _count_longer(connection, found)


def _years(connection: Connection, edge: int) -> Iterator[list[Line]]:
    """Yield the counts by day, a year at a time: all of them at once would fill the memory."""
    dialect, before = connection.dialect.name, EARLIEST_DAY - 1
    while (day := run(connection, _next_day(dialect), (edge, before)).fetchone()[0]) is not None:
        before = day_number(day_of(day).replace(month=12, day=31))
        yield run(connection, _of_days(dialect), (edge, day, before)).fetchall()


@cache
def _next_day(dialect: str) -> str:
    return _NEXT_DAY.format(mark=mark_of(dialect))


@cache
def _of_days(dialect: str) -> str:
    return _OF_DAYS.format(mark=mark_of(dialect))


def _count_longer(connection: Connection, found: list[Line]) -> None:
    for grain in (Grain.THIRD, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        found = _longer(found, grain)
        rows.add(connection, mark_counts, sorted(line for line in found if line[-1]))


def _longer(lines: Iterable[Line], grain: Grain) -> list[Line]:
    """Return the counts by runs of *grain*, from *lines* of shorter runs, each within one."""
    summed: dict[Line, int] = {}
    for edge, _grain, day, kind, importance, precision, confidence, number in lines:
        key = (edge, int(grain), runs_of(day)[grain], kind, importance, precision, confidence)
        summed[key] = summed.get(key, 0) + number
    return [(*key, number) for key, number in summed.items()]


def _drawn(connection: Connection, positions: Collection[int]) -> list[_Drawn]:
    """Return those versions that are of the world."""
    columns = (*_DRAWN, "kind_group")
    found = rows.find(connection, occurrences, columns, by=("position",), keys=list(positions))
    return [_Drawn(*row[:-1]) for row in found if row[-1] != Group.ARCHIVE.value]


def _is_drawn(line: Line) -> bool:
    return line[3] != Group.ARCHIVE.value and line[-1] is None


def _touched(
    connection: Connection, batch: Batch, new: list[_Drawn], old: list[_Drawn]
) -> dict[int, set[int]]:
    """Return the subjects under which each version stands."""
    touched = {one.position: {EVERY} for one in (*new, *old)}
    entities, cited = (
        rows.find(
            connection,
            table,
            (name, "position"),
            by=("position",),
            keys=[one.position for one in old],
        )
        for table, name in ((occurrence_entities, "entity_id"), (occurrence_sources, "source"))
    )
    for entity, position, *_role in (*batch.touching, *entities):
        if position in touched:
            touched[position].add(entity)
    numbers = batch.numbers.entities
    numbers.look_up(connection, [source for source, _position in cited])
    for source, position in (*batch.citing, *cited):
        if position in touched and source in numbers:
            touched[position].add(-numbers[source])
    return touched


def _lines(one: _Drawn, touched: dict[int, set[int]]) -> Iterator[Line]:
    for subject in sorted(touched[one.position]):
        yield (
            subject,
            one.kind,
            one.importance,
            one.v,
            one.hi,
            one.position,
            one.precision,
            one.confidence,
        )


def _count_changes(connection: Connection, new: list[_Drawn], old: list[_Drawn]) -> None:
    changes: Counter[Line] = Counter()
    for sign, some in ((1, new), (-1, old)):
        for one in some:
            for edge, day, grown in _edges(one):
                for grain, first in enumerate(runs_of(day)):
                    changes[edge, grain, first, one.kind, one.importance, *one[5:]] += sign * grown
    lines = [(*key, number) for key, number in changes.items() if number]
    rows.put(connection, mark_counts, lines, adding="n")
    if any(line[0] == LASTING or line[-1] < 0 for line in lines):
        rows.remove_spent(connection, mark_counts)


def _edges(one: _Drawn) -> Iterator[tuple[int, int, int]]:
    """Yield by how many which of the two counts grows on which day."""
    yield BEGUN, one.v, 1
    if one.v < one.hi < LATEST_DAY:
        yield LASTING, one.v + 1, 1
        yield LASTING, one.hi + 1, -1
