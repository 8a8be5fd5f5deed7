"""Read model: events in the order in which they occurred, with whom they touch and who says so."""

from sqlalchemy import Connection, insert, select, update

from archive.dates import describe
from archive.log import RecordedEvent
from archive.projections.days import lasting
from archive.projections.entities import entity_ids
from archive.projections.history import Effect, effect, root_of
from archive.projections.tables import (
    disputes,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from archive.vocabulary import CONFIDENCE, IMPORTANCE, Event, kind_of

NAME = "timeline"
VERSION = 1
TABLES = (disputes, occurrence_sources, occurrence_entities, occurrences)

# Low numbers come first: landmark 0, high 0.
RANKS = {name: rank for rank, name in enumerate(IMPORTANCE)}
CONFIDENCES = {name: rank for rank, name in enumerate(CONFIDENCE)}


def apply(connection: Connection, recorded: RecordedEvent) -> None:
    """Take in *recorded* as a version of an event, and what it says of disputes."""
    change = effect(connection, recorded)
    if change.gone is not None:
        ended = update(occurrences).where(
            occurrences.c.root == change.gone, occurrences.c.gone.is_(None)
        )
        connection.execute(ended.values(gone=change.position))
    if change.event is not None:
        _add(connection, change, change.event)
    if recorded.event.kind == "claim_disputed":
        _dispute(connection, recorded)
    if recorded.event.kind == "dispute_settled":
        _settle(connection, recorded)


def _add(connection: Connection, change: Effect, event: Event) -> None:
    days = lasting(event.occurred.edtf)
    best = min((CONFIDENCES[claim.confidence] for claim in event.claims), default=0)
    row = {
        "position": change.position,
        "root": change.root,
        "kind": event.kind,
        "kind_group": kind_of(event).group.value,
        "precision": describe(event.occurred.edtf).precision.value,
        "importance": RANKS[event.importance],
        "confidence": best,
    }
    connection.execute(insert(occurrences), row | days._asdict())
    numbers = entity_ids(connection, [mention.id for mention in event.entities])
    touched = {(numbers[mention.id], mention.role) for mention in event.entities}
    if touched:
        rows = [
            {"entity_id": number, "position": change.position, "role": role}
            for number, role in sorted(touched)
        ]
        connection.execute(insert(occurrence_entities), rows)
    cited = sorted({claim.source for claim in event.claims})
    if cited:
        rows = [{"source": source, "position": change.position} for source in cited]
        connection.execute(insert(occurrence_sources), rows)


def _rivals(connection: Connection, recorded: RecordedEvent) -> list[int]:
    roots = [root_of(connection, one) for one in recorded.about]
    return sorted({root for root in roots if root is not None})


def _dispute(connection: Connection, recorded: RecordedEvent) -> None:
    rows = [
        {"position": recorded.position, "root": root} for root in _rivals(connection, recorded)
    ]
    if rows:
        connection.execute(insert(disputes), rows)


def _settle(connection: Connection, recorded: RecordedEvent) -> None:
    """End the open disputes among the claims, and mark the one that was preferred."""
    rivals = _rivals(connection, recorded)
    chosen = root_of(connection, recorded.about[0])
    known = set(
        connection.scalars(
            select(disputes.c.root).where(
                disputes.c.root.in_(rivals), disputes.c.settled.is_(None)
            )
        )
    )
    late = [{"position": recorded.position, "root": root} for root in rivals if root not in known]
    if late:  # settled without having been disputed first
        connection.execute(insert(disputes), late)
    ended = update(disputes).where(disputes.c.root.in_(rivals), disputes.c.settled.is_(None))
    connection.execute(ended.values(settled=recorded.position))
    preferred = update(disputes).where(
        disputes.c.root == chosen, disputes.c.settled == recorded.position
    )
    connection.execute(preferred.values(chosen=1))
