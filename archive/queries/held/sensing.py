"""What a cell says on a day and how surely, and nothing of who says so: to compare two days.

Where all its facts simply have a value, and all that may be the one that holds have the same, the
answer follows from their days alone. For everything else it is that of ``held_in``; where both
ways lead, they lead to the same.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

from archive.dates import EARLIEST_DAY
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Held, Standing
from archive.vocabulary import UNKNOWN, AttributeClass

# One value for itself, several as a set of them; None where nothing is held.
Sense: TypeAlias = tuple[object, Standing] | None

_SUM: Final = AttributeClass.SUM
_CERTAIN: Final = Standing.CERTAIN
_POSSIBLE: Final = Standing.POSSIBLE


def sensed(cell: Cell, *days: int) -> list[Sense]:
    """Return what *cell* shows on each of *days*, and how surely it holds."""
    is_plain = not (cell.bodies or cell.posts) and _is_plain(cell.facts)
    if cell.attribute.attribute_class is _SUM or not is_plain:
        return [sense_of(held_in(cell, day)) for day in days]
    return [_plainly(cell, day) for day in days]


def _is_plain(facts: Iterable[Fact]) -> bool:
    for fact in facts:
        value = fact.value
        if not value or value == UNKNOWN or fact.is_set_aside:
            return False
    return True


def _plainly(cell: Cell, day: int) -> Sense:
    latest, standing, value = EARLIEST_DAY, _POSSIBLE, ""
    for fact in cell.facts:
        if fact.hi <= day:
            standing = _CERTAIN
            latest = max(latest, fact.lo)
    for fact in cell.facts:
        if fact.lo <= day and fact.hi >= latest:
            if value and fact.value != value:
                return sense_of(held_in(cell, day))
            value = fact.value or ""
    return (value, standing) if value else None


def sense_of(answer: Held | None) -> Sense:
    """Return the values that *answer* shows, and how surely they hold."""
    if answer is None:
        return None
    shown = answer.candidates + answer.set_aside
    if len(shown) == 1:
        return shown[0].value or "", answer.standing
    values = frozenset([fact.value or "" for fact in shown])
    return next(iter(values)) if len(values) == 1 else values, answer.standing
