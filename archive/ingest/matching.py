"""Which events of a batch the archive holds already, told by another source."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from archive.commands.targets import as_it_reads
from archive.log import read_by_positions
from archive.log.tables import events as log_events
from archive.projections.days import starting
from archive.projections.tables import entities, occurrence_entities, occurrences
from archive.storage import chunks
from archive.vocabulary import KINDS, NEAR_DAYS, Event, may_be_one

_MOST: Final = 20_000
_MOST_LIKE: Final = 5_000


def same_events(connection: Connection, events: Sequence[Event]) -> dict[str, str]:
    """Return, by the id of each of *events*, the id of the live event that says the same.

    The same: kind, date, entities in their roles and data; only sources and words may differ.
    An event that has no source which the other lacks is left out.
    """
    wanted: defaultdict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        if event.claims and KINDS[event.kind].is_world:
            wanted[_identity(event)].append(event)
    if not wanted:
        return {}
    found: dict[str, str] = {}
    for root_id, live in _live(connection, {one[0].kind for one in wanted.values()}, events):
        cited = {(claim.source, claim.locator) for claim in live.claims}
        for event in wanted.get(_identity(live), ()):
            is_new = any((one.source, one.locator) not in cited for one in event.claims)
            if is_new and event.id != root_id:
                found.setdefault(event.id, root_id)
    return found


def like_events(connection: Connection, events: Sequence[Event]) -> dict[str, tuple[str, Event]]:
    """Return, by the id of each of *events*, the id and words of a live event that it may repeat.

    Of the same kind and parties and at most thirty days apart, the nearest; what is told of both
    does not differ, as the form asks while one is typed.
    """
    dated = [
        (one, _day(one))
        for one in events
        if KINDS[one.kind].is_world and (one.occurred.earliest or one.occurred.latest)
    ]
    if not dated:
        return {}
    held: defaultdict[tuple[str, str], list[tuple[int, str, Event]]] = defaultdict(list)
    for day, root_id, live in _of_subjects(connection, dated):
        for subject in _subjects(live):
            held[live.kind, subject].append((day, root_id, live))
    found: dict[str, tuple[str, Event]] = {}
    for event, day in dated:
        near = [
            (abs(other_day - day), root_id, live)
            for subject in _subjects(event)
            for other_day, root_id, live in held.get((event.kind, subject), ())
            if root_id != event.id and abs(other_day - day) <= NEAR_DAYS and _is_like(event, live)
        ]
        if near:
            _days, root_id, live = min(near, key=lambda one: one[:2])
            found[event.id] = (root_id, live)
    return found


def _is_like(one: Event, other: Event) -> bool:
    return may_be_one(
        KINDS[one.kind],
        roles=_roles(one),
        data=one.data,
        other_roles=_roles(other),
        other_data=other.data,
    )


def _roles(event: Event) -> dict[str, set[str]]:
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for mention in event.entities:
        roles[mention.role].add(mention.id)
    return dict(roles)


def _subjects(event: Event) -> set[str]:
    return _roles(event).get(KINDS[event.kind].subject, set())


def _of_subjects(
    connection: Connection, dated: Sequence[tuple[Event, int]]
) -> list[tuple[int, str, Event]]:
    """Return the live events of the kinds and subjects of *dated*, near enough to any of them."""
    kinds = sorted({one.kind for one, _day in dated})
    days = [day for _one, day in dated]
    subjects = sorted({slug for one, _day in dated for slug in _subjects(one)})
    rows = [
        row
        for some in chunks(subjects)
        for row in connection.execute(
            select(occurrences.c.position, occurrences.c.v, log_events.c.id)
            .join(log_events, log_events.c.position == occurrences.c.root)
            .join(occurrence_entities, occurrence_entities.c.position == occurrences.c.position)
            .join(entities, entities.c.id == occurrence_entities.c.entity_id)
            .where(
                entities.c.slug.in_(some),
                occurrences.c.gone.is_(None),
                occurrences.c.kind.in_(kinds),
                occurrences.c.v.between(min(days) - NEAR_DAYS, max(days) + NEAR_DAYS),
            )
            .limit(_MOST_LIKE)
        )
    ]
    recorded = read_by_positions(connection, {row.position for row in rows})
    return [(row.v, row.id, as_it_reads(recorded[row.position])) for row in rows]


def _live(
    connection: Connection, kinds: set[str], events: Sequence[Event]
) -> list[tuple[str, Event]]:
    """Return the live events of *kinds* that name a day of one of *events*, with their ids."""
    days = sorted({day for one in events if (day := _day(one))})
    rows = [
        row
        for some in chunks(days)
        for row in connection.execute(
            select(occurrences.c.position, log_events.c.id)
            .join(log_events, log_events.c.position == occurrences.c.root)
            .where(
                occurrences.c.gone.is_(None),
                occurrences.c.kind.in_(kinds),
                occurrences.c.v.in_(some),
            )
            .limit(_MOST)
        )
    ]
    recorded = read_by_positions(connection, {row.position for row in rows})
    return [(row.id, as_it_reads(recorded[row.position])) for row in rows]


def _day(event: Event) -> int:
    return starting(event.occurred.edtf).v


def _identity(event: Event) -> tuple[object, ...]:
    mentions = tuple(sorted((one.role, one.id) for one in event.entities))
    return (event.kind, event.occurred.edtf, mentions, repr(sorted(event.data.items())))
