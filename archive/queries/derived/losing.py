"""losing: what every state, of whatever position, loses with the text of an event."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.log import head, read_by_ids
from archive.projections import PER_EVENT, positions_of
from archive.projections.tables import attributes, cells, entities, facts
from archive.queries.derived.effects import MOST_DAYS, Effect, Rows, between, rows_on
from archive.queries.known.ground import ground
from archive.storage import chunks

# What a cell is called in whatever read models: its entity, attribute and member.
_CALLED: Final = (entities.c.slug, attributes.c.entity_type, attributes.c.name, cells.c.member)
_NAMED: Final = cells.join(entities, entities.c.id == cells.c.entity_id).join(
    attributes, attributes.c.id == cells.c.attribute_id
)


@dataclass(frozen=True, slots=True)
class HeldBefore:
    """What the cells that an event speaks of hold, on each day on which one of them may change."""

    called: frozenset[tuple[str, ...]]
    days: tuple[int, ...]
    rows: Mapping[int, Rows]
    today: date
    more: int


def held_before(connection: Connection, *, id: str, today: date) -> HeldBefore:  # noqa: A002 - its word
    """Return what is held now in the cells that the event called *id* ever spoke of."""
    touched = sorted(set(_touched(connection, id)))
    every = sorted(set(_days(connection, touched)))
    looked_at = tuple(every[:MOST_DAYS])
    days = sorted({*looked_at, day_number(today)})
    return HeldBefore(
        frozenset(_called(connection, touched)),
        looked_at,
        _held(connection, touched, days),
        today,
        len(every) - len(looked_at),
    )


def lost_since(connection: Connection, before: HeldBefore) -> Effect:
    """Return what the cells lost, though every read model was made anew meanwhile."""
    touched = sorted(_cells_called(connection, before.called))
    now = _held(connection, touched, sorted(before.rows))
    return between(before.rows, now, looked_at=before.days, today=before.today, more=before.more)


def _held(connection: Connection, touched: Sequence[int], days: Sequence[int]) -> dict[int, Rows]:
    return rows_on(connection, touched, days, ground(connection, known=head(connection)[0]))


def _touched(connection: Connection, name: str) -> Iterator[int]:
    recorded = read_by_ids(connection, [name]).get(name)
    if recorded is None:
        return
    last = head(connection)[0]
    for one in positions_of(connection, recorded.position, before=last + 1):
        said = facts.c.id.between(one * PER_EVENT, (one + 1) * PER_EVENT - 1)
        yield from connection.scalars(select(facts.c.cell_id).where(said))


def _days(connection: Connection, touched: Sequence[int]) -> Iterator[int]:
    columns = (facts.c.lo, facts.c.v, facts.c.hi)
    for some in chunks(touched):
        for row in connection.execute(select(*columns).where(facts.c.cell_id.in_(some))):
            yield from (one for one in row if EARLIEST_DAY < one < LATEST_DAY)


def _called(connection: Connection, touched: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for some in chunks(touched):
        named = select(*_CALLED).select_from(_NAMED).where(cells.c.id.in_(some))
        yield from (tuple(row) for row in connection.execute(named))


def _cells_called(connection: Connection, called: frozenset[tuple[str, ...]]) -> Iterator[int]:
    for some in chunks(sorted(called)):
        wanted = or_(*(_is_called(one) for one in some))
        yield from connection.scalars(select(cells.c.id).select_from(_NAMED).where(wanted))


def _is_called(one: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(*(column == said for column, said in zip(_CALLED, one, strict=True)))
