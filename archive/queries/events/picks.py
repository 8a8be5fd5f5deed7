"""Which events of a view stand as marks: the most important of each lane and column.

Of equals the earlier comes first, so what is named when far stays named when near.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections.tables import marks, occurrences
from archive.queries.events.choosing import Allowed, open_roots
from archive.queries.events.columns import BEFORE, UNDATED, Columns
from archive.queries.events.given import LINES, given, written
from archive.queries.events.grounds import WALKED, Ground
from archive.queries.events.marking import drawn, in_turn
from archive.queries.events.sums import Sum, column_of
from archive.queries.known.narrowing import Window
from archive.storage import BIG
from archive.vocabulary import KINDS

# The lane in which everything lies, and the one of each kind where there is a lane for a group.
ALL: Final = "all"
GROUP_OF: Final = {one.name: one.group.value for one in KINDS.values()}
_OUTSIDE: Final = frozenset({BEFORE, UNDATED})


class Sought(NamedTuple):
    """Marks of one kind and level to be found: their likely days, and how far they must last."""

    kind: str
    importance: int
    precision: str
    first: int
    last: int
    until: int


_KINDS: Final[dict[str, type[int | str]]] = {
    name: str if name in {"kind", "precision"} else int for name in Sought._fields
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be picked: all there is, or so many of each lane and column.

    What began before all columns is picked only if it reaches into the days ``told``.
    """

    columns: Columns
    told: Window
    is_grouped: bool
    each: int
    is_all: bool

    def lane(self, kind: str) -> str:
        """Return the lane in which an event of *kind* lies."""
        return GROUP_OF[kind] if self.is_grouped else ALL

    @property
    def window(self) -> Window:
        """Return the days of the view."""
        return self.columns.window

    @property
    def first_told(self) -> int:
        """Return the column with which the days told begin."""
        return self.columns.number(self.told.first_day)


def picked(
    connection: Connection, *, ground: Ground, wanted: Wanted, found: Iterable[Sum]
) -> list[Row[Any]]:
    """Return the rows that stand as marks; *found* are the sums of the same ground and columns."""
    dated = list(found)
    reaching = _reaching(dated, wanted)
    lanes = {wanted.lane(one.kind) for one in reaching}
    if ground.subject is None:
        met = ground.conditions(wanted.window)
        return _searched(connection, ground.known, met, wanted, lanes, occurrences.c)
    begun = _begun_before(reaching, wanted)
    sought = [*(_all if wanted.is_all else _best)(dated, wanted), *begun]
    if not sought:
        return []
    rows = list(_standing(connection, ground, wanted, sought))
    for change in ground.changes:
        if change.by > 0:
            met = change.within(wanted.window)
            rows += _searched(connection, ground.known, met, wanted, lanes, WALKED)
    return rows if wanted.is_all else _first_of_each(rows, wanted)


def _standing(
    connection: Connection, ground: Ground, wanted: Wanted, sought: Sequence[Sought]
) -> Iterable[Row[Any]]:
    """Return what stands of what is sought, under the subject of the ground."""
    shape = _Shape(
        connection.dialect.name,
        frozenset() if wanted.is_all else wanted.columns.coarse,
        ground.allowed,
        ground.is_past,
        ground.choice.without.disputed,
    )
    told = {"subject": ground.subject, "each": wanted.each, "known": ground.known}
    return connection.execute(_stood(shape), told | {LINES: written(sought)}).all()


def _all(found: Iterable[Sum], wanted: Wanted) -> Iterator[Sought]:
    window = wanted.window
    inside = {(one.kind, one.importance) for one in found if one.column not in _OUTSIDE}
    for kind, importance in sorted(inside):
        yield Sought(kind, importance, "", window.first_day, window.last_day, EARLIEST_DAY)


def _begun_before(found: Iterable[Sum], wanted: Wanted) -> Iterator[Sought]:
    last, until = wanted.window.first_day - 1, wanted.told.first_day
    for one in found:
        yield Sought(one.kind, one.importance, one.precision, EARLIEST_DAY, last, until)


def _reaching(found: Sequence[Sum], wanted: Wanted) -> list[Sum]:
    """Return the sums of what began before all columns and stands: where the first has room."""
    before = [one for one in found if one.column == BEFORE]
    if wanted.is_all:
        return before
    before = [one for one in before if one.precision not in wanted.columns.coarse]
    numbers = Counter[str]()
    for one in (*before, *(one for one in found if one.column == wanted.first_told)):
        numbers[wanted.lane(one.kind)] += one.number
    return [one for one in before if numbers[wanted.lane(one.kind)] <= wanted.each]


