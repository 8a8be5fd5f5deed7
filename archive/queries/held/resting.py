"""Which cells rest on the status of an organization, and on which statuses a cell rests.

The module ``bodies`` tells what a stake or a post may have ended with, ``founding`` with what it
may have begun: whoever looks for what may be answered otherwise looks here.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal, or_, select
from sqlalchemy import bindparam as given

from archive.projections.tables import cells, entities, fact_values, facts
from archive.queries.held.bodies import (
    BODY,
    ENDED,
    HELD_BY,
    MEMBERS,
    NAMING_IT,
    OF_ITSELF,
    PERSON,
    STATUS,
    is_among,
)
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.attributing import attributes_called
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.vocabulary import Attribute


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
    queries = [_whose()] if is_among(attribute, OF_ITSELF) else []
    if is_among(attribute, MEMBERS):
        queries.append(_holders())
    if is_among(attribute, NAMING_IT, HELD_BY):
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
            cells.c.attribute_id.in_(attributes_called(PERSON, ["roles"])),
            cells.c.attribute_id.in_(attributes_called(PERSON, NAMING_IT)) & vague.exists(),
            cells.c.attribute_id.in_(attributes_called(BODY, OF_ITSELF)) & vague.exists(),
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
            cells.c.attribute_id.in_(attributes_called(PERSON, NAMING_IT)),
            cells.c.attribute_id.in_(attributes_called(BODY, HELD_BY | MEMBERS)),
        ),
    )


@cache
def _holders() -> Select[Any]:
    members = select(cells.c.member).where(
        cells.c.id.in_(given("cells", expanding=True)),
        cells.c.attribute_id.in_(attributes_called(BODY, MEMBERS)),
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
        of_status.c.attribute_id.in_(attributes_called(BODY, [STATUS.name])),
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
            cells.c.attribute_id.in_(attributes_called(BODY, [STATUS.name])),
            facts.c.value_id.in_(values),
        )
        .limit(1)
        .correlate(entity.table)
    )
    # A scalar, not EXISTS: a server would read all that has such a value into a hash first.
    return told.scalar_subquery().is_not(None)


@cache
def _of_status(*, on_server: bool, is_ended: bool) -> Select[Any]:
    of_status = cells.alias("of_status")
    found = select(of_status.c.entity_id).where(
        among(of_status.c.id, "cells", on_server=on_server),
        of_status.c.attribute_id.in_(attributes_called(BODY, [STATUS.name])),
    )
    return found.where(_is_told_ended(of_status.c.entity_id)) if is_ended else found


@cache
def _resting(*, on_server: bool, is_vague: bool) -> Any:
    its_own = select(cells.c.id).where(
        among(cells.c.entity_id, "numbers", on_server=on_server),
        cells.c.attribute_id.in_(attributes_called(BODY, OF_ITSELF)),
    )
    slugs = select(entities.c.slug).where(among(entities.c.id, "numbers", on_server=on_server))
    naming = (
        select(facts.c.cell_id)
        .join(cells, cells.c.id == facts.c.cell_id)
        .where(
            facts.c.value_id.in_(select(fact_values.c.id).where(fact_values.c.value.in_(slugs))),
            or_(
                cells.c.attribute_id.in_(attributes_called(PERSON, NAMING_IT)),
                cells.c.attribute_id.in_(attributes_called(BODY, HELD_BY)),
            ),
        )
    )
    held_by_it = select(cells.c.id).where(
        cells.c.attribute_id.in_(attributes_called(BODY, MEMBERS)), cells.c.member.in_(slugs)
    )
    if is_vague:
        some = facts.alias("some")
        told = select(literal(1)).where(some.c.cell_id == cells.c.id, some.c.lo < some.c.hi)
        its_own, held_by_it = (one.where(told.exists()) for one in (its_own, held_by_it))
        naming = naming.where(facts.c.lo < facts.c.hi)
    return its_own.union(naming, held_by_it)
