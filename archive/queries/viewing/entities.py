"""One entity, with all that a page of its own tells."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.languages import Words
from archive.projections.entities import NOTE
from archive.projections.tables import entities, entity_names, occurrence_entities, occurrences
from archive.queries.answers import NO_WORDS, EntityRef, EventRow, words_of
from archive.queries.as_of import AsOf
from archive.queries.events.finding import entity_called
from archive.queries.events.timelines import timeline
from archive.queries.held.phrasing import StateRow
from archive.queries.held.states import state
from archive.queries.known.merging import at_home, homes
from archive.queries.known.narrowing import Filters, conditions, family, is_known
from archive.queries.known.rows import entity_refs

_TOGETHER = 12
_LIFE_LINE = 200


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of an entity: ``kind`` is ``display`` for the names that pages show."""

    text: str
    kind: str
    period: str


@dataclass(frozen=True, slots=True)
class EntityAnswer:
    """An entity: names, state, the events that touch it, and whom it appears with most."""

    entity: EntityRef
    note: Words
    names: tuple[NameRow, ...]
    rows: tuple[StateRow, ...]
    events: tuple[EventRow, ...]
    total_events: int
    together: tuple[tuple[EntityRef, int], ...]


def entity(connection: Connection, *, id: str, as_of: AsOf) -> EntityAnswer:  # noqa: A002  # its word
    """Return the entity called *id* on a day; raises NotFoundError, or MergedError."""
    ref = entity_called(connection, id, known=as_of.known)
    numbers = family(connection, id, known=as_of.known)
    page = timeline(connection, filters=Filters(entity=id), known=as_of.known, limit=_LIFE_LINE)
    return EntityAnswer(
        entity=ref,
        note=_note(connection, id, as_of.known),
        names=_names(connection, numbers, as_of.known),
        rows=state(connection, as_of=as_of, entity=id).rows,
        events=page.rows,
        total_events=page.total,
        together=_together(connection, numbers, as_of.known),
    )


def _note(connection: Connection, slug: str, known: int) -> Words:
    """Return what the entity is, as last noted by *known*."""
    query = (
        select(entity_names.c.language, entity_names.c.name)
        .join(entities, entities.c.id == entity_names.c.entity_id)
        .where(
            entities.c.slug == slug,
            entity_names.c.kind == NOTE,
            is_known(entity_names.c.position, entity_names.c.gone, known),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    said = {row.language: row.name for row in connection.execute(query)}
    return words_of(said) if said else NO_WORDS


def _names(connection: Connection, numbers: list[int], known: int) -> tuple[NameRow, ...]:
    query = (
        select(entity_names)
        .where(
            entity_names.c.entity_id.in_(numbers),
            entity_names.c.kind != NOTE,
            is_known(entity_names.c.position, entity_names.c.gone, known),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    rows = [NameRow(r.name, r.kind, r.period) for r in connection.execute(query)]
    return tuple(dict.fromkeys(rows))


def _together(
    connection: Connection, numbers: list[int], known: int
) -> tuple[tuple[EntityRef, int], ...]:
    links, other = occurrence_entities, occurrence_entities.alias()
    wanted = conditions(connection, filters=Filters(), known=known)
    number = at_home(other.c.entity_id, homes(connection, known=known)).label("number")
    touched = (
        select(number, other.c.position)
        .join(links, links.c.position == other.c.position)
        .join(occurrences, occurrences.c.position == other.c.position)
        .where(
            links.c.entity_id.in_(numbers),
            other.c.entity_id.not_in(numbers),
            *wanted,
        )
        .subquery()
    )
    many = func.count(touched.c.position.distinct())
    query = (
        select(touched.c.number, many)
        .group_by(touched.c.number)
        .order_by(many.desc(), touched.c.number)
        .limit(_TOGETHER)
    )
    counts = [(one, count) for one, count in connection.execute(query)]
    refs = entity_refs(connection, [one for one, _count in counts], known=known)
    return tuple((refs[one], count) for one, count in counts)
