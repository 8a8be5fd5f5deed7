"""English forms of dates: months, days, years, decades, quarters, halves and seasons."""

import re
from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning import parts, reckoning
from archive.dates.meaning.members import Context, Member, Run, Side
from archive.dates.meaning.parts import Part
from archive.dates.tables.numerals import full_year
from archive.dates.tables.rows import (
    MONTH_NAMES,
    SEASONS,
    Gaps,
    Row,
    always,
    any_of,
    english,
    numbered,
    place_of,
)

_DECADES: Final = {
    "noughties": 0, "naughties": 0, "aughts": 0,
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50,
    "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
_BETWEEN_DAYS: Final = any_of(
    " ?, ?", " ?- ?", " to ", " through ", " and ", " or ", " ?& ?", " ?/ ?"
)
_DAYS: Final = rf"(?P<list>{{english_day}}(?:{_BETWEEN_DAYS}(?:the )?{{second:english_day}})+)"
# "The first", "the second" are mostly of something else.
_MERE_ORDINALS: Final = any_of(
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"
)
_OF_SHORT_YEAR: Final = "[-/ ']{1,2}"


def _month(gaps: Gaps) -> int:
    return place_of(gaps.text("month_name"), MONTH_NAMES)


def _day(gaps: Gaps) -> int:
    return int(re.sub(r"\D", "", gaps.text("english_day")))


def _year(gaps: Gaps) -> int:
    return full_year(gaps.text("year") or gaps.text("short_year") or gaps.text("full")) or 0


def _month_alone(gaps: Gaps, _context: Context) -> Member:
    return reckoning.month_of_year(_month(gaps))


def _month_and_day(gaps: Gaps, _context: Context) -> Member:
    day = _day(gaps) if gaps.text("english_day") else gaps.number("ordinal")
    return reckoning.day_of_year(_month(gaps), day)


def _month_and_days(gaps: Gaps, _context: Context) -> Run | None:
    words, month = gaps.text("list"), _month(gaps)
    numbers = [int(figures) for figures in re.findall(r"\d+", words)]
    joint = reckoning.joint_in(re.sub(r"\d+(?:st|nd|rd|th)?", "", words))
    return reckoning.run(joint, [reckoning.day_of_year(month, number) for number in numbers])


def _month_and_year(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.dated(periods.month(_year(gaps), _month(gaps)))


def _full_day(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.full_day(_year(gaps), _month(gaps), _day(gaps))


def _day_of_named_month(gaps: Gaps, _context: Context) -> Member:
    of = reckoning.day_of_month(gaps.number("ordinal_day")).of
    return Member(frozenset({Scale.MONTH}), Scale.DAY, of, side=Side.LEADS)


def _short_year(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.year(full_year(gaps.text("short_year")))


def _year_of_our_era(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.year(int(gaps.text("era") or gaps.text("era_before")))


def _decade(gaps: Gaps, _context: Context) -> Period | Member | None:
    if gaps.text("tens"):
        return reckoning.decade_of_century(int(gaps.text("tens")))
    year = gaps.number("year")
    return reckoning.dated(periods.decade(year)) if year % 10 == 0 else None


def _named_decade(gaps: Gaps, _context: Context) -> Member:
    return reckoning.decade_of_century(_DECADES[gaps.text("name").lower()])


def _century(number: int) -> Period | None:
    return reckoning.dated(periods.century(100 * (number - 1)))


def _number(gaps: Gaps, *names: str) -> int:
    return next(filter(None, map(gaps.number, names)), 0)


def _quarter_of_said_year(gaps: Gaps, _context: Context) -> Period | None:
    number = _number(gaps, "quarter", "second", "third")
    return reckoning.dated(periods.quarter(_year(gaps), number))


def _quarters(gaps: Gaps, _context: Context) -> Run | None:
    numbers = gaps.number("ordinal"), gaps.number("second")
    joint = reckoning.joint_in(gaps.text("joint"))
    return reckoning.run(joint, [reckoning.quarter_of_year(number) for number in numbers])


def _half_of_said_year(gaps: Gaps, _context: Context) -> Period | None:
    return reckoning.dated(periods.half(_year(gaps), _number(gaps, "half", "second", "third")))


def _half(gaps: Gaps, _context: Context) -> Member:
    """Return half a year, a month or a decade; with nothing named, of a year."""
    second = gaps.text("nth").lower() not in {"first", "1st", "front", "opening"}
    part = Part.SECOND_HALF if second else Part.FIRST_HALF
    year_half = reckoning.half_of_year(1 + second)

    def of(period: Period) -> Period | None:
        return year_half.of(period) if period.scale is Scale.YEAR else parts.part_of(part)(period)

    needs = frozenset({Scale.YEAR, Scale.MONTH, Scale.DECADE})
    return Member(needs, Scale.HALF, of, cycle=Scale.YEAR)


def _season(gaps: Gaps, _context: Context) -> Member:
    return reckoning.season_of_year(place_of(gaps.text("season"), SEASONS))


def _season_over_years(gaps: Gaps, _context: Context) -> Period | None:
    number = place_of(gaps.text("season"), SEASONS)
    return reckoning.dated(periods.season(gaps.number("year"), number))


def _winter_over_years(gaps: Gaps, _context: Context) -> Period | None:
    first, second = gaps.number("year"), gaps.number("second")
    winter = len(SEASONS)
    return reckoning.dated(periods.season(first, winter)) if second == first + 1 else None


_MONTHS: Final = (
    english("(?:the month of )?{month_name}", _month_alone),
    english("{month_name} (?:the )?{english_day}", _month_and_day),
    english("(?:the )?{english_day}(?: of| day of)? {month_name}", _month_and_day),
    english("(?:the )?{ordinal}(?: of)? {month_name}", _month_and_day),
    english("{month_name} (?:the )?{ordinal}", _month_and_day),
    english(rf"{{month_name}} {_DAYS}", _month_and_days),
    english(rf"(?:the )?{_DAYS}(?: of)? {{month_name}}", _month_and_days),
    english("{month_name} ?'{short_year}", _month_and_year),
    english("{month_name}[-/]{year}", _month_and_year),
    english("{english_day} {month_name} '{short_year}", _full_day),
    english("{english_day}[-/. ]?{month_name}[-/. ,]{year}", _full_day),
    english("{month_name}[-/ .]{english_day}[-/ .]{year}", _full_day),
    english("{month_name}-{english_day}-{short_year}", _full_day),
    english("{english_day}-{month_name}-{short_year}", _full_day),
    english(
        rf"the (?!{_MERE_ORDINALS}){{ordinal_day}}",
        numbered(reckoning.day_of_month, "ordinal_day"),
    ),
    english("(?:the )?{ordinal_day}(?= of )", _day_of_named_month),
)
_YEARS: Final = (
    english("(?:the )?(?:calendar )?(?:years? )?{year}", numbered(reckoning.year, "year")),
    english(r"'{short_year}(?!['’\w])", _short_year),
    english(r"(?:AD|CE) (?P<era>\d{1,4})|(?P<era_before>\d{1,4}) (?:AD|CE)", _year_of_our_era),
    english(r"(?:the )?(?:{year}|'?(?P<tens>\d0))'?s", _decade),
    english(rf"(?:the )?(?P<name>{any_of(*_DECADES)})", _named_decade),
    english("(?:the )?{ordinal}[ -]century", numbered(_century, "ordinal")),
)
_QUARTERS: Final = (
    english(
        "(?:calendar )?(?:Q{quarter}|{second:quarter}Q|CQ{third:quarter})",
        numbered(reckoning.quarter_of_year, "quarter", "second", "third"),
    ),
    english(
        rf"(?:calendar )?(?:Q{{quarter}}{_OF_SHORT_YEAR}|{{second:quarter}}Q[-/ ]?'?)"
        r"(?:{year}|{short_year})|Q{third:quarter}{full:year}",
        _quarter_of_said_year,
    ),
    english("{year}[-/]?Q{quarter}", _quarter_of_said_year),
    english(
        "(?:the )?(?:calendar )?{ordinal}[ -](?:calendar )?quarter",
        numbered(reckoning.quarter_of_year, "ordinal"),
    ),
    english(
        "(?:the )?(?:final|last|closing) quarter(?= of)", always(reckoning.quarter_of_year(4))
    ),
    english("(?:the )?(?:opening|initial) quarter(?= of)", always(reckoning.quarter_of_year(1))),
    english(
        "(?:the )?{ordinal}(?P<joint> ?- ?| to | through | and | or )(?:the )?{second:ordinal}"
        "[ -]quarters?",
        _quarters,
    ),
)
_HALVES: Final = (
    english("H{half}|{second:half}H", numbered(reckoning.half_of_year, "half", "second")),
    english(
        rf"(?:H{{half}}{_OF_SHORT_YEAR}|{{second:half}}H[-/ ]?'?)"
        r"(?:{year}|{short_year})|H{third:half}{full:year}",
        _half_of_said_year,
    ),
    english("{year}[-/]?H{half}", _half_of_said_year),
    english(
        "(?:the )?(?P<nth>first|second|1st|2nd|latter|back|front|opening|closing|"
        "last(?= half of))[ -]half",
        _half,
    ),
)
_SEASONS: Final = (
    english("(?:the )?{season}", _season),
    english(
        r"(?:the )?{season}(?: of)? {year} ?[-/] ?(?:{second:year}|\d\d(?!\d))", _season_over_years
    ),
    english("(?:the )?winter {year} to {second:year}", _winter_over_years),
)

ENGLISH_ROWS: Final[tuple[Row, ...]] = _MONTHS + _YEARS + _QUARTERS + _HALVES + _SEASONS
