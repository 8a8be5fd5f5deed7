"""What a recorded event does to the history of another: nothing, replaces it, or ends it."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from archive.log import RecordedEvent, read_by_ids
from archive.projections.tables import occurrences
from archive.vocabulary import Event, kind_of, nested_event

# Archive kinds that say something of their own, and so can be corrected and retracted too.
_OWN_WORD = frozenset({"source_added", "names_changed"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What one recorded event brings into the read models.

    ``event`` is what is to be asserted from ``position`` on (None: nothing). ``root`` is the
    position of the event it is a version of. ``gone`` is the root whose versions end here.
    """

    position: int
    root: int
    event: Event | None
    gone: int | None = None


def root_of(connection: Connection, event_id: str) -> int | None:
    """Return the root position of the event called *event_id*, or of one it is a version of."""
    found = read_by_ids(connection, [event_id]).get(event_id)
    if found is None:
        return None
    return connection.scalar(
        select(occurrences.c.root).where(occurrences.c.position == found.position)
    )


def positions_of(connection: Connection, root: int, *, before: int) -> list[int]:
    """Return the positions of all versions of *root* before *before*."""
    versions = select(occurrences.c.position).where(
        occurrences.c.root == root, occurrences.c.position < before
    )
    return list(connection.scalars(versions))


def effect(connection: Connection, recorded: RecordedEvent) -> Effect:
    """Return what *recorded* does; an event about an unknown target does nothing.

    A correction whose text was masked does nothing either: what it corrects was masked with it.
    """
    event, position = recorded.event, recorded.position
    nothing = Effect(position, position, None)
    if event.kind in {"claim_corrected", "claim_retracted"}:
        root = root_of(connection, recorded.about[0])
        is_lost = event.kind == "claim_corrected" and recorded.is_masked
        if root is None or is_lost:
            return nothing
        return Effect(position, root, nested_event(event), gone=root)
    if kind_of(event).is_world or event.kind in _OWN_WORD:
        return Effect(position, position, event)
    return nothing
