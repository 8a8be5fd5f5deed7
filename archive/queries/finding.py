"""Find by words: entities, events and sources; and an entity by its id."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.errors import ArchiveError, NotFoundError
from archive.languages import Words
from archive.log import read_by_positions
from archive.projections.tables import (
    entities,
    entity_merges,
    entity_names,
    occurrence_entities,
    occurrences,
    sources,
)
from archive.queries.answers import EntityRef, EventRow, SourceRef
from archive.queries.narrowing import Filters, is_known, matching_documents
from archive.queries.rows import entity_ref, said_at, source_refs
from archive.queries.timelines import timeline

_ENTITY = Words("实体", "entity")


class MergedError(ArchiveError):
    """The entity was merged; ``into`` is where it lives on."""

    sentence = Words(zh="“{name}”已并入“{into}”。", en="“{name}” was merged into “{into}”.")

    def __init__(self, *, name: str, into: str) -> None:
        self.into = into
        super().__init__(name=name, into=into)


@dataclass(frozen=True, slots=True)
class Hits:
    """What words found: entities first; ``total`` counts the events that match."""

    entities: tuple[EntityRef, ...]
    events: tuple[EventRow, ...]
    sources: tuple[SourceRef, ...]
    total: int


@dataclass(frozen=True, slots=True)
class EntityHint:
    """An entity to choose: its other names, and two facts that tell it from its namesakes."""

    ref: EntityRef
    aliases: str
    facts: tuple[Words, ...]


def entity_called(connection: Connection, slug: str, *, known: int) -> EntityRef:
    """Return the entity called *slug*; raises NotFoundError, or MergedError if it lives on."""
    query = select(entities).where(entities.c.slug == slug, entities.c.position <= known)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(what=_ENTITY, name=slug)
    merged = (
        select(entities.c.slug)
        .join(entity_merges, entity_merges.c.into_id == entities.c.id)
        .where(
            entity_merges.c.from_id == row.id,
            is_known(entity_merges.c.position, entity_merges.c.gone, known),
        )
    )
    into = connection.scalar(merged)
    if into is not None:
        raise MergedError(name=slug, into=into)
    return entity_ref(row)


def _entity_matches(
    connection: Connection,
    text: str,
    *,
    types: Sequence[str],
    limit: int,
    known: int | None = None,
) -> list[tuple[int, EntityRef]]:
    """Return the entities whose names match, exact names first, then those most written about."""
    matches = matching_documents(connection, text, what="entity")
    if matches is None:
        return []
    links = occurrence_entities
    mentions = select(func.count()).where(links.c.entity_id == entities.c.id).scalar_subquery()
    exact = (
        select(func.count())
        .where(
            entity_names.c.entity_id == entities.c.id,
            func.lower(entity_names.c.name) == text.strip().lower(),
        )
        .scalar_subquery()
    )
    query = (
        select(entities)
        .where(entities.c.id.in_(matches), entities.c.type != "source")
        .order_by((exact > 0).desc(), mentions.desc(), entities.c.id)
        .limit(limit)
    )
    if types:
        query = query.where(entities.c.type.in_(types))
    if known is not None:
        query = query.where(entities.c.position <= known)
    return [(row.id, entity_ref(row)) for row in connection.execute(query)]


def search(connection: Connection, *, text: str, known: int, limit: int = 20) -> Hits:
    """Return what *text* finds, in any script; every word must match, Latin ones by beginning."""
    found = _entity_matches(connection, text, types=(), limit=limit, known=known)
    page = timeline(connection, filters=Filters(text=text), known=known, limit=limit)
    matches = matching_documents(connection, text, what="source")
    if matches is None:
        return Hits((), (), (), 0)
    slugs = connection.scalars(
        select(sources.c.slug)
        .where(sources.c.position.in_(matches), sources.c.position <= known)
        .order_by(sources.c.slug)
    )
    refs = source_refs(connection, list(slugs))
    return Hits(tuple(ref for _number, ref in found), page.rows, tuple(refs.values()), page.total)


def find_entities(
    connection: Connection, *, text: str, types: tuple[str, ...] = (), limit: int = 8
) -> tuple[EntityHint, ...]:
    """Return entities to choose from for *text*, over all names in all scripts."""
    found = _entity_matches(connection, text, types=types, limit=limit)
    return tuple(
        EntityHint(ref, _aliases(connection, number), _two_facts(connection, number))
        for number, ref in found
    )


def _aliases(connection: Connection, number: int) -> str:
    names = connection.scalars(
        select(entity_names.c.name)
        .where(
            entity_names.c.entity_id == number,
            entity_names.c.kind != "display",
            entity_names.c.gone.is_(None),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    return ", ".join(dict.fromkeys(names))


def _two_facts(connection: Connection, number: int) -> tuple[Words, ...]:
    """Return the titles of the two most important events that touch the entity."""
    links = occurrence_entities
    positions = connection.scalars(
        select(occurrences.c.position)
        .join(links, links.c.position == occurrences.c.position)
        .where(
            links.c.entity_id == number,
            occurrences.c.gone.is_(None),
            occurrences.c.kind_group != "archive",
        )
        .order_by(occurrences.c.importance, occurrences.c.v, occurrences.c.position)
        .limit(2)
    )
    wanted = list(dict.fromkeys(positions))
    events = read_by_positions(connection, wanted)
    titles = [said_at(events[position]).title for position in wanted]
    return tuple(Words(one.get("zh", ""), one.get("en", "")) for one in titles)
