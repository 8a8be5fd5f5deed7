"""Read model: the full-text index over events, entities and sources."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from sqlalchemy import Connection

from archive.projections import full_text, rows
from archive.projections.entities import NOTE, live_names
from archive.projections.history import Batch, Effect
from archive.projections.rows import Line
from archive.projections.sounding import spellings
from archive.projections.tables import entities, search_documents
from archive.projections.tokens import index_text, index_texts
from archive.vocabulary import WORLD_KINDS, Event, Mention

NAME = "search"
VERSION = 4
TABLES = (search_documents,)

EVENT, ENTITY, SOURCE = "event", "entity", "source"
_BOTH = 2

# What is indexed: of what kind it is, its number or position, its texts, and names beside them.
_Document: TypeAlias = tuple[str, int, list[str], Iterable[str]]


def apply(connection: Connection, batch: Batch) -> None:
    """Index the versions of events, the sources, and the entities that *batch* names."""
    numbers, known = batch.numbers.documents, batch.numbers.entities
    told = dict(_told(connection, batch.renamed))
    found: list[_Document] = []
    for effect in batch.effects:
        if effect.event is not None:
            found += _documents(effect, effect.event)
        for mention in batch.introduced.get(effect.position, ()):
            entity = known[mention.id]
            names = told.pop(entity) if entity in told else _names(mention)
            found.append((ENTITY, entity, [], names))
    tokens = index_texts([(texts, names) for _what, _reference, texts, names in found])
    lines: list[Line] = [
        (numbers.next(connection), what, reference, said)
        for (what, reference, _texts, _names), said in zip(found, tokens, strict=True)
    ]
    full_text.add(connection, [(line[0], line[-1]) for line in lines])
    if full_text.is_apart(connection):
        lines = [line if line[1] == ENTITY else (*line[:-1], "") for line in lines]
    rows.add(connection, search_documents, lines)
    _tell_again(connection, {entity: index_text(names=names) for entity, names in told.items()})


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


def _documents(effect: Effect, event: Event) -> Iterator[_Document]:
    """Yield the documents that *event* makes."""
    if event.kind in WORLD_KINDS:
        texts = [*_in_order(event.title), *_in_order(event.summary)]
        names = {name: None for one in event.entities for name in _in_order(one.names)}
        yield EVENT, effect.position, texts, names
    if event.kind == "source_added" and not effect.recorded.is_masked:
        publisher = event.data.get("publisher")
        published_by = _in_order(publisher) if isinstance(publisher, dict) else ()
        yield SOURCE, effect.position, [str(event.data.get("title", "")), *published_by], ()


def _names(mention: Mention) -> Iterable[str]:
    names = [*dict.fromkeys(_in_order(mention.names))]
    return (*names, mention.id, *spellings(names))


def _in_order(texts: Mapping[str, str]) -> Iterable[str]:
    """Return the texts by language: an event just recorded and one read again differ in theirs."""
    if len(texts) == _BOTH and "en" in texts and "zh" in texts:
        return texts["en"], texts["zh"]
    return [texts[one] for one in sorted(texts)] if len(texts) > 1 else texts.values()


def _told(connection: Connection, numbers: set[int]) -> Iterator[tuple[int, Iterable[str]]]:
    """Yield the names of each entity that were not taken back, its id, and how names sound."""
    names: dict[int, dict[str, None]] = {number: {} for number in numbers}
    spoken: dict[int, list[str]] = {number: [] for number in numbers}
    for _position, _number, entity, name, _language, kind in live_names(connection, numbers):
        names[entity][name] = None
        if kind != NOTE:
            spoken[entity].append(name)
    for number, slug in rows.find(connection, entities, ("id", "slug"), by=("id",), keys=numbers):
        yield number, (*names[number], slug, *spellings(spoken[number]))
