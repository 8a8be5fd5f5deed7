"""Which events a question is about: filters, a window of days, and what was known."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import CONFIDENCES, RANKS, entity_ids
from archive.projections.tables import (
    disputes,
    entity_merges,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from archive.queries.known.matching import matching_documents
from archive.vocabulary import Group


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list of events; an empty field narrows nothing.

    ``importance`` is the lowest level shown, ``retracted`` shows retracted events too.
    """

    kinds: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    entity: str = ""
    source: str = ""
    text: str = ""
    importance: str = ""
    confidence: str = ""
    disputed: bool = False
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both included, as Julian Day Numbers."""

    first_day: int
    last_day: int


def is_known(position: Any, gone: Any, known: Any) -> ColumnElement[bool]:
    """Return the condition that a row of a read model counts as known on *known*."""
    return and_(position <= known, or_(gone.is_(None), gone > known))


def was_retracted(known: int) -> ColumnElement[bool]:
    """Return the condition that a version was the last one of its event when it was retracted."""
    later = aliased(occurrences)
    # A scalar, not EXISTS: a server would read all versions into a hash before it looks at one.
    replacing = (
        select(later.c.position)
        .where(later.c.root == occurrences.c.root, later.c.position == occurrences.c.gone)
        .limit(1)
        .scalar_subquery()
    )
    return and_(occurrences.c.gone <= known, replacing.is_(None))


def is_disputed(known: int) -> ColumnElement[bool]:
    """Return the condition that an event's claims are in open dispute."""
    return exists().where(
        disputes.c.root == occurrences.c.root,
        is_known(disputes.c.position, disputes.c.settled, known),
    )


def family(connection: Connection, slug: str, *, known: int) -> list[int]:
    """Return the numbers of all that live on as one with the entity called *slug*, its own too.

    They are the same by whichever name it is called: that of the home, or of one merged into it.
    """
    numbers = set(entity_ids(connection, [slug]).values())
    c = entity_merges.c
    while True:
        joined = select(c.from_id, c.into_id).where(
            or_(c.from_id.in_(numbers), c.into_id.in_(numbers)),
            is_known(c.position, c.gone, known),
        )
        more = {number for row in connection.execute(joined) for number in row} - numbers
        if not more:
            return sorted(numbers)
        numbers |= more


def is_undated(lo: int, hi: int) -> bool:
    """Tell whether days are all there are: nothing is known of when."""
    return (lo, hi) == (EARLIEST_DAY, LATEST_DAY)


def conditions(
    connection: Connection, *, filters: Filters, known: int
) -> list[ColumnElement[bool]]:
    """Return what a row of ``occurrence`` must meet to be among the events, on whatever day."""
    live = is_known(occurrences.c.position, occurrences.c.gone, known)
    shown = or_(live, was_retracted(known)) if filters.retracted else live
    wanted = [shown, occurrences.c.kind_group != Group.ARCHIVE.value]
    if filters.kinds:
        wanted.append(occurrences.c.kind.in_(sorted(filters.kinds)))
    if filters.groups:
        wanted.append(occurrences.c.kind_group.in_(sorted(filters.groups)))
    if filters.importance in RANKS:
        wanted.append(occurrences.c.importance <= RANKS[filters.importance])
    if filters.confidence in CONFIDENCES:
        wanted.append(occurrences.c.confidence == CONFIDENCES[filters.confidence])
    if filters.disputed:
        wanted.append(is_disputed(known))
    return wanted + _linked(connection, filters, known)


def _linked(connection: Connection, filters: Filters, known: int) -> list[ColumnElement[bool]]:
    position = occurrences.c.position
    linked: list[ColumnElement[bool]] = []
    if filters.entity:
        numbers = family(connection, filters.entity, known=known)
        touching = select(occurrence_entities.c.position)
        linked.append(position.in_(touching.where(occurrence_entities.c.entity_id.in_(numbers))))
    if filters.source:
        citing = select(occurrence_sources.c.position)
        linked.append(position.in_(citing.where(occurrence_sources.c.source == filters.source)))
    if filters.text:
        matches = matching_documents(connection, filters.text, what="event")
        if matches is not None:
            linked.append(matches.has(position))
    return linked
