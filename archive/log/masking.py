"""Take the text of an event out of the log: the one change that its guards let through."""

from sqlalchemy import Connection, insert, or_, select, update

from archive.log.recorded import RecordedEvent
from archive.log.tables import erasures, events


def blank(connection: Connection, masking: RecordedEvent) -> list[int]:
    """Blank the event that *masking* is about, and its corrections; return their positions.

    Payload and salt go, envelope and hashes stay, so that the log still verifies. *masking* must
    be a ``text_masked`` that is already in the log.
    """
    target = masking.about[0]
    wanted = select(events.c.position).where(
        or_(events.c.id == target, events.c.about == target),
        events.c.position < masking.position,
        events.c.payload.is_not(None),
    )
    positions = list(connection.scalars(wanted.order_by(events.c.position)))
    for position in positions:
        row = {"position": position, "masked_by": masking.position}
        connection.execute(insert(erasures), row)
        blanked = update(events).where(events.c.position == position)
        connection.execute(blanked.values(payload=None, salt=None))
    return positions
