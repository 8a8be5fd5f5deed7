"""What a reading of a date says: its bounds, its precision, its brackets, its doubt."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from archive.errors import UnreadableDateError
from archive.languages import Words

EXAMPLES: Final[Words] = UnreadableDateError.examples


class Precision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"
    OPEN = "open"


class Shape(StrEnum):
    """What the brackets of a date mean."""

    UNIT = "unit"
    ONE_OF = "one_of"
    STRETCH = "stretch"
    ALL_OF = "all_of"
    BEFORE = "before"
    AFTER = "after"


class Qualifier(StrEnum):
    """Whether a date was given as approximate, as uncertain, or as both."""

    NONE = "none"
    APPROXIMATE = "approximate"
    UNCERTAIN = "uncertain"
    BOTH = "both"


class Style(StrEnum):
    """Where a phrase stands: on a mark, on a page, in a screen reader's mouth."""

    SHORT = "short"
    LONG = "long"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The inclusive days between which a date lies; ``None`` is an open end."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as read: its EDTF, its bounds, and what its notation says."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: Precision
    shape: Shape
    qualifier: Qualifier
    alternatives: tuple["Reading", ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A reading and its place: the sentence's number, and the characters inside it."""

    sentence: int
    start: int
    end: int
    reading: Reading
