"""EDTF (ISO 8601-2, levels 0 to 2) as a tree: units, stretches and sets of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Final

from archive.dates.calendar.days import MONTHS, last_of_month, real_day, run_of_months
from archive.dates.readings import Precision, Qualifier, Shape
from archive.errors import UnreadableDateError

LONGEST_NOTATION: Final = 200
# A date of which nothing is known, neither when it begins nor when it ends.
UNDATED: Final = "../.."

_QUALIFIERS: Final = {"~": {"~"}, "?": {"?"}, "%": {"~", "?"}}
_SHAPES: Final = {"[": Shape.ONE_OF, "{": Shape.ALL_OF}
_CLOSING: Final = {"[": "]", "{": "}"}
_UNIT: Final = re.compile(
    r"(?P<year>[?~%]?[0-9X]{4}[?~%]?)(?:S(?P<known>[1-4]))?"
    r"(?:-(?P<month>[?~%]?[0-9X]{2}[?~%]?)(?:-(?P<day>[?~%]?[0-9X]{2}[?~%]?))?)?"
)
_PARTS: Final = ("year", "month", "day")

# A number above 12 in the month's place: the first month of the run, its length, what it is.
_RUNS: Final = {
    **{21 + n: (3 + 3 * n, 3, Precision.SEASON) for n in range(4)},
    **{25 + n: (3 + 3 * n, 3, Precision.SEASON) for n in range(4)},
    **{29 + n: ((9, 12, 3, 6)[n], 3, Precision.SEASON) for n in range(4)},
    **{33 + n: (1 + 3 * n, 3, Precision.QUARTER) for n in range(4)},
    **{37 + n: (1 + 4 * n, 4, Precision.RANGE) for n in range(3)},
    **{40 + n: (1 + 6 * n, 6, Precision.HALF) for n in range(2)},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the calendar as written, with the days it spans."""

    text: str
    bare: str
    first: date
    last: date
    precision: Precision
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class Span:
    """From one unit to another; ``None`` is an open or unknown end."""

    start: Unit | None
    end: Unit | None


# Between two ends of which neither is known.
NO_SPAN: Final = Span(None, None)


@dataclass(frozen=True, slots=True)
class Notation:
    """A whole EDTF string: its shape and the spans it is made of."""

    shape: Shape
    spans: tuple[Span, ...]

    def units(self) -> tuple[Unit, ...]:
        """Return every unit that is written in it, in order."""
        ends = (end for span in self.spans for end in (span.start, span.end))
        return tuple(dict.fromkeys(unit for unit in ends if unit is not None))


def qualifier_of(marks: Iterable[str]) -> Qualifier:
    """Return the one qualifier that says all that *marks* say."""
    found = _QUALIFIERS.keys() & set(marks)
    if not found:
        return Qualifier.NONE
    said = set().union(*(_QUALIFIERS[mark] for mark in found))
    if len(said) > 1:
        return Qualifier.BOTH
    return Qualifier.APPROXIMATE if "~" in said else Qualifier.UNCERTAIN


@lru_cache(maxsize=1 << 13)
def notation(edtf: str) -> Notation:
    """Return the tree of *edtf*, or raise `UnreadableDateError`."""
    read = _whole(edtf) if len(edtf) <= LONGEST_NOTATION else None
    if read is None or not _in_order(read.spans):
        raise UnreadableDateError(edtf)
    return read


def _whole(edtf: str) -> Notation | None:
    if edtf[:1] in _SHAPES:
        return _set(edtf) if edtf.endswith(_CLOSING[edtf[0]]) else None
    if edtf == UNDATED:
        return Notation(Shape.STRETCH, (NO_SPAN,))
    if "/" in edtf:
        span = _span(edtf, separator="/", open_ends=("..", ""))
        return None if span is None else Notation(Shape.STRETCH, (span,))
    unit = _unit(edtf)
    if unit is not None and _is_of_any_year(unit):
        return Notation(Shape.STRETCH, (NO_SPAN,))
    return None if unit is None else Notation(Shape.UNIT, (Span(unit, unit),))


def _is_of_any_year(unit: Unit) -> bool:
    """Tell whether no digit of the year is given: then it says no more than an open end does."""
    return unit.bare.startswith("XXXX")


