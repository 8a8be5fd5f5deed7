"""The bounds of a day that is not exactly known, in words."""

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_of
from archive.languages import Words


def _day(number: int, locale: str) -> str:
    day = day_of(number)
    if locale == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B} {day.year}"


def span(lo: int, hi: int) -> Words:
    """Return in words when something was that lies between two days, numbered."""
    if lo <= EARLIEST_DAY and hi >= LATEST_DAY:
        return Words("于未知日期", "on a day that is not known")
    if lo <= EARLIEST_DAY:
        return Words(f"不晚于{_day(hi, 'zh')}", f"no later than {_day(hi, 'en')}")
    if hi >= LATEST_DAY:
        return Words(f"不早于{_day(lo, 'zh')}", f"no earlier than {_day(lo, 'en')}")
    if lo == hi:
        return Words(f"于{_day(lo, 'zh')}", f"on {_day(lo, 'en')}")
    return Words(
        f"于{_day(lo, 'zh')}至{_day(hi, 'zh')}之间",
        f"between {_day(lo, 'en')} and {_day(hi, 'en')}",
    )
