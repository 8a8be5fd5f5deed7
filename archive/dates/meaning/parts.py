"""Parts of periods: early, mid and late; the first week; the last day; the first n months."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from typing import Final

from archive.dates.calendar.days import DAYS_OF_WEEK, MONTHS, monday_of, moved
from archive.dates.calendar.feasts import nth_weekday
from archive.dates.calendar.periods import (
    Grain,
    Period,
    Scale,
    between,
    containing,
    day,
    lasting,
    month,
    shifted,
)
from archive.dates.meaning.members import Context, Member, Side

Cut = Callable[[Period], Period | None]


class Part(Enum):
    """Which part of a period."""

    EARLY = auto()
    MID = auto()
    LATE = auto()
    END = auto()  # as late, but "before the end of" reaches to its last day
    EARLY_MID = auto()
    MID_LATE = auto()
    FIRST_HALF = auto()
    SECOND_HALF = auto()


# The first and the last of what a period is counted in; None: up to its end.
_DAYS: Final = {
    Part.EARLY: (1, 10), Part.MID: (11, 20), Part.LATE: (21, None), Part.END: (21, None),
    Part.EARLY_MID: (1, 20), Part.MID_LATE: (11, None),
    Part.FIRST_HALF: (1, 15), Part.SECOND_HALF: (16, None),
}  # fmt: skip
_MONTHS_OF_YEAR: Final = {
    Part.EARLY: (1, 4), Part.MID: (5, 8), Part.LATE: (9, 12), Part.END: (9, 12),
    Part.EARLY_MID: (1, 8), Part.MID_LATE: (5, 12),
    Part.FIRST_HALF: (1, 6), Part.SECOND_HALF: (7, 12),
}  # fmt: skip
_MONTHS_OF_QUARTER: Final = {
    Part.EARLY: (1, 1), Part.MID: (2, 2), Part.LATE: (3, 3), Part.END: (3, 3),
    Part.EARLY_MID: (1, 2), Part.MID_LATE: (2, 3),
}  # fmt: skip
_YEARS_OF_DECADE: Final = {
    Part.EARLY: (0, 3), Part.MID: (4, 6), Part.LATE: (7, 9), Part.END: (7, 9),
    Part.EARLY_MID: (0, 6), Part.MID_LATE: (4, 9),
    Part.FIRST_HALF: (0, 4), Part.SECOND_HALF: (5, 9),
}  # fmt: skip
_DAYS_OF_WEEK: Final = {
    Part.EARLY: (0, 1), Part.MID: (2, 3), Part.LATE: (4, 6), Part.END: (4, 6),
    Part.EARLY_MID: (0, 3), Part.MID_LATE: (2, 6),
}  # fmt: skip

PARTED: Final = frozenset(
    {
        Scale.DAY,
        Scale.WEEK,
        Scale.MONTH,
        Scale.QUARTER,
        Scale.SEASON,
        Scale.HALF,
        Scale.YEAR,
        Scale.DECADE,
        Scale.CENTURY,
    }
)


def part_of(part: Part) -> Cut:
    """Return the function that cuts that part out of a period."""

    def of(period: Period) -> Period | None:
        if period.scale is Scale.DAY:
            return period
        cut = _CUTS.get(period.scale)
        found = cut(period, part) if cut else None
        closing = period.first if part is Part.END else None
        return None if found is None else replace(found, closing=closing, marks=period.marks)

    return of


def part_member(part: Part, *, side: Side) -> Member:
    """Return that part of whatever period is named."""
    return Member(PARTED, Scale.PART, part_of(part), side=side)


def _of_month(period: Period, part: Part) -> Period | None:
    low, high = _DAYS[part]
    last = period.last if high is None else period.first.replace(day=high)
    return between(period.first.replace(day=low), last)


def _of_months(table: dict[Part, tuple[int, int]]) -> Callable[[Period, Part], Period | None]:
    def cut(period: Period, part: Part) -> Period | None:
        if part not in table:
            return None
        low, high = table[part]
        first, last = _month_after(period, low - 1), _month_after(period, high - 1)
        if first is None or last is None:
            return None
        if low == high:
            return first
        return between(first.first, last.last)

    return cut


def _month_after(period: Period, months: int) -> Period | None:
    start = month(period.first.year, period.first.month)
    return None if start is None else shifted(start, months)


def _of_half(period: Period, part: Part) -> Period | None:
    table = {Part.EARLY: (0, 1), Part.MID: (2, 3), Part.LATE: (4, 5), Part.END: (4, 5)}
    if part not in table:
        return None
    low, high = (_month_after(period, months) for months in table[part])
    return None if low is None or high is None else between(low.first, high.last)


def _of_years(period: Period, part: Part, *, unit: int) -> Period | None:
    low, high = _YEARS_OF_DECADE[part]
    start = period.last.year - 10 * unit + 1
    first, last = start + low * unit, start + (high + 1) * unit - 1
    return between(date(max(first, 1), 1, 1), date(last, MONTHS, 31))


def _of_week(period: Period, part: Part) -> Period | None:
    if part not in _DAYS_OF_WEEK:
        return None
    first, last = (moved(period.first, days=days) for days in _DAYS_OF_WEEK[part])
    return None if first is None or last is None else between(first, last, scale=Scale.PART)


_CUTS: Final[dict[Scale, Callable[[Period, Part], Period | None]]] = {
    Scale.WEEK: _of_week,
    Scale.MONTH: _of_month,
    Scale.QUARTER: _of_months(_MONTHS_OF_QUARTER),
    Scale.SEASON: _of_months(_MONTHS_OF_QUARTER),
    Scale.HALF: _of_half,
    Scale.YEAR: _of_months(_MONTHS_OF_YEAR),
    Scale.DECADE: lambda period, part: _of_years(period, part, unit=1),
    Scale.CENTURY: lambda period, part: _of_years(period, part, unit=10),
}


def week_of(nth: int) -> Cut:
    """Return the n-th seven days of a period, or the last seven for -1."""

    def of(period: Period) -> Period | None:
        first = moved(period.first, days=DAYS_OF_WEEK * (nth - 1))
        if nth < 0:
            first = moved(period.last, days=1 - DAYS_OF_WEEK)
        last = None if first is None else moved(first, days=DAYS_OF_WEEK - 1)
        if first is None or last is None or first > period.last:
            return None
        return between(first, min(last, period.last))

    return of


def weekday_of_month(nth: int, weekday: int) -> Cut:
    """Return the n-th such weekday of a month, or the last one for -1."""

    def of(period: Period) -> Period | None:
        return day(nth_weekday(period.first.year, period.first.month, weekday, nth))

    return of


def edge_day(*, last: bool) -> Cut:
    """Return the first or the last day of a period."""
    return lambda period: day(period.last if last else period.first)


def edge_unit(scale: Scale, *, nth: int) -> Cut:
    """Return the n-th month (quarter …) of a period, or the last one for -1."""

    def of(period: Period) -> Period | None:
        if nth < 0:
            return containing(period.last, scale)
        start = containing(period.first, scale)
        found = None if start is None else shifted(start, nth - 1)
        return None if found is None or found.first > period.last else found

    return of


def run_of(scale: Scale, count: int, *, last: bool = False) -> Cut:
    """Return the stretch of the first (or last) *count* months, quarters … of a period."""

    def of(period: Period) -> Period | None:
        if scale in _DAYS_IN:
            return _days_of(period, count * _DAYS_IN[scale], last=last)
        near = containing(period.last if last else period.first, scale)
        far = None if near is None else shifted(near, (1 - count) if last else count - 1)
        if near is None or far is None:
            return None
        first, end = min(near.first, far.first), max(near.last, far.last)
        within = first >= period.first and end <= period.last
        return lasting(first, end, grain=Grain.MONTH) if within else None

    return of


_DAYS_IN: Final = {Scale.DAY: 1, Scale.WEEK: DAYS_OF_WEEK}


def _days_of(period: Period, count: int, *, last: bool) -> Period | None:
    first = moved(period.last, days=1 - count) if last else period.first
    end = period.last if last else moved(period.first, days=count - 1)
    if first is None or end is None or first < period.first or end > period.last:
        return None
    return lasting(first, end, grain=Grain.DAY)


def so_far(context: Context) -> Cut:
    """Return a period from its first day to the day of speaking: "earlier this year"."""

    def of(period: Period) -> Period | None:
        now = _inside(period, context)
        return period if now is None or period.scale is Scale.DAY else between(period.first, now)

    return of


def to_come(context: Context) -> Cut:
    """Return a period from the day of speaking to its last day: "later this year"."""

    def of(period: Period) -> Period | None:
        now = _inside(period, context)
        return period if now is None or period.scale is Scale.DAY else between(now, period.last)

    return of


def _inside(period: Period, context: Context) -> date | None:
    anchor = context.anchor()
    days = (context.ref, anchor.first if anchor else context.ref)
    return next((at for at in days if period.first <= at <= period.last), None)


def week_holding(period: Period) -> Period | None:
    """Return the ISO week of a day."""
    return containing(monday_of(period.first), Scale.WEEK)


def quarter_ended(period: Period) -> Period | None:
    """Return the calendar quarter that a day or month closes."""
    found = containing(period.last, Scale.QUARTER)
    return found if found and found.last == period.last else None
