"""A date in words for people: short on a mark, long on a page, spoken in a screen reader."""

from collections.abc import Sequence
from typing import Final

from archive.dates.calendar.days import DAYS_OF_WEEK, last_of_month
from archive.dates.notation import NO_SPAN, Notation, Span, Unit, notation
from archive.dates.readings import Precision, Qualifier, Shape, Style
from archive.dates.wording import (
    ENGLISH_MONTHS,
    LISTED,
    NO_DATE,
    NUMBERED,
    NUMBERED_SHORT,
    PARTS,
    QUALIFIED,
    RELATIONS,
    WEEK,
    WEEKEND,
)

# Years that a reader takes for years without being told so.
_PLAIN_YEARS: Final = range(1000, 3000)
_FIRST_CODE: Final = {Precision.SEASON: 21, Precision.QUARTER: 33, Precision.HALF: 40}
_Span = tuple[int, int | None]
_MONTH_PARTS: Final[tuple[_Span, ...]] = ((1, 10), (11, 20), (21, None))
_YEAR_PARTS: Final[tuple[_Span, ...]] = ((1, 4), (5, 8), (9, 12))
_DECADE_PARTS: Final[tuple[_Span, ...]] = ((0, 3), (4, 6), (7, 9))
_SATURDAY: Final = 5


def phrase(edtf: str, *, locale: str, style: Style = Style.LONG) -> str:
    """Return *edtf* in words of *locale*; read again, the long words give the same date.

    Only the words for a date that is not known at all are no date when they are read.
    """
    tree = notation(edtf)
    if tree.spans == (NO_SPAN,):
        return NO_DATE.in_language(locale)
    if style is Style.SHORT and _is_doubted_inside(tree):
        style = Style.LONG  # a question mark ends a phrase, so none may stand within
    words = _listed(tree, locale, style) if len(tree.spans) > 1 else None
    if len(tree.spans) == 1:
        words = _spanned(tree, locale, style, edtf)
    return edtf if words is None else words


def _spanned(tree: Notation, locale: str, style: Style, edtf: str) -> str | None:
    span = tree.spans[0]
    if tree.shape is Shape.ALL_OF:
        return None
    if span.start is not None and span.start == span.end:
        return _unit(span.start, locale, style)
    if tree.shape is Shape.ONE_OF and (vague := _vague(span, locale, style)):
        return vague
    ends = [_unit(end, locale, style) for end in _without_repeated_year(span, locale)]
    if None in ends:
        return None
    return RELATIONS[style][_relation(tree.shape, span, edtf)].in_language(locale).format(*ends)


def _relation(shape: Shape, span: Span, edtf: str) -> str:
    if span.end is None:
        if shape is Shape.AFTER:
            return "after"
        return "since" if edtf.endswith("..") else "since, end unknown"
    if span.start is None:
        if shape is Shape.BEFORE:
            return "before"
        return "until" if edtf.startswith("..") else "until, start unknown"
    return "stretch" if shape is Shape.STRETCH else "between"


def _listed(tree: Notation, locale: str, style: Style) -> str | None:
    if any(span.start != span.end or span.start is None for span in tree.spans):
        return None
    # A doubt said first would be of all: "about 2022 and 1 May 2023".
    units = sorted(tree.units(), key=lambda unit: unit.qualifier is not Qualifier.NONE)
    words = [_unit(unit, locale, style) for unit in units]
    said = [word for word in words if word is not None]
    if len(said) < len(tree.spans):
        return None
    comma, last = (joint.in_language(locale) for joint in LISTED[tree.shape.value])
    return f"{comma.join(said[:-1])}{last}{said[-1]}"


def _is_doubted_inside(tree: Notation) -> bool:
    units = tree.units()
    doubted = {Qualifier.UNCERTAIN, Qualifier.BOTH}
    return tree.shape is not Shape.UNIT and any(unit.qualifier in doubted for unit in units)


def _without_repeated_year(span: Span, locale: str) -> tuple[Unit | str, ...]:
    """Return the ends that exist, as the words of one end where the other says its year."""
    start, end = span.start, span.end
    if start is None or end is None or not _share_a_year(start, end):
        return tuple(end for end in (start, end) if end is not None)
    if locale.startswith("zh"):
        return start, _in_chinese(end).removeprefix(_year(end.first.year, locale))
    return _in_english(start).removesuffix(_year(start.first.year, locale)).strip(), end


def _share_a_year(start: Unit, end: Unit) -> bool:
    """Return whether both are plain days, or plain months, of one year."""
    return (
        start.precision is end.precision
        and start.precision in {Precision.DAY, Precision.MONTH}
        and start.bare[:4] == end.bare[:4]
        and "X" not in start.bare + end.bare
        and start.qualifier is end.qualifier is Qualifier.NONE
    )


def _unit(unit: Unit | str, locale: str, style: Style) -> str | None:
    """Return the words of one unit; ``None`` where only its notation says what it is."""
    if isinstance(unit, str):
        return unit
    words = _bare_unit(unit, locale, style)
    if words is None:
        return None
    return QUALIFIED[style][unit.qualifier].in_language(locale).format(words)


