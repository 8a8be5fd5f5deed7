"""Holidays: the one day of each, in any year."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Final

from lunar_python import (  # type: ignore[import-untyped] # the library carries no types
    Lunar,
)

from archive.dates.calendar.days import DAYS_OF_WEEK, MONTHS, last_of_month, moved, real_day

_LUNAR_YEARS: Final = range(1600, 2400)
_QINGMING_SHIFTS: Final = {19: 5.59, 20: 4.81}

DayOf = Callable[[int], date | None]


@lru_cache(maxsize=2048)
def lunar(year: int, month: int, day: int) -> date | None:
    """Return the day of that month and day of the Chinese calendar's year."""
    if year not in _LUNAR_YEARS:
        return None
    try:
        solar = Lunar.fromYmd(year, month, day).getSolar()
    except Exception:  # noqa: BLE001 - the library raises the bare class for a day that is none
        return None
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _fixed(year: int, *, month: int, day: int) -> date | None:
    return real_day(year, month, day)


def _lunar(year: int, *, month: int, day: int, later: int = 0) -> date | None:
    found = lunar(year, month, day)
    return None if found is None else moved(found, days=later)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the n-th such weekday of a month, or the last one for -1."""
    if nth < 0:
        last = last_of_month(year, month)
        return moved(last, days=-((last.weekday() - weekday) % DAYS_OF_WEEK))
    first = date(year, month, 1)
    number = 1 + (weekday - first.weekday()) % DAYS_OF_WEEK + DAYS_OF_WEEK * (nth - 1)
    return real_day(year, month, number)


def _weekday(year: int, *, month: int, weekday: int, nth: int, later: int = 0) -> date | None:
    found = nth_weekday(year, month, weekday, nth)
    return None if found is None else moved(found, days=later)


def _qingming(year: int) -> date | None:
    century, short = divmod(year, 100)
    if century not in _QINGMING_SHIFTS:
        return None
    return date(year, 4, int(short * 0.2422 + _QINGMING_SHIFTS[century]) - short // 4)


def _easter(year: int, *, later: int = 0) -> date | None:
    """Gauss's rule as Meeus gives it, for the Gregorian calendar."""
    golden, century, short = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (short // 4) - moon - short % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return moved(date(year, month, day + 1), days=later) if month <= MONTHS else None


# The day of each, by all its names; names are patterns where spelling varies.
CHINESE_FEASTS: Final[dict[str, DayOf]] = {
    "春节|农历新年|农历春节|大年初一|正月初一": partial(_lunar, month=1, day=1),
    "除夕夜?|(?:大年|年)三十|大年夜|(?<!跨)年夜": partial(_lunar, month=1, day=1, later=-1),
    "元宵节?": partial(_lunar, month=1, day=15),
    "清明节?": _qingming,
    "端午节?": partial(_lunar, month=5, day=5),
    "七夕节?": partial(_lunar, month=7, day=7),
    "中秋节?": partial(_lunar, month=8, day=15),
    "重阳节?": partial(_lunar, month=9, day=9),
    "腊八节?": partial(_lunar, month=12, day=8),
    "元旦节?|新年第一天": partial(_fixed, month=1, day=1),
    "情人节": partial(_fixed, month=2, day=14),
    "三八节|妇女节|三八妇女节": partial(_fixed, month=3, day=8),
    "愚人节": partial(_fixed, month=4, day=1),
    "五一|五一节|五一劳动节|五一国际劳动节|劳动节|国际劳动节": partial(_fixed, month=5, day=1),
    "五四|五四青年节|青年节": partial(_fixed, month=5, day=4),
    "六一|六一儿童节|儿童节": partial(_fixed, month=6, day=1),
    "618|6·18|六一八|6\\.18": partial(_fixed, month=6, day=18),
    "建党节|七一": partial(_fixed, month=7, day=1),
    "建军节|八一建军节": partial(_fixed, month=8, day=1),
    "教师节": partial(_fixed, month=9, day=10),
    "国庆节?|十一国庆节?": partial(_fixed, month=10, day=1),
    "万圣节": partial(_fixed, month=10, day=31),
    "双11|双十一|光棍节": partial(_fixed, month=11, day=11),
    "双12|双十二": partial(_fixed, month=12, day=12),
    "平安夜|圣诞前夜|圣诞夜": partial(_fixed, month=12, day=24),
    "圣诞节?": partial(_fixed, month=12, day=25),
    "感恩节": partial(_weekday, month=11, weekday=3, nth=4),
    "黑五|黑色星期五": partial(_weekday, month=11, weekday=3, nth=4, later=1),
    "网络星期一|网购星期一": partial(_weekday, month=11, weekday=3, nth=4, later=4),
    "母亲节": partial(_weekday, month=5, weekday=6, nth=2),
    "父亲节": partial(_weekday, month=6, weekday=6, nth=3),
    "复活节": _easter,
}
ENGLISH_FEASTS: Final[dict[str, DayOf]] = {
    "New Year'?s Day|New Years|New Year": partial(_fixed, month=1, day=1),
    "New Year'?s Eve": partial(_fixed, month=12, day=31),
    "(?:Chinese|Lunar) New Year(?:'s Day)?|Spring Festival": partial(_lunar, month=1, day=1),
    "(?:Chinese|Lunar) New Year'?s Eve": partial(_lunar, month=1, day=1, later=-1),
    "(?:the )?Lantern Festival": partial(_lunar, month=1, day=15),
    "(?:the )?Qingming(?: Festival)?|Tomb[- ]Sweeping Day": _qingming,
    "(?:the )?Dragon Boat(?: Festival)?": partial(_lunar, month=5, day=5),
    "(?:the )?Mid-?Autumn(?: Festival)?": partial(_lunar, month=8, day=15),
    "Martin Luther King(?:,? Jr\\.?)? Day|MLK Day": partial(_weekday, month=1, weekday=0, nth=3),
    "Valentine'?s Day": partial(_fixed, month=2, day=14),
    "Presidents'? Day|President's Day": partial(_weekday, month=2, weekday=0, nth=3),
    "(?:St\\.?|Saint) Patrick'?s Day": partial(_fixed, month=3, day=17),
    "April Fools?'?s?'? Day": partial(_fixed, month=4, day=1),
    "Good Friday": partial(_easter, later=-2),
    "Easter Monday": partial(_easter, later=1),
    "Easter(?: Sunday)?": _easter,
    "May Day|International (?:Labou?r|Workers'?) Day": partial(_fixed, month=5, day=1),
    "Mother'?s Day": partial(_weekday, month=5, weekday=6, nth=2),
    "Memorial Day": partial(_weekday, month=5, weekday=0, nth=-1),
    "Father'?s Day": partial(_weekday, month=6, weekday=6, nth=3),
    "Juneteenth": partial(_fixed, month=6, day=19),
    "Independence Day|(?:the )?Fourth of July": partial(_fixed, month=7, day=4),
    "Labou?r Day": partial(_weekday, month=9, weekday=0, nth=1),
    "(?:China's |Chinese )?National Day": partial(_fixed, month=10, day=1),
    "Columbus Day": partial(_weekday, month=10, weekday=0, nth=2),
    "Hallowe'?en": partial(_fixed, month=10, day=31),
    "Veterans'? Day": partial(_fixed, month=11, day=11),
    "Singles'? Day|Double 11|Double Eleven": partial(_fixed, month=11, day=11),
    "Double 12|Double Twelve": partial(_fixed, month=12, day=12),
    "(?:US |U\\.S\\. |American )?Thanksgiving(?: Day)?": partial(
        _weekday, month=11, weekday=3, nth=4
    ),
    "Black Friday": partial(_weekday, month=11, weekday=3, nth=4, later=1),
    "Cyber Monday": partial(_weekday, month=11, weekday=3, nth=4, later=4),
    "Christmas Eve": partial(_fixed, month=12, day=24),
    "Christmas(?: Day)?": partial(_fixed, month=12, day=25),
    "Boxing Day": partial(_fixed, month=12, day=26),
}

# Holidays that fill several days: how many before the day itself, how many after it.
LONG_HOLIDAYS: Final[dict[str, tuple[int, int, DayOf]]] = {
    "春节": (1, 5, partial(_lunar, month=1, day=1)),
    "国庆节?|十一": (0, 6, partial(_fixed, month=10, day=1)),
    "五一|劳动节": (0, 4, partial(_fixed, month=5, day=1)),
    "(?:Lunar|Chinese) New Year|Spring Festival": (1, 5, partial(_lunar, month=1, day=1)),
    "(?:China's |Chinese )?National Day": (0, 6, partial(_fixed, month=10, day=1)),
}
