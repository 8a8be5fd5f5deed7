"""What a person holds: told by the organization's posts, and an affiliation by all of these.

An organization has one at a time in a post: so whoever was followed in one has it no more, whether
or not anybody told that they left. Both pages give one verdict: a person has a post as surely as
the organization's own cell of that post names them, by the events by which it does.

An affiliation holds at least as surely as any post at the organization, whatever other post was
left; but who founded it did so for ever, which is no post. Where the post that it began with was
taken up by another, or may have been, and no other post is left, it is possible at most: whether
somebody stayed on without it is not told.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, func, select

from archive.dates import LATEST_DAY
from archive.projections import entity_ids
from archive.projections.tables import cells, entities, fact_values, facts
from archive.queries.held.bodies import BODY, PERSON
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.known.asking import among, asked
from archive.queries.known.attributing import attributes_called
from archive.queries.known.ground import Ground
from archive.queries.known.merging import JOINT
from archive.queries.known.nesting import is_server
from archive.vocabulary import ENTITY_TYPES, FOUNDERS, LEFT_BY, VACANT, Attribute

OFFICERS: Final = ENTITY_TYPES[BODY].attributes["officers"]
ROLES: Final = ENTITY_TYPES[PERSON].attributes["roles"]
AFFILIATION: Final = ENTITY_TYPES[PERSON].attributes["affiliation"]


def of_a_person(attribute: Attribute) -> bool:
    """Tell whether cells of *attribute* are answered by posts."""
    return attribute is ROLES or attribute is AFFILIATION


def office_of(member: str) -> tuple[str, str]:
    """Return the id of the organization of a person's cell of a post, and that one's own cell."""
    post, _joint, body = member.rpartition(JOINT)
    return body, post.removesuffix(JOINT)


def is_lasting(member: str) -> bool:
    """Tell whether a person's cell is of a post, and not of having founded an organization."""
    return member.split(JOINT, 1)[0] not in FOUNDERS


def with_posts(
    connection: Connection,
    read: list[Cell],
    ground: Ground,
    cells_of: Callable[..., list[Cell]],
    *,
    has_roles: bool,
) -> list[Cell]:
    """Return *read*, in which those of people now have the cells by which they are answered.

    *cells_of* reads the cells of ``entities`` and ``attribute_names``, or those of ``cell_ids``;
    *has_roles* tells that all posts of the people of *read* are in it.
    """
    mine = [at for at, cell in enumerate(read) if of_a_person(cell.attribute)]
    if not mine:
        return read
    told = _roles_of(connection, [read[at] for at in mine], ground, cells_of, has_all=has_roles)
    offices = _offices(connection, told, ground, cells_of)
    roles = {_place(cell): _in_office(cell, offices) for cell in told}
    theirs: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in roles.values():
        theirs[cell.entity.id, office_of(cell.member)[0]].append(cell)
    answered = list(read)
    for at in mine:
        cell = read[at]
        if cell.attribute is ROLES:
            answered[at] = roles[_place(cell)]
        else:
            posts = tuple(theirs[cell.entity.id, cell.member])
            answered[at] = msgspec.structs.replace(cell, posts=posts)
    return answered


def _roles_of(
    connection: Connection,
    mine: Sequence[Cell],
    ground: Ground,
    cells_of: Callable[..., list[Cell]],
    *,
    has_all: bool,
) -> list[Cell]:
    """Return the cells of posts among *mine*, and all of those whose affiliations are there."""
    own = {_place(cell): cell for cell in mine if cell.attribute is ROLES}
    people = {cell.entity.id for cell in mine if cell.attribute is AFFILIATION}
    numbers = [] if has_all or not people else entity_ids(connection, people).values()
    if not numbers:
        return list(own.values())
    held = cells_of(entities=ground.family(numbers), attribute_names=[ROLES.name])
    return list(({_place(cell): cell for cell in held} | own).values())


def _in_office(cell: Cell, offices: Mapping[tuple[str, str], Cell]) -> Cell:
    """Return a person's cell of a post with the organization's own one, if that has any."""
    office = offices.get(office_of(cell.member))
    return cell if office is None else msgspec.structs.replace(cell, posts=(office,))


