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


def sensed(cell: Cell, day: int) -> Sense:
    """Return the values that *cell* shows on *day*, and how surely they hold."""
    if not (cell.bodies or cell.posts) and cell.attribute.attribute_class is not _SUM:
        plain = _plain(cell.facts, day)
        if plain is not None:
            values, has_begun = plain
            if not values:
                return None
            if len(values) == 1:
                return values.pop(), _CERTAIN if has_begun else _POSSIBLE
    return sense_of(held_in(cell, day))


def _plain(facts: Iterable[Fact], day: int) -> tuple[set[str], bool] | None:
    """Return the values of the candidates, and whether one has surely begun; None if unplain."""
    latest, has_begun = EARLIEST_DAY, False
    for fact in facts:
        if not fact.value or fact.value == UNKNOWN or fact.is_set_aside:
            return None
        if fact.hi <= day:
            has_begun = True
            latest = max(latest, fact.lo)
    found = {fact.value for fact in facts if fact.lo <= day and latest <= fact.hi}
    return {value for value in found if value}, has_begun


def sense_of(answer: Held | None) -> Sense:
    """Return the values that *answer* shows, and how surely they hold."""
    if answer is None:
        return None
    shown = answer.candidates + answer.set_aside
    if len(shown) == 1:
        return shown[0].value or "", answer.standing
    values = frozenset([fact.value or "" for fact in shown])
    return next(iter(values)) if len(values) == 1 else values, answer.standing
