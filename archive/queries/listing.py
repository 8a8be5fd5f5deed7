"""The entities, listed by type: for a page on which a reader looks around."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.projections.tables import (
    entities,
    entity_merges,
    entity_names,
    occurrence_entities,
    occurrences,
)
from archive.queries.answers import EntityRef
from archive.queries.narrowing import Filters, conditions, is_known
from archive.queries.rows import entity_ref

_SOURCE = "source"
_DISPLAY = "display"


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
    merged = select(entity_merges.c.from_id).where(
        is_known(entity_merges.c.position, entity_merges.c.gone, known)
    )
    query = (
        select(entities)
        .where(
            entities.c.position <= known,
            entities.c.type != _SOURCE,
            entities.c.id.not_in(merged),
        )
        .order_by(entities.c.type, func.lower(entities.c.name_en), entities.c.id)
    )
    if entity_type:
        query = query.where(entities.c.type == entity_type)
    rows = connection.execute(query).all()
    aliases, counts = _aliases(connection, known), _counts(connection, known)
    listed: defaultdict[str, list[ListedEntity]] = defaultdict(list)
    for row in rows:
        others = ", ".join(_others(aliases[row.id], shown=(row.name_zh, row.name_en)))
        listed[row.type].append(ListedEntity(entity_ref(row), others, counts.get(row.id, 0)))
    return {name: tuple(some) for name, some in listed.items()}


def _others(names: Iterable[str], *, shown: tuple[str, str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in shown]


def _aliases(connection: Connection, known: int) -> defaultdict[int, list[str]]:
    query = (
        select(entity_names.c.entity_id, entity_names.c.name)
        .where(
            entity_names.c.kind != _DISPLAY,
            is_known(entity_names.c.position, entity_names.c.gone, known),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    names: defaultdict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        names[row.entity_id].append(row.name)
    return names


def _counts(connection: Connection, known: int) -> dict[int, int]:
    wanted = conditions(connection, filters=Filters(), window=None, known=known)
    query = (
        select(
            occurrence_entities.c.entity_id,
            func.count(occurrence_entities.c.position.distinct()).label("events"),
        )
        .join(occurrences, occurrences.c.position == occurrence_entities.c.position)
        .where(*wanted)
        .group_by(occurrence_entities.c.entity_id)
    )
    return {row.entity_id: row.events for row in connection.execute(query)}
