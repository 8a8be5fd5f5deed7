"""How one event stands: corrected, retracted, masked; now, or as known on a position."""

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from archive.log import read_by_ids, read_by_positions
from archive.projections.tables import occurrences
from archive.vocabulary import Occurred, kind_of, nested_event


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands: its kind, and when it occurred; None once it was retracted."""

    kind: str
    occurred: Occurred | None
    is_masked: bool = False


def standing_of(
    connection: Connection, event_id: str, *, known: int | None = None
) -> Standing | None:
    """Return how the event called *event_id* stands now, or as known on *known*; None if unknown.

    Archive events have no versions: they stand as they were recorded.
    """
    recorded = read_by_ids(connection, [event_id]).get(event_id)
    if recorded is None or (known is not None and recorded.position > known):
        return None
    event = recorded.event
    if not kind_of(event).is_world:
        return Standing(event.kind, event.occurred, recorded.is_masked)
    position = version_of(connection, recorded.position, known=known)
    if position is None:
        return Standing(event.kind, None, recorded.is_masked)
    version = read_by_positions(connection, [position])[position].event
    said = nested_event(version) or version
    return Standing(said.kind, said.occurred, recorded.is_masked)


def version_of(connection: Connection, root: int, *, known: int | None = None) -> int | None:
    """Return the position of the version of *root* that counts now, or as known on *known*."""
    versions = select(occurrences.c.position).where(occurrences.c.root == root)
    gone = occurrences.c.gone
    if known is None:
        return connection.scalar(versions.where(gone.is_(None)))
    was_live = versions.where(occurrences.c.position <= known, or_(gone.is_(None), gone > known))
    return connection.scalar(was_live)
