"""Rows of a state in another order than that of names: by what they tell, since when, how surely.

An order by anything but names takes the whole answer, so that it is offered where that is small;
names are in order already, and of them a page can be read from either end.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection

from archive.dates import bounds, day_number
from archive.errors import FieldError, UnreadableDateError
from archive.queries.held.choosing import place_in_order
from archive.queries.held.phrasing import StateRow
from archive.queries.held.states import is_small
from archive.queries.known.ground import ground
from archive.vocabulary import ENTITY_TYPES, middle

BY_NAME, BY_VALUE, BY_SINCE = "entity", "value", "since"
BY_ATTRIBUTE, BY_STANDING = "what", "standing"
_NO_WORDS: Final = ""
# One name has one place, whichever types have an attribute so called.
_ATTRIBUTES: Final = {
    name: place
    for place, name in enumerate(
        dict.fromkeys(name for one in ENTITY_TYPES.values() for name in one.attributes)
    )
}


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column a state is sorted, rising or falling; by names, rising, is the usual."""

    column: str = BY_NAME
    is_falling: bool = False

    @property
    def is_by_name(self) -> bool:
        """Tell whether entities stand in the order of their English names, or against it."""
        return self.column == BY_NAME

    @property
    def words(self) -> str:
        """Return the sort as an address writes it; nothing for the usual."""
        if self == Sort():
            return _NO_WORDS
        return f"{'-' if self.is_falling else ''}{self.column}"


def is_sortable(connection: Connection, *, known: int, entity: str = "") -> bool:
    """Tell whether a state may be sorted by each column: of one entity, or a small archive."""
    return bool(entity) or is_small(ground(connection, known=known))


def sorted_rows(rows: Iterable[StateRow], sort: Sort) -> tuple[StateRow, ...]:
    """Return *rows*, which stand in the usual order, as *sort* has them.

    Ties keep the usual order. Amounts come before words, those of one unit together; what begins
    nobody knows when comes last.
    """
    group, inner = _KEYS[sort.column]
    told = sorted(rows, key=inner, reverse=sort.is_falling)
    return tuple(sorted(told, key=group))


_Key = Callable[[StateRow], Any]


def _by_name(row: StateRow) -> str:
    return place_in_order(row.entity)


def _by_attribute(row: StateRow) -> int:
    return _ATTRIBUTES[row.attribute]


def _by_value(row: StateRow) -> tuple[float, str]:
    number, _unit = _number(row.entity.type, row.attribute, row.values[0].key)
    return (0.0 if number is None else number, row.values[0].words.en.casefold())


def _unit(row: StateRow) -> tuple[bool, str]:
    number, unit = _number(row.entity.type, row.attribute, row.values[0].key)
    return number is None, unit


# The same amounts are sorted for every reader.
@lru_cache(maxsize=16384)
def _number(entity_type: str, attribute: str, key: str) -> tuple[float | None, str]:
    """Return the middle of an amount and its unit; no number for what is none."""
    field_type = ENTITY_TYPES[entity_type].attributes[attribute].value
    if field_type.widget != "amount":
        return None, ""
    try:
        said = field_type.read(key, field="value")
    except FieldError:
        return None, ""
    if not isinstance(said, Mapping):
        return None, ""
    return middle(said), str(said.get("currency") or said.get("unit") or "")


def _by_since(row: StateRow) -> tuple[int, int]:
    return _days(row.values[0].since) or (0, 0)


def _is_undated(row: StateRow) -> bool:
    return _days(row.values[0].since) is None


@lru_cache(maxsize=16384)
def _days(edtf: str) -> tuple[int, int] | None:
    try:
        found = bounds(edtf)
    except UnreadableDateError:
        return None
    ends = [day_number(one) for one in (found.earliest, found.latest) if one]
    return (ends[0], ends[-1]) if ends else None


def _by_standing(row: StateRow) -> tuple[bool, bool]:
    return row.standing != "certain", row.is_disputed


def _together(_row: StateRow) -> int:
    return 0


_KEYS: Final[Mapping[str, tuple[_Key, _Key]]] = {
    BY_NAME: (_together, _by_name),
    BY_ATTRIBUTE: (_together, _by_attribute),
    BY_VALUE: (_unit, _by_value),
    BY_SINCE: (_is_undated, _by_since),
    BY_STANDING: (_together, _by_standing),
}
SORTED_BY: Final = frozenset(_KEYS)
