"""What a drawing is for: how wide it may be, in which language, on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NARROW: Final = 640
GUTTER: Final = 133


@dataclass(frozen=True, slots=True)
class Screen:
    """What a drawing is for: width, language, day; one that ``is_still`` cannot be moved."""

    width: int
    locale: str
    today: date
    is_narrow: bool = False
    is_still: bool = False


def fitted(frame: int, *, locale: str, today: date, is_still: bool = False) -> Screen:
    """Return the screen for a frame so wide: beside the names of lanes, or on a phone without."""
    is_narrow = frame < NARROW + GUTTER
    width = frame if is_narrow else frame - GUTTER
    return Screen(width, locale, today, is_narrow, is_still)
