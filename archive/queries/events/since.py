"""What was recorded since a position and stands: counted among marks, in the order of their key.

Far back that is much of the log. By its positions it would have to be read whole and sorted; of
the marks only those of the days asked for are read, and a range of the key is a sum.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from archive.dates import LATEST_DAY
from archive.projections import EVERY
from archive.projections.tables import marks, occurrences
from archive.queries.events.choosing import Allowed
from archive.queries.events.columns import BEFORE, COARSE, UNDATED, Columns
from archive.queries.events.given import LINES, given, written
from archive.queries.events.grounds import Ground, reaches
from archive.storage import BIG
from archive.vocabulary import Group

# Of fewer positions, or of few beside the events in sight, the log's end is sooner read itself. A
# server sums by hashing, where SQLite sorts: for it that pays much longer.
LEAST: Final = {"sqlite": 20_000, "postgresql": 200_000}
_PART: Final = 4
_LEAST_SHARE: Final = 6
_KNOWN: Any = bindparam("known", type_=BIG)


Place: TypeAlias = tuple[int, str, int]


class Range(NamedTuple):
    """Marks of one kind and level between two days, counted under the column."""

    column: int
    kind: str
    importance: int
    first: int
    last: int


_KINDS: Final[dict[str, type[int | str]]] = {
    name: str if name == "kind" else int for name in Range._fields
}


def is_long_ago(connection: Connection, ground: Ground, number: int) -> bool:
    """Tell whether so much was recorded since that it is sooner counted among *number* marks."""
    later = ground.newest - ground.known
    return later > max(LEAST[connection.dialect.name], number // _PART)


def is_countable(connection: Connection, ground: Ground) -> bool:
    """Tell whether to count among all marks beats to search what was known, though less was."""
    is_much = _LEAST_SHARE * ground.known >= ground.newest
    return ground.subject == EVERY and is_much and is_long_ago(connection, ground, ground.newest)


def recorded_since(
    connection: Connection, *, ground: Ground, columns: Columns, found: Iterable[Place]
) -> Iterator[Row[Any]]:
    """Yield column, kind, level, precision and number of what was recorded since; as in sums.

    *found* are columns, kinds and levels under which anything stands at all.
    """
    coarse = columns.coarse
    window = (columns.first_day, columns.last_day)
    days = {COARSE: window, UNDATED: (LATEST_DAY, LATEST_DAY)}
    ranges = [
        Range(column, kind, importance, *(days.get(column) or _days(columns, column)))
        for column, kind, importance in sorted(set(found))
        if column != BEFORE
    ]
    fine = [one for one in ranges if one.column != COARSE]
    wide = [one for one in ranges if one.column == COARSE]
    dialect, said = connection.dialect.name, {"known": ground.known}
    for question, lines in (
        (_counted(dialect, coarse, ground.allowed), fine),
        (_grouped(dialect, coarse, ground.allowed), wide),
    ):
        if lines:
            yield from connection.execute(question, said | {LINES: written(lines)}).all()
    first = {"first": columns.first_day}
    yield from connection.execute(_reaching(ground.allowed), said | first).all()


def _days(columns: Columns, number: int) -> tuple[int, int]:
    days = columns.days(number)
    return days.first_day, days.last_day


@lru_cache(maxsize=256)
def _counted(dialect: str, coarse: frozenset[str], narrowed: Allowed) -> Select[Any]:
    """Return the query for the numbers of what is no coarser than a column, range by range."""
    key, c = given(dialect, _KINDS), marks.c
    fine = or_(key.c.first == LATEST_DAY, c.precision.not_in(sorted(coarse)))
    number = select(func.count()).where(*_in_range(key.c), *narrowed.conditions(c), fine)
    one = key.c
    counted = number.correlate(key).scalar_subquery()
    return select(one.column, one.kind, one.importance, literal_column("''"), counted)


@lru_cache(maxsize=256)
def _grouped(dialect: str, coarse: frozenset[str], narrowed: Allowed) -> Select[Any]:
    """Return the query for the numbers of what is coarser, by precision."""
    key, c = given(dialect, _KINDS), marks.c
    about = key.c.column, key.c.kind, key.c.importance, c.precision
    met = (*_in_range(key.c), *narrowed.conditions(c), c.precision.in_(sorted(coarse)))
    joined = key.join(marks, c.subject == EVERY)
    return select(*about, func.count()).select_from(joined).where(*met).group_by(*about)


def _in_range(key: Any) -> list[Any]:
    c = marks.c
    return [
        c.subject == EVERY,
        c.kind == key.kind,
        c.importance == key.importance,
        c.v >= key.first,
        c.v <= key.last,
        c.position > _KNOWN,
    ]


@lru_cache(maxsize=256)
def _reaching(narrowed: Allowed) -> Select[Any]:
    """Return the query for the numbers of what reaches into a day from before."""
    c = occurrences.c
    first: Any = bindparam("first", type_=Integer)
    about: tuple[Any, ...] = literal_column(str(BEFORE)), c.kind, c.importance, c.precision
    met = (
        reaches(c, first),
        c.position > _KNOWN,
        c.gone.is_(None),
        c.kind_group != Group.ARCHIVE.value,
        *narrowed.conditions(c),
    )
    return select(*about, func.count()).where(*met).group_by(*about[1:])
