"""How fine the columns of a view can be, and how many marks of each find room.

Where events are few, most columns of most lanes are empty, and the others may be the finer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, TypeAlias

from sqlalchemy import Connection

from archive.queries.events.columns import (
    BEFORE,
    BEYOND,
    COARSE,
    UNDATED,
    Columns,
    columns_of,
)
from archive.queries.events.grounds import Ground
from archive.queries.events.picks import Wanted
from archive.queries.events.sums import Sum, sums, wide_sums
from archive.queries.known.narrowing import Window

# Of so many events it is worth a second look how fine the columns can be.
_FEW: Final = 2000
_TRIES: Final = 2
# Of so many events one at most may be coarser than a column, and so belong to none.
_COARSE_SHARE: Final = 8

# A lane, a column, and the precision of what is coarser than one.
_Place: TypeAlias = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class View:
    """What all lanes of one answer share: how many marks and clusters a part of it may have.

    There is room for ``columns`` however full they are, and at best for the ``finest``. What lies
    in the days ``told`` is counted to the one; they are all of them, or less.
    """

    columns: Columns
    finest: Columns
    told: Window
    is_grouped: bool
    most: int


@dataclass(frozen=True, slots=True)
class Held:
    """How many events a lane holds by column, and by precision how many are wide.

    The wide ones that lie ``beyond`` the days told stand as marks, or not at all.
    """

    columns: Counter[int] = field(default_factory=Counter)
    wide: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.columns.total() + self.wide.total() + self.beyond.total()


def told_of(connection: Connection, ground: Ground, found: Sequence[Sum], view: View) -> list[Sum]:
    """Return *found* with what is wide counted for the days told, the rest of it as beyond them.

    What reaches into those days from a column before them is in both.
    """
    if view.told == view.columns.window:
        return list(found)
    days = Columns(view.columns.unit, (view.told.first_day,), view.told.last_day)
    wide = wide_sums(connection, ground=ground, columns=days)
    left = Counter({one[1:4]: one.number for one in found if one.column == COARSE})
    left.subtract({one[1:4]: one.number for one in wide if one.column == COARSE})
    beyond = [Sum(BEYOND, *about, number) for about, number in left.items() if number]
    return [*(one for one in found if not one.is_wide), *wide, *beyond]


def fitting(connection: Connection, ground: Ground, view: View) -> tuple[View, list[Sum]]:
    """Return the view with the finest columns for which there is room, and what they hold.

    They are looked for where there are few events, and so much is empty; in four looks at most.
    """
    found = sums(connection, ground=ground, columns=view.columns)
    number = sum(one.number for one in found if one.column != UNDATED)
    if not view.most < number <= _FEW or view.finest == view.columns:
        return view, found
    finest = _gathered(sums(connection, ground=ground, columns=view.finest), view)
    likely = (one for one in _coarser(view) if _fits(finest, view, one))
    for columns in islice(likely, _TRIES):
        again = sums(connection, ground=ground, columns=columns)
        tried = replace(view, columns=columns, finest=columns)
        if _fits(_gathered(again, tried), tried, columns):
            return tried, again
    return view, found


def _coarser(view: View) -> Iterator[Columns]:
    """Yield the columns between the finest and those for which there is room at any rate."""
    columns, days = view.finest, view.finest.window
    while len(columns.starts) > len(view.columns.starts):
        yield columns
        columns = columns_of(days, most=len(columns.starts) - 1, told=view.told)


def _gathered(found: Iterable[Sum], view: View) -> Counter[_Place]:
    """Return how many dated events each lane holds in each column, and of which coarse ones."""
    wanted, gathered = all_of(view), Counter[_Place]()
    for one in found:
        if one.column != UNDATED:
            gathered[wanted.lane(one.kind), one.column, one.precision] += one.number
    return gathered


def _fits(finest: Mapping[_Place, int], view: View, columns: Columns) -> bool:
    """Tell whether a mark and a cluster find room in each column, and most have a column.

    *columns* are made of the finest, in which the events are told. What is coarse for those alone
    has some column then, and is left aside.
    """
    places, coarse = [columns.number(start) for start in view.finest.starts], columns.coarse
    numbers, lanes_with_wide, homeless, many = Counter[tuple[str, int]](), set(), 0, 0
    for (lane, column, precision), number in finest.items():
        if column >= 0:
            numbers[lane, places[column]] += number
        elif column == COARSE and precision not in coarse:
            continue
        else:
            lanes_with_wide.add(lane)
            homeless += number if column == COARSE else 0
        many += number
    room = view.most - len(lanes_with_wide)
    return homeless * _COARSE_SHARE <= many and _cost(numbers.values(), 1) <= room


def held_of(dated: Iterable[Sum], wanted: Wanted) -> Mapping[str, Held]:
    """Return what each lane holds that has anything.

    What reaches into the days told, and is no coarser than a column, is in their first one.
    """
    held: defaultdict[str, Held] = defaultdict(Held)
    first, coarse = wanted.first_told, wanted.columns.coarse
    for one in dated:
        lane = held[wanted.lane(one.kind)]
        if one.column == BEYOND:
            lane.beyond[one.precision] += one.number
        elif one.column == BEFORE and one.precision not in coarse:
            lane.columns[first] += one.number
        elif one.is_wide:
            lane.wide[one.precision] += one.number
        else:
            lane.columns[one.column] += one.number
    return held


def all_of(view: View) -> Wanted:
    """Return that everything may stand."""
    return Wanted(view.columns, view.told, view.is_grouped, each=view.most, is_all=True)


def wanted_of(held: Mapping[str, Held], view: View) -> Wanted:
    """Return how many of each lane and column may stand: as many as fit."""
    total = sum(lane.total for lane in held.values())
    wanted = replace(all_of(view), is_all=total <= view.most)
    if wanted.is_all:
        return wanted
    numbers, room, each = numbers_of(held), _room(held, view), 1
    while each < view.most and _cost(numbers, each + 1) <= room:
        each += 1
    return replace(wanted, each=each)


def numbers_of(held: Mapping[str, Held]) -> list[int]:
    """Return how many events there are in each column of each lane."""
    return [number for lane in held.values() for number in lane.columns.values()]


def _room(held: Mapping[str, Held], view: View) -> int:
    return view.most - sum(bool(lane.wide) for lane in held.values())


def _cost(numbers: Iterable[int], each: int) -> int:
    """Return how many marks and clusters there are where *each* of a column may stand."""
    return sum(min(number, each + 1) for number in numbers)
