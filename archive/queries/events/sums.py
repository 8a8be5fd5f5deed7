"""How many events there are, by column, kind, level and precision: from one truth with the marks.

Each event of the window is in exactly one sum: by its likely day in a column, else before them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    case,
    func,
    literal_column,
    or_,
    select,
)

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import LASTING, Grain
from archive.projections.tables import occurrences
from archive.queries.events.columns import (
    ALL_TIME,
    BEFORE,
    COARSE,
    UNDATED,
    UNDATED_DAYS,
    Columns,
    Piece,
    bounded,
    pieces,
    pieces_before,
)
from archive.queries.events.grounds import WALKED, Change, Ground
from archive.queries.events.kept import Branch, kept
from archive.queries.events.since import is_countable, is_long_ago, recorded_since
from archive.queries.known.narrowing import Window

_ABOUT: Final = ("kind", "importance", "precision", "confidence")
_FINE: Any = literal_column("''", Text)
_FIRST_FOUR: Any = tuple(map(literal_column, "1234"))

Conditions: TypeAlias = Sequence[ColumnElement[bool]]


class Sum(NamedTuple):
    """A number of events; ``precision`` is empty where it is no coarser than the column."""

    column: int
    kind: str
    importance: int
    precision: str
    number: int

    @property
    def is_wide(self) -> bool:
        """Tell whether these events belong to no single column."""
        return self.column in {BEFORE, COARSE}


class Part(NamedTuple):
    """A number of events by everything of which counts are kept."""

    kind: str
    importance: int
    precision: str
    confidence: int
    number: int


def sums(connection: Connection, *, ground: Ground, columns: Columns) -> list[Sum]:
    """Return the numbers of events by column; those of an undated one have the column UNDATED."""
    if not (ground.is_counted or is_countable(connection, ground)):
        met = ground.conditions(columns.window)
        return [Sum(*row) for row in connection.execute(_sought(ground.columns, met, columns))]
    found: Counter[tuple[int, str, int, str]] = Counter()
    places = {one: one for one in (BEFORE, COARSE, UNDATED)}
    lines = kept(connection, _branches(columns), allowed=ground.allowed)
    for day, kind, importance, precision, number in lines:
        place = places.get(day)
        if place is None:
            place = places[day] = columns.number(day)
        found[place, kind, importance, precision] += number
    standing = Counter(found)
    for change in ground.changes:
        changed = _changed(connection, change, ground=ground, columns=columns, standing=standing)
        for column, kind, importance, precision, number in changed:
            found[column, kind, importance, precision] += change.by * number
    return [Sum(*key, number) for key, number in found.items() if number]


def wide_sums(connection: Connection, *, ground: Ground, columns: Columns) -> list[Sum]:
    """Return of the same numbers those of the events that belong to no single column."""
    if ground.is_counted and not ground.changes:
        found = Counter[tuple[int, str, int, str]]()
        for *about, number in kept(connection, _wide_branches(columns), allowed=ground.allowed):
            found[tuple(about)] += number
        return [Sum(*key, number) for key, number in found.items() if number]
    return [one for one in sums(connection, ground=ground, columns=columns) if one.is_wide]


def _changed(
    connection: Connection,
    change: Change,
    *,
    ground: Ground,
    columns: Columns,
    standing: Counter[tuple[int, str, int, str]],
) -> Iterable[Any]:
    """Return the sums of a change, on the way that is shorter."""
    if change.is_since and is_long_ago(connection, ground, standing.total()):
        places = {key[:3] for key in standing}
        return recorded_since(connection, ground=ground, columns=columns, found=places)
    met = change.within(columns.window)
    return connection.execute(_sought(WALKED, met, columns))


def parts(connection: Connection, *, ground: Ground, window: Window | None) -> list[Part]:
    """Return the numbers of the events of a window, or of all, by what is counted of each."""
    days = None if window is None else bounded(window)
    if ground.is_counted:
        branches = [replace(one, told=_ABOUT, by=_ABOUT) for one in _all(window)]
        found: Counter[tuple[str, int, str, int]] = Counter()
        for *about, number in kept(connection, branches, allowed=ground.allowed):
            found[tuple(about)] += number
        for change in ground.changes:
            for *about, number in connection.execute(_parts(WALKED, change.within(days))):
                found[tuple(about)] += change.by * number
        return [Part(*key, number) for key, number in found.items() if number]
    query = _parts(ground.columns, ground.conditions(days))
    return [Part(*row) for row in connection.execute(query)]


def number_of(connection: Connection, *, ground: Ground, window: Window | None) -> int:
    """Return how many events there are in a window, or in all, the undated among them."""
    days = None if window is None else bounded(window)
    if not ground.is_counted:
        return _count(connection, ground.table, ground.conditions(days))
    found = kept(connection, _all(window), allowed=ground.allowed)
    changed = (
        change.by * _count(connection, occurrences, change.within(days))
        for change in ground.changes
    )
    return sum(number or 0 for (number,) in found) + sum(changed)


def numbers_by(
    connection: Connection, *, ground: Ground, grain: Grain
) -> Iterable[tuple[int, int]]:
    """Return how many events there are by a day of the run of *grain* that holds their own.

    A run may be told in parts.
    """
    if ground.is_counted:
        every = Piece(grain, EARLIEST_DAY, LATEST_DAY)
        found = list(kept(connection, [Branch(every, ("day",), ("day",))], allowed=ground.allowed))
        for change in ground.changes:
            by_day = connection.execute(_by_day(WALKED, change.within(None)))
            found += [(day, change.by * number) for day, number in by_day]
    else:
        met = ground.conditions(None)
        found = list(connection.execute(_by_day(ground.columns, met)))
    # The last year there is holds what is not dated, and nothing else.
    return [(day, number) for day, number in found if day < ALL_TIME.last]


def _count(connection: Connection, table: Table, met: Conditions) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*met)) or 0


def _by_day(columns: Any, met: Conditions) -> Select[Any]:
    return select(columns.v, func.count()).where(*met).group_by(columns.v)


def _parts(columns: Any, met: Conditions) -> Select[Any]:
    about = columns.kind, columns.importance, columns.precision, columns.confidence
    return select(*about, func.count()).where(*met).group_by(*about)


def _all(window: Window | None) -> list[Branch]:
    """Return all that make up the number of the events in a window, or in all."""
    if window is None:
        return [Branch(ALL_TIME, ())]
    return [*_dated(bounded(window)), Branch(UNDATED_DAYS, ())]


def _dated(days: Window) -> list[Branch]:
    return [
        *(Branch(piece, ()) for piece in pieces(days)),
        *(Branch(piece, (), edge=LASTING) for piece in pieces_before(days.first_day)),
    ]


def _branches(columns: Columns) -> list[Branch]:
    """Return what makes up the sums of columns.

    A day is that of a run within a column.
    """
    coarse = tuple(sorted(columns.coarse))
    fine = ("day", "kind", "importance")
    return [
        *(
            Branch(piece, (*fine, "''"), fine, coarse=coarse)
            for days in columns.stretches
            for piece in pieces(days, longest=columns.unit.grain)
        ),
        *_wide_branches(columns),
        Branch(UNDATED_DAYS, (str(UNDATED), *fine[1:], "''"), fine[1:]),
    ]


def _wide_branches(columns: Columns) -> list[Branch]:
    coarse, known_by = tuple(sorted(columns.coarse)), ("kind", "importance", "precision")
    return [
        *(
            Branch(piece, (str(COARSE), *known_by), known_by, coarse=coarse, is_coarse=True)
            for piece in pieces(columns.window)
        ),
        *(
            Branch(piece, (str(BEFORE), *known_by), known_by, edge=LASTING)
            for piece in pieces_before(columns.first_day)
        ),
    ]


def _sought(c: Any, met: Conditions, columns: Columns) -> Select[Any]:
    """Return the query for the sums of the rows that *met* lets through; *c* are its columns."""
    first = columns.first_day
    is_coarse = c.precision.in_(sorted(columns.coarse))
    column = case(
        (c.v == LATEST_DAY, UNDATED),
        (c.v < first, BEFORE),
        (is_coarse, COARSE),
        else_=column_of(c.v, columns),
    )
    precision = case((or_(c.v < first, is_coarse), c.precision), else_=_FINE)
    query = select(column, c.kind, c.importance, precision, func.count())
    return query.where(*met).group_by(*_FIRST_FOUR)


def column_of(day: ColumnElement[int], columns: Columns) -> Any:
    """Return the number of the column that holds the day, as a column of a statement."""
    return _among(day, columns.starts, 0)


def _among(day: ColumnElement[int], starts: Sequence[int], number: int) -> Any:
    """Return the number of the column that holds the day: halved until one is left."""
    if len(starts) == 1:
        return literal_column(str(number))
    middle = len(starts) // 2
    earlier = _among(day, starts[:middle], number)
    later = _among(day, starts[middle:], number + middle)
    return case((day < starts[middle], earlier), else_=later)
