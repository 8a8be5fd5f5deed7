"""Dates as people write them: read from words, kept as EDTF, phrased in words again."""

from archive.dates.articles import read_article
from archive.dates.bounding import bounds, describe, ending, onset
from archive.dates.calendar.days import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.dates.phrasing import phrase
from archive.dates.prose.sentencing import sentences
from archive.dates.reading import read
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

__all__ = [
    "EARLIEST_DAY",
    "EXAMPLES",
    "LATEST_DAY",
    "Bounds",
    "Found",
    "Precision",
    "Qualifier",
    "Reading",
    "Shape",
    "Style",
    "bounds",
    "day_number",
    "day_of",
    "describe",
    "ending",
    "onset",
    "phrase",
    "read",
    "read_article",
    "sentences",
]
