"""dateparser alone, told the language and the day, its ``.period`` taken for the precision."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from dateparser.date import DateDataParser
from dateparser.search import search_dates

from archive.dates import Bounds, bounds

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def parsed(text: str, *, ref: date, lang: str) -> Bounds | None:
    """Return the days that *text* stands for, None where it is taken for no date."""
    found = _parser(lang, ref).get_date_data(text)
    return None if found.date_obj is None else _widened(found.date_obj.date(), found.period)


def searched(sentence: str, *, ref: date, lang: str) -> list[tuple[str, date]]:
    """Return each piece of *sentence* that is taken for a date, with the day it is taken for."""
    found = search_dates(sentence, languages=[lang], settings=_settings(ref)) or []
    return [(words, moment.date()) for words, moment in found]


def widened(words: str, day: date, *, ref: date, lang: str) -> Bounds:
    """Return the days that a search meant by *day*; it keeps no period, so it is asked again."""
    return parsed(words, ref=ref, lang=lang) or Bounds(day, day)


def plainest(days: Bounds) -> str:
    """Return the plainest EDTF of *days*: dateparser writes none of its own."""
    first, last = str(days.earliest), str(days.latest)
    whole = [unit for unit in (first, first[:7], first[:4]) if bounds(unit) == days]
    return whole[0] if whole else f"[{first}..{last}]"


def _settings(ref: date) -> dict[str, Any]:
    base = datetime(ref.year, ref.month, ref.day)  # noqa: DTZ001 - a civil day
    return {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}


@lru_cache(maxsize=64)
def _parser(lang: str, ref: date) -> DateDataParser:
    return DateDataParser(languages=[lang], settings=_settings(ref))


def _widened(day: date, period: str) -> Bounds:
    """Return the whole week, month, quarter or year that *day* stands for."""
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return Bounds(monday, monday + timedelta(days=6))
    months = _MONTHS.get(period)
    if months is None:
        return Bounds(day, day)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first.year * 12 + first.month - 1 + months
    return Bounds(first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1))
