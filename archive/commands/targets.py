"""The event that a correction or a retraction is about, as it reads now."""

from sqlalchemy import Connection, select

from archive.errors import NotFoundError, RefusedError
from archive.languages import Words
from archive.log import RecordedEvent, read_by_positions
from archive.projections import root_of
from archive.projections.tables import occurrences
from archive.vocabulary import Event, nested_event

_EVENT = Words("事件", "event")


class AlreadyRetractedError(RefusedError):
    """The event was retracted; what is not there cannot be corrected or retracted again."""

    sentence = Words(
        zh="事件“{name}”已被撤回；如需恢复，请重新记录。",
        en="The event “{name}” was retracted; record it again to reinstate it.",
    )


def as_it_reads(recorded: RecordedEvent) -> Event:
    """Return what *recorded* says: a correction says the event it puts in place."""
    return nested_event(recorded.event) or recorded.event


def live_target(connection: Connection, target: str) -> tuple[RecordedEvent, RecordedEvent]:
    """Return the original event called *target* and its latest version.

    Raises NotFoundError for an unknown id or one that cannot be corrected, and
    AlreadyRetractedError where no version is left.
    """
    root = root_of(connection, target)
    if root is None:
        raise NotFoundError(what=_EVENT, name=target)
    live = select(occurrences.c.position).where(
        occurrences.c.root == root, occurrences.c.gone.is_(None)
    )
    position = connection.scalar(live)
    if position is None:
        raise AlreadyRetractedError(name=target)
    found = read_by_positions(connection, {root, position})
    return found[root], found[position]
