"""Dates with month names in the other languages that dateparser knows."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from dateparser.data.languages_info import language_order
from dateparser.date import DateDataParser
from dateparser.languages.loader import default_loader

from archive.dates.bounding import describe
from archive.dates.calendar import periods
from archive.dates.calendar.periods import Period
from archive.dates.meaning import reckoning
from archive.dates.meaning.members import Context, resolved
from archive.dates.readings import Reading
from archive.dates.wording import ENGLISH_MONTHS

_LANGUAGES: Final = tuple(
    name for name in language_order[:50] if not name.startswith(("zh", "en", "yue"))
)
_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_NUMBER: Final = re.compile(r"\d+")
# Shorter are numerals (v for May) and words of many meanings.
_SHORTEST_NAME: Final = 3
_MOST_WORDS: Final = 8
_ACCEPTED: Final = {
    ("year", "month"), ("year", "month", "day"), ("month",), ("month", "day"),
}  # fmt: skip


def _month_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for locale in default_loader.get_locales(languages=list(_LANGUAGES)):
        for month in ENGLISH_MONTHS:
            for name in locale.info.get(month.lower(), ()):
                if len(name.rstrip(".")) < _SHORTEST_NAME and name.isascii():
                    continue
                names.setdefault(name.lower().rstrip("."), []).append(locale.shortname)
    return {name: tuple(dict.fromkeys(languages)) for name, languages in names.items()}


_MONTH_NAMES: Final = _month_names()
_ENGLISH: Final = {name.lower() for name in ENGLISH_MONTHS}


@lru_cache(maxsize=64)
def _parser(languages: tuple[str, ...], ref: date) -> DateDataParser:
    return DateDataParser(
        languages=list(languages),
        settings={
            "RELATIVE_BASE": datetime(ref.year, ref.month, ref.day),  # noqa: DTZ001 - civil day
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_MONTH_OF_YEAR": "first",
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "DMY",
        },
    )


def read(words: str, context: Context, *, lang: str | None) -> Reading | None:
    """Return the date of *words* that hold one foreign month name; ``None`` for all others."""
    said = [word.lower().rstrip(".") for word in _WORD.findall(words)]
    named = [word for word in said if word in _MONTH_NAMES and word not in _ENGLISH]
    if len(named) != 1 or len(said) > _MOST_WORDS or not _NUMBER.search(words):
        return None
    languages = _MONTH_NAMES[named[0]]
    if lang in languages:
        languages = (lang,)
    parsed = _parser(languages, context.ref).get_date_data(words)
    if parsed.date_obj is None or tuple(parsed.parts) not in _ACCEPTED:
        return None
    found = parsed.date_obj.date()
    if not _every_number_used(words, found, tuple(parsed.parts)):
        return None
    period = _period(found, tuple(parsed.parts), context)
    return None if period is None else describe(period.edtf)


def _every_number_used(words: str, found: date, parts: tuple[str, ...]) -> bool:
    """Two-digit years and swapped fields are dateparser's faults: what it dropped tells."""
    values = {"year": found.year, "month": 0, "day": found.day}
    wanted = sorted(values[part] for part in parts if part != "month")
    return sorted(int(figures) for figures in _NUMBER.findall(words)) == wanted


def _period(found: date, parts: tuple[str, ...], context: Context) -> Period | None:
    if parts == ("year", "month", "day"):
        return periods.day(found)
    if parts == ("year", "month"):
        return periods.month(found.year, found.month)
    if parts == ("month",):
        return resolved(reckoning.month_of_year(found.month), context)
    return resolved(reckoning.day_of_year(found.month, found.day), context)
