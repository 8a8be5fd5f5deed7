"""Read model: entities, their names and merges.

What an entity is, a note, is kept with its names, as names of a kind of their own.
"""

from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter

from sqlalchemy import Connection, select

from archive.projections import rows
from archive.projections.history import Batch, Effect
from archive.projections.numbering import Numbers
from archive.projections.rows import Line
from archive.projections.tables import entities, entity_merges, entity_names
from archive.vocabulary import Event, Mention

NAME = "entities"
VERSION = 1
TABLES = (entity_merges, entity_names, entities)
DISPLAY, NOTE = "display", "note"
# Names of a first mention are numbered below: they outlive the event that mentioned.
_FIRST_GIVEN = 1000
_LANGUAGES = ("zh", "en")


def entity_ids(connection: Connection, slugs: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the entities called *slugs*; unknown ones are left out."""
    wanted = list(dict.fromkeys(slugs))
    query = select(entities.c.slug, entities.c.id).where(entities.c.slug.in_(wanted))
    return {row.slug: row.id for row in connection.execute(query)}


def place_of(name: str, slug: str) -> str:
    """Return what orders an entity in lists: its English name, case aside, then its id."""
    return f"{name.casefold()}\n{slug}"


def apply(connection: Connection, batch: Batch) -> None:
    """Take in the entities that *batch* mentions, their names, merges and splits."""
    told = [one for one in batch.effects if not one.recorded.is_masked]  # others tell not whom
    numbers = batch.numbers.entities
    numbers.look_up(connection, _named(told))
    fresh: list[Line] = []
    names: list[Line] = []
    for effect in told:
        mentions = _fresh(effect, numbers)
        if mentions:
            batch.introduced[effect.position] = sorted(mentions, key=attrgetter("id"))
            fresh += [_entity(connection, one, effect.position, numbers) for one in mentions]
            names += _first_names(mentions, effect.position, numbers)
        if effect.event is not None and effect.event.kind == "names_changed":
            names += _given_names(effect.event, effect.position, batch)
    rows.add(connection, entities, fresh)
    rows.add(connection, entity_names, names)
    _end_names(connection, batch)
    _show_latest_names(connection, batch.renamed)
    _reshape(connection, batch)


def said_by(effect: Effect) -> Event:
    """Return the event that tells whom *effect* touches."""
    return effect.event or effect.recorded.event


def named_in(batch: Batch) -> Iterator[str]:
    """Yield the ids of all whom *batch* touches, and of the sources that say so."""
    return _named(one for one in batch.effects if not one.recorded.is_masked)


def _named(told: Iterable[Effect]) -> Iterator[str]:
    """Yield the ids of all whom *told* touches, and of the sources that say so."""
    for effect in told:
        event = said_by(effect)
        for mention in event.entities:
            yield mention.id
        for claim in event.claims:
            yield claim.source


def _fresh(effect: Effect, known: Numbers) -> list[Mention]:
    """Return a mention of each entity that is mentioned for the first time."""
    fresh = [one for one in said_by(effect).entities if one.id not in known]
    return list({one.id: one for one in fresh}.values()) if fresh else fresh


def _entity(connection: Connection, mention: Mention, position: int, numbers: Numbers) -> Line:
    shown = [mention.names.get(language, mention.id) for language in _LANGUAGES]
    place = place_of(shown[-1], mention.id)
    return (
        numbers.give(connection, mention.id),
        mention.id,
        mention.type,
        *shown,
        position,
        place,
    )


def _first_names(mentions: Iterable[Mention], position: int, numbers: Numbers) -> list[Line]:
    given = [
        (numbers[mention.id], name, language)
        for mention in mentions
        for language, name in sorted(mention.names.items())
    ]
    return [
        (position, number, entity, name, language, DISPLAY, "", None)
        for number, (entity, name, language) in enumerate(given)
    ]


def _given_names(event: Event, position: int, batch: Batch) -> list[Line]:
    entity = batch.numbers.entities[event.in_role("entity")[0].id]
    batch.renamed.add(entity)
    gone = batch.ends.get(position)
    return [
        (position, number, entity, *name, gone)
        for number, name in enumerate(_names_changed(event), start=_FIRST_GIVEN)
    ]


def _names_changed(event: Event) -> Iterator[tuple[str, str, str, str]]:
    """Yield each name that *event* gives, its language, kind and period."""
    data = {name: value for name, value in event.data.items() if isinstance(value, str)}
    period, kind = data.get("period", ""), data.get("name_kind", "alias")
    for language in _LANGUAGES:
        if data.get(language):
            yield data[language], language, DISPLAY, period
    for part in data.get("aliases", "").split("|"):
        if alias := part.strip():
            yield alias, "en" if alias.isascii() else "zh", kind, period
    note = event.data.get("note")
    if isinstance(note, dict):
        for language in _LANGUAGES:
            yield note[language], language, NOTE, ""


def _end_names(connection: Connection, batch: Batch) -> None:
    """End the names and the notes that versions from before the batch gave and that end here."""
    ended = batch.ended_before
    given = rows.find(
        connection,
        entity_names,
        ("position", "number", "entity_id"),
        by=("position",),
        keys=list(ended),
        unset="gone",
    )
    lost = [row for row in given if row[1] >= _FIRST_GIVEN]
    changes = [(ended[position], position, number) for position, number, _entity in lost]
    rows.change(connection, entity_names, ("gone",), changes, by=("position", "number"))
    batch.renamed.update(entity for _position, _number, entity in lost)


def _show_latest_names(connection: Connection, renamed: Collection[int]) -> None:
    """Show the newest name in each language that was not taken back, or else the id."""
    called = rows.find(connection, entities, ("id", "slug"), by=("id",), keys=renamed)
    slugs = {number: str(slug) for number, slug in called}
    shown = {number: dict.fromkeys(_LANGUAGES, slug) for number, slug in slugs.items()}
    for _position, _number, entity, name, language, kind in live_names(connection, renamed):
        if kind == DISPLAY:
            shown[entity][language] = name
    changes = [
        (names["zh"], names["en"], place_of(names["en"], slugs[number]), number)
        for number, names in shown.items()
    ]
    rows.change(connection, entities, ("name_zh", "name_en", "place"), changes, by=("id",))


def live_names(connection: Connection, numbers: Collection[int]) -> list[Line]:
    """Return the names of entities that were not taken back, in the order they were given."""
    columns = ("position", "number", "entity_id", "name", "language", "kind")
    return sorted(
        tuple(row)
        for row in rows.find(
            connection, entity_names, columns, by=("entity_id",), keys=numbers, unset="gone"
        )
    )


def _reshape(connection: Connection, batch: Batch) -> None:
    """Note the merges, and undo those of what comes out of an entity into it."""
    kinds = {"entities_merged", "entity_split"}
    reshaping = [
        (one.position, one.recorded.event)
        for one in batch.effects
        if one.recorded.event.kind in kinds and not one.recorded.is_masked
    ]
    if not reshaping:
        return
    numbers = batch.numbers.entities
    splits = [event for _position, event in reshaping if event.kind == "entity_split"]
    whole = {numbers[event.in_role("entity")[0].id] for event in splits}
    columns = ("position", "from_id", "into_id")
    found = rows.find(
        connection, entity_merges, columns, by=("into_id",), keys=whole, unset="gone"
    )
    merged: dict[Line, int | None] = {tuple(row): None for row in found}
    before = set(merged)
    for position, event in reshaping:
        if event.kind == "entities_merged":
            merged.update((one, None) for one in _merge(event, position, numbers))
        else:
            merged.update((one, position) for one in _undone(event, merged, numbers))
    rows.add(
        connection,
        entity_merges,
        [(*merge, gone) for merge, gone in merged.items() if merge not in before],
    )
    ended = [
        (gone, merge[0], merge[1]) for merge, gone in merged.items() if merge in before and gone
    ]
    rows.change(connection, entity_merges, ("gone",), ended, by=("position", "from_id"))


def _merge(event: Event, position: int, numbers: Numbers) -> list[Line]:
    into = event.in_role("into")[0].id
    parts = [mention.id for mention in event.in_role("from") if mention.id != into]
    return [(position, numbers[part], numbers[into]) for part in parts]


def _undone(event: Event, merged: dict[Line, int | None], numbers: Numbers) -> list[Line]:
    whole = numbers[event.in_role("entity")[0].id]
    parts = {numbers[mention.id] for mention in event.in_role("out")}
    return [
        merge
        for merge, gone in merged.items()
        if gone is None and merge[1] in parts and merge[2] == whole
    ]
