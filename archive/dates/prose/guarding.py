"""What looks like a date in running text, and is none: versions, names, quantities, lengths."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from archive.dates.grammar.expressions import Understood
from archive.dates.prose import names
from archive.dates.prose import surroundings as around
from archive.dates.tables.rows import MONTH_NAMES, any_of


@dataclass(frozen=True, slots=True)
class Place:
    """A date found in a sentence, with the words before and after it."""

    found: Understood
    words: str  # the date itself, without the operators before it
    before: str  # all before the date and its operators
    introduced: str  # the operators before it
    after: str
    future: bool
    anchored: bool  # an earlier date stands in the sentence
    names: frozenset[str] = frozenset()  # months and weekdays that are names in this text


# Dates that are also names or numbers when they stand alone.
_ANY_MONTH: Final = rf"{any_of(*MONTH_NAMES)}\.?"
_MONTH: Final = re.compile(rf"{_ANY_MONTH}(?: (?:and|or) {_ANY_MONTH})?", re.IGNORECASE)
_HAN_MONTH: Final = re.compile("[一二三四五六七八九十]{1,2}月")
_TIMES: Final = tuple("首一二两三四五六七八九十多几这本每再屡数第依层档0123456789")
_SHORT_NAME: Final = re.compile(
    any_of("Mon", "Tues?", "Wed", "Thurs?", "Fri", "Sat", "Sun", "Mar", "Jan", "Jun", "Dec",
           "Sep", "Apr"),
    re.IGNORECASE,
)  # fmt: skip
_WEEKDAY: Final = re.compile(around.WEEKDAY, re.IGNORECASE)
_ANY_DAY: Final = re.compile(rf"{_SHORT_NAME.pattern}|{around.WEEKDAY}", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:the )?[12]\d{3}", re.IGNORECASE)
_SEASON: Final = re.compile(
    r"(?:spring|summer|autumn|fall|winter)(?:[?~]| & [A-Z]\w+)?", re.IGNORECASE
)
_CODE: Final = re.compile("[QH][1-4]|[1-4][QH]", re.IGNORECASE)
_WEEK_CODE: Final = re.compile(r"W\d{1,2}")
_RANK: Final = re.compile(r"the (?:\d{1,2}(?:st|nd|rd|th)|[a-z-]+(?:st|nd|rd|th))", re.IGNORECASE)
_FEAST: Final = re.compile(r"618|6[·.]18|五一|五四|七一|六一|十一")
_DOTTED: Final = re.compile(r"\d{4}\.\d{1,2}")
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
_BARE_DAYS: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日天]")
_SHORT_CODE: Final = re.compile(r"\d\d[HQ][1-4].*", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\d+ (?:days?|weeks?|months?|years?)\b")
_SLASHED: Final = re.compile(r"\d{1,2}/\d{1,2}/\d\d")
_VERBS: Final = frozenset({"may", "march", "mar", "jan", "sep", "dec"})
_NO_YEAR_AFTER: Final = frozenset({"at", "for", "on", "about", "是", "为", "约", "到", "至"})
_IN_NEWS: Final = range(1700, 2151)
_LONG_AGO: Final = frozenset({"当年", "那年", "那一年", "那天", "那月"})


def is_date(place: Place) -> bool:
    """Return whether what was found is meant as a date where it stands."""
    return not any(fault(place) for fault in _FAULTS)


def is_bare_name(place: Place) -> bool:
    """Return whether it is but a name of a day, month or feast, with no word before it."""
    if place.found.introduced or place.found.followed:
        return False
    return not (any(sign.isdigit() for sign in place.words) or _RELATIVE.search(place.words))


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


def _recurring(place: Place) -> bool:
    if _WEEKDAYS_THROUGH.fullmatch(place.words) or _OF_ANY_MONTH.fullmatch(place.words):
        return True
    if _DISTANT.search(place.words):
        return around.EVERY_BEFORE.search(place.before + place.introduced) is not None
    return around.RECURRING_BEFORE.search(place.before + place.introduced) is not None


def _fiscal(place: Place) -> bool:
    before = around.FISCAL_BEFORE.search(place.before + place.introduced)
    return bool(before or around.FISCAL_AFTER.match(place.after))


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


def _ordinal_time(place: Place) -> bool:
    """Refuse 首次 and 多次, which run into a 次日 or 次季度."""
    return place.words.startswith("次") and place.before.endswith(_TIMES)


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


def _season_as_verb(place: Place) -> bool:
    return _SEASON.fullmatch(place.words) is not None and not place.introduced.strip()


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


def _feast_as_number(place: Place) -> bool:
    if not _FEAST.fullmatch(place.words) or place.found.followed:
        return False
    return around.FEAST_AFTER.match(place.after) is None


def _version(place: Place) -> bool:
    if not _DOTTED.fullmatch(place.words) or place.introduced.strip():
        return False
    return re.search(r"[A-Za-z]\s*$", place.before) is not None


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


def _greeting(place: Place) -> bool:
    """Refuse "happy new year" and "in the new year"."""
    return place.words.lower() == "new year" and place.words != "New Year"


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


_FAULTS: Final[tuple[Callable[[Place], bool], ...]] = (
    _within_a_word,
    _goes_on,
    _recurring,
    _fiscal,
    _business,
    _name_of_month,
    _ordinal_time,
    _no_demonstrative,
    _han_month,
    _name_of_weekday,
    _address,
    _labelled,
    _chinese_name,
    _brand,
    _counted_days,
    _mere_number,
    _short_year,
    _season_as_verb,
    _code,
    _rank,
    _feast_as_number,
    _greeting,
    is_measure,
    _slashed_name,
    _version,
    _length,
    _figurative,
)
