"""Dates in figures: 2022-05-14, 14/5/2022, 20220514; the order of day and month."""

import re
from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.periods import Period
from archive.dates.meaning import reckoning
from archive.dates.meaning.members import Context, Member
from archive.dates.tables.numerals import full_year
from archive.dates.tables.rows import Gaps, Row, chinese

_LAST_MONTH: Final = 12
# No figure goes on, but for the year of another date: 2022-03-05-2022-03-09.
_END: Final = r"(?![\d])(?![/.]\d)(?!-\d+(?![\d/.]|(?<=-\d{4})-\d))"


def _year_first(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.full_day(gaps.number("y"), gaps.number("m"), gaps.number("d"))


def _year_and_month(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.dated(periods.month(gaps.number("y"), gaps.number("m")))


def _year_last(gaps: Gaps, context: Context) -> Period | None:
    """Take a number above 12 for the day; where none is, the context says which comes first."""
    first, second, year = gaps.number("a"), gaps.number("b"), full_year(gaps.text("y")) or 0
    day_first = first > _LAST_MONTH or (context.day_first and second <= _LAST_MONTH)
    day, month = (first, second) if day_first else (second, first)
    return reckoning.full_day(year, month, day)


def _day_month_year(gaps: Gaps, _context: Context) -> Period | None:
    year = full_year(gaps.text("y")) or 0
    return reckoning.full_day(year, gaps.number("b"), gaps.number("a"))


def _month_and_day(gaps: Gaps, _context: Context) -> Member:
    return reckoning.day_of_year(gaps.number("m"), gaps.number("d"))


_YEAR: Final = r"(?P<y>[12]\d\d\d)"
FIGURE_ROWS: Final[tuple[Row, ...]] = (
    chinese(rf"{_YEAR} ?(?P<x>[-/.]) ?(?P<m>\d\d?) ?(?P=x) ?(?P<d>\d\d?){_END}", _year_first),
    chinese(rf"{_YEAR} (?P<m>\d\d) (?P<d>\d\d){_END}", _year_first),
    chinese(rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d){_END}", _year_first),
    chinese(rf"{_YEAR}(?P<x>[-/.])(?P<m>\d\d?){_END}", _year_and_month),
    chinese(rf"(?P<m>\d\d)(?P<x>[-/.])(?P<y>[12]\d\d\d){_END}", _year_and_month),
    chinese(rf"(?P<m>\d)/(?P<y>[12]\d\d\d){_END}", _year_and_month),
    chinese(rf"(?P<a>\d\d?) ?(?P<x>[-/]) ?(?P<b>\d\d?) ?(?P=x) ?{_YEAR}{_END}", _year_last),
    chinese(rf"(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>\d\d){_END}", _year_last),
    chinese(rf"(?P<a>\d\d?)\. ?(?P<b>\d\d?)\. ?{_YEAR}{_END}", _day_month_year),
    chinese(rf"(?P<a>\d\d)\.(?P<b>\d\d)\.(?P<y>\d\d){_END}", _day_month_year),
    chinese(r"(?P<m>\d\d)-(?P<d>\d\d)(?= \d\d?:\d\d)", _month_and_day),
)
AMBIGUOUS: Final = re.compile(r"(?<!\d)\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2})(?!\d)")
