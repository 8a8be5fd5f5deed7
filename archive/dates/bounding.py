"""The bounds of an EDTF string, of its beginning and of its end; what the string says."""

from functools import lru_cache

from archive.dates.notation import Notation, Span, notation, qualifier_of
from archive.dates.readings import Bounds, Precision, Reading, Shape


def bounds(edtf: str) -> Bounds:
    """Return the days that *edtf* may mean, which ``~`` does not widen; raise if unreadable.

    Both ends are open where nothing is known (``../..``): it may mean any day.
    """
    return _outermost(notation(edtf).spans)


def onset(edtf: str) -> Bounds:
    """Return when the thing dated *edtf* may have begun: a stretch no later than it ended."""
    tree = notation(edtf)
    if tree.shape is not Shape.STRETCH:
        return _outermost(tree.spans)
    start, last = tree.spans[0].start, bounds(edtf).latest
    if start is None:
        return Bounds(None, last)
    return Bounds(start.first, start.last if last is None else min(start.last, last))


def ending(edtf: str) -> Bounds | None:
    """Return when a stretch may have ended, no earlier than it began.

    ``None`` when it is none, or its end is open.
    """
    tree = notation(edtf)
    end, first = tree.spans[0].end, bounds(edtf).earliest
    if tree.shape is not Shape.STRETCH or end is None:
        return None
    return Bounds(end.first if first is None else max(end.first, first), end.last)


@lru_cache(maxsize=1 << 13)
def describe(edtf: str) -> Reading:
    """Return all that a stored EDTF string says, or raise `UnreadableDateError`."""
    tree = notation(edtf)
    days = _outermost(tree.spans)
    return Reading(
        edtf=edtf,
        earliest=days.earliest,
        latest=days.latest,
        precision=_precision(tree),
        shape=tree.shape,
        qualifier=qualifier_of("".join([unit.text for unit in tree.units()])),
    )


def _outermost(spans: tuple[Span, ...]) -> Bounds:
    firsts = [span.start.first if span.start else None for span in spans]
    lasts = [span.end.last if span.end else None for span in spans]
    return Bounds(
        earliest=min((day for day in firsts if day), default=None) if None not in firsts else None,
        latest=max((day for day in lasts if day), default=None) if None not in lasts else None,
    )


def _precision(tree: Notation) -> Precision:
    if any(span.start is None or span.end is None for span in tree.spans):
        return Precision.OPEN
    units = tree.units()
    return units[0].precision if len(units) == 1 else Precision.RANGE
