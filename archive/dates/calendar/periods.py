"""Periods of the calendar: a day, a week, a month … a century, or some part of one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date
from enum import Enum, auto
from typing import Final

from archive.dates.calendar.days import (
    DAYS_OF_WEEK,
    MONTHS,
    last_of_month,
    monday_of,
    moved,
    run_of_months,
)


class Scale(Enum):
    """What kind of period it is."""

    DAY = auto()
    WEEKEND = auto()
    WEEK = auto()
    MONTH = auto()
    QUARTER = auto()
    SEASON = auto()
    HALF = auto()
    YEAR = auto()
    DECADE = auto()
    CENTURY = auto()
    PART = auto()


class Grain(Enum):
    """How finely the ends of a period are written."""

    DAY = auto()
    MONTH = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its days, its EDTF, and how it was said."""

    scale: Scale
    first: date
    last: date
    edtf: str
    grain: Grain
    closing: date | None = None  # "the end of …": the first day of that whole
    dated: bool = False  # its own words hold a year
    unsaid: bool = False  # "the year": no date alone, only as the whole of a part
    marks: str = ""  # ~ and ?, as said of this period alone


_LENGTH_IN_MONTHS: Final = {
    Scale.MONTH: 1,
    Scale.QUARTER: 3,
    Scale.SEASON: 3,
    Scale.HALF: 6,
    Scale.YEAR: 12,
    Scale.DECADE: 120,
    Scale.CENTURY: 1200,
}
_FIRST_CODE: Final = {Scale.SEASON: 21, Scale.QUARTER: 33, Scale.HALF: 40}


def day(at: date | None) -> Period | None:
    """Return that one day."""
    return None if at is None else Period(Scale.DAY, at, at, at.isoformat(), Grain.DAY)


def month(year: int, number: int) -> Period | None:
    """Return that month."""
    return _months(Scale.MONTH, year, number, f"{year:04}-{number:02}")


def quarter(year: int, number: int) -> Period | None:
    """Return the calendar quarter, counted from 1."""
    return _coded(Scale.QUARTER, year, number, 3 * number - 2)


def season(year: int, number: int) -> Period | None:
    """Return the season, counted from 1, spring; winter ends in the next year."""
    return _coded(Scale.SEASON, year, number, 3 * number)


def half(year: int, number: int) -> Period | None:
    """Return the first or second half of a year."""
    return _coded(Scale.HALF, year, number, 6 * number - 5)


def year(number: int) -> Period | None:
    """Return that year."""
    return _months(Scale.YEAR, number, 1, f"{number:04}", grain=Grain.YEAR)


def decade(first: int) -> Period | None:
    """Return the ten years that begin with *first*."""
    text = f"{max(first, 0) // 10:03}X"
    return _months(Scale.DECADE, first, 1, text, grain=Grain.YEAR)


def century(first: int) -> Period | None:
    """Return the hundred years that begin with *first*."""
    text = f"{max(first, 0) // 100:02}XX"
    return _months(Scale.CENTURY, first, 1, text, grain=Grain.YEAR)


def week(of: date) -> Period:
    """Return the ISO week that holds the day."""
    monday = monday_of(of)
    return between(monday, moved(monday, days=6) or date.max, scale=Scale.WEEK)


def weekend(of: date) -> Period | None:
    """Return the Saturday and Sunday of the ISO week that holds the day."""
    saturday, sunday = moved(monday_of(of), days=5), moved(monday_of(of), days=6)
    if saturday is None or sunday is None:
        return None
    return between(saturday, sunday, scale=Scale.WEEKEND)


def between(first: date, last: date, *, scale: Scale = Scale.PART) -> Period:
    """Return one unknown moment from *first* to *last*, written as coarsely as it can be."""
    if first == last:
        return Period(Scale.DAY, first, last, first.isoformat(), Grain.DAY)
    grain = _grain(first, last, scale)
    edtf = f"[{_cut(first, grain)}..{_cut(last, grain)}]"
    return Period(scale, first, last, edtf, grain)


def lasting(first: date, last: date, *, grain: Grain | None = None) -> Period:
    """Return a stretch that really lasts from *first* to *last*."""
    if first == last:
        return Period(Scale.DAY, first, last, first.isoformat(), Grain.DAY)
    grain = grain or _grain(first, last, Scale.PART)
    edtf = f"{_cut(first, grain)}/{_cut(last, grain)}"
    return Period(Scale.PART, first, last, edtf, grain)


