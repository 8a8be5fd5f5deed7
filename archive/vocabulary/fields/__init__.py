"""What a field of an event may hold: each type reads, checks, keys, phrases and describes itself.

``read`` takes what a form, a file or a command line gave and returns the canonical JSON value, or
raises a RefusedError that names the field. ``key`` is one line of text that stands for the value
in read models and filters. ``schema`` is JSON Schema 2020-12.
"""

from archive.vocabulary.fields.choosing import Choice, Choices, Flag
from archive.vocabulary.fields.measuring import HELD, MEASURE, MONEY, SHARE, Amount
from archive.vocabulary.fields.naming import Place, Venue
from archive.vocabulary.fields.reading import UNKNOWN, FieldType, Json
from archive.vocabulary.fields.standards import WORLDWIDE, Licence, Period, Region
from archive.vocabulary.fields.wording import Address, Bilingual, Entities, Nested, Text

__all__ = [
    "HELD",
    "MEASURE",
    "MONEY",
    "SHARE",
    "UNKNOWN",
    "WORLDWIDE",
    "Address",
    "Amount",
    "Bilingual",
    "Choice",
    "Choices",
    "Entities",
    "FieldType",
    "Flag",
    "Json",
    "Licence",
    "Nested",
    "Period",
    "Place",
    "Region",
    "Text",
    "Venue",
]
