"""Whom the events of a window touch and who says so, counted: the most only."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from archive.projections import EVERY
from archive.projections.tables import (
    entities,
    marks,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from archive.queries.answers import EntityRef, SourceRef
from archive.queries.events.grounds import Ground, in_days
from archive.queries.known.merging import at_home, homes
from archive.queries.known.narrowing import Window
from archive.queries.known.rows import entity_refs, source_refs

_SHOWN: Final = 20
# Of more events than these the marks of all subjects are counted sooner than what each links to.
_MANY: Final = 30_000


def linked(
    connection: Connection, ground: Ground, window: Window | None, number: int
) -> tuple[tuple[tuple[EntityRef, int], ...], tuple[tuple[SourceRef, int], ...]]:
    """Return how many events touch each entity, and how many each source says; the most only.

    Where the events are a *number* of many, all marks are read in their order; else each event's.
    """
    known = ground.known
    is_standing = ground.is_counted and not ground.changes and not homes(connection, known=known)
    if is_standing and number > _MANY:
        return _standing(connection, ground, window)
    wanted = ground.among_versions(connection, window)
    return _entities(connection, wanted, known), _sources(connection, wanted, known)


def _standing(
    connection: Connection, ground: Ground, window: Window | None
) -> tuple[tuple[tuple[EntityRef, int], ...], tuple[tuple[SourceRef, int], ...]]:
    """Return the same by the subjects under which the marks stand."""
    subject, many = marks.c.subject, func.count()
    met = [*ground.allowed.conditions(marks.c), *in_days(marks.c, window)]
    grouped = select(subject, many).where(*met).group_by(subject)
    touched, cited = (
        connection.execute(
            grouped.where(side).order_by(many.desc(), func.abs(subject)).limit(_SHOWN)
        ).all()
        for side in (subject > EVERY, subject < EVERY)
    )
    refs = entity_refs(connection, [row.subject for row in touched], known=ground.known)
    slugs = _slugs(connection, [-row.subject for row in cited])
    said = source_refs(connection, slugs.values(), known=ground.known)
    return (
        tuple((refs[one], number) for one, number in touched),
        tuple((said[slugs[-one]], number) for one, number in cited),
    )


def _slugs(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    query = select(entities.c.id, entities.c.slug).where(entities.c.id.in_(numbers))
    return {row.id: row.slug for row in connection.execute(query)}


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
        .limit(_SHOWN)
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
        .limit(_SHOWN)
    )
    counts = [(slug, count) for slug, count in connection.execute(counted)]
    refs = source_refs(connection, [slug for slug, _count in counts], known=known)
    return tuple((refs[slug], count) for slug, count in counts)
