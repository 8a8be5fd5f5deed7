"""The upright axis of a chart: where a number lies, on a linear or a logarithmic scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from typing import Final

from babel.numbers import format_compact_decimal

from archive.vocabulary import MINUS

_WORTH_LOGARITHM: Final = 50
_MOST_TICKS: Final = 5
_NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Axis:
    """Numbers from *least* to *most* between two heights; ``ticks`` are (pixel, words)."""

    least: float
    most: float
    top: float
    bottom: float
    is_logarithmic: bool
    ticks: tuple[tuple[float, str], ...] = ()

    def y(self, number: Decimal | float) -> float:
        """Return the pixel at which *number* lies."""
        value = _level(float(number), is_logarithmic=self.is_logarithmic)
        low = _level(self.least, is_logarithmic=self.is_logarithmic)
        high = _level(self.most, is_logarithmic=self.is_logarithmic)
        return round(self.bottom - (value - low) / (high - low) * (self.bottom - self.top), 1)


def axis(
    numbers: Sequence[Decimal], *, scale: str, top: float, bottom: float, locale: str
) -> Axis:
    """Return the axis for *numbers*: logarithmic if asked for or if they lie far apart.

    A linear axis begins at nothing, so that heights compare; numbers that are not all greater
    than nothing have no logarithm.
    """
    values = [float(one) for one in numbers]
    is_positive = min(values) > 0
    is_far = is_positive and max(values) / min(values) >= _WORTH_LOGARITHM
    is_logarithmic = is_positive and (scale == "log" or (is_far and scale != "linear"))
    steps = _powers(values) if is_logarithmic else _steps(values)
    bare = Axis(steps[0], steps[-1], top, bottom, is_logarithmic)
    worded = steps[:: ceil(len(steps) / (_MOST_TICKS + 1))] if is_logarithmic else steps
    ticks = tuple((bare.y(one), _words(one, locale)) for one in worded)
    return Axis(bare.least, bare.most, top, bottom, is_logarithmic, ticks)


def _level(number: float, *, is_logarithmic: bool) -> float:
    return log10(number) if is_logarithmic else number


def _powers(values: Sequence[float]) -> list[float]:
    """Return the powers of ten that hold all values between them."""
    first, last = floor(log10(min(values))), ceil(log10(max(values)))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]


def _steps(values: Sequence[float]) -> list[float]:
    """Return even steps, easy to read, from nothing to beyond the furthest value on each side."""
    low, high = min(0.0, *values), max(0.0, *values)
    rough = (high - low or 1.0) / _MOST_TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in _NICE if power * nice >= rough)
    first, last = floor(low / step), max(ceil(high / step), 1)
    return [round(number * step, 12) for number in range(first, last + 1)]


def _words(number: float, locale: str) -> str:
    said = format_compact_decimal(
        Decimal(str(number)),
        locale="zh" if locale.startswith("zh") else "en",
        fraction_digits=_DIGITS,
    )
    return said.replace("-", MINUS)
