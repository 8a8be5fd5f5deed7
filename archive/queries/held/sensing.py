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
    if not _is_plain(cell):
        return [sense_of(held_in(cell, day)) for day in days]
    return [_plainly(cell, day) for day in days]


def shown_by(cell: Cell, day: int) -> frozenset[int]:
    """Return the numbers of the facts that show what *cell* says on *day*."""
    if _is_plain(cell):
        alive = _alive(cell.facts, day)
        if len({fact.value for fact in alive}) == 1:
            return frozenset([fact.id for fact in alive])
    answer = held_in(cell, day)
    return frozenset([fact.id for fact in behind(cell, answer)] if answer else ())


def behind(cell: Cell, answer: Held) -> tuple[Fact, ...]:
    """Return the facts that *answer* shows, of a sum all that it was added up from."""
    if cell.attribute.attribute_class is _SUM:
        return answer.alive
    return (*answer.candidates, *answer.set_aside)


def _is_plain(cell: Cell) -> bool:
    """Tell whether all facts of *cell* simply have a value, and nothing else bears on it."""
    if cell.bodies or cell.posts or cell.attribute.attribute_class is _SUM:
        return False
    for fact in cell.facts:
        value = fact.value
        if not value or value == UNKNOWN or fact.is_set_aside:
            return False
    return True


def _alive(facts: Iterable[Fact], day: int) -> list[Fact]:
    """Return those of plain *facts* that may be the one that holds on *day*."""
    latest = EARLIEST_DAY
    for fact in facts:
        if latest < fact.lo and fact.hi <= day:
            latest = fact.lo
    return [fact for fact in facts if fact.lo <= day and latest <= fact.hi]


def _plainly(cell: Cell, day: int) -> Sense:
    alive = _alive(cell.facts, day)
    if not alive:
        return None
    value, standing = alive[0].value, _POSSIBLE
    for fact in alive:
        if fact.value != value:
            return sense_of(held_in(cell, day))
        if fact.hi <= day:
            standing = _CERTAIN
    return value, standing


def sense_of(answer: Held | None) -> Sense:
    """Return the values that *answer* shows, and how surely they hold."""
    if answer is None:
        return None
    shown = answer.candidates + answer.set_aside
    if len(shown) == 1:
        return shown[0].value or "", answer.standing
    values = frozenset([fact.value or "" for fact in shown])
    return next(iter(values)) if len(values) == 1 else values, answer.standing
