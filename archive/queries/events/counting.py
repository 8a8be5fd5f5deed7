"""How many events there are: by month, by facet, and in all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.projections import CONFIDENCES, RANKS
from archive.projections.tables import (
    entities,
    occurrence_entities,
    occurrence_sources,
    occurrences,
    source_versions,
)
from archive.queries.answers import EntityRef, SourceRef
from archive.queries.known.merging import at_home, homes, merged_away
from archive.queries.known.narrowing import Filters, Window, conditions, is_disputed, is_known
from archive.queries.known.rows import entity_refs, source_refs
from archive.vocabulary import Group

_SHOWN_ENTITIES = 20


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive holds: the first and last likely day and counts; all 0 without a date."""

    first_day: int
    last_day: int
    events: int
    entities: int
    sources: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of the events in a window, by what may narrow them further; the largest first."""

    kinds: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    entities: tuple[tuple[EntityRef, int], ...]
    sources: tuple[tuple[SourceRef, int], ...]
    importance: tuple[tuple[str, int], ...]
    confidence: tuple[tuple[str, int], ...]
    disputed: int


def coverage(connection: Connection, *, known: int) -> Coverage:
    """Return what the archive holds as known on *known*."""
    wanted = conditions(connection, filters=Filters(), window=None, known=known)
    v = occurrences.c.v
    found = select(func.min(v), func.max(v), func.count()).where(*wanted)
    first, last, dated = connection.execute(found.where(v > EARLIEST_DAY, v < LATEST_DAY)).one()
    many = select(func.count()).where(*wanted)
    people = select(func.count()).where(
        entities.c.position <= known,
        entities.c.type != "source",
        entities.c.id.not_in(merged_away(known)),
    )
    papers = select(func.count()).where(
        is_known(source_versions.c.position, source_versions.c.gone, known)
    )
    return Coverage(
        first or 0,
        last or 0,
        (connection.scalar(many) or 0) if dated else 0,
        connection.scalar(people) or 0,
        connection.scalar(papers) or 0,
    )


def density(
    connection: Connection, *, filters: Filters, known: int
) -> tuple[tuple[int, int], ...]:
    """Return, for each month with events, the day number of its first day and their count."""
    wanted = conditions(connection, filters=filters, window=None, known=known)
    days = select(occurrences.c.v, func.count()).where(*wanted).group_by(occurrences.c.v)
    months: Counter[date] = Counter()
    for day, count in connection.execute(days):
        if EARLIEST_DAY < day < LATEST_DAY:
            months[day_of(day).replace(day=1)] += count
    return tuple((day_number(month), months[month]) for month in sorted(months))


def facets(
    connection: Connection, *, window: Window | None = None, filters: Filters, known: int
) -> Facets:
    """Return the counts of the events that meet *filters* in *window*."""
    wanted = conditions(connection, filters=filters, window=window, known=known)
    ranks, levels = list(RANKS), list(CONFIDENCES)
    kinds = _by(connection, occurrences.c.kind, wanted)
    groups = dict(_by(connection, occurrences.c.kind_group, wanted))
    disputed = select(func.count()).select_from(occurrences).where(*wanted, is_disputed(known))
    return Facets(
        kinds=tuple(kinds),
        groups=tuple((group.value, groups[group]) for group in Group if group in groups),
        entities=_entities(connection, wanted, known),
        sources=_sources(connection, wanted, known),
        importance=tuple(
            (ranks[rank], n)
            for rank, n in sorted(_by(connection, occurrences.c.importance, wanted))
        ),
        confidence=tuple(
            (levels[rank], n)
            for rank, n in sorted(_by(connection, occurrences.c.confidence, wanted))
        ),
        disputed=connection.scalar(disputed) or 0,
    )


def _by(
    connection: Connection, column: ColumnElement[Any], wanted: list[ColumnElement[bool]]
) -> list[tuple[Any, int]]:
    many = func.count()
    grouped = select(column, many).where(*wanted).group_by(column).order_by(many.desc(), column)
    return [(value, count) for value, count in connection.execute(grouped)]


def _entities(
    connection: Connection, wanted: list[ColumnElement[bool]], known: int
) -> tuple[tuple[EntityRef, int], ...]:
    links = occurrence_entities.c
    number = at_home(links.entity_id, homes(connection, known=known)).label("number")
    touched = (
        select(number, links.position)
        .where(links.position.in_(select(occurrences.c.position).where(*wanted)))
        .subquery()
    )
    many = func.count(touched.c.position.distinct())
    counted = (
        select(touched.c.number, many)
        .group_by(touched.c.number)
        .order_by(many.desc(), touched.c.number)
        .limit(_SHOWN_ENTITIES)
    )
    counts = [(one, count) for one, count in connection.execute(counted)]
    refs = entity_refs(connection, [one for one, _count in counts], known=known)
    return tuple((refs[one], count) for one, count in counts)


def _sources(
    connection: Connection, wanted: list[ColumnElement[bool]], known: int
) -> tuple[tuple[SourceRef, int], ...]:
    links = occurrence_sources.c
    many = func.count()
    counted = (
        select(links.source, many)
        .where(links.position.in_(select(occurrences.c.position).where(*wanted)))
        .group_by(links.source)
        .order_by(many.desc(), links.source)
    )
    counts = [(slug, count) for slug, count in connection.execute(counted)]
    refs = source_refs(connection, [slug for slug, _count in counts], known=known)
    return tuple((refs[slug], count) for slug, count in counts)
