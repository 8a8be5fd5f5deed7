"""How many events there are, by column, kind, level and precision: from one truth with the marks.

Each event of the window is in exactly one sum: by its likely day in a column, else before them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    case,
    func,
    literal_column,
    or_,
    select,
)

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import LASTING, Grain
from archive.projections.tables import marks, occurrences
from archive.queries.events.columns import (
    ALL_TIME,
    BEFORE,
    UNDATED,
    UNDATED_DAYS,
    Columns,
    Piece,
    bounded,
    pieces,
    pieces_before,
)
from archive.queries.events.grounds import Ground
from archive.queries.events.kept import Branch, kept
from archive.queries.known.narrowing import Window

_ABOUT: Final = ("kind", "importance", "precision", "confidence")
_FINE: Any = literal_column("''", Text)
_FIRST_FOUR: Any = tuple(map(literal_column, "1234"))


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
        return self.column == BEFORE or (self.column >= 0 and self.precision != "")


class Part(NamedTuple):
    """A number of events by everything of which counts are kept."""

    kind: str
    importance: int
    precision: str
    confidence: int
    number: int


def sums(connection: Connection, *, ground: Ground, columns: Columns) -> list[Sum]:
    """Return the numbers of events by column; those of an undated one have the column UNDATED."""
    if not ground.is_counted:
        return [Sum(*row) for row in connection.execute(_sought(connection, ground, columns))]
    found: Counter[tuple[int, str, int, str]] = Counter()
    for day, kind, importance, precision, number in kept(
        connection, _branches(columns), allowed=ground.allowed
    ):
        place = day if day in {BEFORE, UNDATED} else columns.number(day)
        found[place, kind, importance, precision] += number
    return [Sum(*key, number) for key, number in found.items() if number]


def parts(connection: Connection, *, ground: Ground, window: Window | None) -> list[Part]:
    """Return the numbers of the events of a window, or of all, by what is counted of each."""
    if ground.is_counted:
        branches = [replace(one, told=_ABOUT, by=_ABOUT) for one in _all(window)]
        found: Counter[tuple[str, int, str, int]] = Counter()
        for *about, number in kept(connection, branches, allowed=ground.allowed):
            found[tuple(about)] += number
        return [Part(*key, number) for key, number in found.items() if number]
    c = ground.columns
    about = c.kind, c.importance, c.precision, c.confidence
    met = ground.conditions(connection, None if window is None else bounded(window))
    query = select(*about, func.count()).where(*met).group_by(*about)
    return [Part(*row) for row in connection.execute(query)]


def number_of(connection: Connection, *, ground: Ground, window: Window | None) -> int:
    """Return how many events there are in a window, or in all, the undated among them."""
    if ground.is_counted:
        found = kept(connection, _all(window), allowed=ground.allowed)
        return sum(number or 0 for (number,) in found)
    met = ground.conditions(connection, None if window is None else bounded(window))
    table = occurrences if ground.subject is None else marks
    return connection.scalar(select(func.count()).select_from(table).where(*met)) or 0


def numbers_by(
    connection: Connection, *, ground: Ground, grain: Grain
) -> Iterable[tuple[int, int]]:
    """Return how many events there are by a day of the run of *grain* that holds their own.

    A run may be told in parts.
    """
    if ground.is_counted:
        every = Piece(grain, EARLIEST_DAY, LATEST_DAY)
        found = kept(connection, [Branch(every, ("day",), ("day",))], allowed=ground.allowed)
    else:
        v = ground.columns.v
        met = ground.conditions(connection, None)
        found = connection.execute(select(v, func.count()).where(*met).group_by(v))
    # The last year there is holds what is not dated, and nothing else.
    return [(day, number) for day, number in found if day < ALL_TIME.last]


def _all(window: Window | None) -> list[Branch]:
    """Return all that make up the number of the events in a window, or in all."""
    if window is None:
        return [Branch(ALL_TIME, ())]
    days = bounded(window)
    return [
        *(Branch(piece, ()) for piece in pieces(days)),
        *(Branch(piece, (), edge=LASTING) for piece in pieces_before(days.first_day)),
        Branch(UNDATED_DAYS, ()),
    ]


def _branches(columns: Columns) -> list[Branch]:
    """Return what makes up the sums of columns.

    A day is that of a run within a column. What is coarse lies in the window and is in no column.
    """
    coarse = tuple(sorted(columns.coarse))
    window = Window(columns.first_day, columns.last_day)
    fine, known_by = ("day", "kind", "importance"), ("kind", "importance", "precision")
    return [
        *(
            Branch(
                piece, ("day", "kind", "importance", "''"), ("day", *known_by[:2]), coarse=coarse
            )
            for piece in pieces(window, longest=columns.unit.grain)
        ),
        *(
            Branch(piece, ("day", *known_by), ("day", *known_by), coarse=coarse, is_coarse=True)
            for piece in pieces(window)
        ),
        *(
            Branch(piece, (str(BEFORE), *known_by), known_by, edge=LASTING)
            for piece in pieces_before(columns.first_day)
        ),
        Branch(UNDATED_DAYS, (str(UNDATED), *fine[1:], "''"), fine[1:]),
    ]


def _sought(connection: Connection, ground: Ground, columns: Columns) -> Select[Any]:
    c = ground.columns
    first = columns.first_day
    column = case(
        (c.v == LATEST_DAY, UNDATED), (c.v < first, BEFORE), else_=column_of(c.v, columns)
    )
    is_coarse = or_(c.v < first, c.precision.in_(sorted(columns.coarse)))
    window = Window(first, columns.last_day)
    return (
        select(
            column, c.kind, c.importance, case((is_coarse, c.precision), else_=_FINE), func.count()
        )
        .where(*ground.conditions(connection, window))
        .group_by(*_FIRST_FOUR)
    )


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