def followers(cell: Cell) -> list[tuple[Cell, Fact]]:
    """Return those told to have taken up, since it was taken up here, a post that *cell* is of."""
    found: dict[int, tuple[Cell, Fact]] = {}
    for post in cell.posts if cell.attribute is AFFILIATION else [cell]:
        begun = min((fact.lo for fact in post.facts if fact.value), default=LATEST_DAY)
        for office in post.posts:
            for fact in office.facts:
                is_other = fact.value not in (None, VACANT, cell.entity.id)
                if is_other and fact.hi >= begun and not fact.is_set_aside:
                    found[fact.id] = office, fact
    return list(found.values())


def _place(cell: Cell) -> tuple[str, str]:
    return cell.entity.id, cell.member


def _offices(
    connection: Connection,
    roles: Iterable[Cell],
    ground: Ground,
    cells_of: Callable[..., list[Cell]],
) -> dict[tuple[str, str], Cell]:
    """Return the organizations' own cells of the posts that *roles* are of."""
    wanted = {office_of(cell.member) for cell in roles}
    ids = _offices_called(connection, wanted, ground)
    found = cells_of(cell_ids=ids) if ids else []
    return {_place(cell): cell for cell in found}


def _offices_called(
    connection: Connection, wanted: Collection[tuple[str, str]], ground: Ground
) -> list[int]:
    if not wanted:
        return []
    query = _named(on_server=is_server(connection))
    bodies = ground.spelt(body for body, _post in wanted)
    said = {"slugs": sorted(bodies), "posts": sorted({post for _body, post in wanted})}
    return [number for (number,) in asked(connection, query, said)]


@cache
def _named(*, on_server: bool) -> Select[Any]:
    bodies = select(entities.c.id).where(among(entities.c.slug, "slugs", on_server=on_server))
    return select(cells.c.id).where(
        cells.c.entity_id.in_(bodies),
        cells.c.attribute_id.in_(attributes_called(BODY, [OFFICERS.name])),
        among(cells.c.member, "posts", on_server=on_server),
    )


# --- which cells rest on which ------------------------------------------------------------------


def answered_by(connection: Connection, numbers: Iterable[int], *, ground: Ground) -> set[int]:
    """Return the cells of people that may be answered otherwise as the cells *numbers* change."""
    query = _people(on_server=is_server(connection))
    people = [number for (number,) in asked(connection, query, {"cells": sorted(numbers)})]
    if not people:
        return set()
    at_home = ground.family({ground.homes.get(number, number) for number in people})
    query = _of_people(on_server=is_server(connection))
    return {number for (number,) in asked(connection, query, {"numbers": at_home})}


@cache
def _people(*, on_server: bool) -> Any:
    """Return the query for the people with posts that some cells tell of, their own or not."""
    of_posts = cells.alias("of_posts")
    mine = among(of_posts.c.id, "cells", on_server=on_server)
    own = select(of_posts.c.entity_id).where(
        mine, of_posts.c.attribute_id.in_(attributes_called(PERSON, [ROLES.name]))
    )
    who = func.replace(fact_values.c.value, LEFT_BY, "")
    named = (
        select(entities.c.id)
        .select_from(of_posts)
        .join(facts, facts.c.cell_id == of_posts.c.id)
        .join(fact_values, fact_values.c.id == facts.c.value_id)
        .join(entities, entities.c.slug == who)
        .where(mine, of_posts.c.attribute_id.in_(attributes_called(BODY, [OFFICERS.name])))
    )
    return own.union(named)


@cache
def _of_people(*, on_server: bool) -> Select[Any]:
    return select(cells.c.id).where(
        among(cells.c.entity_id, "numbers", on_server=on_server),
        cells.c.attribute_id.in_(attributes_called(PERSON, [ROLES.name, AFFILIATION.name])),
    )


def posts_behind(
    connection: Connection, entities_: Sequence[int], members: Collection[str], *, ground: Ground
) -> list[int]:
    """Return the organizations' own cells of the posts that people *entities_* were told to have.

    Of those of *members*, ids of organizations or a person's own cells of posts, if any are given.
    """
    query = _members(on_server=is_server(connection))
    told = [str(one) for (one,) in asked(connection, query, {"numbers": list(entities_)})]
    wanted = {
        (ground.named.get(body, body), post)
        for member in told
        for body, post in [office_of(member)]
        if not members or {member, body, ground.named.get(body, body)} & {*members}
    }
    return _offices_called(connection, wanted, ground)


@cache
def _members(*, on_server: bool) -> Select[Any]:
    return select(cells.c.member).where(
        among(cells.c.entity_id, "numbers", on_server=on_server),
        cells.c.attribute_id.in_(attributes_called(PERSON, [ROLES.name])),
    )
