"""What one cell holds on a day: by the class of its attribute, and beside its organizations."""

from collections.abc import Mapping
from typing import Final

import msgspec

from archive.queries.held.bodies import bodies_of, may_have_ended
from archive.queries.held.cells import Cell
from archive.queries.held.standing import Held, Standing, held, held_alone
from archive.queries.held.summing import held_sums
from archive.vocabulary import ENTITY_TYPES, AttributeClass

# Met once for each cell of an answer: an enumeration takes long to name its members.
_SUM: Final = AttributeClass.SUM
_PHASE: Final = AttributeClass.PHASE


def held_in(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds on *day* by its attribute's class, or None."""
    if cell.bodies:
        return _held_beside(cell, day)
    facts, attribute = cell.facts, cell.attribute
    if attribute.attribute_class is _SUM:
        return held_sums(facts, day, money=attribute.value)
    if len(facts) == 1:
        return held_alone(facts, day)
    return held(facts, day, steps=steps_of(cell))


def _held_beside(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds, only possible where it may have ended with its bodies."""
    answer = held_in(msgspec.structs.replace(cell, bodies=()), day)
    if answer is None or answer.standing is not Standing.CERTAIN:
        return answer
    meant = bodies_of(cell.entity.id, cell.attribute, cell.member, answer.candidates)
    theirs = (held_in(body, day) for body in cell.bodies if body.entity.id in meant)
    if any(may_have_ended(one.candidates) for one in theirs if one):
        return msgspec.structs.replace(answer, standing=Standing.POSSIBLE, has_ended_body=True)
    return answer


def steps_of(cell: Cell) -> Mapping[str, int]:
    """Return the order in which the values of *cell* follow each other if it is a phase."""
    if cell.attribute.attribute_class is not _PHASE:
        return _NO_STEPS
    return _STEPS[cell.entity.type, cell.attribute.name]


_NO_STEPS: Final[Mapping[str, int]] = {}
_STEPS: Final[Mapping[tuple[str, str], Mapping[str, int]]] = {
    (kind.name, name): {
        value: number for number, value in enumerate(getattr(attribute.value, "options", {}))
    }
    for kind in ENTITY_TYPES.values()
    for name, attribute in kind.attributes.items()
    if attribute.attribute_class is _PHASE
}
