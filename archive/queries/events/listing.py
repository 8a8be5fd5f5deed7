"""The entities, listed by type: for a page on which a reader looks around."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.projections.entities import DISPLAY, NOTE
from archive.projections.tables import (
    entities,
    entity_names,
    occurrence_entities,
    occurrences,
)
from archive.queries.answers import EntityRef
from archive.queries.known.merging import at_home, homes, merged_away
from archive.queries.known.narrowing import Filters, conditions, is_known
from archive.queries.known.rows import entity_refs

_SOURCE = "source"


@dataclass(frozen=True, slots=True)
class ListedEntity:
    """One entity of the list: its other names, and how many events touch it."""

    ref: EntityRef
    aliases: str
    events: int


def entities_by_type(
    connection: Connection, *, known: int, entity_type: str = ""
) -> dict[str, tuple[ListedEntity, ...]]:
    """Return the entities recorded by *known* and merged into no other, by type and then name."""
    query = select(entities.c.id, entities.c.type).where(
        entities.c.position <= known,
        entities.c.type != _SOURCE,
        entities.c.id.not_in(merged_away(known)),
    )
    if entity_type:
        query = query.where(entities.c.type == entity_type)
    rows = list(connection.execute(query))
    refs = entity_refs(connection, (row.id for row in rows), known=known)
    rows.sort(key=lambda row: (row.type, refs[row.id].names.en.lower(), row.id))
    aliases, counts = _aliases(connection, known), _counts(connection, known)
    listed: defaultdict[str, list[ListedEntity]] = defaultdict(list)
    for row in rows:
        ref = refs[row.id]
        others = ", ".join(_others(aliases[row.id], shown=(ref.names.zh, ref.names.en)))
        listed[row.type].append(ListedEntity(ref, others, counts.get(row.id, 0)))
    return {name: tuple(some) for name, some in listed.items()}


def _others(names: Iterable[str], *, shown: tuple[str, str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in shown]


def _aliases(connection: Connection, known: int) -> defaultdict[int, list[str]]:
    query = (
        select(entity_names.c.entity_id, entity_names.c.name)
        .where(
            entity_names.c.kind.not_in((DISPLAY, NOTE)),
            is_known(entity_names.c.position, entity_names.c.gone, known),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    names: defaultdict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        names[row.entity_id].append(row.name)
    return names


def _counts(connection: Connection, known: int) -> dict[int, int]:
    wanted = conditions(connection, filters=Filters(), known=known)
    links = occurrence_entities.c
    touched = (
        select(
            at_home(links.entity_id, homes(connection, known=known)).label("number"),
            links.position,
        )
        .join(occurrences, occurrences.c.position == links.position)
        .where(*wanted)
        .subquery()
    )
    query = select(
        touched.c.number, func.count(touched.c.position.distinct()).label("events")
    ).group_by(touched.c.number)
    return {row.number: row.events for row in connection.execute(query)}
