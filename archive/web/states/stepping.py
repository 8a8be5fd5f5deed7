"""From one day to another: the steps beside a date box, and the strip of quarters with changes."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import Final

_MONTHS: Final = 12
_MONTHS_OF_QUARTER: Final = 3
_QUARTERS: Final = 4
_MOST_LABELS: Final = 12
BAR_WIDTH: Final = 10
BAR_GAP: Final = 2
STRIP_HEIGHT: Final = 36
_LEAST_HEIGHT: Final = 3


@dataclass(frozen=True, slots=True)
class Steps:
    """Where one step back or on leads; None where no day lies that way."""

    day: date | None
    month: date | None
    quarter: date | None
    change: date | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of the strip: how many days of it saw a change, and its place in the drawing."""

    last_day: date
    changes: int
    x: int
    y: int
    height: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Whole years of quarters in a drawing; ``years`` are their last days, each with its label."""

    bars: tuple[Quarter, ...]
    years: tuple[tuple[date, str], ...]
    width: int
    height: int = STRIP_HEIGHT
    bar_width: int = BAR_WIDTH


def steps_back(held: date, *, changed: Sequence[date]) -> Steps:
    """Return the steps that lead to days before *held*; *changed* rises."""
    before = bisect_left(changed, held)
    return Steps(
        day=_by_days(held, -1),
        month=_by_months(held, -1),
        quarter=_by_months(held, -_MONTHS_OF_QUARTER),
        change=changed[before - 1] if before else None,
    )


def steps_on(held: date, *, changed: Sequence[date]) -> Steps:
    """Return the steps that lead to days after *held*; *changed* rises."""
    after = bisect_right(changed, held)
    return Steps(
        day=_by_days(held, 1),
        month=_by_months(held, 1),
        quarter=_by_months(held, _MONTHS_OF_QUARTER),
        change=changed[after] if after < len(changed) else None,
    )


def strip(held: date, *, changed: Sequence[date]) -> Strip:
    """Return the quarters of every year from the first to the last change; *changed* rises."""
    if not changed:
        return Strip((), (), 0)
    counts = _counted(tuple(changed))
    years = range(changed[0].year, changed[-1].year + 1)
    first, most = years[0] * _QUARTERS, max(counts.values())
    bars = tuple(
        Quarter(
            last_day=_last_day(number),
            changes=counts[number],
            x=(number - first) * (BAR_WIDTH + BAR_GAP),
            y=STRIP_HEIGHT - _height(counts[number], most),
            height=_height(counts[number], most),
            is_current=number == _quarter(held),
        )
        for number in range(first, first + len(years) * _QUARTERS)
    )
    apart = -(-len(years) // _MOST_LABELS)
    labels = tuple((date(year, 12, 31), "" if year % apart else str(year)) for year in years)
    return Strip(bars, labels, width=len(bars) * (BAR_WIDTH + BAR_GAP) - BAR_GAP)


def _height(count: int, most: int) -> int:
    return max(_LEAST_HEIGHT, round(count / most * STRIP_HEIGHT)) if count else 1


# The same for every day held on, and of a large archive thousands.
@lru_cache(maxsize=16)
def _counted(changed: tuple[date, ...]) -> Counter[int]:
    return Counter(map(_quarter, changed))


def _quarter(day: date) -> int:
    return day.year * _QUARTERS + (day.month - 1) // _MONTHS_OF_QUARTER


def _last_day(quarter: int) -> date:
    year, month = quarter // _QUARTERS, (quarter % _QUARTERS + 1) * _MONTHS_OF_QUARTER
    return date(year, month, monthrange(year, month)[1])


def _by_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _by_months(day: date, months: int) -> date | None:
    """Return the same day of another month; the last day of a month stays the last."""
    number = day.year * _MONTHS + day.month - 1 + months
    year, month = number // _MONTHS, number % _MONTHS + 1
    if not MINYEAR <= year <= MAXYEAR:
        return None
    longest = monthrange(year, month)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, longest if was_last else min(day.day, longest))
