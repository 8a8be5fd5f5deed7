"""record: something happened, says a source."""

import secrets
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from archive.errors import BatchError, FieldError, RefusedError
from archive.languages import Words
from archive.log import Clock, now, read_by_ids
from archive.log.writer import append
from archive.projections import apply
from archive.projections.tables import entities, entity_merges, sources
from archive.vocabulary import ARCHIVE_KINDS, Event, KnownEntity, Raw, check


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one event: its id, its position, and whether it was already there."""

    id: str
    position: int
    is_new: bool


def new_id() -> str:
    """Return a fresh event id: a UUID of version 7 (RFC 9562 §5.7), so that ids sort by time."""
    milliseconds = time.time_ns() // 10**6
    raw = (milliseconds << 80) | secrets.randbits(80)
    raw = (raw & ~(0xF << 76)) | (7 << 76)
    raw = (raw & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=raw))


class _Known:
    """The entities and sources known while a batch is checked: the archive's and the batch's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._entities: dict[str, KnownEntity | None] = {}
        self._sources: dict[str, bool] = {}
        self._events: set[str] = set()

    def entity(self, slug: str) -> KnownEntity | None:
        """Return the type and names of the entity called *slug*, or None."""
        if slug not in self._entities:
            query = select(entities).where(entities.c.slug == slug)
            row = self._connection.execute(query).one_or_none()
            self._entities[slug] = (
                KnownEntity(row.type, {"zh": row.name_zh, "en": row.name_en}) if row else None
            )
        return self._entities[slug]

    def has_source(self, slug: str) -> bool:
        """Tell whether the archive, or the batch so far, has the source."""
        if slug not in self._sources:
            query = select(sources.c.slug).where(sources.c.slug == slug)
            self._sources[slug] = self._connection.scalar(query) is not None
        return self._sources[slug]

    def has_event(self, event_id: str) -> bool:
        """Tell whether the log, or the batch so far, has the event."""
        return event_id in self._events or bool(read_by_ids(self._connection, [event_id]))

    def learn(self, event: Event) -> None:
        """Remember what *event* introduces, for the events after it."""
        self._events.add(event.id)
        for mention in event.entities:
            if self._entities.get(mention.id) is None:
                self._entities[mention.id] = KnownEntity(mention.type, mention.names)
        if event.kind == "source_added":
            self._sources[event.in_role("source")[0].id] = True


def _demand_sources(event: Event, known: _Known) -> None:
    missing = [claim.source for claim in event.claims if not known.has_source(claim.source)]
    if missing:
        accepted = Words("已登记的来源", "a source that the archive holds; see /sources")
        raise FieldError(field="source", value=missing[0], accepted=accepted)


def _demand_events(event: Event, known: _Known) -> None:
    """Raise FieldError unless every event that an archive event speaks of is known."""
    if event.kind not in ARCHIVE_KINDS:
        return
    accepted = Words("档案中的事件", "an event that the archive holds")
    for field in ("target", "claims", "choice"):
        said = str(event.data.get(field, ""))
        for one in (part.strip() for part in said.split(",")):
            if one and not known.has_event(one):
                raise FieldError(field=field, value=one, accepted=accepted)
    rivals = [part.strip() for part in str(event.data.get("claims", "")).split(",")]
    if "choice" in event.data and event.data["choice"] not in rivals:
        listed = Words("、".join(rivals), ", ".join(rivals))
        raise FieldError(field="choice", value=event.data["choice"], accepted=listed)


def _demand_home(connection: Connection, event: Event) -> None:
    """Raise FieldError for a merge of an entity that was merged before: it lives elsewhere."""
    if event.kind != "entities_merged":
        return
    home, gone = entities.alias(), entities.alias()
    moved = (
        select(gone.c.slug, home.c.slug)
        .select_from(entity_merges)
        .join(gone, gone.c.id == entity_merges.c.from_id)
        .join(home, home.c.id == entity_merges.c.into_id)
        .where(entity_merges.c.gone.is_(None))
    )
    homes = {slug: into for slug, into in connection.execute(moved)}  # noqa: C416 - rows, not pairs
    for mention in event.entities:
        if mention.id in homes:
            into = homes[mention.id]
            accepted = Words(f"“{into}”，它已并入那里", f"“{into}”, into which it was merged")
            raise FieldError(field=mention.role, value=mention.id, accepted=accepted)


def checked(
    connection: Connection,
    raws: Iterable[Raw],
    *,
    progress: Callable[[int], None] | None = None,
) -> list[Event]:
    """Return every draft as a checked event, or raise one BatchError with all their errors.

    An entity or source that a draft introduces is known to those after it. A draft without an id
    gets a fresh one.
    """
    known = _Known(connection)
    events: list[Event] = []
    errors: list[RefusedError] = []
    number = 0
    for number, raw in enumerate(raws, start=1):  # the last number is told below
        try:
            event = check({"id": new_id(), **_without_nothing(raw)}, lookup=known.entity)
            _demand_sources(event, known)
            _demand_events(event, known)
            _demand_home(connection, event)
        except BatchError as error:
            errors.extend(error.errors)
            continue
        except RefusedError as error:
            errors.append(error)
            continue
        known.learn(event)
        events.append(event)
        if progress:
            progress(number)
    if len(errors) == 1 and number == 1:
        raise errors[0]
    if errors:
        raise BatchError(errors)
    return events


def _without_nothing(raw: Raw) -> Raw:
    return {name: value for name, value in raw.items() if value is not None}


def append_all(
    connection: Connection,
    events: Sequence[Event],
    *,
    recorded_by: str,
    expected_position: int | None = None,
    clock: Clock = now,
) -> list[Recorded]:
    """Append checked events and fold the new ones into the read models."""
    appended = append(
        connection,
        events,
        recorded_by=recorded_by,
        expected_position=expected_position,
        clock=clock,
    )
    apply(connection, appended.new)
    new = {one.position for one in appended.new}
    return [Recorded(one.event.id, one.position, one.position in new) for one in appended.recorded]


def record_all(
    connection: Connection,
    raws: Iterable[Raw],
    *,
    recorded_by: str,
    clock: Clock = now,
    progress: Callable[[int], None] | None = None,
) -> list[Recorded]:
    """Record every draft in its order, all or none; the same drafts twice are recorded once.

    Raises BatchError with every error of every draft, or KeyReusedError for an id that already
    has other content.
    """
    events = checked(connection, raws, progress=progress)
    return append_all(connection, events, recorded_by=recorded_by, clock=clock)


def record(
    connection: Connection,
    *,
    raw: Raw,
    recorded_by: str,
    expected_position: int | None = None,
    clock: Clock = now,
) -> Recorded:
    """Record one draft; twice with the same id is once.

    Raises RefusedError for what cannot be taken, WrongPositionError when *expected_position* is
    given and the stream is longer by now, KeyReusedError for an id with other content.
    """
    event = checked(connection, [raw])[0]
    return append_all(
        connection,
        [event],
        recorded_by=recorded_by,
        expected_position=expected_position,
        clock=clock,
    )[0]
