"""Every event of the log that touches one entity, and all that became of these, newest first.

Told are the versions of events that name it, corrections that are no version of it any more,
retractions, disputes and settlements of these, its merges, splits and new names, and texts masked
in its own stream.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Integer, Select, or_, select, union
from sqlalchemy import bindparam as given

from archive.projections import entity_ids
from archive.projections.tables import (
    disputes,
    entity_merges,
    entity_names,
    occurrence_entities,
    occurrences,
)
from archive.queries.answers import EntityRef
from archive.queries.as_of import head
from archive.queries.derived.concerning import masked_in
from archive.queries.derived.following import CellChange, changes_at
from archive.queries.events.finding import entity_called
from archive.queries.events.recordings import changes
from archive.queries.known.ground import ground

_FAMILY: Final = "family"


@dataclass(frozen=True, slots=True)
class EntityHistory:
    """What was recorded of an entity, as far as was asked for."""

    entity: EntityRef
    changes: tuple[CellChange, ...]


def entity_history(connection: Connection, *, entity: str, limit: int) -> EntityHistory:
    """Return the newest *limit* events of the log that touch *entity*, or those merged into it.

    Raises NotFoundError, or MergedError where it lives on in another.
    """
    known = head(connection).position
    ref = entity_called(connection, entity, known=known)
    family = ground(connection, known=known).family(entity_ids(connection, [entity]).values())
    told = connection.scalars(_positions(), {_FAMILY: family, "limit": limit})
    newest = sorted({*told, *masked_in(connection, family)}, reverse=True)[:limit]
    return EntityHistory(ref, tuple(changes_at(connection, newest, {})))


def changes_in(
    connection: Connection, *, limit: int, only_corrections: bool = False
) -> tuple[CellChange, ...]:
    """Return what the log took in last, at most *limit* events, with their summaries."""
    found = changes(connection, limit=limit, only_corrections=only_corrections)
    return tuple(changes_at(connection, [row.position for row in found.rows], {}))


@cache
def _positions() -> Select[Any]:
    """Return the query for where in the log the family is touched, the latest first."""
    family: BindParameter[Any] = given(_FAMILY, expanding=True)
    theirs = occurrence_entities.c.entity_id.in_(family)
    versions = select(occurrence_entities.c.position).where(theirs)
    mine = occurrences.c.position.in_(versions)
    argued = disputes.c.root.in_(select(occurrences.c.root).where(mine))
    merged = or_(entity_merges.c.from_id.in_(family), entity_merges.c.into_id.in_(family))
    named = entity_names.c.entity_id.in_(family)
    wanted = union(
        versions,
        select(occurrences.c.gone).where(mine),
        select(disputes.c.position).where(argued),
        select(disputes.c.settled).where(argued),
        select(entity_merges.c.position).where(merged),
        select(entity_merges.c.gone).where(merged),
        select(entity_names.c.position).where(named),
        select(entity_names.c.gone).where(named),
    ).subquery()
    position = wanted.c.position
    newest = select(position).where(position.is_not(None)).order_by(position.desc())
    return newest.limit(given("limit", type_=Integer))
