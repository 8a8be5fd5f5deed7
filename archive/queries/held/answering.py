"""What one cell holds on a day: by the class of its attribute, and beside what it rests on.

That are the organizations without which it may hold nothing, and the posts of people.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import structs

from archive.projections import PER_EVENT
from archive.projections.turns import steps_in
from archive.queries.held.bodies import bodies_of, may_have_ended
from archive.queries.held.cell import Cell
from archive.queries.held.posts import ROLES, is_lasting, office_of
from archive.queries.held.standing import Held, Standing, held, held_alone
from archive.queries.held.summing import held_sums
from archive.vocabulary import AttributeClass

# Met once for each cell of an answer: an enumeration takes long to name its members.
_SUM: Final = AttributeClass.SUM
_PHASE: Final = AttributeClass.PHASE


def held_in(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds on *day* by its attribute's class, or None."""
    if cell.posts:
        return _held_in_post(cell, day) if cell.attribute is ROLES else _affiliated(cell, day)
    return _by_itself(cell, day)


def _by_itself(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds, whatever posts say."""
    return _beside_bodies(cell, day) if cell.bodies else _told(cell, day)


def _told(cell: Cell, day: int) -> Held | None:
    """Return what the facts of *cell* alone tell."""
    facts, attribute = cell.facts, cell.attribute
    if attribute.attribute_class is _SUM:
        return held_sums(facts, day, money=attribute.value)
    if len(facts) == 1:
        return held_alone(facts, day)
    return held(facts, day, steps=steps_of(cell))


def _beside_bodies(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds, only possible where it may have ended with its bodies."""
    answer = _told(cell, day)
    if answer is None or answer.standing is not Standing.CERTAIN:
        return answer
    meant = bodies_of(cell.entity.id, cell.attribute, cell.member, answer.candidates)
    theirs = (held_in(body, day) for body in cell.bodies if body.entity.id in meant)
    if any(may_have_ended(one.candidates) for one in theirs if one):
        return structs.replace(answer, standing=Standing.POSSIBLE, has_ended_body=True)
    return answer


def _held_in_post(cell: Cell, day: int) -> Held | None:
    """Return what a person has of a post: what the organization's own cell says of them."""
    person, (body, _post) = cell.entity.id, office_of(cell.member)
    office = held_in(cell.posts[0], day)
    theirs = [fact for fact in office.candidates if fact.value == person] if office else []
    if office is None or not theirs:
        return None
    mine = {fact.id // PER_EVENT: fact for fact in cell.facts if fact.value is not None}
    told = [mine.get(one.id // PER_EVENT) or structs.replace(one, value=body) for one in theirs]
    own = _by_itself(cell, day)
    are_unsure = own is not None and {own.standing, office.standing} == {Standing.POSSIBLE}
    return structs.replace(
        own if own is not None and are_unsure else office,  # the reason is told by whose it is
        is_changed_today=office.is_changed_today,
        candidates=tuple(told),
        set_aside=tuple([one for one in cell.facts if one.is_set_aside and one.lo <= day]),
        is_disputed=office.is_disputed or (own is not None and own.is_disputed),
    )


def _affiliated(cell: Cell, day: int) -> Held | None:
    """Return what an affiliation is, which no other post that was left has ended."""
    answer = _by_itself(cell, day)
    there = [held_in(post, day) for post in cell.posts if is_lasting(post.member)]
    kept = [one for one in there if one]
    sure = [one for one in kept if one.standing is Standing.CERTAIN]
    if answer is None:
        return next(iter(sure or kept), None)
    if sure:
        return answer if answer.standing is Standing.CERTAIN else sure[0]
    if answer.standing is Standing.CERTAIN and _is_overtaken(cell, answer, day):
        return structs.replace(answer, standing=Standing.POSSIBLE, is_overtaken=True)
    return answer


def _is_overtaken(cell: Cell, answer: Held, day: int) -> bool:
    """Tell whether another has the posts by which alone an affiliation is told, or may have."""
    overtaken: set[int] = set()
    for post in cell.posts:
        told, verdict = _by_itself(post, day), held_in(post, day)
        if told and told.standing is Standing.CERTAIN:
            is_sure = verdict is not None and verdict.standing is Standing.CERTAIN
            overtaken |= set() if is_sure else {one.id // PER_EVENT for one in post.facts}
    return all(one.id // PER_EVENT in overtaken for one in answer.candidates)


def steps_of(cell: Cell) -> Mapping[str, int]:
    """Return the order in which the values of *cell* follow each other if it is a phase."""
    if cell.attribute.attribute_class is not _PHASE:
        return _NO_STEPS
    return steps_in(cell.entity.type, cell.attribute.name)


_NO_STEPS: Final[Mapping[str, int]] = {}