def _set(edtf: str) -> Notation | None:
    members = edtf[1:-1].split(",")
    spans = [_member(member.strip()) for member in members]
    whole = tuple(span for span in spans if span is not None)
    # Only the first may be open at its beginning, only the last at its end.
    if len(whole) != len(spans) or any(span.start is None for span in whole[1:]):
        return None
    if any(span.end is None for span in whole[:-1]):
        return None
    shape = _SHAPES[edtf[0]]
    if shape is Shape.ONE_OF and len(whole) == 1:
        shape = _one_span(whole[0])
    return Notation(shape, whole)


def _one_span(span: Span) -> Shape:
    if span.start is None:
        return Shape.BEFORE
    return Shape.AFTER if span.end is None else Shape.ONE_OF


def _member(text: str) -> Span | None:
    if ".." in text:
        return _span(text, separator="..", open_ends=("",))
    unit = _unit(text)
    return Span(unit, unit) if unit is not None and _may_stand_in_a_set(unit) else None


def _span(text: str, *, separator: str, open_ends: tuple[str, ...]) -> Span | None:
    # "../2020" holds "..", so the interval's own separator decides first.
    start_text, _, end_text = text.partition(separator)
    ends = [None if part in open_ends else _unit(part) for part in (start_text, end_text)]
    for part, unit in zip((start_text, end_text), ends, strict=True):
        if part not in open_ends and (unit is None or not _may_stand_in_a_set(unit)):
            return None
    if ends == [None, None]:
        return None
    return Span(*(None if one is None or _is_of_any_year(one) else one for one in ends))


def _may_stand_in_a_set(unit: Unit) -> bool:
    """Refuse seasons, quarters and halves: the standard has no set or interval of them."""
    return len(unit.bare) != len("2022-21") or unit.precision in {Precision.MONTH, Precision.YEAR}


@lru_cache(maxsize=1 << 13)  # the same days make up ever other stretches
def _unit(text: str) -> Unit | None:
    match = _UNIT.fullmatch(text)
    if match is None:
        return None
    bare = re.sub(r"[?~%]", "", text)
    year, month, day = (re.sub(r"[?~%]", "", match[part] or "") for part in _PARTS)
    known = int(match["known"]) if match["known"] else 4
    if known < len(year):
        year = year[:known] + "X" * (4 - known)
    spanned = _spanned(year, month, day)
    if spanned is None:
        return None
    precision = _precision(year, month, day)
    return Unit(text, bare, *spanned, precision, qualifier_of(text))


def _precision(year: str, month: str, day: str) -> Precision:
    if "X" in year:
        return Precision.DECADE if year.index("X") == len(year) - 1 else Precision.CENTURY
    if not month or "X" in month:
        return Precision.YEAR
    if int(month) > MONTHS:
        return _RUNS[int(month)][2]
    return Precision.DAY if day and "X" not in day else Precision.MONTH


def _spanned(year: str, month: str, day: str) -> tuple[date, date] | None:
    """Return the first and the last day that fit the digits, where X fits any."""
    if month.isdigit() and int(month) > MONTHS:
        return _run(year, int(month)) if not day else None
    years = _fitting(year, MINYEAR, MAXYEAR)
    first = _first_fitting(years, month, day, backwards=False)
    last = _first_fitting(years, month, day, backwards=True)
    return None if first is None or last is None else (first, last)


def _run(year: str, number: int) -> tuple[date, date] | None:
    years = _fitting(year, MINYEAR, MAXYEAR)
    if number not in _RUNS or not years:
        return None
    month, count, _ = _RUNS[number]
    first, last = run_of_months(years[0], month, count), run_of_months(years[-1], month, count)
    return None if first is None or last is None else (first[0], last[1])


def _fitting(digits: str, low: int, high: int) -> list[int]:
    """Return the numbers from *low* to *high* that *digits* may stand for, where X is any."""
    if "X" not in digits:
        return [int(digits)] if low <= int(digits) <= high else []
    fits = re.compile(digits.replace("X", "[0-9]"), re.ASCII).fullmatch
    return [n for n in range(low, high + 1) if fits(str(n).zfill(len(digits)))]


def _first_fitting(years: list[int], month: str, day: str, *, backwards: bool) -> date | None:
    step = -1 if backwards else 1
    months = _fitting(month or "XX", 1, MONTHS)[::step]
    days = _fitting(day or "XX", 1, 31)[::step]
    for year in years[::step]:
        for number in months:
            if not day:
                return last_of_month(year, number) if backwards else date(year, number, 1)
            for candidate in days:
                found = real_day(year, number, candidate)
                if found is not None:
                    return found
    return None


def _in_order(spans: tuple[Span, ...]) -> bool:
    return all(
        span.start is None or span.end is None or span.start.first <= span.end.last
        for span in spans
    )
