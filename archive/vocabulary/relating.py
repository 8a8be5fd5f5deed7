"""What a date may be that lies after one event and before another: bounds meet, none widens."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from archive.dates import Bounds, Reading, Shape, describe
from archive.vocabulary.event import Occurred

# What a date is of which nothing is known, or that only other events could tell, and they do not.
UNDATED: Final = "../.."
_ONLY_CHECKED: Final = frozenset({Shape.STRETCH, Shape.ALL_OF})


def between(after: Occurred | None, before: Occurred | None) -> Bounds:
    """Return the days left between two events, the days of both included; None is no bound."""
    return Bounds(_day(after.earliest) if after else None, _day(before.latest) if before else None)


def is_crossed(bounds: Bounds) -> bool:
    """Tell whether no day lies inside."""
    earliest, latest = bounds.earliest, bounds.latest
    return earliest is not None and latest is not None and earliest > latest


def notation_of(bounds: Bounds) -> str:
    """Return the EDTF of one unknown moment inside *bounds*."""
    earliest, latest = (day.isoformat() if day else "" for day in (bounds.earliest, bounds.latest))
    if not earliest and not latest:
        return UNDATED
    return earliest if earliest == latest else f"[{earliest}..{latest}]"


def narrowed(typed: str, bounds: Bounds) -> str | None:
    """Return *typed* as far as *bounds* allow, the very text where it lies inside.

    No date typed gives the bounds alone; None where no day is left. A stretch and a set of several
    dates are never cut: they stand where they meet the bounds at all.
    """
    if is_crossed(bounds):
        return None
    reading = describe(typed or UNDATED)
    if reading.earliest is reading.latest is None:
        return notation_of(bounds)
    if reading.shape in _ONLY_CHECKED:
        return None if is_crossed(_met(reading, bounds)) else typed
    members = _members(reading)
    fitting = [one for one in members if not is_crossed(_met(one, bounds))]
    if len(fitting) == 1 < len(members):
        return narrowed(fitting[0].edtf, bounds)
    if not fitting:
        return None
    kept = _outermost([_met(one, bounds) for one in fitting])
    return typed if kept == Bounds(reading.earliest, reading.latest) else notation_of(kept)


def unhung(edtf: str, bounds: Bounds) -> str:
    """Return what of *edtf* was not given by *bounds* when it was narrowed; empty if all was."""
    if edtf == notation_of(bounds):
        return ""
    is_range = edtf.startswith("[") and ".." in edtf and "," not in edtf
    if not is_range:
        return edtf
    reading = describe(edtf)
    earliest = None if reading.earliest == bounds.earliest else reading.earliest
    latest = None if reading.latest == bounds.latest else reading.latest
    if (earliest, latest) == (reading.earliest, reading.latest):
        return edtf
    return "" if earliest is latest is None else notation_of(Bounds(earliest, latest))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _members(reading: Reading) -> list[Reading]:
    """Return the dates of which one is meant; a unit, or one range, is itself."""
    if "," not in reading.edtf:
        return [reading]
    parts = [part.strip() for part in reading.edtf[1:-1].split(",")]
    return [describe(f"[{part}]" if ".." in part else part) for part in parts]


def _met(one: Reading | Bounds, other: Bounds) -> Bounds:
    earliest = [day for day in (one.earliest, other.earliest) if day]
    latest = [day for day in (one.latest, other.latest) if day]
    return Bounds(max(earliest, default=None), min(latest, default=None))


def _outermost(some: Sequence[Bounds]) -> Bounds:
    earliest = [one.earliest for one in some if one.earliest]
    latest = [one.latest for one in some if one.latest]
    return Bounds(
        min(earliest) if len(earliest) == len(some) else None,
        max(latest) if len(latest) == len(some) else None,
    )
