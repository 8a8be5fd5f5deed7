"""The value of a field, read at a glance where it is written as the archive writes it.

A reader returns what the type of its field reads, or raises: then the value is read thoroughly.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

from archive.languages import LOCALES
from archive.vocabulary import units
from archive.vocabulary.definition import Field
from archive.vocabulary.fields import (
    UNKNOWN,
    Address,
    Amount,
    Bilingual,
    Choice,
    FieldType,
    Flag,
    Licence,
    Period,
    Place,
    Region,
    Text,
    Venue,
)

Reader: TypeAlias = Callable[[Any], Any]

_LANGUAGES: Final = frozenset(LOCALES)
# As amounts are written: no nought that says nothing, far from the most digits that are taken.
_NUMBER: Final = re.compile(r"(?!-0\Z)-?(?:0|[1-9][0-9]{0,27})(?:\.[0-9]{0,9}[1-9])?")
_PART: Final = re.compile(r"(?:0|[1-9][0-9]?)(?:\.[0-9]{0,9}[1-9])?|100")
_UNIT: Final[Mapping[str, frozenset[str]]] = {
    "money": frozenset({"exact", "currency"}),
    "share": frozenset({"exact"}),
}
_MEASURED: Final = (frozenset({"exact", "unit"}), frozenset({"exact", "currency"}))
# Of few values, each of which takes long to read.
_REPEATING: Final = (Period, Licence, Region, Address)


class UnclearError(ValueError):
    """A glance does not tell."""


def sure(is_so: object) -> None:
    """Raise UnclearError unless *is_so*."""
    if not is_so:
        raise UnclearError


def is_text(value: Any, longest: int) -> bool:
    """Tell whether *value* is surely a text that is kept as it stands."""
    return (
        type(value) is str
        and 0 < len(value) <= longest
        and value.isprintable()
        and value.strip() == value
        and (value.isascii() or unicodedata.is_normalized("NFC", value))
    )


def is_pair(value: Any, longest: int) -> bool:
    """Tell whether *value* is surely a text in each language, kept as it stands."""
    return value.keys() == _LANGUAGES and all(is_text(one, longest) for one in value.values())


def reader_of(field: Field) -> Reader:
    """Return what reads the values of *field*."""
    of_type = field.type
    make = _READERS.get(type(of_type))
    if make is not None:
        read = make(of_type)
    elif isinstance(of_type, _REPEATING):
        read = _remembering(of_type)
    else:
        read = _thorough(of_type, field.name)
    is_open = not field.required and not isinstance(of_type, Choice)
    return _or_unknown(read) if is_open else read


def _or_unknown(read: Reader) -> Reader:
    return lambda value: value if value == UNKNOWN else read(value)


def _thorough(of_type: FieldType, name: str) -> Reader:
    return lambda value: of_type.read(value, field=name)


def _remembering(of_type: FieldType) -> Reader:
    @lru_cache(maxsize=1 << 13)
    def read(value: str) -> object:
        sure(type(value) is str)
        return of_type.read(value, field="")

    return read


def _text(of_type: Text) -> Reader:
    longest = of_type.longest

    def read(value: Any) -> object:
        sure(is_text(value, longest))
        return value

    return read


def _bilingual(of_type: Bilingual) -> Reader:
    longest = of_type.longest

    def read(value: Any) -> object:
        sure(is_pair(value, longest))
        return value

    return read


def _choice(of_type: Choice) -> Reader:
    options = frozenset(of_type.options)

    def read(value: Any) -> object:
        sure(value in options)
        return value

    return read


def _flag(_of_type: Flag) -> Reader:
    def read(value: Any) -> object:
        sure(value is True or value is False)
        return value

    return read


def _amount(of_type: Amount) -> Reader:
    expected = _UNIT.get(of_type.unit)
    number = _PART if of_type.is_part else _NUMBER

    def read(value: Any) -> object:
        is_plain = value.keys() == expected or (expected is None and value.keys() in _MEASURED)
        if is_plain and number.fullmatch(value["exact"]) and _is_counted(value):
            return value
        return of_type.read(value, field="")

    return read


def _is_counted(amount: Any) -> bool:
    if "currency" in amount:
        return amount["currency"] in units.currencies()
    return "unit" not in amount or amount["unit"] in units.UNITS


_READERS: Final[Mapping[type, Callable[[Any], Reader]]] = {
    Text: _text,
    Venue: _text,
    Place: _text,
    Bilingual: _bilingual,
    Choice: _choice,
    Flag: _flag,
    Amount: _amount,
}
