"""Read model: entities, their names and merges.

What an entity is, a note, is kept with its names, as names of a kind of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from archive.log import RecordedEvent
from archive.projections.history import effect, positions_of
from archive.projections.tables import entities, entity_merges, entity_names, occurrences
from archive.vocabulary import Event, Mention

NAME = "entities"
VERSION = 1
TABLES = (entity_merges, entity_names, entities)
DISPLAY, NOTE = "display", "note"
# Names of a first mention are numbered below: they outlive the event that mentioned.
_FIRST_GIVEN = 1000


@dataclass(frozen=True, slots=True)
class _Name:
    entity_id: int
    name: str
    language: str
    kind: str
    period: str = ""


def entity_ids(connection: Connection, slugs: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the entities called *slugs*; unknown ones are left out."""
    wanted = list(dict.fromkeys(slugs))
    query = select(entities.c.slug, entities.c.id).where(entities.c.slug.in_(wanted))
    return {row.slug: row.id for row in connection.execute(query)}


def apply(connection: Connection, recorded: RecordedEvent) -> None:
    """Take in the entities that *recorded* mentions, their names, merges and splits."""
    change = effect(connection, recorded)
    if change.gone is not None:
        _end_names(connection, change.gone, recorded.position)
    if recorded.is_masked:  # whom it touched is not told any more
        return
    event = change.event or recorded.event
    _write_names(connection, _new_entities(connection, event, recorded.position), recorded)
    if change.event and change.event.kind == "names_changed":
        given = _names_changed(connection, change.event)
        _write_names(connection, given, recorded, start=_FIRST_GIVEN)
    if recorded.event.kind == "entities_merged":
        _merge(connection, recorded)
    if recorded.event.kind == "entity_split":
        _split(connection, recorded)


def _new_entities(connection: Connection, event: Event, position: int) -> list[_Name]:
    mentions: dict[str, Mention] = {mention.id: mention for mention in event.entities}
    known = entity_ids(connection, mentions)
    fresh = [mention for slug, mention in mentions.items() if slug not in known]
    if not fresh:
        return []
    last = connection.scalar(select(func.coalesce(func.max(entities.c.id), 0))) or 0
    rows = [
        {
            "id": number,
            "slug": mention.id,
            "type": mention.type,
            "name_zh": mention.names.get("zh", mention.id),
            "name_en": mention.names.get("en", mention.id),
            "position": position,
        }
        for number, mention in enumerate(fresh, start=last + 1)
    ]
    connection.execute(insert(entities), rows)
    return [
        _Name(number, name, language, DISPLAY)
        for number, mention in enumerate(fresh, start=last + 1)
        for language, name in sorted(mention.names.items())
    ]


def _names_changed(connection: Connection, event: Event) -> list[_Name]:
    slug = event.in_role("entity")[0].id
    number = entity_ids(connection, [slug])[slug]
    data = {name: value for name, value in event.data.items() if isinstance(value, str)}
    period = data.get("period", "")
    names = [
        _Name(number, data[language], language, DISPLAY, period)
        for language in ("zh", "en")
        if data.get(language)
    ]
    aliases = [one.strip() for one in data.get("aliases", "").split("|") if one.strip()]
    kind = data.get("name_kind", "alias")
    names += [_Name(number, alias, _language(alias), kind, period) for alias in aliases]
    note = event.data.get("note")
    if isinstance(note, dict):
        names += [_Name(number, note[language], language, NOTE) for language in ("zh", "en")]
    return names


def _language(name: str) -> str:
    return "en" if name.isascii() else "zh"


def _write_names(
    connection: Connection, names: Sequence[_Name], recorded: RecordedEvent, *, start: int = 0
) -> None:
    if not names:
        return
    rows = [
        {
            "position": recorded.position,
            "number": number,
            "entity_id": name.entity_id,
            "name": name.name,
            "language": name.language,
            "kind": name.kind,
            "period": name.period,
        }
        for number, name in enumerate(names, start=start)
    ]
    connection.execute(insert(entity_names), rows)
    for number in {name.entity_id for name in names}:
        _show_latest_names(connection, number)


def _end_names(connection: Connection, root: int, position: int) -> None:
    """End the names and the note that *root* gave."""
    kind = connection.scalar(select(occurrences.c.kind).where(occurrences.c.position == root))
    if kind != "names_changed":
        return
    versions = positions_of(connection, root, before=position)
    live = (
        entity_names.c.position.in_(versions)
        & (entity_names.c.number >= _FIRST_GIVEN)
        & entity_names.c.gone.is_(None)
    )
    touched = set(connection.scalars(select(entity_names.c.entity_id).where(live)))
    connection.execute(update(entity_names).where(live).values(gone=position))
    for number in touched:
        _show_latest_names(connection, number)


def _show_latest_names(connection: Connection, number: int) -> None:
    """Show the newest name in each language that was not taken back, or else the id."""
    latest = (
        select(entity_names.c.language, entity_names.c.name)
        .where(
            entity_names.c.entity_id == number,
            entity_names.c.kind == DISPLAY,
            entity_names.c.gone.is_(None),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    slug = connection.scalar(select(entities.c.slug).where(entities.c.id == number))
    names = {row.language: row.name for row in connection.execute(latest)}
    shown = update(entities).where(entities.c.id == number)
    connection.execute(shown.values(name_zh=names.get("zh", slug), name_en=names.get("en", slug)))


def _merge(connection: Connection, recorded: RecordedEvent) -> None:
    into = recorded.event.in_role("into")[0].id
    parts = [mention.id for mention in recorded.event.in_role("from") if mention.id != into]
    known = entity_ids(connection, [into, *parts])
    rows = [
        {"position": recorded.position, "from_id": known[part], "into_id": known[into]}
        for part in parts
    ]
    if rows:
        connection.execute(insert(entity_merges), rows)


def _split(connection: Connection, recorded: RecordedEvent) -> None:
    """Undo the merges of what comes out into what it comes out of."""
    parts = [mention.id for mention in recorded.event.in_role("out")]
    slug = recorded.event.in_role("entity")[0].id
    known = entity_ids(connection, [slug, *parts])
    undone = update(entity_merges).where(
        entity_merges.c.from_id.in_([known[part] for part in parts]),
        entity_merges.c.into_id == known[slug],
        entity_merges.c.gone.is_(None),
    )
    connection.execute(undone.values(gone=recorded.position))