def endless(period: Period) -> Period:
    """Return the stretch that begins with *period* and has no end."""
    return replace(period, scale=Scale.PART, last=date.max, edtf=f"{start_of(period)}/..")


def start_of(period: Period) -> str:
    """Return the beginning of *period* as a set or an interval writes it."""
    return _cut(period.first, period.grain) + mark_of(period.marks)


def end_of(period: Period) -> str:
    """Return the end of *period* as a set or an interval writes it."""
    return _cut(period.last, period.grain) + mark_of(period.marks)


def mark_of(marks: str) -> str:
    """Return the one EDTF qualifier for all that was said."""
    return "%" if len(set(marks)) > 1 else marks[:1]


def marked(period: Period, marks: str) -> Period:
    """Return the same period, said with those qualifiers as well."""
    return replace(period, marks=period.marks + marks) if marks else period


def dated(period: Period) -> Period:
    """Return the same period, said with its year."""
    return replace(period, dated=True)


def containing(at: date, scale: Scale) -> Period | None:
    """Return the period of *scale* that holds the day."""
    make = _CONTAINING.get(scale)
    return None if make is None else make(at)


def shifted(period: Period, count: int) -> Period | None:
    """Return the period of the same scale that lies *count* of them away."""
    if period.scale in _LENGTH_IN_MONTHS:
        months = count * _LENGTH_IN_MONTHS[period.scale]
        index = period.first.year * MONTHS + period.first.month - 1 + months
        if not MINYEAR <= index // MONTHS <= MAXYEAR:
            return None
        return containing(date(index // MONTHS, index % MONTHS + 1, 1), period.scale)
    days = count if period.scale is Scale.DAY else count * DAYS_OF_WEEK
    at = moved(period.first, days=days)
    return None if at is None else containing(at, period.scale)


def _months(
    scale: Scale, year: int, first_month: int, text: str, *, grain: Grain = Grain.MONTH
) -> Period | None:
    run = run_of_months(year, first_month, _LENGTH_IN_MONTHS[scale])
    if run is None and scale in {Scale.DECADE, Scale.CENTURY} and year == 0:
        run = date.min, date(_LENGTH_IN_MONTHS[scale] // MONTHS - 1, MONTHS, 31)
    return None if run is None else Period(scale, *run, text, grain)


def _coded(scale: Scale, year: int, number: int, first_month: int) -> Period | None:
    code = _FIRST_CODE[scale] + number - 1
    return _months(scale, year, first_month, f"{year:04}-{code}")


def _season_of(at: date) -> Period | None:
    # Winter's January and February belong to the year before.
    months = at.year * MONTHS + at.month - 3
    return season(months // MONTHS, months % MONTHS // 3 + 1)


_CONTAINING: Final[dict[Scale, Callable[[date], Period | None]]] = {
    Scale.DAY: day,
    Scale.WEEKEND: weekend,
    Scale.WEEK: week,
    Scale.MONTH: lambda at: month(at.year, at.month),
    Scale.QUARTER: lambda at: quarter(at.year, (at.month + 2) // 3),
    Scale.SEASON: _season_of,
    Scale.HALF: lambda at: half(at.year, 1 + (at.month > MONTHS // 2)),
    Scale.YEAR: lambda at: year(at.year),
    Scale.DECADE: lambda at: decade(at.year // 10 * 10),
    Scale.CENTURY: lambda at: century(at.year // 100 * 100),
}


def _grain(first: date, last: date, scale: Scale) -> Grain:
    if scale is not Scale.PART or first.day != 1 or last != last_of_month(last.year, last.month):
        return Grain.DAY
    if first.month != 1 or last.month != MONTHS:
        return Grain.MONTH
    return Grain.YEAR


def _cut(at: date, grain: Grain) -> str:
    length = {Grain.DAY: len("2022-05-14"), Grain.MONTH: len("2022-05"), Grain.YEAR: len("2022")}
    return at.isoformat()[: length[grain]]


def edge(at: date, period: Period) -> str:
    """Return a day as finely as the ends of *period* are written, qualified as it is."""
    return _cut(at, period.grain) + mark_of(period.marks)
