"""Chinese forms of dates: years, decades, months, days, quarters and halves."""

import re
from collections.abc import Callable
from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.periods import Period
from archive.dates.meaning import reckoning
from archive.dates.meaning.members import Context, Member, Run
from archive.dates.tables.numerals import full_year, number
from archive.dates.tables.rows import Builder, Gaps, Row, always, any_of, chinese, numbered

_BETWEEN: Final = any_of("-", "~", "至", "到", "、", "和", "与", "及", "或", "或者", ",")
# What follows a two-figure 年 that is a year, and not a length of time.
_OF_A_YEAR: Final = any_of(
    r"(?:\d\d?|[一二三四五六七八九十]{1,2}) ?(?:月|季)",
    "[初底末春夏秋冬]",
    "年[初底末中]",
    "[上下]半",
    "[QH][1-4]?",
    "第[一二三四1-4]季",
)
# What makes other words of 日 and 号: within so many days, line 8, gate 8.
_NO_DAY: Final = (
    "(?:日(?:内|以内|之内|均|元|游|线)|"
    "号(?:内|以内|之内|[龄线楼店馆院机位员厂井文令台房仓桥厅门舱座库桌展泊摊]|公[路馆园寓]|"
    "产线|生产线|车间|会议室|出口))"
)


def _numbers(words: str) -> list[int]:
    found = re.findall(r"\d+|[〇零一二三四五六七八九十廿]+", words)
    return [number(word) or 0 for word in found]


def _run(make: Callable[[int], Period | Member | None]) -> Builder:
    """Return the meaning of several numbers that share one unit."""

    def meaning(gaps: Gaps, _context: Context) -> Run | None:
        words = gaps.text("list")
        return reckoning.run(reckoning.joint_in(words), [make(value) for value in _numbers(words)])

    return meaning


def _listed(gap: str, *, before: str = "") -> str:
    """Return the template of several such gaps, bound together."""
    return (
        rf"(?P<list>{before}{{{gap}}}(?: {_BETWEEN} {before}{{second:{gap}}})*?"
        rf" {_BETWEEN} {before}{{third:{gap}}})"
    )


def _short_year(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.year(full_year(gaps.text("short_chinese_year")))


def _half_of_short_year(gaps: Gaps, _context: Context) -> Period | None:
    year = full_year(gaps.text("short_chinese_year"))
    return None if year is None else reckoning.dated(periods.half(year, gaps.number("half")))


def _year_of_our_era(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.year(int(gaps.text("era")))


def _decade(gaps: Gaps, context: Context) -> Period | Member | None:
    tens, century = gaps.number("tens"), gaps.text("century")
    if not century:
        return reckoning.decade_of_century(tens)
    if century.startswith(("上", "本")):
        hundreds = context.ref.year // 100 - century.startswith("上")
    else:
        hundreds = (number(century.removesuffix("世纪").strip()) or 0) - 1
    return reckoning.dated(periods.decade(hundreds * 100 + tens))


def _plain_decade(year: int) -> Period | None:
    return reckoning.dated(periods.decade(year)) if year % 10 == 0 else None


def _century(number: int) -> Period | None:
    return reckoning.dated(periods.century(100 * (number - 1)))


_YEARS: Final = (
    chinese("{year} 年(?:度|全年)?(?![代级薪龄])", numbered(reckoning.year, "year")),
    chinese("{year}(?=年(?:年[初底末中]|[初底末]))", numbered(reckoning.year, "year")),
    chinese(rf"{{short_chinese_year}} 年(?= ?{_OF_A_YEAR})", _short_year),
    chinese(r"'?(?P<short_chinese_year>0\d) 年(?![代级来间])", _short_year),
    chinese(r"'?(?P<short_chinese_year>[7-9]\d) 年(?![代级来间多以之前后])", _short_year),
    chinese(r"公元(?P<era>\d{1,4}) 年", _year_of_our_era),
    chinese(rf"{_listed('year')} 年", _run(reckoning.year)),
    chinese(r"(?P<short_chinese_year>\d\d)H(?P<half>[12])(?![A-Za-z0-9])", _half_of_short_year),
    chinese("{year} 年代", numbered(_plain_decade, "year")),
    chinese(
        "(?P<century>(?:{number}|上|上个|本) 世纪)?(?P<tens>[1-9]0|[二三四五六七八九]?十) 年代",
        _decade,
    ),
    chinese("{number} 世纪", numbered(_century, "number")),
)
_MONTHS: Final = (
    chinese("{month} 月份?(?![薪租卡嫂])", numbered(reckoning.month_of_year, "month")),
    chinese(rf"{_listed('month')} 月份?", _run(reckoning.month_of_year)),
    chinese(rf"{{day}} (?!{_NO_DAY})[日号]", numbered(reckoning.day_of_month, "day")),
    chinese(rf"{_listed('day')} (?!{_NO_DAY})[日号]", _run(reckoning.day_of_month)),
)
_QUARTERS: Final = (
    chinese(
        "(?:第 ?)?{quarter} 季度?|Q{second:quarter}|{third:quarter}Q",
        numbered(reckoning.quarter_of_year, "quarter", "second", "third"),
    ),
    chinese(rf"{_listed('quarter', before='第?')} 季度?", _run(reckoning.quarter_of_year)),
    chinese("首季度?|首个季度", always(reckoning.quarter_of_year(1))),
    chinese("末季度?|最后一个季度|最后一季度?", always(reckoning.quarter_of_year(4))),
    chinese("上半年|前半年|H1|1H", always(reckoning.half_of_year(1))),
    chinese("下半年|后半年|H2|2H", always(reckoning.half_of_year(2))),
)

CHINESE_ROWS: Final[tuple[Row, ...]] = _YEARS + _MONTHS + _QUARTERS
