"""A date in words, once understood, written as EDTF."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from archive.dates.calendar.days import moved
from archive.dates.calendar.periods import Period, Scale, edge, end_of, mark_of, start_of
from archive.dates.meaning.members import Joint
from archive.dates.tables.operators import Relation

# Of those that begin on one day the one that ends first.
_IN_TIME: Final = attrgetter("first", "last")
_WRITTEN_AS_UNITS: Final = {Scale.DAY, Scale.MONTH, Scale.YEAR}


def written(period: Period) -> str:
    """Return *period* alone."""
    if period.edtf.endswith("/.."):
        return period.edtf
    if period.edtf.startswith("["):
        return f"[{start_of(period)}..{end_of(period)}]"
    if "/" in period.edtf:
        return f"{start_of(period)}/{end_of(period)}"
    return period.edtf + mark_of(period.marks)


def related(period: Period, relation: Relation, *, ref: date) -> str | None:
    """Return what lies in that relation to *period*; ``None`` past the end of the calendar."""
    if period.edtf.endswith("/.."):
        return period.edtf
    if relation is Relation.EARLIEST:
        relation = Relation.PLAIN if period.last < ref else Relation.NOT_BEFORE
    return _RELATED[relation](period)


def _before(period: Period) -> str | None:
    if period.closing:
        return f"[..{_last_day(period)}]"
    day_before = moved(period.first, days=-1)
    return None if day_before is None else f"[..{day_before}{mark_of(period.marks)}]"


def _after(period: Period) -> str | None:
    day_after = moved(period.last, days=1)
    return None if day_after is None else f"[{day_after}{mark_of(period.marks)}..]"


def _last_day(period: Period) -> str:
    """Return the end of *period*, to the day where it was said as an end: "the end of 2016"."""
    if period.closing is None:
        return end_of(period)
    return f"{period.last}{mark_of(period.marks)}"


_RELATED: Final[dict[Relation, Callable[[Period], str | None]]] = {
    Relation.PLAIN: written,
    Relation.BETWEEN: written,
    Relation.BY: lambda period: f"[..{_last_day(period)}]",
    Relation.BEFORE: _before,
    Relation.AFTER: _after,
    Relation.NOT_BEFORE: lambda period: f"[{start_of(period)}..]",
    Relation.SINCE: lambda period: f"{start_of(period)}/..",
    Relation.FROM: lambda period: f"{start_of(period)}/..",
    Relation.UNTIL: lambda period: f"../{_last_day(period)}",
    Relation.END_UNKNOWN: lambda period: f"{start_of(period)}/",
    Relation.START_UNKNOWN: lambda period: f"/{end_of(period)}",
}


def joined(periods: Sequence[Period], joint: Joint) -> str | None:
    """Return several dates as one: a stretch, a set of all, or one of them."""
    first, last = periods[0], periods[-1]
    if joint in {Joint.STRETCH, Joint.BETWEEN}:
        if first.first > last.last:
            return None
        if joint is Joint.STRETCH:
            return f"{start_of(first)}/{end_of(last)}"
        # Both ends of a set are written as finely as the finer.
        finer = min(first, last, key=lambda period: period.grain.value)
        return f"[{edge(first.first, finer)}..{edge(last.last, finer)}]"
    members = dict.fromkeys(_in_set(period) for period in sorted(periods, key=_IN_TIME))
    if len(members) == 1:
        return written(first)
    inside = ",".join(members)
    return f"{{{inside}}}" if joint is Joint.ALL_OF else f"[{inside}]"


def _in_set(period: Period) -> str:
    if period.scale in _WRITTEN_AS_UNITS:
        return written(period)
    return f"{start_of(period)}..{end_of(period)}"
