"""Find by words: entities, events and sources; and an entity by its id."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, func, or_, select

from archive.errors import ArchiveError, NotFoundError
from archive.languages import Words
from archive.log import read_by_positions
from archive.projections.entities import DISPLAY, NOTE
from archive.projections.tables import (
    entities,
    entity_merges,
    entity_names,
    occurrence_entities,
    occurrences,
    source_versions,
)
from archive.projections.tokens import folded_words
from archive.queries.answers import EntityRef, EventRow, SourceRef
from archive.queries.as_of import head
from archive.queries.events.nearest import nearest
from archive.queries.events.timelines import timeline
from archive.queries.known.matching import matching_documents
from archive.queries.known.merging import homes, merged_away
from archive.queries.known.narrowing import Filters, is_known
from archive.queries.known.rows import entity_refs, said_at, source_refs

_ENTITY: Final = Words("实体", "entity")
_MOST_MEANT: Final = 5


class MergedError(ArchiveError):
    """The entity was merged; ``into`` is where it lives on."""

    sentence = Words(zh="“{name}”已并入“{into}”。", en="“{name}” was merged into “{into}”.")

    def __init__(self, *, name: str, into: str) -> None:
        self.into = into
        super().__init__(name=name, into=into)


@dataclass(frozen=True, slots=True)
class Hits:
    """What words found: entities first; ``total`` counts the events that match.

    ``meant`` are entities whose name is near, where no name matches.
    """

    entities: tuple[EntityRef, ...]
    events: tuple[EventRow, ...]
    sources: tuple[SourceRef, ...]
    total: int
    meant: tuple[EntityRef, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityHint:
    """An entity to choose: its other names, and two facts that tell it from its namesakes.

    One that ``is_near`` bears no name that matches, but one that is nearly like it; of one that
    ``is_mentioning`` the note alone has the words: it is about somebody else's name.
    """

    ref: EntityRef
    aliases: str
    facts: tuple[Words, ...]
    is_near: bool = False
    is_mentioning: bool = False


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
    return entity_refs(connection, [row.id], known=known)[row.id]


def _entity_matches(
    connection: Connection,
    text: str,
    *,
    types: Sequence[str],
    limit: int,
    known: int,
) -> list[int]:
    """Return the numbers of the entities whose names match.

    Exact names come first, then those most written about. A name of a merged entity finds the
    one that it lives on in.
    """
    matches = matching_documents(connection, text, what="entity")
    if matches is None:
        return []
    merged = merged_away(known)
    ends = homes(connection, known=known)
    moved = connection.scalars(merged.where(matches.has(entity_merges.c.from_id)))
    found_at_home = sorted({ends[number] for number in moved})
    exactly = connection.scalars(
        select(entity_names.c.entity_id).where(
            matches.has(entity_names.c.entity_id),
            entity_names.c.kind != NOTE,
            func.lower(entity_names.c.name) == text.strip().lower(),
        )
    )
    exact = entities.c.id.in_(sorted({ends.get(number, number) for number in exactly}))
    links = occurrence_entities
    mentions = select(func.count()).where(links.c.entity_id == entities.c.id).scalar_subquery()
    query = (
        select(entities.c.id)
        .where(
            or_(matches.has(entities.c.id), entities.c.id.in_(found_at_home)),
            entities.c.id.not_in(merged),
            entities.c.type != "source",
            entities.c.position <= known,
        )
        .order_by(exact.desc(), mentions.desc(), entities.c.id)
        .limit(limit)
    )
    if types:
        query = query.where(entities.c.type.in_(types))
    return list(connection.scalars(query))


def search(connection: Connection, *, text: str, known: int, limit: int = 20) -> Hits:
    """Return what *text* finds, in any script; every word must match, Latin ones by beginning."""
    found = _entity_matches(connection, text, types=(), limit=limit, known=known)
    page = timeline(connection, filters=Filters(text=text), known=known, limit=limit)
    matches = matching_documents(connection, text, what="source")
    if matches is None:
        return Hits((), (), (), 0)
    slugs = connection.scalars(
        select(source_versions.c.slug)
        .where(
            matches.has(source_versions.c.position),
            is_known(source_versions.c.position, source_versions.c.gone, known),
        )
        .order_by(source_versions.c.slug)
    )
    refs = source_refs(connection, list(slugs), known=known)
    meant = [] if found else nearest(connection, text, known=known, limit=_MOST_MEANT)
    named = entity_refs(connection, [*found, *meant], known=known)
    return Hits(
        tuple(named[number] for number in found),
        page.rows,
        tuple(refs.values()),
        page.total,
        tuple(named[number] for number in meant),
    )


def find_entities(
    connection: Connection, *, text: str, types: tuple[str, ...] = (), limit: int = 8
) -> tuple[EntityHint, ...]:
    """Return entities to choose from for *text*, over all names in all scripts, as known now.

    Those that bear the words come before those whose note only mentions them.
    """
    known = head(connection).position
    found = _entity_matches(connection, text, types=types, limit=limit, known=known)
    hints = _hints(connection, found, known=known, is_near=False)
    notes = _notes(connection, found)
    told = (
        replace(one, is_mentioning=_is_of_the_note(text, one, notes.get(number, "")))
        for number, one in zip(found, hints, strict=True)
    )
    return tuple(sorted(told, key=lambda one: one.is_mentioning))


def _notes(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    columns = (entity_names.c.entity_id, entity_names.c.name)
    live = (entity_names.c.kind == NOTE, entity_names.c.gone.is_(None))
    rows = connection.execute(
        select(*columns).where(entity_names.c.entity_id.in_(numbers), *live)
    ).all()
    return {number: " ".join(text for one, text in rows if one == number) for number in numbers}


def _is_of_the_note(text: str, hint: EntityHint, note: str) -> bool:
    """Tell whether a word of *text* stands in the note, and in no name of the entity."""
    names = f"{hint.ref.names.zh} {hint.ref.names.en} {hint.ref.id} {hint.aliases}"
    named, noted = ("".join(folded_words(one)) for one in (names, note))
    return any(one in noted and one not in named for one in folded_words(text))


def near_entities(
    connection: Connection, *, text: str, types: tuple[str, ...] = (), limit: int = _MOST_MEANT
) -> tuple[EntityHint, ...]:
    """Return entities that *text* may have meant where no name matches it, as known now."""
    known = head(connection).position
    numbers = nearest(connection, text, known=known, types=types, limit=limit)
    return _hints(connection, numbers, known=known, is_near=True)


def _hints(
    connection: Connection, numbers: Sequence[int], *, known: int, is_near: bool
) -> tuple[EntityHint, ...]:
    refs = entity_refs(connection, numbers, known=known)
    ends = homes(connection, known=known)
    families = {
        number: [number, *(one for one, end in ends.items() if end == number)]
        for number in numbers
    }
    return tuple(
        EntityHint(
            refs[number],
            _aliases(connection, number, families[number]),
            _two_facts(connection, families[number]),
            is_near,
        )
        for number in numbers
    )


def _aliases(connection: Connection, number: int, numbers: list[int]) -> str:
    """Return the other names of an entity, all those of the ones merged into it among them."""
    names = connection.scalars(
        select(entity_names.c.name)
        .where(
            entity_names.c.entity_id.in_(numbers),
            or_(entity_names.c.entity_id != number, entity_names.c.kind != DISPLAY),
            entity_names.c.kind != NOTE,
            entity_names.c.gone.is_(None),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    return ", ".join(dict.fromkeys(names))


def _two_facts(connection: Connection, numbers: list[int]) -> tuple[Words, ...]:
    """Return the titles of the two most important events that touch the entity."""
    links = occurrence_entities
    positions = connection.scalars(
        select(occurrences.c.position)
        .where(
            occurrences.c.position.in_(
                select(links.c.position).where(links.c.entity_id.in_(numbers))
            ),
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
