"""A chart of numbers as they were reported: a dot each, a bar where date or number is a range.

Nothing is drawn between two reports but a level, broken line: the last word, growing old.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.queries import Point, Series
from archive.web.drawing.chart_axes import Axis, axis
from archive.web.drawing.lettering import text_width
from archive.web.drawing.scales import Scale, straight
from archive.web.drawing.ticking import ticks

WIDTH: Final = 272
HEIGHT: Final = 186
_TOP: Final = 10
_BOTTOM: Final = 148
_RIGHT: Final = 262
_GAP: Final = 7
_FONT: Final = 12
_LEAST_DAYS: Final = 60
_TOUCHING: Final = 10.0
_ARROW: Final = 16.0


@dataclass(frozen=True, slots=True)
class ChartMark:
    """One reported number; the bars span what its date and its size may be.

    ``up`` and ``down`` are where an arrow ends that says “or more”, “or less”; None without one.
    """

    point: Point
    x: float
    y: float
    left: float
    right: float
    high: float
    low: float
    up: float | None
    down: float | None
    is_open_left: bool


@dataclass(frozen=True, slots=True)
class ChartTick:
    """One tick of an axis, with its words or none."""

    at: float
    text: str
    is_major: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The stretch over which a number was the last one reported."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A series drawn in pixels of a frame that pages scale as a whole."""

    marks: tuple[ChartMark, ...]
    levels: tuple[Level, ...]
    numbers: tuple[ChartTick, ...]
    days: tuple[ChartTick, ...]
    is_logarithmic: bool
    left: float
    right: float = _RIGHT
    top: float = _TOP
    bottom: float = _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def chart(series: Series, *, day: int, locale: str, scale: str = "") -> Chart:
    """Return the drawing of *series* up to *day*; *scale* is ``log``, ``linear`` or as fits."""
    sizes = [
        one for point in series.points for one in (point.least, point.most) if one is not None
    ]
    numbers = axis(sizes, scale=scale, top=_TOP, bottom=_BOTTOM, locale=locale)
    widest = max(text_width(text, font_size=_FONT) for _y, text in numbers.ticks)
    left = round(widest) + _GAP
    days = _days(series.points, day, width=_RIGHT - left)
    marks = _apart(_mark(point, days, numbers, left) for point in series.points)
    return Chart(
        marks=tuple(marks),
        levels=tuple(_levels(marks)),
        numbers=tuple(ChartTick(y, text, is_major=True) for y, text in numbers.ticks),
        days=tuple(
            ChartTick(round(left + _share(tick.x) * days.width, 1), tick.text, tick.is_major)
            for tick in ticks(days, locale=locale)
        ),
        is_logarithmic=numbers.is_logarithmic,
        left=left,
    )


def _share(percent: str) -> float:
    return float(percent.removesuffix("%")) / 100


def _days(points: Sequence[Point], day: int, *, width: int) -> Scale:
    """Return the scale from the first day that any number may be of to the day asked for."""
    first = min(_bounded(point.first_day, point.last_day) for point in points)
    first = min(first, day)
    return straight(min(first, day - _LEAST_DAYS), day, width=width)


def _bounded(day: int, other: int) -> int:
    """Return *day*, or where that is open the other bound."""
    return other if day in {EARLIEST_DAY, LATEST_DAY} else day


def _mark(point: Point, days: Scale, numbers: Axis, left: float) -> ChartMark:
    def across(day: int) -> float:
        return round(left + days.x(min(max(day, days.first_day), days.last_day + 1)), 1)

    is_open_left = point.first_day <= EARLIEST_DAY
    first = left if is_open_left else across(point.first_day)
    last = across(_bounded(point.last_day, days.last_day) + 1)
    at = across(point.day if point.day is not None else _bounded(point.last_day, point.first_day))
    y = numbers.y(point.middle)
    low = y if point.least is None else numbers.y(point.least)
    high = y if point.most is None else numbers.y(point.most)
    return ChartMark(
        point=point,
        x=at,
        y=y,
        left=first,
        right=max(first, last),
        high=high,
        low=low,
        up=max(y - _ARROW, 2.0) if point.most is None else None,
        down=y + _ARROW if point.least is None else None,
        is_open_left=is_open_left,
    )


def _apart(marks: Iterable[ChartMark]) -> list[ChartMark]:
    """Return the marks with those that would lie on another moved a little to the right."""
    placed: list[ChartMark] = []
    for mark in marks:
        x = mark.x
        while any(
            abs(x - other.x) < _TOUCHING and abs(mark.y - other.y) < _TOUCHING for other in placed
        ):
            x += _TOUCHING
        placed.append(replace(mark, x=min(x, WIDTH - _TOUCHING / 2)) if x != mark.x else mark)
    return placed


def _levels(marks: Sequence[ChartMark]) -> Iterator[Level]:
    """Yield how long each dated number was the last, up to the day asked for."""
    dated = [mark for mark in marks if mark.point.day is not None and not mark.point.is_set_aside]
    for mark, following in pairwise(dated):
        if following.x - mark.x > _TOUCHING:
            yield Level(mark.x, following.x, mark.y)
    if dated and dated[-1].x < _RIGHT - _TOUCHING:
        yield Level(dated[-1].x, _RIGHT, dated[-1].y)
