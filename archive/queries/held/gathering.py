"""Cells with their words, for answers that are computed from several of them.

The one place where such answers ask the read models; what they make of it is theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, select

from archive.dates import day_number
from archive.projections import entity_ids
from archive.projections.tables import attributes, cells
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on, read_cells
from archive.queries.held.fact import Fact
from archive.queries.held.phrasing import StateRow, state_rows
from archive.queries.held.standing import Held, candidates
from archive.queries.held.telling import StateValue, Teller, parts_of
from archive.queries.known.ground import Ground, ground
from archive.queries.known.rows import refs_called


@dataclass(frozen=True, slots=True)
class Gathered:
    """One cell on a day: the row of the state, and every fact that may be the one that holds.

    The row is without the claims to which another was preferred.
    ``is_never_empty`` tells that it holds something, whichever of its values that is.
    """

    row: StateRow
    alive: tuple[Fact, ...]
    is_never_empty: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One fact with its words; ``parts`` are the fields and keys that make up its member."""

    fact: Fact
    value: StateValue
    kind: str
    parts: tuple[tuple[str, str], ...]


def held_cells(
    connection: Connection,
    *,
    as_of: AsOf,
    attribute_names: Sequence[str],
    entity_type: str = "",
    entities: Sequence[str] = (),
) -> tuple[Gathered, ...]:
    """Return the cells of *attribute_names* that hold something, in order of names.

    *entities* are the ids of those of which they are; of none, all are asked for.
    """
    day, stands = day_number(as_of.valid), ground(connection, known=as_of.known)
    scope: dict[str, Any] = {"attribute_names": attribute_names, "entity_type": entity_type}
    if entities:
        scope["entities"] = stands.family(entity_ids(connection, entities).values())
    else:
        scope = {"cell_ids": _all_cells(connection, attribute_names, entity_type)}
    read = cells_on(connection, ground=stands, days=(day, day), **scope)
    answers = [(cell, held) for cell in read if (held := held_in(cell, day))]
    return gathered(connection, answers, day=day, ground=stands)


def _all_cells(
    connection: Connection, attribute_names: Sequence[str], entity_type: str
) -> list[int]:
    named = select(attributes.c.id).where(attributes.c.name.in_(attribute_names))
    if entity_type:
        named = named.where(attributes.c.entity_type == entity_type)
    query = select(cells.c.id).where(cells.c.attribute_id.in_(named))
    return list(connection.scalars(query.order_by(cells.c.id)))


def gathered(
    connection: Connection, answers: Sequence[tuple[Cell, Held]], *, day: int, ground: Ground
) -> tuple[Gathered, ...]:
    """Return *answers* with their words, in their order."""
    rows = state_rows(connection, answers, day=day, ground=ground)
    return tuple(
        _gathered(row, _alive(cell, held.candidates, day), held)
        for row, (cell, held) in zip(rows, answers, strict=True)
    )


def _gathered(row: StateRow, alive: tuple[Fact, ...], held: Held) -> Gathered:
    is_full = all(fact.value is not None for fact in alive)
    keys = {fact.value for fact in alive}
    heard = tuple(value for value in row.values if value.key in keys)
    row = msgspec.structs.replace(row, values=heard)
    has_begun = any(fact.hi <= held.day for fact in alive)
    return Gathered(row, alive, is_full and has_begun and not held.has_ended_body)


def _alive(cell: Cell, carrying: Sequence[Fact], day: int) -> tuple[Fact, ...]:
    """Return the candidates with a value, and the ends that may have come instead."""
    heard = [fact for fact in cell.facts if not fact.is_set_aside]
    ends = [fact for fact in candidates(heard, day) if fact.value is None]
    return (*carrying, *ends)


def told_cells(
    connection: Connection,
    *,
    as_of: AsOf,
    attribute_names: Sequence[str],
    entity: str = "",
    entity_type: str = "",
) -> tuple[tuple[Cell, tuple[Report, ...]], ...]:
    """Return every cell of *attribute_names* with all that was told of it up to the day.

    Claims to which another was preferred are among them; ends are not.
    """
    day, stands = day_number(as_of.valid), ground(connection, known=as_of.known)
    read = read_cells(
        connection,
        known=as_of.known,
        entity=entity,
        entity_type=entity_type,
        attribute_names=attribute_names,
    )
    told = [(cell, [one for one in cell.facts if one.lo <= day and one.value]) for cell in read]
    teller = Teller(
        connection, [(cell, one) for cell, some in told for one in some], ground=stands
    )
    return tuple(
        (cell, tuple(_report(teller, cell, fact) for fact in facts))
        for cell, facts in told
        if facts
    )


def _report(teller: Teller, cell: Cell, fact: Fact) -> Report:
    return Report(fact, teller.value(cell, fact), fact.kind, parts_of(cell, fact.kind))


def called(connection: Connection, slugs: Iterable[str], *, known: int) -> dict[str, EntityRef]:
    """Return the entities whose ids are *slugs*, called as known on *known*."""
    return refs_called(connection, slugs, known=known)


def size(connection: Connection) -> int:
    """Return how many cells the archive has; an answer about all of them costs as much."""
    return connection.scalar(_LAST_CELL) or 0


_LAST_CELL: Final = select(func.max(cells.c.id))
