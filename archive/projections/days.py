"""The three days of an event in the read models: earliest, likely, latest."""

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from archive.dates import (
    EARLIEST_DAY,
    LATEST_DAY,
    Bounds,
    Precision,
    day_number,
    describe,
    ending,
    onset,
)

# Dates of a log repeat: ten years have 3,653 days, and each may be told in some ways.
_REMEMBERED: Final = 65536
# Most dates are made of one or two whole days, which need no reading: of one, of some from one to
# another, of some up to one, or of a stretch. The year nought has no such day.
_DAY: Final = r"(?!0000)\d{4}-\d\d-\d\d"
_OF_WHOLE_DAYS: Final = re.compile(
    rf"({_DAY})|\[({_DAY})?\.\.({_DAY})\]|({_DAY})/({_DAY})", re.ASCII
)


class Days(NamedTuple):
    """Julian Day Numbers, ``lo <= v <= hi``; an open end is the earliest or the latest day."""

    lo: int
    v: int
    hi: int


class Told(NamedTuple):
    """When what a date says began, when it stopped if it did, all of it, and how precise it is."""

    start: Days
    stop: Days | None
    whole: Days
    precision: str


def _days(bounds: Bounds) -> Days:
    lo = EARLIEST_DAY if bounds.earliest is None else day_number(bounds.earliest)
    hi = LATEST_DAY if bounds.latest is None else day_number(bounds.latest)
    likely = hi if bounds.earliest is None else lo
    return Days(lo, likely, hi)


@lru_cache(maxsize=_REMEMBERED)
def told(edtf: str) -> Told:
    """Return all that the read models keep of the date that *edtf* says."""
    known = _of_whole_days(edtf)
    if known is not None:
        return known
    start, stop = _days(onset(edtf)), _stopping(edtf)
    whole = start if stop is None else start._replace(hi=max(start.hi, stop.hi - 1))
    return Told(start, stop, whole, describe(edtf).precision.value)


def _of_whole_days(edtf: str) -> Told | None:
    """Return the same of a date that is made of whole days in their order; of others None."""
    match = _OF_WHOLE_DAYS.fullmatch(edtf)
    if match is None:
        return None
    try:
        one, first, last, begun, ended = [
            day_number(date.fromisoformat(day)) if day else 0 for day in match.groups()
        ]
    except ValueError:
        return None  # no such day
    if one:
        days = Days(one, one, one)
        return Told(days, None, days, Precision.DAY.value)
    if begun:
        days, stop = Days(begun, begun, begun), Days(ended + 1, ended + 1, ended + 1)
        whole = Days(begun, begun, ended)
        return Told(days, stop, whole, Precision.RANGE.value) if begun < ended else None
    if not first:
        days = Days(EARLIEST_DAY, last, last)
        return Told(days, None, days, Precision.OPEN.value)
    days = Days(first, first, last)
    return Told(days, None, days, Precision.RANGE.value) if first < last else None


def starting(edtf: str) -> Days:
    """Return when what *edtf* dates began: its first possible day is the likely one.

    Where the beginning is open (``[..X]``) the likely day is the last.
    """
    return told(edtf).start


def stopping(edtf: str) -> Days | None:
    """Return the day after the last one of a stretch that has an end, else None."""
    return told(edtf).stop


def _stopping(edtf: str) -> Days | None:
    bounds = ending(edtf)
    if bounds is None or bounds.latest is None:
        return None
    days = _days(bounds)
    return Days(days.lo + 1, days.hi + 1, days.hi + 1)
