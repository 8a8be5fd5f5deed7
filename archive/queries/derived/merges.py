"""Which entities live on in another, by which merges, and what keeps a merge from being undone."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from archive.log import read_by_positions
from archive.projections import entity_ids
from archive.projections.tables import entity_merges
from archive.queries.answers import EntityRef
from archive.queries.known.ground import ground
from archive.queries.known.narrowing import is_known
from archive.queries.known.rows import entity_refs


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge that stands, at a position of the log.

    ``blocker`` is the event that must be undone before it, or empty.
    """

    part: EntityRef
    into: EntityRef
    event_id: str
    blocker: str
    position: int


def merges_into(connection: Connection, *, slug: str, known: int) -> tuple[MergeRow, ...]:
    """Return the merges by which others came to live on in the entity called *slug*."""
    stands = ground(connection, known=known)
    family = stands.family(entity_ids(connection, [slug]).values())
    columns = (entity_merges.c.position, entity_merges.c.from_id, entity_merges.c.into_id)
    standing = select(*columns).where(
        entity_merges.c.into_id.in_(family),
        is_known(entity_merges.c.position, entity_merges.c.gone, known),
    )
    rows = connection.execute(standing.order_by(entity_merges.c.position.desc())).all()
    refs = entity_refs(connection, family, known=known)
    recorded = read_by_positions(connection, {row.position for row in rows})
    ids = {row.from_id: recorded[row.position].event.id for row in rows}
    return tuple(
        MergeRow(
            refs[row.from_id],
            refs[row.into_id],
            ids[row.from_id],
            ids.get(row.into_id, ""),
            row.position,
        )
        for row in rows
    )
