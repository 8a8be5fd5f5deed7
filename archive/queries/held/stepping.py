"""The days on which something changed: sought from one to the next, few among many facts."""

from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, select
from sqlalchemy import bindparam as given

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_of
from archive.projections import entity_ids
from archive.projections.tables import fact_values, facts, occurrences
from archive.queries.events.choosing import Choice, Narrowing, choice_of, chosen
from archive.queries.held.bodies import ENDED
from archive.queries.held.cells import read_cells
from archive.queries.held.founding import narrowing
from archive.queries.held.posts import followers
from archive.queries.held.resting import bound_cells, statuses_of_bodies
from archive.queries.held.seeking import known_now
from archive.queries.known.ground import Ground, ground
from archive.queries.known.narrowing import Filters
from archive.queries.known.nesting import beside, is_server, of_event


def change_days(
    connection: Connection, *, known: int, filters: Narrowing | None = None
) -> tuple[date, ...]:
    """Return the days, rising, on which some cell changed, as known on *known*.

    Of an entity those are among them on which an organization ended that had a stake in it, or
    at which it had a post: with that the stake or the post may have ended; and those on which
    another took up a post of its, or on which what is vague may first have been so, since the
    organization was founded no earlier. Where *filters* narrow otherwise, they are those that the
    events which meet them tell of.
    """
    choice = choice_of(filters or Filters())
    entity = choice.filters.entity
    stands = ground(connection, known=known)
    query: Select[Any] = _each(is_newest=stands.is_newest)
    if choice != Choice():
        query = _among(connection, choice, stands)
    days = set(connection.scalars(query, {"known": known}))
    if entity and choice == Choice(Filters(entity=entity)):
        days |= _of_bodies(connection, entity, stands) | _of_posts(connection, entity, stands)
    return tuple(day_of(day) for day in sorted(day for day in days if day is not None))


def _of_bodies(connection: Connection, entity: str, stands: Ground) -> set[int]:
    """Return the days from the end on of the organizations that cells of *entity* may end with."""
    numbers = stands.family(entity_ids(connection, [entity]).values())
    behind = statuses_of_bodies(connection, numbers, ground=stands) if numbers else []
    if not behind:
        return set()
    query, found = _told_of(is_newest=stands.is_newest), set()
    told = connection.execute(query, {"cells": behind, "known": stands.known})
    for _cell, of_one in groupby(told, key=itemgetter(0)):
        days = [(day, value) for _cell, day, value in of_one]
        first = min((day for day, value in days if value in ENDED), default=LATEST_DAY)
        found |= {day for day, _value in days if first <= day < LATEST_DAY}
    return found


def _of_posts(connection: Connection, entity: str, stands: Ground) -> set[int]:
    """Return the days on which others took up posts of *entity*.

    And those of an organization's founding, where that narrows what is told vaguely.
    """
    numbers = stands.family(entity_ids(connection, [entity]).values())
    ids = bound_cells(connection, numbers) if numbers else []
    read = read_cells(connection, known=stands.known, cell_ids=ids) if ids else []
    days = {fact.v for cell in read for _office, fact in followers(cell)}
    days |= set(narrowing(connection, read, ground=stands).values())
    return {day for day in days if EARLIEST_DAY < day < LATEST_DAY}


@cache
def _told_of(*, is_newest: bool) -> Select[Any]:
    return (
        select(facts.c.cell_id, facts.c.v, fact_values.c.value)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(
            facts.c.cell_id.in_(given("cells", expanding=True)),
            facts.c.v > EARLIEST_DAY,
            known_now(facts, is_newest=is_newest),
        )
        .order_by(facts.c.cell_id)
    )


@cache
def _each(*, is_newest: bool) -> Select[Any]:
    """Return the query for all days: from each a single seek to the next."""
    first = select(_next(EARLIEST_DAY, is_newest=is_newest).label("day"))
    days = first.cte("days", recursive=True)
    following = select(_next(days.c.day, is_newest=is_newest)).where(days.c.day.is_not(None))
    return select(days.union_all(following).c.day)


def _next(day: Any, *, is_newest: bool) -> ScalarSelect[int]:
    later = facts.alias("later")
    return (
        select(later.c.v)
        .where(later.c.v > day, later.c.v < LATEST_DAY, known_now(later, is_newest=is_newest))
        .order_by(later.c.v)
        .limit(1)
        .scalar_subquery()
    )


def _among(connection: Connection, choice: Choice, stands: Ground) -> Select[Any]:
    """Return the query for the days of the events that are of *choice*."""
    wanted = chosen(connection, choice=choice, known=stands.known)
    joined, fact = beside(
        occurrences,
        facts,
        *of_event(facts, occurrences.c.position),
        facts.c.v > EARLIEST_DAY,
        facts.c.v < LATEST_DAY,
        known_now(facts, is_newest=stands.is_newest),
        lateral=is_server(connection),
    )
    return select(fact.c.v).distinct().select_from(joined).where(*wanted)
