"""From positions to event rows: the log's payload, decoded, with its sources and its marks."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, or_, select

from archive.languages import Words
from archive.log import RecordedEvent, read_by_positions
from archive.log.tables import events
from archive.projections import CONFIDENCES
from archive.projections.entities import DISPLAY
from archive.projections.tables import entities, entity_names, occurrences, source_versions
from archive.queries.answers import NO_WORDS, ClaimRow, EntityRef, EventRow, SourceRef, words_of
from archive.queries.known.asking import among, asked
from archive.queries.known.narrowing import is_disputed, is_known, was_retracted
from archive.queries.known.nesting import is_server
from archive.storage import BIG, chunks
from archive.vocabulary import MACHINE_PROPOSED, Claim, Event, nested_event

MASKED = Words("（文字已遮蔽）", "(text masked)")
_CONFIDENCE_NAMES = list(CONFIDENCES)
_KNOWN: BindParameter[Any] = bindparam("known", type_=BIG)


@cache
def _sources(*, on_server: bool) -> Select[Any]:
    versions = source_versions.c
    return (
        select(versions.slug, events.c.payload)
        .join(events, events.c.position == versions.position)
        .where(
            is_known(versions.position, versions.gone, _KNOWN),
            among(versions.slug, "slugs", on_server=on_server),
        )
    )


def source_refs(
    connection: Connection, slugs: Iterable[str], *, known: int
) -> dict[str, SourceRef]:
    """Return the sources called *slugs*; one that was retracted is named by its id."""
    wanted = sorted(set(slugs))
    if not wanted:
        return {}
    query = _sources(on_server=is_server(connection))
    found = {
        slug: _source_told(slug, bytes(payload))
        for slug, payload in asked(connection, query, {"slugs": wanted, "known": known})
        if payload is not None
    }
    return {slug: found.get(slug) or SourceRef(slug, slug, NO_WORDS, "") for slug in wanted}


class _Text(msgspec.Struct):
    """Of the text of an event no more than what it says; a correction has the new text in it."""

    data: dict[str, Any]


_TEXT: Final = msgspec.json.Decoder(_Text)


# By its very bytes, so that it can never be outdated; many answers cite the same few sources.
@lru_cache(maxsize=4096)
def _source_told(slug: str, payload: bytes) -> SourceRef:
    data = _TEXT.decode(payload).data
    return _source(slug, data["event"]["data"] if "event" in data else data)


def source_ref(slug: str, recorded: RecordedEvent) -> SourceRef:
    """Return the source that *recorded* adds or corrects."""
    return _source(slug, (nested_event(recorded.event) or recorded.event).data)


def _source(slug: str, data: Mapping[str, Any]) -> SourceRef:
    publisher = data.get("publisher")
    by = words_of(publisher) if isinstance(publisher, dict) else NO_WORDS
    return SourceRef(slug, str(data.get("title", slug)), by, str(data.get("published", "")))


def entity_refs(
    connection: Connection, numbers: Iterable[int], *, known: int, is_newest: bool = False
) -> dict[int, EntityRef]:
    """Return the entities of *numbers*, called as known on *known*.

    *is_newest* tells that nothing was recorded since: then the names of now are those.
    """
    found = _found(connection, "id", sorted(set(numbers)), None if is_newest else known)
    return dict(found)


def refs_called(
    connection: Connection, slugs: Iterable[str], *, known: int, is_newest: bool = False
) -> dict[str, EntityRef]:
    """Return the entities whose ids are *slugs*, called as known on *known*; see above."""
    found = _found(connection, "slug", sorted(set(slugs)), None if is_newest else known)
    return {ref.id: ref for _number, ref in found}


def _found(
    connection: Connection, key: str, keys: Sequence[int | str], known: int | None
) -> list[tuple[int, EntityRef]]:
    """Return each entity with its number; None for *known* means as it is called now."""
    if not keys:
        return []
    on_server = is_server(connection)
    lines = asked(connection, _entities_by(key, on_server=on_server), {"keys": keys})
    called = (
        (number, EntityRef(slug, kind, Words(zh, en))) for number, slug, kind, zh, en in lines
    )
    if known is None:
        return list(called)
    then = _names_then(connection, [line[0] for line in lines], known)
    return [(number, _as_then(ref, then.get(number))) for number, ref in called]


@cache
def _entities_by(key: str, *, on_server: bool) -> Select[Any]:
    one = entities.c
    theirs = among(one[key], "keys", on_server=on_server)
    return select(one.id, one.slug, one.type, one.name_zh, one.name_en).where(theirs)


def _as_then(ref: EntityRef, then: Mapping[str, str] | None) -> EntityRef:
    """Return the entity of *ref*, called as *then* says, if that says anything."""
    if then is None:
        return ref
    return EntityRef(ref.id, ref.type, Words(then.get("zh", ref.id), then.get("en", ref.id)))


def _names_then(
    connection: Connection, numbers: Sequence[int], known: int
) -> dict[int, dict[str, str]]:
    """Return the names by language of the entities of *numbers* that are called otherwise now."""
    on_server = is_server(connection)
    said = {"keys": numbers, "known": known}
    changed = asked(connection, _renamed(on_server=on_server), said) if numbers else []
    then: dict[int, dict[str, str]] = {number: {} for (number,) in changed}
    if then:
        lines = asked(connection, _called_then(on_server=on_server), said | {"keys": list(then)})
        for number, language, name in lines:
            then[number][language] = name
    return then


@cache
def _renamed(*, on_server: bool) -> Select[Any]:
    names = entity_names.c
    return (
        select(names.entity_id)
        .distinct()
        .where(
            among(names.entity_id, "keys", on_server=on_server),
            names.kind == DISPLAY,
            or_(names.position > _KNOWN, names.gone > _KNOWN),
        )
    )


@cache
def _called_then(*, on_server: bool) -> Select[Any]:
    names = entity_names.c
    return (
        select(names.entity_id, names.language, names.name)
        .where(
            among(names.entity_id, "keys", on_server=on_server),
            names.kind == DISPLAY,
            is_known(names.position, names.gone, _KNOWN),
        )
        .order_by(names.position, names.number)
    )


def _claim(claim: Claim, known: Mapping[str, SourceRef]) -> ClaimRow:
    return ClaimRow(
        source=known[claim.source],
        locator=claim.locator,
        confidence=claim.confidence,
        reason=claim.reason,
        grade=claim.grade,
        quote=claim.quote,
        quote_language=claim.quote_language,
    )


def said_at(recorded: RecordedEvent) -> Event:
    """Return the event that the version at a position says."""
    return nested_event(recorded.event) or recorded.event


def event_rows(
    connection: Connection, positions: Sequence[int], *, known: int
) -> tuple[EventRow, ...]:
    """Return the versions at *positions* as event rows, in that order."""
    read = select(
        occurrences,
        is_disputed(known).label("disputed"),
        is_known(occurrences.c.position, occurrences.c.gone, known).label("live"),
        was_retracted(known).label("retracted"),
    )
    found = {
        row.position: row
        for some in chunks(positions)
        for row in connection.execute(read.where(occurrences.c.position.in_(some)))
    }
    roots = {row.root for row in found.values()}
    recorded = read_by_positions(connection, {*found, *roots})
    events = {position: said_at(recorded[position]) for position in found}
    cited = source_refs(
        connection,
        (claim.source for event in events.values() for claim in event.claims),
        known=known,
    )
    return tuple(
        _event_row(found[position], recorded, events[position], cited)
        for position in positions
        if position in found
    )


def _event_row(
    row: Row[tuple[object, ...]],
    recorded: Mapping[int, RecordedEvent],
    event: Event,
    cited: Mapping[str, SourceRef],
) -> EventRow:
    version = recorded[row.position]
    return EventRow(
        id=recorded[row.root].event.id,
        position=row.position,
        kind=row.kind,
        occurred=event.occurred,
        first_day=row.lo,
        last_day=row.hi,
        title=MASKED if version.is_masked else words_of(event.title),
        summary=words_of(event.summary),
        entities=event.entities,
        data=event.data,
        claims=tuple(_claim(claim, cited) for claim in event.claims),
        importance=event.importance,
        confidence=_CONFIDENCE_NAMES[row.confidence],
        is_corrected=row.position != row.root,
        is_retracted=bool(row.retracted) and not row.live,
        is_disputed=bool(row.disputed),
        recorded_at=version.recorded_at,
        recorded_by=version.recorded_by,
        is_machine_proposed=MACHINE_PROPOSED in {*event.tags, *recorded[row.root].event.tags},
    )
