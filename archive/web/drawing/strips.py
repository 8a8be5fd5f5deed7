"""The density strip: all time in months, and the window upon it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import sqrt
from typing import Final

from archive.dates import day_of
from archive.web.drawing.marking import in_words
from archive.web.drawing.scales import MONTHS, month_end, months_between

HEIGHT: Final = 56
_LEAST_BAR: Final = 3.0
_MOST_BARS: Final = 400
_MOST_YEARS: Final = 14
_GAP: Final = 0.1
_SHORTEST_MONTH: Final = 28
# A window of a smaller share has too little between its ends for a finger.
_NARROW: Final = 0.07
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class YearMark:
    """Where a year begins on the strip, or several; ``middle`` is where its name stands."""

    year: int
    last_year: int
    x: str
    middle: str
    width: str
    count: int


@dataclass(frozen=True, slots=True)
class Strip:
    """All time, month by month, and the window upon it.

    ``bars`` is one SVG path upon a width of as many units as there are ``days``, each bar a line
    as thick as ``thickness``. The two ends of the window are days, the second the first one after
    it, and are said in words; one that ``is_narrow`` is no wider than a finger.
    """

    first_day: int
    end_day: int
    days: int
    bars: str
    thickness: int
    years: tuple[YearMark, ...]
    window: tuple[int, int]
    words: tuple[str, str]
    window_x: str
    window_width: str
    is_narrow: bool


def strip(
    counts: Iterable[tuple[int, int]],
    *,
    coverage: tuple[int, int],
    window: tuple[int, int],
    locale: str,
) -> Strip:
    """Return the strip of *coverage* with a bar for each month, its height by square root."""
    months = months_between(*coverage)
    starts = [*months, month_end(months[-1]) + 1]
    scale = _Days(starts[0], starts[-1])
    held = dict(counts)
    several = -(-len(months) // _MOST_BARS)
    thickness = round(_SHORTEST_MONTH * several * (1 - 2 * _GAP))
    left, right = scale.share(window[0]), scale.share(window[1] + 1)
    return Strip(
        first_day=scale.first,
        end_day=scale.end,
        days=scale.end - scale.first,
        bars="".join(_bars(starts, held, several=several, thickness=thickness)),
        thickness=thickness,
        years=tuple(_years(months, held, scale)),
        window=(window[0], window[1] + 1),
        words=(_words(window[0], locale), _words(window[1], locale)),
        window_x=_percent(left),
        window_width=_percent(right - left),
        is_narrow=right - left < _NARROW,
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """The days from *first* up to *end*, all equally wide."""

    first: int
    end: int

    def share(self, day: int) -> float:
        """Return where *day* lies as a share of the strip."""
        return min(max((day - self.first) / (self.end - self.first), 0.0), 1.0)


def _words(day: int, locale: str) -> str:
    return in_words(day_of(day).isoformat(), locale)


def _percent(share: float) -> str:
    return f"{round(share * 100, 1):g}%"


def _bars(
    starts: Sequence[int], held: Mapping[int, int], *, several: int, thickness: int
) -> Iterator[str]:
    """Yield the line of a bar for *several* months each, where they have events.

    *starts* are the first days of the months, and the day after the last.
    """
    at = [*range(0, len(starts) - 1, several), len(starts) - 1]
    sums = [sum(held.get(month, 0) for month in starts[one:end]) for one, end in pairwise(at)]
    most = max(sums, default=0)
    for (one, end), count in zip(pairwise(at), sums, strict=True):
        if count:
            tall = round(max(sqrt(count / most) * (HEIGHT - 4), _LEAST_BAR))
            middle = starts[one] - starts[0] + max(starts[end] - starts[one], thickness) / 2
            yield f"M{middle:.0f} {HEIGHT}v-{tall}"


def _years(months: Sequence[int], held: Mapping[int, int], scale: _Days) -> Iterator[YearMark]:
    several = next(
        (step for step in _STEPS if len(months) <= step * MONTHS * _MOST_YEARS), _STEPS[-1]
    )
    for start, group in groupby(months, key=lambda month: day_of(month).year // several * several):
        some = list(group)
        left, right = scale.share(some[0]), scale.share(month_end(some[-1]) + 1)
        yield YearMark(
            max(day_of(some[0]).year, start),
            day_of(some[-1]).year,
            _percent(left),
            _percent((left + right) / 2),
            _percent(right - left),
            sum(held.get(month, 0) for month in some),
        )
