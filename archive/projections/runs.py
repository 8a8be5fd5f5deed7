"""The runs of days by which events are counted: days, thirds of a month, months, quarters, years.

Each lies within one run of the next length, but for decades, which are no run: ten years are.
"""

from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import Final

from archive.dates import day_number, day_of

_REMEMBERED: Final = 16384
_THIRDS: Final = (1, 11, 21)
_MONTHS_OF_A_QUARTER: Final = 3


class Grain(IntEnum):
    """How long a run is; the number is kept in the read models."""

    DAY = 0
    THIRD = 1
    MONTH = 2
    QUARTER = 3
    YEAR = 4


@lru_cache(maxsize=_REMEMBERED)
def runs_of(number: int) -> tuple[int, ...]:
    """Return the first day of the run of each grain in which the day lies, the shortest first."""
    day = day_of(number)
    third = max(first for first in _THIRDS if first <= day.day)
    quarter = (day.month - 1) // _MONTHS_OF_A_QUARTER * _MONTHS_OF_A_QUARTER + 1
    longer = (
        day.replace(day=third),
        day.replace(day=1),
        date(day.year, quarter, 1),
        date(day.year, 1, 1),
    )
    return (number, *map(day_number, longer))