def _bare_unit(unit: Unit, locale: str, style: Style) -> str | None:
    if unit.precision in _ROUNDED:
        return _ROUNDED[unit.precision](unit, locale)
    if "X" in unit.bare or "S" in unit.bare or unit.precision is Precision.RANGE:
        return None
    if unit.precision in _FIRST_CODE:
        return _numbered(unit, locale, style)
    return _in_chinese(unit) if locale.startswith("zh") else _in_english(unit)


def _in_chinese(unit: Unit) -> str:
    first, year = unit.first, _year(unit.first.year, "zh")
    if unit.precision is Precision.YEAR:
        return year
    month = f"{year}{first.month}月"
    return month if unit.precision is Precision.MONTH else f"{month}{first.day}日"


def _in_english(unit: Unit) -> str:
    first, year = unit.first, _year(unit.first.year, "en")
    if unit.precision is Precision.YEAR:
        return year
    month = f"{ENGLISH_MONTHS[first.month - 1]} {year}"
    return month if unit.precision is Precision.MONTH else f"{first.day} {month}"


def _year(year: int, locale: str) -> str:
    if locale.startswith("zh"):
        return f"{year}年" if year in _PLAIN_YEARS else f"公元{year}年"
    return str(year) if year in _PLAIN_YEARS else f"AD {year}"


def _numbered(unit: Unit, locale: str, style: Style) -> str | None:
    number = int(unit.bare[-2:]) - _FIRST_CODE[unit.precision]
    names = (NUMBERED_SHORT if style is Style.SHORT else NUMBERED)[unit.precision]
    if number >= len(names):
        return None
    name, year = names[number].in_language(locale), _year(unit.first.year, locale)
    if locale.startswith("zh"):
        return f"{year}{name}"
    if unit.first.year == unit.last.year:
        return f"{name} {year}"
    if unit.first.year not in _PLAIN_YEARS:
        return None
    joint = " to " if style is Style.SPOKEN else "–"
    return f"{name} {year}{joint}{unit.last.year}"


def _decade(unit: Unit, locale: str) -> str | None:
    if len(unit.bare) != len("202X") or unit.first.year not in _PLAIN_YEARS:
        return None
    return f"{unit.first.year}年代" if locale.startswith("zh") else f"the {unit.first.year}s"


def _century(unit: Unit, locale: str) -> str | None:
    if len(unit.bare) != len("19XX") or not unit.bare[:2].isdigit():
        return None
    number = int(unit.bare[:2]) + 1
    if locale.startswith("zh"):
        return f"{number}世纪"
    return f"the {number}{_ordinal_ending(number)} century"


_ROUNDED: Final = {Precision.CENTURY: _century, Precision.DECADE: _decade}


def _ordinal_ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _vague(span: Span, locale: str, style: Style) -> str | None:
    """Return the words for a part of a month, year or decade, for a week or a weekend."""
    start, end = span.start, span.end
    if (
        start is None
        or end is None
        or (start.precision, start.qualifier)
        != (
            end.precision,
            end.qualifier,
        )
    ):
        return None
    if {len(start.bare), len(end.bare)} not in ({10}, {7}, {4}) or "X" in start.bare + end.bare:
        return None
    words = _part(start, end, locale) or _week(start, end, locale)
    if words is None:
        return None
    return QUALIFIED[style][start.qualifier].in_language(locale).format(words)


def _part(start: Unit, end: Unit, locale: str) -> str | None:
    first, last = start.first, end.last
    if start.precision is Precision.DAY and start.bare[:7] == end.bare[:7]:
        to_the_end = last == last_of_month(last.year, last.month)
        span = first.day, None if to_the_end else last.day
        return _part_of(start.bare[:7], Precision.MONTH, _place(span, _MONTH_PARTS), locale)
    if start.precision is Precision.MONTH and first.year == last.year:
        place = _place((first.month, last.month), _YEAR_PARTS)
        return _part_of(start.bare[:4], Precision.YEAR, place, locale)
    if start.precision is Precision.YEAR and start.bare[:3] == end.bare[:3]:
        place = _place((first.year % 10, last.year % 10), _DECADE_PARTS)
        return _part_of(f"{start.bare[:3]}X", Precision.DECADE, place, locale)
    return None


def _place(span: _Span, parts: Sequence[_Span]) -> int | None:
    return parts.index(span) if span in parts else None


def _part_of(whole: str, precision: Precision, place: int | None, locale: str) -> str | None:
    if place is None:
        return None
    words = _unit(notation(whole).units()[0], locale, Style.LONG)
    if words is None:
        return None
    return PARTS[precision][place].in_language(locale).format(words.removeprefix("the "))


def _week(start: Unit, end: Unit, locale: str) -> str | None:
    if start.precision is not Precision.DAY:
        return None
    words = _in_chinese(start) if locale.startswith("zh") else _in_english(start)
    length, weekday = (end.last - start.first).days + 1, start.first.weekday()
    if (length, weekday) == (DAYS_OF_WEEK, 0):
        return WEEK.in_language(locale).format(words)
    return WEEKEND.in_language(locale).format(words) if _is_weekend(length, weekday) else None


def _is_weekend(length: int, weekday: int) -> bool:
    return (length, weekday) == (2, _SATURDAY)
