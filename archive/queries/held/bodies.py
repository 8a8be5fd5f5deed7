"""What may have ended with an organization: stakes in it and of it, and posts at it.

An event that ends an organization says nothing of those who held it, of what it held, or of a
post at it. So what the facts of such a cell make certain is only possible on a day on which the
organization has ended, or may have. That is read off the organization's own status, by the rule
that all cells go by: where it is disputed, corrected, or active again, so is what follows from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, literal, or_, select
from sqlalchemy import bindparam as given

from archive.projections.tables import attributes, cells, entities, fact_values, facts
from archive.queries.held.fact import Fact
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.vocabulary import ENTITY_TYPES, RIGHTS, Attribute


def _called_so(entity_type: str, *names: str) -> dict[str, Attribute]:
    return {name: ENTITY_TYPES[entity_type].attributes[name] for name in names}


BODY: Final = "organization"
PERSON: Final = "person"
STATUS: Final = ENTITY_TYPES[BODY].attributes["status"]
ENDED: Final = frozenset({"merged", "closed", "absorbed", "dissolved"})
# Of the organization itself, those that name one by their value, and those that do by their
# member; other types have some of a name.
_OF_ITSELF: Final = _called_so(BODY, *RIGHTS.values(), "parent", "officers", "board")
_NAMING_IT: Final = _called_so(PERSON, "roles", "affiliation")
_HELD_BY: Final = _called_so(BODY, "parent")
_MEMBERS: Final = _called_so(BODY, *RIGHTS.values())


def _is_among(attribute: Attribute, *some: Mapping[str, Attribute]) -> bool:
    return any(one.get(attribute.name) is attribute for one in some)


def bodies_of(slug: str, attribute: Attribute, member: str, told: Iterable[Fact]) -> set[str]:
    """Return the ids of the organizations without which a cell of *slug* may hold nothing."""
    if not is_bound(attribute.name):
        return set()
    found = {slug} if _is_among(attribute, _OF_ITSELF) else set[str]()
    if _is_among(attribute, _MEMBERS):
        found.add(member)
    if _is_among(attribute, _NAMING_IT, _HELD_BY):
        found |= {fact.value for fact in told if fact.value}
    return found


def bound_by(slug: str, attribute: Attribute, member: str) -> tuple[set[str], bool]:
    """Return the organizations after whose founding all of a cell lies, whatever is told of it.

    And whether each fact lies after that of the one that it names, too.
    """
    bodies = bodies_of(slug, attribute, member, ())
    return bodies, _is_among(attribute, _NAMING_IT, _HELD_BY)


def is_bound(name: str) -> bool:
    """Tell whether attributes called *name* may be of an organization's time alone."""
    return name in _OF_ITSELF or name in _NAMING_IT


def may_have_ended(status: Iterable[Fact]) -> bool:
    """Tell whether any of the facts of a status is an end."""
    return any(fact.value in ENDED for fact in status)


def resting_on(connection: Connection, numbers: Iterable[int], *, ground: Ground) -> set[int]:
    """Return the cells that may end with an organization whose status is one of *numbers*.

    And those that may begin with it, since some of what they tell is vague.
    """
    on_server, said = is_server(connection), {"cells": sorted(numbers)}
    found = set[int]()
    for is_ended in (True, False):
        query = _of_status(on_server=on_server, is_ended=is_ended)
        bodies = asked(connection, query, said)
        if not bodies:
            continue
        theirs = ground.family({ground.homes.get(number, number) for (number,) in bodies})
        resting = _resting(on_server=on_server, is_vague=not is_ended)
        found |= {number for (number,) in asked(connection, resting, {"numbers": theirs})}
    return found


def statuses_behind(
    connection: Connection, mine: Sequence[int], attribute: Attribute, *, ground: Ground
) -> list[int]:
    """Return the cells of status of those organizations with which cells *mine* may end."""
    queries = [_whose()] if _is_among(attribute, _OF_ITSELF) else []
    if _is_among(attribute, _MEMBERS):
        queries.append(_holders())
    if _is_among(attribute, _NAMING_IT, _HELD_BY):
        queries.append(_named())
    is_vague = bool(mine) and bool(connection.scalars(_vague(), {"cells": mine}).first())
    return _statuses_of(connection, queries, mine, ground, is_any=is_vague)


def statuses_of_bodies(
    connection: Connection, entities: Sequence[int], *, ground: Ground
) -> list[int]:
    """Return the cells of status of others with which posts or owners of *entities* may end."""
    found = list(connection.scalars(_tied(), {"entities": entities}))
    return _statuses_of(connection, [_holders(), _named()], found, ground) if found else []


def bound_cells(connection: Connection, entities: Sequence[int]) -> list[int]:
    """Return the cells of *entities* that tell vaguely of posts or owners, and all of posts."""
    return list(connection.scalars(_bound(), {"entities": entities}))


@cache
def _bound() -> Select[Any]:
    vague = select(literal(1)).where(facts.c.cell_id == cells.c.id, facts.c.lo < facts.c.hi)
    return select(cells.c.id).where(
        cells.c.entity_id.in_(given("entities", expanding=True)),
        or_(
            cells.c.attribute_id.in_(_called(PERSON, ["roles"])),
            cells.c.attribute_id.in_(_called(PERSON, _NAMING_IT)) & vague.exists(),
            cells.c.attribute_id.in_(_called(BODY, _OF_ITSELF)) & vague.exists(),
        ),
    )


