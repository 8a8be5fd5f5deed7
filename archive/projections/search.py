"""Read model: the full-text index over events, entities and sources."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select

from archive.log import RecordedEvent
from archive.projections.entities import entity_ids
from archive.projections.history import effect
from archive.projections.tables import entities, entity_names, search_documents
from archive.projections.tokens import index_text
from archive.vocabulary import Event, kind_of

NAME = "search"
VERSION = 1
TABLES = (search_documents,)

EVENT, ENTITY, SOURCE = "event", "entity", "source"


def apply(connection: Connection, recorded: RecordedEvent) -> None:
    """Index a version of an event, a source, and every entity whose names may have changed."""
    change = effect(connection, recorded)
    event = change.event
    if event is not None and kind_of(event).is_world:
        _put(connection, EVENT, recorded.position, _event_text(event))
    if event is not None and event.kind == "source_added" and not recorded.is_masked:
        title, publisher = str(event.data.get("title", "")), event.data.get("publisher")
        published_by = _in_order(publisher) if isinstance(publisher, dict) else []
        _put(connection, SOURCE, recorded.position, index_text(title, *published_by))
    mentioned = event or recorded.event
    lost = (
        select(entities.c.slug)
        .join(entity_names, entity_names.c.entity_id == entities.c.id)
        .where(entity_names.c.gone == recorded.position)
    )
    unnamed = connection.scalars(lost) if change.gone is not None else ()
    _index_entities(connection, [*(one.id for one in mentioned.entities), *unnamed])


def _event_text(event: Event) -> str:
    names = [name for mention in event.entities for name in _in_order(mention.names)]
    return index_text(*_in_order(event.title), *_in_order(event.summary), *dict.fromkeys(names))


def _in_order(texts: Mapping[str, str]) -> list[str]:
    """Return the texts by language: an event just recorded and one read again differ in theirs."""
    return [texts[language] for language in sorted(texts)]


def _index_entities(connection: Connection, slugs: list[str]) -> None:
    for slug, number in sorted(entity_ids(connection, slugs).items()):
        live = (entity_names.c.entity_id == number) & entity_names.c.gone.is_(None)
        names = connection.scalars(
            select(entity_names.c.name)
            .where(live)
            .order_by(entity_names.c.position, entity_names.c.number)
        )
        _put(connection, ENTITY, number, index_text(*dict.fromkeys(names), slug))


def _put(connection: Connection, what: str, reference: int, tokens: str) -> None:
    same = (search_documents.c.what == what) & (search_documents.c.reference == reference)
    old = connection.execute(select(search_documents).where(same)).one_or_none()
    if old and old.tokens == tokens:
        return
    if old:
        connection.execute(delete(search_documents).where(same))
    last = connection.scalar(select(func.coalesce(func.max(search_documents.c.id), 0))) or 0
    row = {
        "id": old.id if old else last + 1,
        "what": what,
        "reference": reference,
        "tokens": tokens,
    }
    connection.execute(insert(search_documents), row)
