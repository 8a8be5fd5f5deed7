"""The density strip: all time in months, and the window upon it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Final

from archive.dates import day_of
from archive.web.drawing.marking import in_words
from archive.web.drawing.scales import month_end, months_between

HEIGHT: Final = 56
_LEAST_BAR: Final = 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its place, its height, its count, and whether the window holds it."""

    first_day: int
    x: str
    width: str
    y: str
    height: str
    count: int
    words: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class YearMark:
    """Where a year begins on the strip; ``middle`` is where its name stands."""

    year: int
    x: str
    middle: str
    width: str


@dataclass(frozen=True, slots=True)
class Strip:
    """All time, month by month, and the window as shares of the width.

    ``first_month`` and ``end_month`` count the months before the window and up to its end.
    """

    first_day: int
    last_day: int
    bars: tuple[Bar, ...]
    years: tuple[YearMark, ...]
    first_month: int
    end_month: int
    window_x: str
    window_width: str
    window_end: str
    after_width: str


def strip(
    counts: Iterable[tuple[int, int]],
    *,
    coverage: tuple[int, int],
    window: tuple[int, int],
    locale: str,
) -> Strip:
    """Return the strip of *coverage* with a bar for each month, its height by square root."""
    months = months_between(*coverage)
    held = dict(counts)
    most = max(held.values(), default=1)
    bars = tuple(
        _bar(
            months, at, held.get(month, 0) / most, held.get(month, 0), window=window, locale=locale
        )
        for at, month in enumerate(months)
    )
    inside = [at for at, bar in enumerate(bars) if bar.is_inside] or [0]
    left, right = _place(months, window[0]), _place(months, window[1] + 1)
    return Strip(
        first_day=months[0],
        last_day=month_end(months[-1]),
        bars=bars,
        years=_years(months),
        first_month=inside[0],
        end_month=inside[-1] + 1,
        window_x=_percent(left),
        window_width=_percent(right - left),
        window_end=_percent(right),
        after_width=_percent(1 - right),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.3f}%"


def _place(months: Sequence[int], day: int) -> float:
    """Return where *day* lies as a share of the strip, on which all months are equally wide."""
    at = max(bisect_right(months, day) - 1, 0)
    days = month_end(months[at]) - months[at] + 1
    return min(max((at + (day - months[at]) / days) / len(months), 0.0), 1.0)


def _bar(
    months: Sequence[int],
    at: int,
    share: float,
    count: int,
    *,
    window: tuple[int, int],
    locale: str,
) -> Bar:
    month, end = months[at], month_end(months[at])
    tall = max(sqrt(share) * (HEIGHT - 4), _LEAST_BAR) if count else 0.0
    return Bar(
        first_day=month,
        x=_percent(at / len(months)),
        width=_percent(1 / len(months)),
        y=f"{HEIGHT - tall:.1f}",
        height=f"{tall:.1f}",
        count=count,
        words=in_words(day_of(month).isoformat()[:7], locale),
        is_inside=end >= window[0] and month <= window[1],
    )


def _years(months: Sequence[int]) -> tuple[YearMark, ...]:
    found = []
    for year, group in groupby(range(len(months)), key=lambda at: day_of(months[at]).year):
        at = list(group)
        left, right = at[0] / len(months), (at[-1] + 1) / len(months)
        middle = _percent((left + right) / 2)
        found.append(YearMark(year, _percent(left), middle, _percent(right - left)))
    return tuple(found)