def _statuses_of(
    connection: Connection,
    queries: Iterable[Select[Any]],
    mine: Sequence[int],
    ground: Ground,
    *,
    is_any: bool = False,
) -> list[int]:
    """Return the cells of status of the entities that *queries* find of the cells *mine*.

    Of those told to have ended, or of any.
    """
    bodies = {one for query in queries for one in connection.scalars(query, {"cells": mine})}
    numbers = ground.family({ground.homes.get(number, number) for number in bodies})
    query = _statuses(is_any=is_any)
    return list(connection.scalars(query, {"numbers": numbers})) if numbers else []


@cache
def _vague() -> Select[Any]:
    mine = facts.c.cell_id.in_(given("cells", expanding=True))
    return select(facts.c.id).where(mine, facts.c.lo < facts.c.hi).limit(1)


@cache
def _tied() -> Select[Any]:
    return select(cells.c.id).where(
        cells.c.entity_id.in_(given("entities", expanding=True)),
        or_(
            cells.c.attribute_id.in_(_called(PERSON, _NAMING_IT)),
            cells.c.attribute_id.in_(_called(BODY, _HELD_BY | _MEMBERS)),
        ),
    )


@cache
def _holders() -> Select[Any]:
    members = select(cells.c.member).where(
        cells.c.id.in_(given("cells", expanding=True)),
        cells.c.attribute_id.in_(_called(BODY, _MEMBERS)),
    )
    return select(entities.c.id).where(entities.c.slug.in_(members))


@cache
def _whose() -> Select[Any]:
    return select(cells.c.entity_id).where(cells.c.id.in_(given("cells", expanding=True)))


@cache
def _named() -> Select[Any]:
    said = select(facts.c.value_id).where(facts.c.cell_id.in_(given("cells", expanding=True)))
    slugs = select(fact_values.c.value).where(fact_values.c.id.in_(said))
    return select(entities.c.id).where(entities.c.slug.in_(slugs))


@cache
def _statuses(*, is_any: bool) -> Select[Any]:
    of_status = cells.alias("of_status")
    found = select(of_status.c.id).where(
        of_status.c.entity_id.in_(given("numbers", expanding=True)),
        of_status.c.attribute_id.in_(_called(BODY, [STATUS.name])),
    )
    return found if is_any else found.where(_is_told_ended(of_status.c.entity_id))


def _is_told_ended(entity: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that the status of an entity was ever told to be an end."""
    values = select(fact_values.c.id).where(is_own(fact_values.c.value, sorted(ENDED)))
    told = (
        select(literal(1))
        .select_from(cells)
        .join(facts, facts.c.cell_id == cells.c.id)
        .where(
            cells.c.entity_id == entity,
            cells.c.attribute_id.in_(_called(BODY, [STATUS.name])),
            facts.c.value_id.in_(values),
        )
        .limit(1)
        .correlate(entity.table)
    )
    # A scalar, not EXISTS: a server would read all that has such a value into a hash first.
    return told.scalar_subquery().is_not(None)


def _called(entity_type: str, names: Iterable[str]) -> Select[Any]:
    return select(attributes.c.id).where(
        is_own(attributes.c.entity_type, [entity_type]), is_own(attributes.c.name, sorted(names))
    )


@cache
def _of_status(*, on_server: bool, is_ended: bool) -> Select[Any]:
    of_status = cells.alias("of_status")
    found = select(of_status.c.entity_id).where(
        among(of_status.c.id, "cells", on_server=on_server),
        of_status.c.attribute_id.in_(_called(BODY, [STATUS.name])),
    )
    return found.where(_is_told_ended(of_status.c.entity_id)) if is_ended else found


@cache
def _resting(*, on_server: bool, is_vague: bool) -> Any:
    its_own = select(cells.c.id).where(
        among(cells.c.entity_id, "numbers", on_server=on_server),
        cells.c.attribute_id.in_(_called(BODY, _OF_ITSELF)),
    )
    slugs = select(entities.c.slug).where(among(entities.c.id, "numbers", on_server=on_server))
    naming = (
        select(facts.c.cell_id)
        .join(cells, cells.c.id == facts.c.cell_id)
        .where(
            facts.c.value_id.in_(select(fact_values.c.id).where(fact_values.c.value.in_(slugs))),
            or_(
                cells.c.attribute_id.in_(_called(PERSON, _NAMING_IT)),
                cells.c.attribute_id.in_(_called(BODY, _HELD_BY)),
            ),
        )
    )
    held_by_it = select(cells.c.id).where(
        cells.c.attribute_id.in_(_called(BODY, _MEMBERS)), cells.c.member.in_(slugs)
    )
    if is_vague:
        some = facts.alias("some")
        told = select(literal(1)).where(some.c.cell_id == cells.c.id, some.c.lo < some.c.hi)
        its_own, held_by_it = (one.where(told.exists()) for one in (its_own, held_by_it))
        naming = naming.where(facts.c.lo < facts.c.hi)
    return its_own.union(naming, held_by_it)
