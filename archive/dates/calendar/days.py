"""Days and their numbers; months, quarters and weeks as counted runs of days."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

JULIAN_OFFSET: Final = 1721425
EARLIEST_DAY: Final = 0
LATEST_DAY: Final = date.max.toordinal() + JULIAN_OFFSET

MONTHS: Final = 12
DAYS_OF_WEEK: Final = 7


def day_number(day: date) -> int:
    """Return the Julian Day Number of *day*, an integer that orders days."""
    return day.toordinal() + JULIAN_OFFSET


def day_of(number: int) -> date:
    """Return the day whose Julian Day Number is *number*; what no date can hold is the nearest."""
    return date.fromordinal(min(max(number - JULIAN_OFFSET, 1), date.max.toordinal()))


def real_day(year: int, month: int, day: int) -> date | None:
    """Return that day if the calendar has it."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= MONTHS):
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month that the calendar has."""
    return date(year, month, monthrange(year, month)[1])


def run_of_months(year: int, month: int, count: int) -> tuple[date, date] | None:
    """Return the first and last day of *count* months from that one, if all of them exist."""
    last = year * MONTHS + month - 1 + count - 1
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= MONTHS and last // MONTHS <= MAXYEAR):
        return None
    return date(year, month, 1), last_of_month(last // MONTHS, last % MONTHS + 1)


def moved(day: date, *, days: int) -> date | None:
    """Return the day that many days away, if the calendar has it."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def monday_of(day: date) -> date:
    """Return the Monday of the ISO week that holds *day*."""
    return day - timedelta(days=day.weekday())
