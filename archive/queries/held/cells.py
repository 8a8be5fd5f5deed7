"""The cells of the facts' read model, read for a question: whole, or as far as matters."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.queries.answers import EntityRef
from archive.queries.held.assembling import assembled
from archive.queries.held.beside import Beside, Reading
from archive.queries.held.cell import Cell
from archive.queries.held.ending import of_fact
from archive.queries.held.posts import ROLES, with_posts
from archive.queries.held.seeking import sought
from archive.queries.known.asking import Line
from archive.queries.known.ground import Ground, ground
from archive.queries.known.narrowing import family, is_known


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

    def cells_of(
        *,
        entities: Sequence[int] = (),
        cell_ids: Sequence[int] = (),
        attribute_names: Sequence[str] = (),
    ) -> list[Cell]:
        theirs = [cells.c.entity_id.in_(entities)] if entities else [cells.c.id.in_(cell_ids)]
        if attribute_names:
            theirs.append(attributes.c.name.in_(attribute_names))
        return assembled(connection, _whole(connection, theirs, known), stands)

    has_roles = not cell_ids and (not attribute_names or ROLES.name in attribute_names)
    return _beside_others(connection, read, stands, cells_of, has_roles=has_roles)


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

    def cells_of(**scope: Any) -> list[Cell]:
        lines = sought(connection, ground=ground, days=days, **scope)
        return assembled(connection, lines, ground, refs, with_kinds=with_kinds)

    names = scope.get("attribute_names")
    has_roles = bool(scope.get("entities")) and (not names or ROLES.name in names)
    return _beside_others(connection, cells_of(**scope), ground, cells_of, has_roles=has_roles)


def _beside_others(
    connection: Connection,
    read: list[Cell],
    ground: Ground,
    cells_of: Reading,
    *,
    has_roles: bool,
) -> list[Cell]:
    """Return *read* with the cells of others by which they are answered.

    *has_roles* tells that all posts of the people who are in it are.
    """
    beside = Beside(connection, ground, cells_of)

    def bound_cells_of(**scope: Any) -> list[Cell]:
        return beside.bodies(cells_of(**scope))

    return with_posts(connection, beside.bodies(read), ground, bound_cells_of, has_roles=has_roles)
