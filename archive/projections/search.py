"""Read model: the full-text index over events, entities and sources."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from archive.projections import full_text, rows
from archive.projections.entities import live_names
from archive.projections.history import Batch, Effect
from archive.projections.rows import Line
from archive.projections.tables import entities, search_documents
from archive.projections.tokens import index_text
from archive.vocabulary import WORLD_KINDS, Event

NAME = "search"
VERSION = 2
TABLES = (search_documents,)

EVENT, ENTITY, SOURCE = "event", "entity", "source"


def apply(connection: Connection, batch: Batch) -> None:
    """Index the versions of events, the sources, and the entities that *batch* names."""
    numbers, known = batch.numbers.documents, batch.numbers.entities
    introduced = {known[slug] for slugs in batch.introduced.values() for slug in slugs}
    told = dict(_told(connection, introduced | batch.renamed))
    lines: list[Line] = []
    for effect in batch.effects:
        if effect.event is not None:
            for what, tokens in _documents(effect, effect.event):
                lines.append((numbers.next(connection), what, effect.position, tokens))
        for slug in sorted(batch.introduced.get(effect.position, ())):
            entity = known[slug]
            lines.append((numbers.next(connection), ENTITY, entity, told[entity]))
    rows.add(connection, search_documents, lines)
    full_text.add(connection, [(line[0], line[-1]) for line in lines])
    _tell_again(connection, {entity: told[entity] for entity in batch.renamed - introduced})


def _tell_again(connection: Connection, told: Mapping[int, str]) -> None:
    """Change the documents of entities that were there before."""
    keys = [(ENTITY, entity) for entity in told]
    columns = ("id", "reference", "tokens")
    found = rows.find(connection, search_documents, columns, by=("what", "reference"), keys=keys)
    stale = [(number, old) for number, entity, old in found if old != told[entity]]
    fresh = [(number, told[entity]) for number, entity, old in found if old != told[entity]]
    full_text.remove(connection, stale)
    changed = [(tokens, number) for number, tokens in fresh]
    rows.change(connection, search_documents, ("tokens",), changed, by=("id",))
    full_text.add(connection, fresh)


def _documents(effect: Effect, event: Event) -> Iterator[tuple[str, str]]:
    """Yield what kinds of document *event* makes, and the tokens of each."""
    if event.kind in WORLD_KINDS:
        yield EVENT, _event_text(event)
    if event.kind == "source_added" and not effect.recorded.is_masked:
        publisher = event.data.get("publisher")
        published_by = _in_order(publisher) if isinstance(publisher, dict) else ()
        yield SOURCE, index_text(str(event.data.get("title", "")), *published_by)


def _event_text(event: Event) -> str:
    names = [name for mention in event.entities for name in _in_order(mention.names)]
    texts = [*_in_order(event.title), *_in_order(event.summary)]
    return index_text(*texts, names=dict.fromkeys(names))


def _in_order(texts: Mapping[str, str]) -> Iterable[str]:
    """Return the texts by language: an event just recorded and one read again differ in theirs."""
    return map(texts.__getitem__, sorted(texts)) if len(texts) > 1 else texts.values()


def _told(connection: Connection, numbers: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the tokens of each entity: its names that were not taken back, and its id."""
    names: dict[int, dict[str, None]] = {number: {} for number in numbers}
    for _position, _number, entity, name, *_rest in live_names(connection, numbers):
        names[entity][name] = None
    for number, slug in rows.find(connection, entities, ("id", "slug"), by=("id",), keys=numbers):
        yield number, index_text(*names[number], slug)
