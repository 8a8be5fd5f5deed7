"""The columns of a view: calendar units side by side, so that a view that moves keeps them."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.projections import Grain, runs_of
from archive.queries.known.narrowing import Window

# In place of a column: where what is coarser than one stands beyond the days told, and in them,
# what is not dated, and what reaches in from before.
BEYOND: Final = -4
COARSE: Final = -3
UNDATED: Final = -2
BEFORE: Final = -1
_MONTHS: Final = 12
_TEN_DAYS: Final = 10
_LONGEST_FIRST: Final = tuple(reversed(Grain))
_MONTHS_OF_GRAIN: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_LAST_MONTH: Final = date.max.year * _MONTHS + _MONTHS - 1
# Views that follow each other share most of their months, and one view asks for them many times.
_REMEMBERED: Final = 16384
_VIEWS: Final = 256


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the calendar: how many months it has, none if less than one, and at most days.

    ``grain`` is the longest run of which it is made up.
    """

    name: str
    months: int
    days: int
    grain: Grain


_DAY = Unit("day", 0, 1, Grain.DAY)
_THIRD = Unit("third", 0, 11, Grain.THIRD)
_MONTH = Unit("month", 1, 31, Grain.MONTH)
UNITS: Final = (
    _DAY,
    _THIRD,
    _MONTH,
    Unit("quarter", 3, 92, Grain.QUARTER),
    Unit("half", 6, 184, Grain.QUARTER),
    Unit("year", 12, 366, Grain.YEAR),
    Unit("decade", 120, 3653, Grain.YEAR),
    Unit("century", 1200, 36525, Grain.YEAR),
)
# How long what is known to a precision lasts; a range and an open date count by their likely day.
LENGTHS: Final = {
    "month": 31,
    "quarter": 92,
    "season": 92,
    "half": 184,
    "year": 366,
    "decade": 3653,
    "century": 36525,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The unit, the days at which its columns begin, and the last day of the last of them.

    At the ``edges`` a column begins wherever in the calendar they lie.
    """

    unit: Unit
    starts: tuple[int, ...]
    last_day: int
    edges: tuple[int, ...] = ()

    @property
    def first_day(self) -> int:
        """Return the first day of the first column."""
        return self.starts[0]

    @property
    def window(self) -> Window:
        """Return the days of all of them."""
        return Window(self.first_day, self.last_day)

    @property
    def stretches(self) -> tuple[Window, ...]:
        """Return the days of all of them, parted at the edges."""
        ends = (self.first_day, *self.edges, self.last_day + 1)
        return tuple(Window(start, end - 1) for start, end in pairwise(ends))

    @property
    def coarse(self) -> frozenset[str]:
        """Return the precisions of dates that are longer than a column."""
        return frozenset(name for name, days in LENGTHS.items() if days > self.unit.days)

    def number(self, day: int) -> int:
        """Return which column holds the day; BEFORE if it lies before all of them."""
        return bisect_right(self.starts, day) - 1

    def days(self, number: int) -> Window:
        """Return the days of a column."""
        ends = (*self.starts[1:], self.last_day + 1)
        return Window(self.starts[number], ends[number] - 1)


class Piece(NamedTuple):
    """Runs of one grain in a row, whose counts are summed up."""

    grain: int
    first: int
    last: int


# What is not dated is counted under the last day there is, and so in its year too.
UNDATED_DAYS: Final = Piece(Grain.DAY, LATEST_DAY, LATEST_DAY)
_LAST_YEAR: Final = runs_of(LATEST_DAY)[Grain.YEAR]
ALL_TIME: Final = Piece(Grain.YEAR, EARLIEST_DAY, _LAST_YEAR)


@lru_cache(maxsize=_VIEWS)
def columns_of(window: Window, *, most: int, told: Window | None = None) -> Columns:
    """Return at most *most* columns of the shortest unit for which they suffice.

    None lies across an end of the days *told*: there is one that begins, and one that is over.
    """
    ends = (told.first_day, told.last_day + 1) if told else ()
    edges = tuple(day for day in ends if window.first_day < day <= window.last_day)
    for unit in UNITS:
        starts = _starts(unit, window, most=max(most - len(edges), 1))
        if starts is not None:
            return Columns(unit, tuple(sorted({*starts, *edges})), window.last_day, edges)
    return Columns(UNITS[-1], (window.first_day, *edges), window.last_day, edges)


@lru_cache(maxsize=_VIEWS)
def pieces(window: Window, *, longest: Grain = Grain.YEAR) -> tuple[Piece, ...]:
    """Return the runs that make up *window*, as long as can be but no longer than *longest*."""
    day, end = window.first_day, window.last_day + 1
    found: list[Piece] = []
    while day < end:
        grain, after = _longest_run(day, end, longest)
        if found and found[-1].grain == grain:
            found[-1] = Piece(grain, found[-1].first, after - 1)
        else:
            found.append(Piece(grain, day, after - 1))
        day = after
    return tuple(found)


def pieces_before(day: int) -> tuple[Piece, ...]:
    """Return the runs that make up all time up to the end of *day*."""
    year = runs_of(day)[Grain.YEAR]
    return (Piece(Grain.YEAR, EARLIEST_DAY, year - 1), *pieces(Window(year, day)))


def _starts(unit: Unit, window: Window, *, most: int) -> tuple[int, ...] | None:
    starts = [window.first_day]
    while (day := _after(unit, starts[-1])) <= window.last_day:
        if len(starts) == most:
            return None
        starts.append(day)
    return tuple(starts)


def _after(unit: Unit, number: int) -> int:
    """Return the first day of the next unit after the one in which the day lies."""
    if unit is _DAY:
        return number + 1
    return _after_third(number) if unit is _THIRD else _after_months(unit.months, number)


@lru_cache(maxsize=_REMEMBERED)
def _after_third(number: int) -> int:
    _day, third, month, *_longer = runs_of(number)
    return third + _TEN_DAYS if third < month + 2 * _TEN_DAYS else _after_months(1, number)


@lru_cache(maxsize=_REMEMBERED)
def _after_months(many: int, number: int) -> int:
    """Return the first day of the next run of so many months after the one that holds the day."""
    day = day_of(number)
    return _month((day.year * _MONTHS + day.month - 1) // many * many + many)


def _month(number: int) -> int:
    if number > _LAST_MONTH:
        return LATEST_DAY + 1
    return day_number(date(number // _MONTHS, number % _MONTHS + 1, 1))


def _longest_run(day: int, end: int, longest: Grain) -> tuple[Grain, int]:
    """Return the longest grain of which a run begins on *day* and is over by *end*, and when.

    Of years all are taken at once.
    """
    runs = runs_of(day)
    for grain in _LONGEST_FIRST:
        if grain <= longest and runs[grain] == day and (after := _after_run(grain, day)) <= end:
            return grain, runs_of(end)[grain] if grain is Grain.YEAR else after
    return Grain.DAY, day + 1


def _after_run(grain: Grain, day: int) -> int:
    if grain is Grain.DAY:
        return day + 1
    if grain is Grain.THIRD:
        return _after_third(day)
    return _after_months(_MONTHS_OF_GRAIN[grain], day)


def bounded(window: Window | None) -> Window:
    """Return the window within the days that a date can have; all of them for None."""
    least, most = day_number(date.min), LATEST_DAY - 1
    if window is None:
        return Window(least, most)
    first = min(max(window.first_day, least), most)
    return Window(first, max(min(window.last_day, most), first - 1))
