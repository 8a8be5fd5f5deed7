"""Which events of a batch the archive holds already, told by another source."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from archive.commands.targets import as_it_reads
from archive.log import read_by_positions
from archive.log.tables import events as log_events
from archive.projections.days import starting
from archive.projections.tables import occurrences
from archive.storage import chunks
from archive.vocabulary import KINDS, Event

_MOST: Final = 20_000


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
