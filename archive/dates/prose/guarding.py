"""What looks like a date in running text, and is none: names, numbers, lengths, what recurs."""

import re
from typing import Final

from archive.dates.prose import as_names, as_numbers
from archive.dates.prose import surroundings as around
from archive.dates.prose.places import Fault, Place
from archive.dates.tables.rows import any_of

_ANY_WEEKDAY: Final = any_of(around.WEEKDAY, around.CHINESE_WEEKDAY)
_WEEKDAYS_THROUGH: Final = re.compile(
    rf"{_ANY_WEEKDAY} ?(?:-|to|through|至|到) ?(?:{_ANY_WEEKDAY}|[一二三四五六日天])",
    re.IGNORECASE,
)
_OF_ANY_MONTH: Final = re.compile(
    rf"(?:the )?\w+ {around.WEEKDAY} (?:of|in) the (?:month|week|year)", re.IGNORECASE
)
_IN_SO_LONG: Final = re.compile(
    r"in (?!the |that |this |last |next |\d{4}\b)(?-i:(?![A-Z]))(?:\w+[ -]){1,4}"
    r"(?:days?|weeks?|fortnights?|months?|quarters?|years?|decades?)'?(?: time)?",
    re.IGNORECASE,
)
_DISTANT: Final = re.compile(r"\b(?:ago|later|earlier|before|after|afterwards?)$")
_THE_NEXT: Final = re.compile("the next (?:year|month|week|day|decade)", re.IGNORECASE)
_RELATIVE: Final = re.compile(
    "[今去明前后昨上下本同当次翌年季初底末旬]|"
    r"\b(?:last|next|this|that|the|ago|later|earlier|early|late|mid|end)\b",
    re.IGNORECASE,
)
_LONG_AGO: Final = frozenset({"当年", "那年", "那一年", "那天", "那月"})


def is_date(place: Place) -> bool:
    """Return whether what was found is meant as a date where it stands."""
    return not any(fault(place) for fault in _FAULTS)


def is_bare_name(place: Place) -> bool:
    """Return whether it is but a name of a day, month or feast, with no word before it."""
    if place.found.introduced or place.found.followed:
        return False
    return not (any(sign.isdigit() for sign in place.words) or _RELATIVE.search(place.words))


def _recurring(place: Place) -> bool:
    if _WEEKDAYS_THROUGH.fullmatch(place.words) or _OF_ANY_MONTH.fullmatch(place.words):
        return True
    if _DISTANT.search(place.words):
        return around.EVERY_BEFORE.search(place.before + place.introduced) is not None
    return around.RECURRING_BEFORE.search(place.before + place.introduced) is not None


def _fiscal(place: Place) -> bool:
    before = around.FISCAL_BEFORE.search(place.before + place.introduced)
    return bool(before or around.FISCAL_AFTER.match(place.after))


def _length(place: Place) -> bool:
    """Refuse "in two years" where the clause does not look forward, and 大半年."""
    if _IN_SO_LONG.fullmatch(place.words):
        return not place.future or place.before.endswith("time ")
    if _THE_NEXT.match(place.words):
        return around.SPANNING_BEFORE.search(place.before + place.introduced) is not None
    return place.words.startswith("半年") and place.before.endswith(("大", "小", "多", "近"))


def _figurative(place: Place) -> bool:
    if place.words.lower() in {"today", "今天", "今日"}:
        before = around.NOWADAYS_BEFORE.search(place.before)
        return bool(before or around.NOWADAYS_AFTER.match(place.after))
    if place.words in _LONG_AGO:
        opens = not place.before and place.after.startswith((",", "，"))
        return not place.anchored and not opens
    return "half" in place.words.lower() and around.SHOW_AFTER.match(place.after) is not None


_FAULTS: Final[tuple[Fault, ...]] = (
    *as_names.FAULTS,
    *as_numbers.FAULTS,
    _recurring,
    _fiscal,
    _length,
    _figurative,
)
