"""Months, weekdays, seasons and feasts that are names where they stand."""

import re
from typing import Final

from archive.dates.prose import names
from archive.dates.prose import surroundings as around
from archive.dates.prose.places import Fault, Place
from archive.dates.tables.rows import MONTH_NAMES, any_of

# Dates that are also names or numbers when they stand alone.
_ANY_MONTH: Final = rf"{any_of(*MONTH_NAMES)}\.?"
_MONTH: Final = re.compile(rf"{_ANY_MONTH}(?: (?:and|or) {_ANY_MONTH})?", re.IGNORECASE)
_HAN_MONTH: Final = re.compile("[一二三四五六七八九十]{1,2}月")
_SHORT_NAME: Final = re.compile(
    any_of("Mon", "Tues?", "Wed", "Thurs?", "Fri", "Sat", "Sun", "Mar", "Jan", "Jun", "Dec",
           "Sep", "Apr"),
    re.IGNORECASE,
)  # fmt: skip
_WEEKDAY: Final = re.compile(around.WEEKDAY, re.IGNORECASE)
_ANY_DAY: Final = re.compile(rf"{_SHORT_NAME.pattern}|{around.WEEKDAY}", re.IGNORECASE)
_SEASON: Final = re.compile(
    r"(?:spring|summer|autumn|fall|winter)(?:[?~]| & [A-Z]\w+)?", re.IGNORECASE
)
_FEAST: Final = re.compile(r"618|6[·.]18|五一|五四|七一|六一|十一")
_VERBS: Final = frozenset({"may", "march", "mar", "jan", "sep", "dec"})


def _name_of_month(place: Place) -> bool:
    if not _MONTH.fullmatch(place.words):
        return False
    introduced = place.introduced.strip()
    if place.words[0].islower():
        return not introduced or place.words in _VERBS
    if introduced:
        return introduced == "by" and names.PERSON_AFTER.match(place.after) is not None
    if place.words in place.names or _stands_in_a_name(place):
        return True
    several = " " in place.words
    if _SHORT_NAME.fullmatch(place.words):
        return True
    return not several and around.ARTICLE_BEFORE.search(place.before) is None


def _stands_in_a_name(place: Place) -> bool:
    named = around.NAME_BEFORE.search(place.before) or around.NAME_AFTER.match(place.after)
    return named is not None


def _business(place: Place) -> bool:
    """Refuse October Ventures and Sun Microsystems."""
    if not (_MONTH.fullmatch(place.words) or _ANY_DAY.fullmatch(place.words)):
        return False
    return names.BUSINESS_AFTER.match(place.after) is not None


def _no_demonstrative(place: Place) -> bool:
    """Refuse "said that May …", where "that" opens a clause."""
    if not place.words.lower().startswith("that "):
        return False
    if place.words[len("that ") :] in _VERBS:
        return True
    return bool(around.SAYING_BEFORE.search(place.before) or around.NAME_AFTER.match(place.after))


def _han_month(place: Place) -> bool:
    """Refuse 五月天 and its like: a month in Chinese figures alone, with a name behind it."""
    if not _HAN_MONTH.fullmatch(place.words) or place.introduced.strip():
        return False
    return around.AFTER_HAN_MONTH.match(place.after) is None


def _name_of_weekday(place: Place) -> bool:
    if _SHORT_NAME.fullmatch(place.words):
        return not place.introduced.strip() or place.words[0].islower()
    if not _WEEKDAY.fullmatch(place.words):
        return False
    if place.words[0].islower() or around.OWN_NAME_BEFORE.search(place.before):
        return True
    told = place.before + place.introduced
    if told.endswith(("the ", "The ")) and names.TITLED_AFTER.match(place.after):
        return True
    if not place.introduced.strip() and _is_called_so(place):
        return True
    return around.WEEKDAY_NAME_AFTER.match(place.after) is not None


def _is_called_so(place: Place) -> bool:
    """Return whether a bare weekday is somebody's name, or a title's."""
    if place.words in place.names or names.GIVEN_NAME_BEFORE.search(place.before):
        return True
    opened = names.TITLE_BEFORE.search(place.before)
    return bool(opened and names.TITLE_AFTER.match(place.after))


def _address(place: Place) -> bool:
    """Refuse 12 August Street."""
    return names.PLACE_AFTER.match(place.after) is not None


def _season_as_verb(place: Place) -> bool:
    return _SEASON.fullmatch(place.words) is not None and not place.introduced.strip()


def _feast_as_number(place: Place) -> bool:
    if not _FEAST.fullmatch(place.words) or place.found.followed:
        return False
    return around.FEAST_AFTER.match(place.after) is None


def _chinese_name(place: Place) -> bool:
    """Refuse 周日成, 于三月 and 霍重阳 where they are people, and what stands in a title."""
    before = place.before + place.introduced
    if before.endswith("@") or before.rfind("《") > before.rfind("》"):
        return True
    if names.ROLE_LIST_BEFORE.search(place.before):
        return True
    if any(sign.isdigit() for sign in place.words) or place.introduced.strip():
        return False
    if names.SURNAME_BEFORE.search(place.before):
        return True
    role = names.ROLE_BEFORE.search(place.before)
    return bool(role and names.GIVEN_AFTER.match(place.after))


def _brand(place: Place) -> bool:
    """Refuse 明日方舟 and 21世纪经济报道."""
    return names.BRAND.match(place.words + place.after) is not None


def _greeting(place: Place) -> bool:
    """Refuse "happy new year" and "in the new year"."""
    return place.words.lower() == "new year" and place.words != "New Year"


FAULTS: Final[tuple[Fault, ...]] = (
    _name_of_month,
    _business,
    _no_demonstrative,
    _han_month,
    _name_of_weekday,
    _address,
    _season_as_verb,
    _feast_as_number,
    _chinese_name,
    _brand,
    _greeting,
)
