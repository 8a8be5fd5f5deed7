"""The three days of an event in the read models: earliest, likely, latest."""

from functools import lru_cache
from typing import Final, NamedTuple

from archive.dates import EARLIEST_DAY, LATEST_DAY, Bounds, day_number, describe, ending, onset

# Dates of a log repeat: ten years have 3,653 days.
_REMEMBERED: Final = 16384


class Days(NamedTuple):
    """Julian Day Numbers, ``lo <= v <= hi``; an open end is the earliest or the latest day."""

    lo: int
    v: int
    hi: int


def _days(bounds: Bounds) -> Days:
    lo = EARLIEST_DAY if bounds.earliest is None else day_number(bounds.earliest)
    hi = LATEST_DAY if bounds.latest is None else day_number(bounds.latest)
    likely = hi if bounds.earliest is None else lo
    return Days(lo, likely, hi)


@lru_cache(maxsize=_REMEMBERED)
def starting(edtf: str) -> Days:
    """Return when what *edtf* dates began: its first possible day is the likely one.

    Where the beginning is open (``[..X]``) the likely day is the last.
    """
    return _days(onset(edtf))


@lru_cache(maxsize=_REMEMBERED)
def lasting(edtf: str) -> Days:
    """Return the days of what *edtf* dates, a finished stretch reaching to its last day."""
    begun, stopped = starting(edtf), stopping(edtf)
    return begun if stopped is None else begun._replace(hi=max(begun.hi, stopped.hi - 1))


@lru_cache(maxsize=_REMEMBERED)
def stopping(edtf: str) -> Days | None:
    """Return the day after the last one of a stretch that has an end, else None."""
    bounds = ending(edtf)
    if bounds is None or bounds.latest is None:
        return None
    days = _days(bounds)
    return Days(days.lo + 1, days.hi + 1, days.hi + 1)


@lru_cache(maxsize=_REMEMBERED)
def precision(edtf: str) -> str:
    """Return how precise *edtf* is, as the read models write it."""
    return describe(edtf).precision.value
