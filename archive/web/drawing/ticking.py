"""The ticks of an axis: years above, below them the finest unit that can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
    """One mark of the axis, at a share of the width, with its words or none."""

    x: str
    text: str
    is_major: bool


def ticks(scale: Scale, *, locale: str) -> tuple[Tick, ...]:
    """Return the ticks of *scale*, with words where they do not touch."""
    language = "zh" if locale.startswith("zh") else "en"
    finer = _days if _day_step(scale, language) else _months
    return (*_years(scale, language), *finer(scale, language))


def _spaced(
    found: Iterator[tuple[float, str]], scale: Scale, *, room: float, is_major: bool
) -> Iterator[Tick]:
    """Yield every tick, but words only where the last ones are far enough."""
    free = -1.0
    for x, text in sorted(found):
        fits = free <= x <= scale.width - room * 0.6
        free = x + room if fits and text else free
        yield Tick(scale.percent(x), text if fits else "", is_major)


def _years(scale: Scale, language: str) -> Iterator[Tick]:
    def found() -> Iterator[tuple[float, str]]:
        named = 0
        for first, last in straight_parts(scale):
            for year in range(day_of(first).year, day_of(last).year + 1):
                # A year that a fold interrupts is named once.
                if year > named:
                    x = scale.x(max(day_number(date(year, 1, 1)), first))
                    yield x, f"{year}年" if language == "zh" else str(year)
                named = year

    return _spaced(found(), scale, room=_ROOM[language] + 12, is_major=True)


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
