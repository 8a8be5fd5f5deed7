"""Cells with their words, for answers that are computed from several of them.

The one place where such answers ask the read models; what they make of it is theirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement, Connection, or_, select

from archive.dates import EARLIEST_DAY, day_number
from archive.projections import entity_ids
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.queries.answers import EntityRef, EventRow
from archive.queries.as_of import AsOf
from archive.queries.events.timelines import timeline
from archive.queries.held.cells import Cell, cells_on, held_in, read_cells
from archive.queries.held.phrasing import StateRow, state_rows
from archive.queries.held.standing import Fact, candidates
from archive.queries.held.telling import StateValue, Teller, parts_of
from archive.queries.known.ground import Ground, ground
from archive.queries.known.narrowing import Filters, Window
from archive.queries.known.rows import refs_called

_DEALS: Final = frozenset({"deal_announced", "deal_closed", "deal_ended"})
_PAGE: Final = 500
_ALL_CELLS: Final = 2**31 - 1


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
    members: Sequence[str] = (),
    most: int = _ALL_CELLS,
) -> tuple[Gathered, ...]:
    """Return the cells of *attribute_names* that hold something, in order of names.

    *entities* are the ids of those of which they are, *members* those that they name as a member
    or a value; of neither, all are asked for. No more than *most* cells are read.
    """
    day, stands = day_number(as_of.valid), ground(connection, known=as_of.known)
    named = select(attributes.c.id).where(attributes.c.name.in_(attribute_names))
    if entity_type:
        named = named.where(attributes.c.entity_type == entity_type)
    query = select(cells.c.id).where(cells.c.attribute_id.in_(named)).limit(most)
    query = query.where(*_among(connection, stands, entities, members))
    ids = list(connection.scalars(query.order_by(cells.c.id)))
    read = cells_on(connection, ground=stands, days=(day, day), cell_ids=ids)
    answers = [(cell, held) for cell in read if (held := held_in(cell, day))]
    rows = state_rows(connection, answers, day=day, ground=stands)
    return tuple(
        _gathered(row, _alive(cell, held.candidates, day), day)
        for row, (cell, held) in zip(rows, answers, strict=True)
    )


def _among(
    connection: Connection, stands: Ground, entities: Sequence[str], members: Sequence[str]
) -> Iterator[ColumnElement[bool]]:
    """Yield what narrows cells; those of entities that live on in one of them are meant too."""
    if entities:
        numbers = stands.family(entity_ids(connection, entities).values())
        yield cells.c.entity_id.in_(numbers)
    if members:
        spelt = [*members, *(one for one, home in stands.named.items() if home in members)]
        telling = (
            select(facts.c.cell_id)
            .join(fact_values, fact_values.c.id == facts.c.value_id)
            .where(fact_values.c.value.in_(spelt))
        )
        yield or_(cells.c.member.in_(spelt), cells.c.id.in_(telling))


def _gathered(row: StateRow, alive: tuple[Fact, ...], day: int) -> Gathered:
    is_full = all(fact.value is not None for fact in alive)
    keys = {fact.value for fact in alive}
    heard = tuple(value for value in row.values if value.key in keys)
    return Gathered(
        replace(row, values=heard), alive, is_full and any(fact.hi <= day for fact in alive)
    )


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


@dataclass(frozen=True, slots=True)
class Deal:
    """One event of a deal's life, with the entities that bear each role, at their homes."""

    event: EventRow
    deal: str
    buyers: tuple[EntityRef, ...]
    targets: tuple[EntityRef, ...]


def deal_events(connection: Connection, *, as_of: AsOf, entity: str = "") -> tuple[Deal, ...]:
    """Return each announcement, closing and end of a deal that may lie before the day's end.

    With an *entity*, only those of deals that touch it.
    """
    day = day_number(as_of.valid)
    window = Window(EARLIEST_DAY, day)
    rows: list[EventRow] = []
    after: str | None = None
    while True:
        page = timeline(
            connection,
            window=window,
            filters=Filters(kinds=_DEALS, entity=entity),
            known=as_of.known,
            limit=_PAGE,
            after=after,
            is_counted=False,
        )
        rows += page.rows
        after = page.later
        if after is None:
            break
    homes = ground(connection, known=as_of.known).named
    slugs = {homes.get(one.id, one.id) for row in rows for one in row.entities}
    refs = refs_called(connection, slugs, known=as_of.known)

    def bearing(row: EventRow, role: str) -> tuple[EntityRef, ...]:
        return tuple(refs[homes.get(one.id, one.id)] for one in row.entities if one.role == role)

    return tuple(
        Deal(
            row,
            next((one.id for one in bearing(row, "deal")), ""),
            bearing(row, "buyer"),
            bearing(row, "target"),
        )
        for row in rows
        if row.first_day <= day
    )


def called(connection: Connection, slugs: Iterable[str], *, known: int) -> dict[str, EntityRef]:
    """Return the entities whose ids are *slugs*, called as known on *known*."""
    return refs_called(connection, slugs, known=known)


def size(connection: Connection, *, known: int) -> int:
    """Return how many cells the archive has; an answer about all of them costs as much."""
    return ground(connection, known=known).cells
