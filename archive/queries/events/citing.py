"""The sources: all of them, and one with what rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from archive.errors import NotFoundError
from archive.languages import Words
from archive.log import read_by_positions
from archive.projections.tables import occurrence_sources, occurrences, source_versions
from archive.queries.answers import EventRow, SourceRef
from archive.queries.events.timelines import timeline
from archive.queries.known.narrowing import Filters, conditions, is_known
from archive.queries.known.rows import said_at, source_ref

_SOURCE = Words("来源", "source")
_LISTED = 1000


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the list: its kind, its language, and how many events rest on it."""

    ref: SourceRef
    kind: str
    language: str
    events: int


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """A source, all that was recorded of it, and its events in order of occurrence."""

    ref: SourceRef
    data: Mapping[str, object]
    event_id: str
    events: tuple[EventRow, ...]
    total_events: int


def _sources(known: int) -> Select[Any]:
    versions = source_versions.c
    return select(source_versions).where(is_known(versions.position, versions.gone, known))


def sources_known(connection: Connection, *, known: int) -> tuple[SourceRow, ...]:
    """Return the sources recorded by *known*, by title."""
    wanted = conditions(connection, filters=Filters(), known=known)
    counted = (
        select(occurrence_sources.c.source, func.count().label("events"))
        .join(occurrences, occurrences.c.position == occurrence_sources.c.position)
        .where(*wanted)
        .group_by(occurrence_sources.c.source)
    )
    counts = {row.source: row.events for row in connection.execute(counted)}
    rows = connection.execute(_sources(known)).all()
    recorded = read_by_positions(connection, [row.position for row in rows])
    found = [
        SourceRow(
            source_ref(row.slug, recorded[row.position]),
            str(said_at(recorded[row.position]).data.get("source_kind", "")),
            str(said_at(recorded[row.position]).data.get("language", "")),
            counts.get(row.slug, 0),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (row.ref.published, row.ref.id)))


def source_called(connection: Connection, *, slug: str, known: int) -> SourceAnswer:
    """Return the source called *slug* and what rests on it; raises NotFoundError."""
    row = connection.execute(_sources(known).where(source_versions.c.slug == slug)).one_or_none()
    if row is None:
        raise NotFoundError(what=_SOURCE, name=slug)
    recorded = read_by_positions(connection, [row.position])[row.position]
    page = timeline(connection, filters=Filters(source=slug), known=known, limit=_LISTED)
    return SourceAnswer(
        source_ref(slug, recorded),
        said_at(recorded).data,
        recorded.event.id,
        page.rows,
        page.total,
    )
