"""The slider over time: it moves by days and lands only where something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from archive.dates import day_number, day_of

_TICK_HEIGHT: Final = 6


@dataclass(frozen=True, slots=True)
class Slider:
    """From the first to the last day of a drawing, in day numbers; ``ticks`` is an SVG path."""

    first: int
    last: int
    value: int
    ticks: str
    height: int = _TICK_HEIGHT


def slider(held: date, *, changed: Sequence[date], width: int) -> Slider | None:
    """Return the slider of whole years from the first to the last change; *changed* rises."""
    if not changed:
        return None
    first = day_number(date(changed[0].year, 1, 1))
    last = day_number(date(changed[-1].year, 12, 31))
    value = min(max(day_number(held), first), last)
    return Slider(first, last, value, _ticks(tuple(changed), first, last, width))


# The same for every day held on, and of a large archive thousands.
@lru_cache(maxsize=16)
def _ticks(changed: tuple[date, ...], first: int, last: int, width: int) -> str:
    """Return a tick for each change, as far as half a pixel tells them apart."""
    scale = 2 * width / (last - first)
    places = dict.fromkeys(round((day_number(day) - first) * scale) / 2 for day in changed)
    return "".join(f"M{x:g} 0v{_TICK_HEIGHT}" for x in places)


def nearest_change(held: date, wanted: int, *, changed: Sequence[date]) -> date:
    """Return the change nearest to the day number *wanted*, on the side of *held* it lies on.

    So each step of the slider, however small, leads to a change; *held* itself where none is left.
    """
    now = day_number(held)
    if wanted == now:
        return held
    days = [day_number(day) for day in changed]
    beyond = [day for day in days if (day > now) == (wanted > now) and day != now]
    if not beyond:
        return held
    return day_of(min(beyond, key=lambda day: (abs(day - wanted), day)))