def _best(found: Iterable[Sum], wanted: Wanted) -> Iterator[Sought]:
    """Yield for each lane and column its kinds, level by level, until there are enough."""
    places: defaultdict[tuple[str, int], list[Sum]] = defaultdict(list)
    for one in found:
        if one.column >= 0:
            places[wanted.lane(one.kind), one.column].append(one)
    for (_lane, column), some in places.items():
        days = wanted.columns.days(column)
        left = wanted.each
        for importance in sorted({one.importance for one in some}):
            level = [one for one in some if one.importance == importance]
            for one in level:
                yield Sought(one.kind, importance, "", days.first_day, days.last_day, EARLIEST_DAY)
            left -= sum(one.number for one in level)
            if left <= 0:
                break


class _Shape(NamedTuple):
    """What the text of the query for what stands depends on."""

    dialect: str
    coarse: frozenset[str]
    narrowed: Allowed
    is_past: bool
    is_undisputed: bool


@lru_cache(maxsize=256)
def _stood(shape: _Shape) -> Select[Any]:
    """Return the query for the first of each that is sought; put together once for its like."""
    key = given(shape.dialect, _KINDS)
    c, known = marks.c, bindparam("known", type_=BIG)
    argued = select(occurrences.c.position).where(occurrences.c.root.in_(open_roots(known)))
    first = (
        select(c.position)
        .where(
            c.subject == bindparam("subject", type_=Integer),
            c.kind == key.c.kind,
            c.importance == key.c.importance,
            c.v >= key.c.first,
            c.v <= key.c.last,
            c.hi >= key.c.until,
            or_(key.c.precision == "", and_(c.precision == key.c.precision, c.hi < LATEST_DAY)),
            *([c.precision.not_in(sorted(shape.coarse))] if shape.coarse else []),
            *([c.position <= known] if shape.is_past else []),
            *([c.position.not_in(argued)] if shape.is_undisputed else []),
            *shape.narrowed.conditions(c),
        )
        .order_by(c.v, c.hi, c.position)
        .limit(bindparam("each", type_=Integer))
        .correlate(key)
    )
    query = drawn(known)
    if shape.dialect == "postgresql":
        beside = first.lateral()
        both = key.join(beside, true())
        return query.select_from(
            both.join(occurrences, occurrences.c.position == beside.c.position)
        )
    return query.select_from(key.join(occurrences, occurrences.c.position.in_(first)))


def _searched(
    connection: Connection,
    known: int,
    met: Sequence[ColumnElement[bool]],
    wanted: Wanted,
    reaching: Collection[str],
    columns: Any,
) -> list[Row[Any]]:
    """Return the rows of marks among the versions of events that *met* lets through.

    Their days are looked at in *columns*. Which are the first of each place is asked by itself: a
    server takes them for many, and would read all versions to find them.
    """
    if wanted.is_all:
        begun, told = columns.v >= wanted.window.first_day, wanted.told.first_day
        seen = *met, columns.v != LATEST_DAY, or_(begun, columns.hi >= told)
        return list(connection.execute(drawn(known).where(*seen).limit(wanted.each)))
    first = connection.scalars(_first(met, wanted, reaching, columns)).all()
    return list(connection.execute(drawn(known).where(occurrences.c.position.in_(first))))


def _first(
    met: Sequence[ColumnElement[bool]], wanted: Wanted, reaching: Collection[str], columns: Any
) -> Select[tuple[int]]:
    """Return the query for the positions of the first of each lane and column.

    Before all columns they are of the lanes *reaching*, and reach into the days told.
    """
    c, v, window = occurrences.c, columns.v, wanted.window
    lane = c.kind_group if wanted.is_grouped else literal_column(f"'{ALL}'")
    begun = v < window.first_day
    place = func.row_number().over(
        partition_by=(lane, case((begun, BEFORE), else_=column_of(v, wanted.columns))),
        order_by=(c.importance, c.v, c.hi, c.position),
    )
    inside = v.between(window.first_day, window.last_day)
    reached = and_(begun, columns.hi >= wanted.told.first_day, lane.in_(sorted(reaching)))
    ranked = (
        select(c.position, place.label("place"))
        .where(
            *met,
            or_(inside, reached) if reaching else inside,
            c.precision.not_in(sorted(wanted.columns.coarse)),
        )
        .subquery()
    )
    return select(ranked.c.position).where(ranked.c.place <= wanted.each)


def _first_of_each(rows: Iterable[Row[Any]], wanted: Wanted) -> list[Row[Any]]:
    counted: Counter[tuple[str, int]] = Counter()
    kept = []
    for row in sorted(rows, key=lambda row: (row.importance, *in_turn(row))):
        place = wanted.lane(row.kind), wanted.columns.number(row.v)
        counted[place] += 1
        if counted[place] <= wanted.each:
            kept.append(row)
    return kept
