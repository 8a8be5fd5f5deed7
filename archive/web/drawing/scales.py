"""Days along a line: where a day lies, and which quiet stretches are folded."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from archive.dates import day_number, day_of

MONTHS: Final = 12
DAYS_OF_A_MONTH: Final = 30.44
FOLD_WIDTH: Final = 46.0
FOLD_WIDTH_NARROW: Final = 22.0
_LEAST_FOLDED_MONTHS: Final = 3
_WORTH_FOLDING: Final = 1.6
BEYOND: Final = 0.5
_NARROW: Final = 640
_MOST_ROUNDS: Final = 6
# Views that follow each other share most of their days.
_REMEMBERED: Final = 16384


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of whole months in which no event begins, shown as one narrow break."""

    first_day: int
    last_day: int
    months: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The days *first_day* to *last_day* spread over *width* pixels, bent where it is folded.

    ``knots`` are (day, pixel) pairs between which the scale is straight; ``view`` is the stretch
    that a reader sees at first, which is all of it unless it goes on beyond.
    """

    first_day: int
    last_day: int
    width: int
    folds: tuple[Fold, ...]
    knots: tuple[tuple[int, float], ...]
    fold_width: float
    view: tuple[float, float]

    @property
    def days(self) -> int:
        """Return how many days the line holds."""
        return self.last_day - self.first_day + 1

    @property
    def pixels_of_a_day(self) -> float:
        """Return the width of a day where the line is not folded."""
        folded = sum(fold.last_day - fold.first_day + 1 for fold in self.folds)
        return (self.width - self.fold_width * len(self.folds)) / max(self.days - folded, 1)

    def x(self, day: float) -> float:
        """Return the pixel at which *day* begins; days outside lie outside."""
        at = min(max(bisect_right(self.knots, day, key=_day_of_knot), 1), len(self.knots) - 1)
        (first, left), (last, right) = self.knots[at - 1], self.knots[at]
        return left + (day - first) / (last - first) * (right - left)

    def day(self, x: float) -> int:
        """Return the day that lies at the pixel."""
        at = min(max(bisect_right(self.knots, x, key=_x_of_knot), 1), len(self.knots) - 1)
        (first, left), (last, right) = self.knots[at - 1], self.knots[at]
        return int(first + (x - left) / (right - left) * (last - first))

    def percent(self, x: float) -> str:
        """Return a pixel as a share of the width, so that the drawing stretches; to about one."""
        return f"{x / self.width * 100:.1f}%".replace(".0%", "%")

    def part(self, x: float) -> tuple[float, float]:
        """Return the stretch before, in or after the view in which the pixel lies."""
        left, right = self.view
        if x < left:
            return 0.0, left
        return (left, right) if x < right or right >= self.width else (right, float(self.width))

    def inside(self, x: float, *, room: float, at: float | None = None) -> float:
        """Return *x* moved so that *room* on both sides lies in the part in which *at* lies."""
        low, high = self.part(x if at is None else at)
        return max(min(x, high - room), low + room)


def _day_of_knot(knot: tuple[int, float]) -> int:
    return knot[0]


def _x_of_knot(knot: tuple[int, float]) -> float:
    return knot[1]


def straight(first_day: int, last_day: int, *, width: int) -> Scale:
    """Return the scale without folds."""
    return _folded(first_day, last_day, width=width, folds=())


def folding(first_day: int, last_day: int, *, width: int, days: Iterable[int]) -> Scale:
    """Return the scale on which long runs of months without any of *days* are folded."""
    quiet = tuple(_quiet_runs(first_day, last_day, days=days))
    scale = straight(first_day, last_day, width=width)
    for _ in range(_MOST_ROUNDS):
        month = scale.pixels_of_a_day * DAYS_OF_A_MONTH
        least = scale.fold_width * _WORTH_FOLDING
        folds = tuple(run for run in quiet if run.months * month > least)
        if folds == scale.folds:
            break
        scale = _folded(first_day, last_day, width=width, folds=folds)
    return scale


def beyond(scale: Scale, *, least_day: int, most_day: int) -> Scale:
    """Return the scale with half its width more on either side, as far as there are days.

    So a hand that moves the drawing finds something there before the server has answered.
    """
    pixels = scale.pixels_of_a_day
    days = int(scale.width * BEYOND / pixels)
    first = max(scale.first_day - days, min(least_day, scale.first_day))
    last = min(scale.last_day + days, max(most_day, scale.last_day))
    left = (scale.first_day - first) * pixels
    knots = [(day, x + left) for day, x in scale.knots]
    end = knots[-1][1]
    if first < scale.first_day:
        knots.insert(0, (first, 0.0))
    if last > scale.last_day:
        knots.append((last + 1, end + (last - scale.last_day) * pixels))
    width = round(knots[-1][1])
    return replace(
        scale,
        first_day=first,
        last_day=last,
        width=width,
        knots=tuple(knots),
        view=(left, left + scale.width),
    )


def _folded(first_day: int, last_day: int, *, width: int, folds: tuple[Fold, ...]) -> Scale:
    fold_width = FOLD_WIDTH if width >= _NARROW else FOLD_WIDTH_NARROW
    whole = (0.0, float(width))
    open_scale = Scale(first_day, last_day, width, folds, (), fold_width, whole)
    pixels = open_scale.pixels_of_a_day
    knots: list[tuple[int, float]] = [(first_day, 0.0)]
    for fold in folds:
        day, x = knots[-1]
        start = x + (fold.first_day - day) * pixels
        if fold.first_day > day:
            knots.append((fold.first_day, start))
        knots.append((fold.last_day + 1, start + open_scale.fold_width))
    if knots[-1][0] <= last_day:
        knots.append((last_day + 1, float(width)))
    return replace(open_scale, knots=tuple(knots))


def _quiet_runs(first_day: int, last_day: int, *, days: Iterable[int]) -> Iterator[Fold]:
    busy = {_month_of(day) for day in days if first_day <= day <= last_day}
    if not busy:
        return
    touched = range(_month_of(first_day), _month_of(last_day) + 1)
    whole = [
        month for month in touched
        if _first_of(month) >= first_day and _first_of(month + 1) <= last_day + 1
    ]  # fmt: skip
    for is_busy, run in groupby(whole, key=busy.__contains__):
        months = list(run)
        if not is_busy and len(months) >= _LEAST_FOLDED_MONTHS:
            yield Fold(_first_of(months[0]), _first_of(months[-1] + 1) - 1, len(months))


@lru_cache(maxsize=_REMEMBERED)
def _month_of(number: int) -> int:
    """Return the month that holds the day, counted from that of no year."""
    day = day_of(number)
    return day.year * MONTHS + day.month - 1


@lru_cache(maxsize=_REMEMBERED)
def _first_of(index: int) -> int:
    return day_number(date(index // MONTHS, index % MONTHS + 1, 1))


def months_between(first_day: int, last_day: int) -> tuple[int, ...]:
    """Return the first day of each calendar month that the days touch."""
    first, last = _month_of(first_day), _month_of(last_day)
    return tuple(map(_first_of, range(first, last + 1)))


def month_end(first_day: int) -> int:
    """Return the last day of the month that begins with *first_day*."""
    return _first_of(_month_of(first_day) + 1) - 1


def straight_parts(scale: Scale) -> Sequence[tuple[int, int]]:
    """Return the first and last day of each part of the line that is not folded."""
    folded = {fold.first_day for fold in scale.folds}
    return [
        (start, end - 1) for (start, _), (end, _) in pairwise(scale.knots) if start not in folded
    ]
