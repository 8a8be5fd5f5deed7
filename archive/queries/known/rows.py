"""From positions to event rows: the log's payload, decoded, with its sources and its marks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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
from archive.queries.known.narrowing import is_disputed, is_known, was_retracted
from archive.storage import BIG, chunks
from archive.vocabulary import MACHINE_PROPOSED, Claim, Event, nested_event

MASKED = Words("（文字已遮蔽）", "(text masked)")
_CONFIDENCE_NAMES = list(CONFIDENCES)
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_KNOWN: BindParameter[Any] = bindparam("known", type_=BIG)
_SOURCES = (
    select(source_versions.c.slug, events.c.payload)
    .join(events, events.c.position == source_versions.c.position)
    .where(
        is_known(
            source_versions.c.position, source_versions.c.gone, bindparam("known", type_=BIG)
        ),
        source_versions.c.slug.in_(_KEYS),
    )
)
_NUMBERED = select(entities).where(entities.c.id.in_(_KEYS))
_CALLED = select(entities).where(entities.c.slug.in_(_KEYS))


def source_refs(
    connection: Connection, slugs: Iterable[str], *, known: int
) -> dict[str, SourceRef]:
    """Return the sources called *slugs*; one that was retracted is named by its id."""
    wanted = sorted(set(slugs))
    found = {
        slug: _source_told(slug, bytes(payload))
        for some in chunks(wanted)
        for slug, payload in connection.execute(_SOURCES, {"keys": some, "known": known})
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
    found = _found(connection, _NUMBERED, sorted(set(numbers)), None if is_newest else known)
    return dict(found)


def refs_called(
    connection: Connection, slugs: Iterable[str], *, known: int, is_newest: bool = False
) -> dict[str, EntityRef]:
    """Return the entities whose ids are *slugs*, called as known on *known*; see above."""
    found = _found(connection, _CALLED, sorted(set(slugs)), None if is_newest else known)
    return {ref.id: ref for _number, ref in found}


def _found(
    connection: Connection, query: Select[Any], keys: Sequence[int | str], known: int | None
) -> Iterator[tuple[int, EntityRef]]:
    """Yield each entity with its number; None for *known* means as it is called now."""
    for some in chunks(keys):
        rows = connection.execute(query, {"keys": some}).all()
        numbers = [row.id for row in rows]
        then = {} if known is None else _names_then(connection, numbers, known)
        yield from ((row.id, entity_ref(row, then.get(row.id))) for row in rows)


def entity_ref(row: Row[Any], then: Mapping[str, str] | None = None) -> EntityRef:
    """Return the entity of *row*, called as *then* says, else as it is now."""
    if then is None:
        return EntityRef(row.slug, row.type, Words(row.name_zh, row.name_en))
    return EntityRef(row.slug, row.type, Words(then.get("zh", row.slug), then.get("en", row.slug)))


def _names_then(
    connection: Connection, numbers: Sequence[int], known: int
) -> dict[int, dict[str, str]]:
    """Return the names by language of the entities of *numbers* that are called otherwise now."""
    names = entity_names.c
    changed = connection.scalars(
        select(names.entity_id)
        .distinct()
        .where(
            names.entity_id.in_(numbers),
            names.kind == DISPLAY,
            or_(names.position > known, names.gone > known),
        )
    )
    then: dict[int, dict[str, str]] = {number: {} for number in changed}
    shown = (
        select(names.entity_id, names.language, names.name)
        .where(
            names.entity_id.in_(sorted(then)),
            names.kind == DISPLAY,
            is_known(names.position, names.gone, known),
        )
        .order_by(names.position, names.number)
    )
    for row in connection.execute(shown) if then else ():
        then[row.entity_id][row.language] = row.name
    return then


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
