"""What the words of a date mean in a tale: told of the past, on a day, after other dates."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from archive.dates import Precision, Reading, Shape, describe

NUMBERS: Final = {
    **dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)),
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "ten": 10,
}
# A day without its month goes on from the day before it in the paragraph.
_BARE_DAY: Final = re.compile(r"[^\d]{0,4}(\d{1,2})(?:[日号]|st|nd|rd|th)", re.IGNORECASE)
# What holds "as of" a day without a year holds by now.
_BARE_AS_OF: Final = re.compile(
    r"(?:截至|截止到?|as of )\s*(\d{1,2})月(\d{1,2})[日号]", re.IGNORECASE
)
_LATER: Final = re.compile(
    r"(?P<half>半个月)[之以]?后|"
    r"(?P<many>[一二两三四五六七八九十]|\d{1,2}|two|three|four|five|ten|a) ?"
    r"(?:(?P<week>个?(?:周|星期)|weeks?)|(?P<day>天|days?)) ?(?:[之以]?后|later)",
    re.IGNORECASE,
)
_SIZES: Final = {"half": 15, "week": 7, "day": 1}
_SAME_DAY: Final = re.compile(r"当[日天]|同[日天]|that (?:very |same )?day", re.IGNORECASE)
_CLOSING: Final = re.compile(r"收盘|盘后|\bclos(?:e|ed|ing)\b", re.IGNORECASE)
_AS_OF: Final = re.compile(r"\s*(?:截至|截止到?|\bas of\b|\bby\b)", re.IGNORECASE)


def mended(words: str, before: Sequence[Reading], *, published: date) -> Reading | None:
    """Return what *words* mean after the dates *before* them; None where they say it alone.

    Such are "that day", a day without its month, "two weeks later" than a month, and "as of" a
    day without its year.
    """
    last = before[-1] if before else None
    if last is not None and _SAME_DAY.search(words):
        return last
    later = _LATER.fullmatch(words.strip())
    if last is not None and later and last.precision is not Precision.DAY:
        return _later(last, later, published)
    day = _BARE_DAY.fullmatch(words)
    if last is not None and day and last.precision is Precision.DAY and last.earliest:
        return _valid(last.earliest.year, last.earliest.month, int(day[1]), since=last.earliest)
    as_of = _BARE_AS_OF.match(words)
    return _by_now(int(as_of[1]), int(as_of[2]), published) if as_of else None


def capped(reading: Reading, *, published: date) -> Reading:
    """Return what was told as past, or as going on, no later than the day it was told on."""
    start, end = reading.earliest, reading.latest
    if start is None or not start <= published < (end or date.max) or not _is_wide(reading):
        return reading
    return stretch(start, published) or reading


def stretch(start: date | None, end: date | None) -> Reading | None:
    """Return one day between two, both included; None where an end is open or they are crossed."""
    if start is None or end is None or start > end:
        return None
    return describe(start.isoformat() if start == end else f"[{start}..{end}]")


def shifted(day: date, *, days: int) -> date:
    """Return the day so many days later, or the last or first that there is."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def as_point(reading: Reading) -> Reading:
    """Return the date of what happens once: of a course that began then, its beginning."""
    start, stroke, _end = reading.edtf.partition("/")
    return describe(start) if stroke and start not in {"", ".."} else reading


def as_measured(reading: Reading, *, words: str, around: str) -> Reading:
    """Return the date of a price or a level "as of" a day's close: that very day."""
    is_as_of = reading.earliest is None and _AS_OF.match(words) and _CLOSING.search(around)
    return describe(reading.latest.isoformat()) if is_as_of and reading.latest else reading


def _later(last: Reading, later: re.Match[str], published: date) -> Reading | None:
    """Return what lies so many days after a date that is itself known to no day."""
    if last.earliest is None or last.latest is None:
        return None
    told = (later["many"] or "").lower()
    many = int(told) if told.isdecimal() else NUMBERS.get(told, 1)
    days = many * next(size for name, size in _SIZES.items() if later[name])
    start, end = shifted(last.earliest, days=days), shifted(last.latest, days=days)
    return stretch(start, min(end, max(published, start)))


def _by_now(month: int, day: int, published: date) -> Reading | None:
    year = published.year - ((month, day) > (published.month, published.day))
    found = _valid(year, month, day, since=date.min)
    return describe(f"[..{found.edtf}]") if found else None


def _valid(year: int, month: int, day: int, *, since: date) -> Reading | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return describe(found.isoformat()) if found >= since else None


def _is_wide(reading: Reading) -> bool:
    """Tell whether days after the telling would weigh: in a year they do, in a month hardly."""
    return reading.precision is Precision.YEAR or reading.shape in {Shape.ONE_OF, Shape.AFTER}
