"""Makers of dates from numbers: what the rows of both languages share."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from archive.dates.calendar import feasts, periods
from archive.dates.calendar.days import moved, real_day
from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning.members import (
    Context,
    Joint,
    Member,
    Run,
    Side,
    member,
)

_STEPS: Final = {
    Scale.WEEK: 7,
    Scale.DAY: 1,
}


def dated(period: Period | None) -> Period | None:
    """Return the same period, said with its year."""
    return None if period is None else periods.dated(period)


def day_of_year(month: int, day: int) -> Member:
    """Return that day and month of a year not said."""
    return member(
        Scale.YEAR, Scale.DAY, lambda year: periods.day(real_day(year.first.year, month, day))
    )


def day_of_month(day: int) -> Member:
    """Return that day of a month not said."""
    return member(
        Scale.MONTH,
        Scale.DAY,
        lambda month: periods.day(real_day(month.first.year, month.first.month, day)),
    )


def month_of_year(month: int) -> Member:
    """Return that month of a year not said."""
    return member(Scale.YEAR, Scale.MONTH, lambda year: periods.month(year.first.year, month))


def quarter_of_year(quarter: int) -> Member:
    """Return that quarter of a year not said."""
    return member(
        Scale.YEAR, Scale.QUARTER, lambda year: periods.quarter(year.first.year, quarter)
    )


def half_of_year(half: int) -> Member:
    """Return that half of a year not said."""
    return member(Scale.YEAR, Scale.HALF, lambda year: periods.half(year.first.year, half))


def season_of_year(season: int, *, side: Side = Side.EITHER) -> Member:
    """Return that season of a year not said."""
    return member(
        Scale.YEAR,
        Scale.SEASON,
        lambda year: periods.season(year.first.year, season),
        side=side,
    )


def weekday_of_week(weekday: int) -> Member:
    """Return that weekday, counted from 1, of a week not said."""
    return member(
        Scale.WEEK, Scale.DAY, lambda week: periods.day(moved(week.first, days=weekday - 1))
    )


def weekend_of_week() -> Member:
    """Return the weekend of a week not said."""
    return member(Scale.WEEK, Scale.WEEKEND, lambda week: periods.weekend(week.first))


def decade_of_century(tens: int) -> Member:
    """Return the nineties, the tens … of a century not said."""
    return member(
        Scale.CENTURY,
        Scale.DECADE,
        lambda century: periods.decade(century.last.year - 99 + tens),
    )


def feast_of_year(day_of: feasts.DayOf) -> Member:
    """Return the one day of a holiday in a year not said."""
    return member(Scale.YEAR, Scale.DAY, lambda year: periods.day(day_of(year.first.year)))


def holiday_of_year(before: int, after: int, day_of: feasts.DayOf) -> Member:
    """Return all days of a long holiday in a year not said."""

    def of(year: Period) -> Period | None:
        found = day_of(year.first.year)
        first = moved(found, days=-before) if found else None
        last = moved(found, days=after) if found else None
        return periods.between(first, last) if first and last else None

    return member(Scale.YEAR, Scale.PART, of)


def year(number: int | None) -> Period | None:
    """Return a year that was said in full."""
    return None if number is None else dated(periods.year(number))


def full_day(year: int, month: int, day: int) -> Period | None:
    """Return a day that was said in full."""
    return dated(periods.day(real_day(year, month, day)))


def away(scale: Scale, count: int, *, of: date) -> Period | None:
    """Return the day, week, month … that lies *count* of them from the one that holds a day."""
    if scale in _STEPS:
        at = moved(of, days=count * _STEPS[scale])
        return None if at is None else periods.containing(at, scale)
    here = periods.containing(of, scale)
    return None if here is None else periods.shifted(here, count)


def same_day(scale: Scale, count: int, *, of: date) -> Period | None:
    """Return the very day that many weeks, months or years away: "five years ago today"."""
    if scale in _STEPS:
        return periods.day(moved(of, days=count * _STEPS[scale]))
    there = away(scale, count, of=of)
    if there is None:
        return None
    month = there.first.month if scale is Scale.MONTH else of.month
    return periods.day(real_day(there.first.year, month, of.day))


def relative(scale: Scale, count: int) -> Callable[[object, Context], Period | None]:
    """Return the meaning of "last week", 明年 …: counted from the day of reading."""
    return lambda _gaps, context: _said_of_year(away(scale, count, of=context.ref))


def anaphoric(scale: Scale, count: int) -> Callable[[object, Context], Period | None]:
    """Return the meaning of "the next day", 同年 …: next to the last date said as finely."""

    def meaning(_gaps: object, context: Context) -> Period | None:
        fine = context.anchor(*_FINE_ENOUGH[scale])
        return _away_from(fine or context.anchor(), scale, count)

    return meaning


def distant(scale: Scale, count: int) -> Callable[[object, Context], Period | None]:
    """Return the meaning of "two weeks later", 三天后 …: counted from the last date said."""
    return lambda _gaps, context: _away_from(context.anchor(), scale, count)


def _away_from(anchor: Period | None, scale: Scale, count: int) -> Period | None:
    if anchor is None:
        return None
    at = anchor.last if count > 0 and scale in _STEPS else anchor.first
    return _said_of_year(away(scale, count, of=at))


def _said_of_year(period: Period | None) -> Period | None:
    return dated(period) if period and period.scale in _YEARLY else period


_YEARLY: Final = {Scale.YEAR, Scale.DECADE, Scale.CENTURY}
_UP_TO_DAY: Final = (Scale.DAY,)
_UP_TO_WEEK: Final = (Scale.DAY, Scale.PART, Scale.WEEK, Scale.WEEKEND)
_UP_TO_MONTH: Final = (*_UP_TO_WEEK, Scale.MONTH)
_UP_TO_QUARTER: Final = (*_UP_TO_MONTH, Scale.QUARTER)
_FINE_ENOUGH: Final[dict[Scale, tuple[Scale, ...]]] = {
    Scale.DAY: _UP_TO_DAY,
    Scale.WEEK: _UP_TO_WEEK,
    Scale.WEEKEND: _UP_TO_WEEK,
    Scale.MONTH: _UP_TO_MONTH,
    Scale.QUARTER: _UP_TO_QUARTER,
    Scale.HALF: (),
    Scale.SEASON: (),
    Scale.YEAR: (),
    Scale.DECADE: (),
    Scale.CENTURY: (),
}


def joint_in(words: str) -> Joint:
    """Return how the signs and words between several numbers bind them together."""
    if re.search(r"[-~至到]|to|through", words):
        return Joint.STRETCH
    return Joint.ONE_OF if re.search(r"或|or|/", words) else Joint.ALL_OF


def run(joint: Joint, nodes: Sequence[Period | Member | None]) -> Run | None:
    """Return several dates that share one word, if every one of them is a date."""
    whole = tuple(node for node in nodes if node is not None)
    return Run(joint, whole) if len(whole) == len(nodes) else None


def here(scale: Scale, at: date) -> Period | None:
    """Return the period of *scale* that holds the day."""
    return periods.containing(at, scale)


def numbered_week(number: int) -> Member:
    """Return the ISO week of that number in a year not said."""

    def of(year: Period) -> Period | None:
        try:
            monday = date.fromisocalendar(year.first.year, number, 1)
        except ValueError:
            return None
        return periods.week(monday)

    return member(Scale.YEAR, Scale.WEEK, of)


def open_year(ref: date) -> Period | None:
    """Return the stretch that began with the year of *ref* and has not ended."""
    whole = periods.year(ref.year)
    return None if whole is None else periods.endless(whole)
