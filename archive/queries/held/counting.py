"""What each cell counts with: the likeliest of what its row says, as far as it likely has begun.

So counts never say otherwise than the rows. Where a row is only possible its likeliest value
counts from the likely day of that on, and none where it is likelier that it has ended. A person
counts as having a post where its organization counts with that person in it, and as being of an
organization by what was told of that, or as long as any post there counts.
"""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from msgspec import structs

from archive.dates import came_later
from archive.queries.held.answering import held_in
from archive.queries.held.bodies import is_bound
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.leaving import handed_on
from archive.queries.held.posts import AFFILIATION, OFFICERS, ROLES, is_lasting, office_of
from archive.queries.held.standing import candidates
from archive.vocabulary import HANDED_ON, AttributeClass, entity_type

_NONE: Final[tuple[str, ...]] = ()


def is_told_alone(type_name: str, attribute: str) -> bool:
    """Tell whether the last that was told of a cell of *attribute* is what it counts with.

    Not so of sums, of posts and what is handed on, and of what begins with an organization.
    """
    named = entity_type(type_name).attributes[attribute]
    is_post = any(named is one for one in (OFFICERS, ROLES, AFFILIATION))
    is_sum = named.attribute_class is AttributeClass.SUM
    return not (is_sum or is_post or is_bound(attribute) or attribute in HANDED_ON)


def counted_in(cells: Iterable[Cell], day: int) -> Counter[str]:
    """Return how many of *cells* count with each value on *day*."""
    return Counter(value for cell in cells for value in likeliest(cell, day))


def likeliest(cell: Cell, day: int) -> tuple[str, ...]:
    """Return what *cell* counts with on *day*: one value or none, of a sum one a currency."""
    if cell.posts:
        return _in_post(cell, day) if cell.attribute is ROLES else _affiliated(cell, day)
    answer = held_in(cell, day)
    if answer is None:
        return _NONE
    if cell.attribute.attribute_class is AttributeClass.SUM:
        return tuple(one.value for one in answer.candidates if one.value is not None)
    if any(fact.leaver for fact in cell.facts):
        last = _left_or_held(cell, day)
    else:
        last = answer.alive[0] if answer.alive[0].v <= day else None
    return (last.value,) if last is not None and last.value is not None else _NONE


def _left_or_held(cell: Cell, day: int) -> Fact | None:
    """Return by what a post or a parent that somebody left is likely had, or nobody's, on *day*.

    That is the last of the takings up by their likely days, unless it was left since.
    """
    heard = [fact for fact in cell.facts if not fact.is_set_aside]
    if cell.attribute.name in HANDED_ON:
        likely = [structs.replace(fact, lo=fact.v, hi=fact.v) for fact in heard]
        ids = {fact.id for fact in handed_on(likely, day, candidates=candidates)}
        heard = [fact for fact in heard if fact.id in ids]
    told = sorted((fact for fact in heard if fact.v <= day), key=_TURN)
    taken = next((fact for fact in reversed(told) if not fact.leaver), None)
    if taken is None:
        return told[-1] if told else None
    return next((fact for fact in reversed(told) if _ends(fact, taken)), taken)


def _ends(leaving: Fact, taken: Fact) -> bool:
    """Tell whether a leaving ends a taking up: that of the same event, or since of the person."""
    if leaving.leaver and leaving.telling[0] == taken.telling[0]:
        return True
    return leaving.leaver == taken.value and _is_since(leaving, taken)


def _is_since(leaving: Fact, taken: Fact) -> bool:
    """Tell whether a leaving likely came after a taking up by the same person."""
    if leaving.v == taken.v:
        return not came_later(taken.clock, leaving.clock)
    return leaving.v > taken.v


def _in_post(cell: Cell, day: int) -> tuple[str, ...]:
    if held_in(cell, day) is None or likeliest(cell.posts[0], day) != (cell.entity.id,):
        return _NONE
    return (office_of(cell.member)[0],)


def _affiliated(cell: Cell, day: int) -> tuple[str, ...]:
    if held_in(cell, day) is None:
        return _NONE
    own = likeliest(_by_itself(cell), day)
    is_kept = any(likeliest(post, day) for post in cell.posts if is_lasting(post.member))
    return own or ((cell.member,) if is_kept else _NONE)


def _by_itself(cell: Cell) -> Cell:
    return structs.replace(cell, posts=())


_TURN: Final = attrgetter("v", "hi", "clock", "id")
