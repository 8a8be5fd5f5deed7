"""Figures that are no date where they stand: quantities, versions, codes, ranks, addresses."""

import re
from typing import Final

from archive.dates.prose import names
from archive.dates.prose import surroundings as around
from archive.dates.prose.places import Fault, Place

_TIMES: Final = tuple("首一二两三四五六七八九十多几这本每再屡数第依层档0123456789")
_YEAR: Final = re.compile(r"(?:the )?[12]\d{3}", re.IGNORECASE)
_CODE: Final = re.compile("[QH][1-4]|[1-4][QH]", re.IGNORECASE)
_WEEK_CODE: Final = re.compile(r"W\d{1,2}")
_RANK: Final = re.compile(r"the (?:\d{1,2}(?:st|nd|rd|th)|[a-z-]+(?:st|nd|rd|th))", re.IGNORECASE)
_DOTTED: Final = re.compile(r"\d{4}\.\d{1,2}")
_BARE_DAYS: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日天]")
_NUMBERED: Final = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})号")
_SHORT_CODE: Final = re.compile(r"\d\d[HQ][1-4].*", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\d+ (?:days?|weeks?|months?|years?)\b")
_SLASHED: Final = re.compile(r"\d{1,2}/\d{1,2}/\d\d")
_NO_YEAR_AFTER: Final = frozenset({"at", "for", "on", "about", "是", "为", "约", "到", "至"})
_IN_NEWS: Final = range(1700, 2151)


def _within_a_word(place: Place) -> bool:
    first, last = place.words[:1], place.words[-1:]
    left, following = place.introduced or place.before, place.after[:1]
    if _latin(last) and around.HYPHEN_AFTER.match(place.after):
        return True
    if first.isascii() and first.isalnum() and around.JOINED_BEFORE.search(left):
        return True
    if first in around.NUMERALS and left and left[-1] in around.NUMERALS:
        return True
    if first in around.NUMERALS and around.COUNTED_BEFORE.search(left):
        return True
    return _latin(last) and _latin(following)


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _goes_on(place: Place) -> bool:
    if place.words[-1:].isdigit():
        found = around.UNIT_AFTER.match(place.after) or around.NUMBER_GOES_ON.match(place.after)
        return found is not None
    ends_in_unit = place.words.endswith(("年", "月"))
    return ends_in_unit and around.MONTH_GOES_ON.match(place.after) is not None


def _ordinal_time(place: Place) -> bool:
    """Refuse 首次 and 多次, which run into a 次日 or 次季度."""
    return place.words.startswith("次") and place.before.endswith(_TIMES)


def _mere_number(place: Place) -> bool:
    """Refuse a year without a word that says so, and one that counts something."""
    if not _YEAR.fullmatch(place.words):
        return False
    if int(place.words[-4:]) not in _IN_NEWS or around.PLURAL_AFTER.match(place.after):
        return True
    if place.introduced.strip():
        return place.introduced.strip().lower() in _NO_YEAR_AFTER or _named_after(place)
    if around.OWNER_BEFORE.search(place.before) or place.words.lower().startswith("the"):
        return around.SINGULAR_AFTER.match(place.after) is None
    return not (_opens_a_clause(place) or _in_brackets(place))


def _short_year(place: Place) -> bool:
    """Refuse '97 without a word that says what it is."""
    return place.words.startswith("'") and not place.introduced.strip()


def _opens_a_clause(place: Place) -> bool:
    """Return whether it is the subject of a clause: "2020 was …", "if 2020 had …"."""
    opens = around.CLAUSE_OPENS_BEFORE.search(place.before)
    return bool(opens and around.YEAR_DOES_AFTER.match(place.after))


def _in_brackets(place: Place) -> bool:
    return place.before.endswith(("(", "（")) and place.after.startswith((")", "）"))


def _named_after(place: Place) -> bool:
    """Return whether the year begins a Chinese name: 2023世界人工智能大会."""
    return around.HAN_AFTER.match(place.after) is not None


def _code(place: Place) -> bool:
    """Refuse Q3 and H2 where they are cars, chips and databases."""
    if _WEEK_CODE.fullmatch(place.words):
        return not place.introduced.strip()
    if _SHORT_CODE.fullmatch(place.words):
        return bool(place.before.strip()) and not place.introduced.strip()
    if not _CODE.fullmatch(place.words):
        return False
    if place.introduced.strip() or around.POINTED_BEFORE.search(place.before):
        return around.THING_AFTER.match(place.after) is not None
    return around.FIGURES_AFTER.match(place.after) is None


def _rank(place: Place) -> bool:
    if not _RANK.fullmatch(place.words):
        return False
    return not place.introduced.strip() or around.NOUN_AFTER.match(place.after) is not None


def _version(place: Place) -> bool:
    if not _DOTTED.fullmatch(place.words) or place.introduced.strip():
        return False
    return re.search(r"[A-Za-z]\s*$", place.before) is not None


def _counted_days(place: Place) -> bool:
    """Refuse 不足7日 and 7日以上."""
    if not _BARE_DAYS.fullmatch(place.words):
        return False
    before = place.before + place.introduced
    return bool(names.COUNT_BEFORE.search(before) or names.COUNT_AFTER.match(place.after))


def _labelled(place: Place) -> bool:
    """Refuse Room 1995 and 1号、3号产线."""
    if place.words[:1].isdigit() and names.LABEL_BEFORE.search(place.before + place.introduced):
        return True
    return place.words.endswith("号") and names.LABELLED_AFTER.match(place.after) is not None


def _numbered_name(place: Place) -> bool:
    """Refuse 天宫一号, 天工3号 and “三维一号”, but not 公司3号宣布."""
    if not _NUMBERED.fullmatch(place.words) or place.introduced.strip():
        return False
    if not names.NUMBERED_NAME_BEFORE.search(place.before):
        return False
    is_in_figures = place.words[0].isdigit()
    return not (is_in_figures and names.DAY_GOES_ON.match(place.after))


def is_measure(place: Place) -> bool:
    """Return whether it begins with a length: "older than 60 days before the end of March"."""
    if not _LENGTH.match(place.words):
        return False
    return around.THAN_BEFORE.search(place.before + place.introduced) is not None


def _slashed_name(place: Place) -> bool:
    """Refuse "the 10/10/80 preset"."""
    if not _SLASHED.fullmatch(place.words):
        return False
    return around.OWNER_BEFORE.search(place.before + place.introduced) is not None


FAULTS: Final[tuple[Fault, ...]] = (
    _within_a_word,
    _goes_on,
    _ordinal_time,
    _mere_number,
    _short_year,
    _code,
    _rank,
    _version,
    _counted_days,
    _labelled,
    _numbered_name,
    is_measure,
    _slashed_name,
)
