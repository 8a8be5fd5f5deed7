"""Dates as people write them: read from words, kept as EDTF, phrased in words again."""

from archive.dates.articles import read_article
from archive.dates.bounding import bounds, describe, ending, onset
from archive.dates.calendar.days import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.dates.checking import (
    BeforeYearOneError,
    NoNotationError,
    UnkeptNotationError,
    read_typed,
    unreadable,
)
from archive.dates.clocks import (
    UNTIMED,
    UnreadableTimeError,
    came_later,
    clock_number,
    read_time,
    time_in_words,
)
from archive.dates.phrasing import phrase
from archive.dates.prose.sentencing import sentences
from archive.dates.reading import order_told, read
from archive.dates.readings import (
    EXAMPLES,
    Bounds,
    Found,
    Precision,
    Qualifier,
    Reading,
    Shape,
    Style,
)
from archive.dates.restating import restated

__all__ = [
    "EARLIEST_DAY",
    "EXAMPLES",
    "LATEST_DAY",
    "UNTIMED",
    "BeforeYearOneError",
    "Bounds",
    "Found",
    "NoNotationError",
    "Precision",
    "Qualifier",
    "Reading",
    "Shape",
    "Style",
    "UnkeptNotationError",
    "UnreadableTimeError",
    "bounds",
    "came_later",
    "clock_number",
    "day_number",
    "day_of",
    "describe",
    "ending",
    "onset",
    "order_told",
    "phrase",
    "read",
    "read_article",
    "read_time",
    "read_typed",
    "restated",
    "sentences",
    "time_in_words",
    "unreadable",
]
