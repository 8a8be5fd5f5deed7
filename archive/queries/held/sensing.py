"""What a cell says on a day and how surely, and by which facts: to compare two days in keys.

Where all its facts simply have a value, and all that may be the one that holds have the same, the
answer follows from their days alone. For everything else it is that of ``held_in``; where both
ways lead, they lead to the same.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from archive.dates import EARLIEST_DAY
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Held, Standing
from archive.vocabulary import UNKNOWN, AttributeClass

# One value for itself, several as a set of them; None where nothing is held.
Sense: TypeAlias = tuple[object, Standing] | None


class Sensed(NamedTuple):
    """What a cell says on a day, and the numbers of the facts that show it."""

    sense: Sense
    shown: tuple[int, ...]


_SUM: Final = AttributeClass.SUM
_CERTAIN: Final = Standing.CERTAIN
_POSSIBLE: Final = Standing.POSSIBLE
_NOTHING: Final = Sensed(None, ())


def sensed(cell: Cell, *days: int) -> list[Sensed]:
    """Return what *cell* shows on each of *days*."""
    is_plain = not (cell.bodies or cell.posts) and _is_plain(cell.facts)
    if cell.attribute.attribute_class is _SUM or not is_plain:
        return [_by_the_rule(cell, day) for day in days]
    return [_plainly(cell, day) for day in days]


def behind(cell: Cell, answer: Held) -> tuple[Fact, ...]:
    """Return the facts that *answer* shows, of a sum all that it was added up from."""
    if cell.attribute.attribute_class is _SUM:
        return answer.alive
    return (*answer.candidates, *answer.set_aside)


def _is_plain(facts: Iterable[Fact]) -> bool:
    for fact in facts:
        value = fact.value
        if not value or value == UNKNOWN or fact.is_set_aside:
            return False
    return True


def _by_the_rule(cell: Cell, day: int) -> Sensed:
    answer = held_in(cell, day)
    if answer is None:
        return _NOTHING
    return Sensed(sense_of(answer), tuple([fact.id for fact in behind(cell, answer)]))


def _plainly(cell: Cell, day: int) -> Sensed:
    latest, standing, value = EARLIEST_DAY, _POSSIBLE, ""
    for fact in cell.facts:
        if fact.hi <= day:
            standing = _CERTAIN
            latest = max(latest, fact.lo)
    shown = []
    for fact in cell.facts:
        if fact.lo <= day and fact.hi >= latest:
            if value and fact.value != value:
                return _by_the_rule(cell, day)
            value = fact.value or ""
            shown.append(fact.id)
    return Sensed((value, standing), tuple(shown)) if value else _NOTHING


def sense_of(answer: Held) -> Sense:
    """Return the values that *answer* shows, and how surely they hold."""
    shown = answer.candidates + answer.set_aside
    if len(shown) == 1:
        return shown[0].value or "", answer.standing
    values = frozenset([fact.value or "" for fact in shown])
    return next(iter(values)) if len(values) == 1 else values, answer.standing
