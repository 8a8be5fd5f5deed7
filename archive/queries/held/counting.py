"""Who likely has each post, parent or affiliation, by all that was told up to a day.

Where a date leaves several days the likely one counts; of what is told of one such day the vaguer
date, the later time and the later recorded come after. A post is had by whoever took it up last
and has not left it since; a parent is left by whoever had it alone, and sold on by such a one.
What was told of a person's own post counts unless the organization's post is told to be somebody
else's, and an affiliation goes on while any post at the organization does. So these counts go by
the rule of the rows (the modules ``leaving`` and ``posts``), of which they read the likely days.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Integer, Row, Select, select
from sqlalchemy import bindparam as given

from archive.dates import came_later
from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, entities, fact_values, facts
from archive.queries.held.fact import Fact
from archive.queries.held.leaving import handed_on
from archive.queries.held.posts import AFFILIATION, OFFICERS, ROLES, is_lasting, office_of
from archive.queries.held.seeking import known_now
from archive.queries.held.standing import candidates
from archive.vocabulary import HANDED_ON, VACANT, leaver_of

# A cell by the id of its entity and its member.
_Place: TypeAlias = tuple[str, str]
_Values: TypeAlias = Mapping[_Place, str | None]
_Lines: TypeAlias = list[Row[Any]]
_TURN: Final = attrgetter("cell_id", "v", "hi", "clock", "id")


def is_told_in_turn(type_name: str, attribute: str) -> bool:
    """Tell whether the last that was told of a cell does not say alone what it has."""
    return attribute in HANDED_ON or (type_name, attribute) in _COUNTS


def likely_values(
    connection: Connection,
    *,
    type_name: str,
    attribute: str,
    day: int,
    known: int,
    is_newest: bool,
) -> Counter[str]:
    """Return of how many cells each value is the likely one on *day*, where it is told in turn."""
    said = {"day": day, "known": known}
    query = _told(is_newest=is_newest)

    def told(of: str, name: str) -> _Lines:
        lines = connection.execute(query, said | {"type": of, "name": name})
        return sorted(lines, key=_TURN)  # for its sake a server would walk through all cells

    if attribute in HANDED_ON:
        of_cells = _by_place(told(type_name, attribute)).values()
        return _many(_handed(some, day) for some in of_cells)
    return _COUNTS[type_name, attribute](told)


def _many(values: Iterable[str | None]) -> Counter[str]:
    return Counter(value for value in values if value is not None)


def _by_place(lines: _Lines) -> dict[_Place, _Lines]:
    """Return what was told of each cell, in its turn."""
    return {
        (str(one[0].slug), str(one[0].member)): one
        for _cell, some in groupby(lines, attrgetter("cell_id"))
        for one in [list(some)]
    }


def _last(lines: _Lines) -> dict[_Place, str | None]:
    return {place: some[-1].value for place, some in _by_place(lines).items()}


# --- posts --------------------------------------------------------------------------------------

_Told: TypeAlias = Callable[[str, str], _Lines]


def _of_offices(told: _Told) -> Counter[str]:
    return _many(_holders(told).values())


def _of_people(told: _Told) -> Counter[str]:
    return _many(_posts(told).values())


def _of_the_affiliated(told: _Told) -> Counter[str]:
    lasting = {
        (person, office_of(member)[0])
        for (person, member), body in _posts(told).items()
        if body is not None and is_lasting(member)
    }
    own = _last(told("person", AFFILIATION.name))
    return _many(
        place[1] if body is None and place in lasting else body for place, body in own.items()
    )


def _holders(told: _Told) -> _Values:
    lines = told("organization", OFFICERS.name)
    return {place: _holder(some) for place, some in _by_place(lines).items()}


def _posts(told: _Told) -> _Values:
    """Return of each post that a person was told to have the organization, if they have it."""
    offices = _holders(told)
    return {
        (person, member): body
        for (person, member), body in _last(told("person", ROLES.name)).items()
        if offices.get(office_of(member), person) == person
    }


def _holder(of_post: _Lines) -> str | None:
    """Return who has a post; that it is vacant if whoever took it up last has left it since."""
    taken: Row[Any] | None = None
    left: defaultdict[str, _Lines] = defaultdict(list)
    begun, over = set[int](), set[int]()  # events that tell of stretches
    for fact in of_post:
        leaver = leaver_of(fact.value)
        if leaver:
            left[leaver].append(fact)
        elif fact.value is None and fact.id // PER_EVENT in begun:
            over.add(fact.id // PER_EVENT)
        else:
            taken = fact
            begun.add(fact.id // PER_EVENT)
    if taken is None:
        return VACANT
    if any(_is_since(one, taken) for one in left[taken.value]):
        return VACANT
    is_over = taken.id // PER_EVENT in over
    return None if is_over or taken.value is None else str(taken.value)


def _is_since(leaving: Row[Any], taken: Row[Any]) -> bool:
    """Tell whether a leaving likely came after a taking up by the same person."""
    if leaving.v == taken.v:
        return not came_later(taken.clock, leaving.clock)
    return bool(leaving.v > taken.v)


_COUNTS: Final[Mapping[tuple[str, str], Callable[[_Told], Counter[str]]]] = {
    ("organization", OFFICERS.name): _of_offices,
    ("person", ROLES.name): _of_people,
    ("person", AFFILIATION.name): _of_the_affiliated,
}


# --- parents ------------------------------------------------------------------------------------


def _handed(of_cell: _Lines, day: int) -> str | None:
    """Return who has what is handed on, when each that may have had it sold it."""
    if not any(leaver_of(line.value) for line in of_cell):
        return None if of_cell[-1].value is None else str(of_cell[-1].value)
    heard = {
        fact.id for fact in handed_on(list(map(_likely, of_cell)), day, candidates=candidates)
    }
    left = [line for line in of_cell if line.id in heard]
    holder = _holder(left) if left else None
    return None if holder == VACANT else holder


def _likely(line: Row[Any]) -> Fact:
    leaver = leaver_of(line.value)
    value = None if leaver else line.value
    return Fact(line.id, line.v, line.v, line.v, value, leaver=leaver, clock=line.clock)


# --- what was told ------------------------------------------------------------------------------


@cache
def _told(*, is_newest: bool) -> Select[Any]:
    asked = select(attributes.c.id).where(
        attributes.c.entity_type == given("type"), attributes.c.name == given("name")
    )
    return (
        select(
            facts.c.cell_id,
            entities.c.slug,
            cells.c.member,
            facts.c.id,
            facts.c.v,
            facts.c.hi,
            facts.c.clock,
            fact_values.c.value,
        )
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(entities, entities.c.id == cells.c.entity_id)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(
            cells.c.attribute_id == asked.scalar_subquery(),
            facts.c.v <= given("day", type_=Integer),
            known_now(facts, is_newest=is_newest),
        )
    )
