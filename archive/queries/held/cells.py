"""The cells of the facts' read model, read for a question: whole, or as far as matters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.queries.answers import EntityRef
from archive.queries.held.assembling import assembled
from archive.queries.held.bodies import STATUS, bodies_of, bound_by, is_bound, may_have_ended
from archive.queries.held.cell import Cell
from archive.queries.held.ending import of_fact
from archive.queries.held.founding import since_founded
from archive.queries.held.lifetimes import Lifetimes
from archive.queries.held.posts import ROLES, with_posts
from archive.queries.held.seeking import sought
from archive.queries.known.asking import Line
from archive.queries.known.ground import Ground, ground
from archive.queries.known.narrowing import family, is_known

_Reading: TypeAlias = Callable[..., list[Line]]


def read_cells(
    connection: Connection,
    *,
    known: int,
    entity: str = "",
    entity_type: str = "",
    attribute_names: Sequence[str] = (),
    cell_ids: Sequence[int] = (),
) -> list[Cell]:
    """Return the cells asked for with every fact known, whatever its day, in order.

    The order is that of the names of the entities, then that of the vocabulary. Merged entities
    answer under the one they were merged into, and are named so too. A claim is set aside only in
    the cells of which the claim preferred to it speaks as well.
    """
    stands = ground(connection, known=known)
    wanted: list[ColumnElement[bool]] = []
    if entity:
        wanted.append(cells.c.entity_id.in_(family(connection, entity, known=known)))
    if entity_type:
        wanted.append(attributes.c.entity_type == entity_type)
    if attribute_names:
        wanted.append(attributes.c.name.in_(attribute_names))
    if cell_ids:
        wanted.append(cells.c.id.in_(cell_ids))
    read = assembled(connection, _whole(connection, wanted, known), stands)

    def lines_of(
        *,
        entities: Sequence[int] = (),
        cell_ids: Sequence[int] = (),
        attribute_names: Sequence[str] = (),
    ) -> list[Line]:
        theirs = [cells.c.entity_id.in_(entities)] if entities else [cells.c.id.in_(cell_ids)]
        if attribute_names:
            theirs.append(attributes.c.name.in_(attribute_names))
        return _whole(connection, theirs, known)

    has_roles = not cell_ids and (not attribute_names or ROLES.name in attribute_names)
    return _beside_others(connection, read, stands, lines_of, has_roles=has_roles)


def _whole(
    connection: Connection, wanted: Iterable[ColumnElement[bool]], known: int
) -> list[Line]:
    query = (
        select(
            cells.c.id,
            cells.c.entity_id,
            attributes.c.name.label("attribute"),
            cells.c.member,
            *of_fact(facts),
        )
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(is_known(facts.c.id // PER_EVENT, facts.c.gone, known), *wanted)
    )
    return [tuple(row) for row in connection.execute(query)]


def cells_on(
    connection: Connection,
    *,
    ground: Ground,
    days: tuple[int, int],
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
    with_kinds: bool = True,
    **scope: Any,
) -> list[Cell]:
    """Return the cells of *scope*, as ``sought`` takes it, with the facts that matter on *days*.

    The order is that of ``read_cells``; *refs* are the entities that are known already. Without
    *with_kinds* a fact tells the kind of its event only where what is held depends on it.
    """
    lines_of = partial(sought, connection, ground=ground, days=days)
    read = assembled(connection, lines_of(**scope), ground, refs, with_kinds=with_kinds)
    names = scope.get("attribute_names")
    has_roles = bool(scope.get("entities")) and (not names or ROLES.name in names)
    return _beside_others(connection, read, ground, lines_of, has_roles=has_roles)


def _beside_others(
    connection: Connection,
    read: list[Cell],
    ground: Ground,
    lines_of: _Reading,
    *,
    has_roles: bool,
) -> list[Cell]:
    """Return *read* with the cells of others by which they are answered.

    *has_roles* tells that all posts of the people who are in it are.
    """
    beside = _Beside(connection, ground, lines_of)

    def cells_of(**scope: Any) -> list[Cell]:
        return beside.bodies(assembled(connection, lines_of(**scope), ground))

    return with_posts(connection, beside.bodies(read), ground, cells_of, has_roles=has_roles)


class _Beside:
    """Puts beside cells those of the organizations with which what they hold may have ended."""

    def __init__(self, connection: Connection, ground: Ground, lines_of: _Reading) -> None:
        self._connection = connection
        self._ground = ground
        self._lines_of = lines_of
        self._lifetimes = Lifetimes(connection, ground)

    def bodies(self, read: list[Cell]) -> list[Cell]:
        """Return *read*, what they tell vaguely after the founding of their organizations.

        Those that may have ended with some have the cells of the status of these.
        """
        resting = {
            at: bodies
            for at, cell in enumerate(read)
            if is_bound(cell.attribute.name)
            and (bodies := bodies_of(cell.entity.id, cell.attribute, cell.member, cell.facts))
        }
        if not resting:
            return read
        wanted = set[str]().union(*resting.values())
        self._lifetimes.look_up(wanted)
        status = self._ends(wanted, read)
        founded = self._lifetimes.founded
        for at, bodies in resting.items():
            if not founded.keys().isdisjoint(bodies):
                read[at] = self._since_founded(read[at])
            theirs = tuple([status[slug] for slug in sorted(bodies) if slug in status])
            if theirs:
                read[at] = msgspec.structs.replace(read[at], bodies=theirs)
        return read

    def _ends(self, wanted: set[str], read: Iterable[Cell]) -> dict[str, Cell]:
        """Return the status of those *wanted* that may have ended, from *read* where it is."""
        here = {cell.entity.id: cell for cell in read if cell.attribute is STATUS}
        ended = self._lifetimes.ended
        missing = self._ground.family(
            ended[slug] for slug in wanted if slug in ended and slug not in here
        )
        told = self._lines_of(entities=missing, attribute_names=[STATUS.name]) if missing else []
        found = assembled(self._connection, told, self._ground) if missing else []
        here |= {cell.entity.id: cell for cell in found}
        return {slug: cell for slug, cell in here.items() if may_have_ended(cell.facts)}

    def _since_founded(self, cell: Cell) -> Cell:
        if all(fact.lo == fact.hi for fact in cell.facts):
            return cell
        always, is_naming = bound_by(cell.entity.id, cell.attribute, cell.member)
        founded = self._lifetimes.founded
        told = since_founded(cell.facts, always, founded, is_naming=is_naming)
        return msgspec.structs.replace(cell, facts=told)
