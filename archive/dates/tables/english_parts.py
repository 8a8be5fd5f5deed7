"""English forms of dates: parts of periods, weeks, first and last days, holidays."""

from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.feasts import ENGLISH_FEASTS, LONG_HOLIDAYS
from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning import parts, reckoning
from archive.dates.meaning.members import Choice, Context, Member, Side
from archive.dates.meaning.parts import Part
from archive.dates.tables.rows import (
    WEEKDAY_NAMES,
    Gaps,
    Row,
    always,
    any_of,
    english,
    numbered,
    place_of,
)

_UNITS: Final = {
    "day": Scale.DAY,
    "week": Scale.WEEK,
    "month": Scale.MONTH,
    "quarter": Scale.QUARTER,
}
# Words before a greater period; the longer stand before those they begin with.
_PARTS: Final[tuple[tuple[Part, tuple[str, ...]], ...]] = (
    (Part.EARLY_MID, ("early[ -]to[ -]mid",)),
    (Part.MID_LATE, ("mid[ -]to[ -]late",)),
    (
        Part.EARLY,
        (
            "(?:very )?early in",
            "(?:very )?(?:beginning|start|opening|onset|first part) of",
            "early (?:part|days|months|weeks) of",
            "early",
        ),
    ),
    (Part.MID, ("mid(?:dle|-?point) of", "midway through", "halfway through", "mid")),
    (
        Part.LATE,
        (
            "(?:very )?late in",
            "(?:latter|later|last|late) (?:part|days|months|weeks) of",
            "towards? the end of",
            "late",
        ),
    ),
    (Part.END, ("(?:very |tail )?end of", "close of", "end")),
)


def _nth(gaps: Gaps) -> int:
    last = {"last", "final", "very last"}
    return -1 if gaps.text("nth").lower() in last else gaps.number("nth") or 1


def _weekday(gaps: Gaps) -> int:
    return place_of(gaps.text("weekday_name"), WEEKDAY_NAMES)


def _weekday_alone(gaps: Gaps, _context: Context) -> Member:
    return reckoning.weekday_of_week(_weekday(gaps))


def _leading(needs: frozenset[Scale], gives: Scale, of: parts.Cut) -> Member:
    return Member(needs, gives, of, side=Side.LEADS)


def _ordinal_week(gaps: Gaps, _context: Context) -> Member:
    return _leading(frozenset({Scale.MONTH, Scale.YEAR}), Scale.PART, parts.week_of(_nth(gaps)))


def _ordinal_weekday(gaps: Gaps, _context: Context) -> Member:
    of = parts.weekday_of_month(_nth(gaps), _weekday(gaps) - 1)
    return _leading(frozenset({Scale.MONTH}), Scale.DAY, of)


def _edge(gaps: Gaps, _context: Context) -> Member:
    nth, scale = _nth(gaps), _UNITS[gaps.text("unit").lower()]
    if scale is Scale.DAY and nth in {1, -1}:
        return _leading(parts.PARTED, scale, parts.edge_day(last=nth < 0))
    needs = frozenset({Scale.YEAR, Scale.HALF, Scale.QUARTER})
    return _leading(needs, scale, parts.edge_unit(scale, nth=nth))


def _run_of_units(gaps: Gaps, _context: Context) -> Member:
    last = gaps.text("nth").lower() in {"last", "final"}
    of = parts.run_of(_UNITS[gaps.text("unit").lower()], gaps.number("count"), last=last)
    return _leading(frozenset({Scale.YEAR, Scale.MONTH}), Scale.PART, of)


def _weekend_holding(period: Period) -> Period | None:
    return periods.weekend(period.first)


def _to_date(_gaps: Gaps, context: Context) -> Period | None:
    return reckoning.open_year(context.ref)


def _end_of_quarter(_gaps: Gaps, context: Context) -> Period | None:
    running = reckoning.here(Scale.QUARTER, context.ref)
    return parts.part_of(Part.END)(running) if running else None


def _part_of(scale: Scale, part: Part) -> Member:
    of = parts.part_of(part)
    return Member(frozenset({scale}), Scale.PART, of, cycle=scale, bare=Choice.THIS)


_FILLED: Final = any_of("holidays?(?: period| week)?", "Golden Week", "festivities", "break")
_WHICH: Final = "(?P<nth>{ordinal}|last|final|opening|very last|very first)"

ENGLISH_PART_ROWS: Final[tuple[Row, ...]] = (
    # Parts; "year-end" and its like also stand alone.
    *(
        english(
            rf"(?:the )?{any_of(*words)}(?=[ -])", always(parts.part_member(part, side=Side.LEADS))
        )
        for part, words in _PARTS
    ),
    english("(?:the )?year[ -]?end|years?[ -]end", always(_part_of(Scale.YEAR, Part.END))),
    english("end of (?:the )?year|the year's end", always(_part_of(Scale.YEAR, Part.END))),
    english("(?:the )?mid[- ]?year", always(_part_of(Scale.YEAR, Part.MID))),
    english("(?:the )?month[ -]?end|month's end", always(_part_of(Scale.MONTH, Part.END))),
    english("mid[ -]?month", always(_part_of(Scale.MONTH, Part.MID))),
    english("(?:the )?quarter[ -]?end|quarter's end", _end_of_quarter),
    english("(?:in )?the year to date|year[ -]to[ -]date|YTD", _to_date),
    english("(?:so|thus) far this year|this year so far", _to_date),
    # Weeks, weekdays, first and last days.
    english("{weekday_name}", _weekday_alone),
    english("(?:the )?weekend", always(reckoning.weekend_of_week())),
    english(
        "(?:the )?weekend (?:of|following|after)",
        always(
            _leading(frozenset({Scale.DAY, Scale.WEEK}), Scale.WEEKEND, _weekend_holding),
        ),
    ),
    english(
        "(?:the |that )?(?:same )?week (?:of|beginning|starting|commencing|ended|ending)(?: on)?|"
        "w/[ce]",
        always(_leading(frozenset({Scale.DAY}), Scale.WEEK, parts.week_holding)),
    ),
    english(
        "(?:the )?(?:quarter|three months) (?:ended|ending|to)(?: on)?",
        always(_leading(frozenset({Scale.DAY, Scale.MONTH}), Scale.QUARTER, parts.quarter_ended)),
    ),
    english(
        r"(?:(?:calendar )?week|wk\.?|C?W|KW) ?(?P<nth>\d{1,2})(?: of)?",
        numbered(reckoning.numbered_week, "nth"),
    ),
    english(rf"(?:the )?{_WHICH} (?:full )?week(?= of| in)", _ordinal_week),
    english(rf"(?:the )?{_WHICH} {{weekday_name}}(?= of| in)", _ordinal_weekday),
    english(rf"(?:the )?{_WHICH} (?P<unit>day|month|quarter)(?= of| in)", _edge),
    english(
        "(?:the )?(?P<nth>first|opening|last|final) {count} (?P<unit>day|week|month|quarter)s"
        "(?= of| in)",
        _run_of_units,
    ),
    # Holidays, the long ones before the day alone.
    *(
        english(rf"(?:the )?(?:{name}) {_FILLED}", always(reckoning.holiday_of_year(*long)))
        for name, long in LONG_HOLIDAYS.items()
        if name.isascii()
    ),
    *(
        english(name, always(reckoning.feast_of_year(day_of)))
        for name, day_of in ENGLISH_FEASTS.items()
    ),
)
