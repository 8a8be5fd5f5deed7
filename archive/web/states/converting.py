"""Amounts in a currency that the reader chooses, beside those that were reported."""

from collections.abc import Mapping
from typing import Final

from archive.dates import EARLIEST_DAY, LATEST_DAY, bounds, day_number
from archive.errors import UnknownNameError
from archive.languages import Words
from archive.queries import TARGETS, Converted, StateRow, StateValue, converted
from archive.vocabulary import ENTITY_TYPES, AttributeClass
from archive.web.frame.translating import current_locale

NONE: Final = "none"
CURRENCIES: Final = TARGETS | {NONE: Words("不换算", "not converted")}
_WHAT: Final = Words("换算的币种", "currency to convert into")
_OF_LANGUAGE: Final = {"zh": "CNY"}
_OF_OTHERS: Final = "USD"


def target_in(args: Mapping[str, str]) -> str:
    """Return the currency that the address asks for, or the usual one of the reader's language.

    Raises UnknownNameError for one that is not offered.
    """
    said = args.get("currency", "")
    if said and said not in CURRENCIES:
        raise UnknownNameError(what=_WHAT, name=said, known=CURRENCIES, field="currency")
    return said or _OF_LANGUAGE.get(current_locale(), _OF_OTHERS)


def converted_row(row: StateRow, *, target: str) -> tuple[Converted | None, ...]:
    """Return each value of a measured amount of money in *target*; nothing for other rows."""
    if row.attribute_class != AttributeClass.MEASURED or target not in TARGETS:
        return ()
    kept = ENTITY_TYPES[row.entity.type].attributes[row.attribute].value
    if getattr(kept, "unit", "") != "money":
        return ()
    return tuple(_converted(value, target) for value in row.values)


def _converted(value: StateValue, target: str) -> Converted | None:
    found = bounds(value.since)
    first = day_number(found.earliest) if found.earliest else EARLIEST_DAY
    last = day_number(found.latest) if found.latest else LATEST_DAY
    return converted(value.key, target=target, days=(first, last))
