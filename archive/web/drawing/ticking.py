"""The ticks of an axis: years above, below them the finest unit that can be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from archive.dates import day_number, day_of
from archive.web.drawing.scales import (
    DAYS_OF_A_MONTH,
    MONTHS,
    Scale,
    months_between,
    straight_parts,
)

_ROOM: Final = {"zh": 44.0, "en": 38.0}
_DAY_ROOM: Final = {"zh": 64.0, "en": 52.0}
_MONTHS_SHORT: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_MONTH_STEPS: Final = (1, 2, 3, 6, 12)
_DAY_STEPS: Final = (1, 2, 5, 10)
_LAST_TICKED: Final = 30
_LEAST_LINES: Final = 26.0


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the axis, at a share of the width, with its words or none, and mostly a line."""

    x: str
    text: str
    is_major: bool
    is_lined: bool = True


def ticks(scale: Scale, *, locale: str) -> tuple[Tick, ...]:
    """Return the ticks of *scale*, with words where they do not touch."""
    language = "zh" if locale.startswith("zh") else "en"
    finer = _days if _day_step(scale, language) else _months
    return (*_years(scale, language), *finer(scale, language))


def _spaced(
    found: Iterator[tuple[float, str]], scale: Scale, *, room: float, is_major: bool
) -> Iterator[Tick]:
    """Yield every tick, but words only where the last ones are far enough and none are cut off."""
    free = -1.0
    for x, text in sorted(found):
        _start, end = scale.part(x)
        fits = free <= x <= end - room * 0.6
        free = x + room if fits and text else free
        yield Tick(scale.percent(x), text if fits else "", is_major)


def _years(scale: Scale, language: str) -> Iterator[Tick]:
    room, left = _ROOM[language] + 12, scale.view[0]

    def found() -> Iterator[tuple[float, str]]:
        starts = [*_year_starts(scale)]
        ahead = next((year for x, year in starts if x >= left), 0)
        for (x, year), (after, _year) in pairwise([*starts, (scale.width + room, 0)]):
            # At the edge of the view a year gives way to one that begins right behind it.
            is_elsewhere = (x < left and year == ahead) or (x == left and after < x + room)
            text = f"{year}年" if language == "zh" else str(year)
            yield x, "" if is_elsewhere else text

    edge = "" if _is_new_year(scale.day(left + 0.5)) else scale.percent(left)
    for tick in _spaced(found(), scale, room=room, is_major=True):
        yield replace(tick, is_lined=tick.x != edge or not left)


def _year_starts(scale: Scale) -> Iterator[tuple[float, int]]:
    """Yield where each year begins, and the first one in sight where it is first in sight."""
    named, is_in_sight = 0, False
    for first, last in straight_parts(scale):
        if not is_in_sight and scale.x(first) >= scale.view[0]:
            named, is_in_sight = 0, True
        for year in range(day_of(first).year, day_of(last).year + 1):
            # A year that a fold interrupts is named once.
            if year > named:
                yield scale.x(max(day_number(date(year, 1, 1)), first)), year
            named = year


def _is_new_year(number: int) -> bool:
    day = day_of(number)
    return (day.month, day.day) == (1, 1)


def _months(scale: Scale, language: str) -> Iterator[Tick]:
    month = scale.pixels_of_a_day * DAYS_OF_A_MONTH
    worded = next((one for one in _MONTH_STEPS if one * month >= _ROOM[language]), MONTHS)
    # Every month that has words has a line.
    lines = (one for one in _MONTH_STEPS if worded % one == 0)
    lined = next((one for one in lines if one * month >= _LEAST_LINES), MONTHS)

    def found() -> Iterator[tuple[float, str]]:
        for first, last in straight_parts(scale):
            for start in months_between(first, last):
                number = day_of(start).month
                if start < first or (number - 1) % lined:
                    continue
                text = f"{number}月" if language == "zh" else _MONTHS_SHORT[number - 1]
                x = scale.x(start)
                # The words of a fold stand right behind the part that it ends.
                fits = x + _ROOM[language] * 0.7 <= scale.x(last + 1)
                is_worded = fits and worded < MONTHS and (number - 1) % worded == 0
                yield x, text if is_worded else ""

    return _spaced(found(), scale, room=_ROOM[language] * 0.75, is_major=False)


def _day_step(scale: Scale, language: str) -> int:
    """Return every how many days there is room for words; 0 where months do better."""
    pixels = scale.pixels_of_a_day
    return next((step for step in _DAY_STEPS if step * pixels >= _DAY_ROOM[language]), 0)


def _days(scale: Scale, language: str) -> Iterator[Tick]:
    step = _day_step(scale, language)

    def found() -> Iterator[tuple[float, str]]:
        for first, last in straight_parts(scale):
            for number in range(first, last + 1):
                day = day_of(number)
                short = f"{day.month}月{day.day}日"
                if language == "en":
                    short = f"{day.day} {_MONTHS_SHORT[day.month - 1]}"
                if (day.day - 1) % step == 0 and (step == 1 or day.day < _LAST_TICKED):
                    yield scale.x(number), short

    return _spaced(found(), scale, room=_DAY_ROOM[language], is_major=False)
