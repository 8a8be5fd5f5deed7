"""Which kinds of event were recorded since, and of which kind is what they are about."""

from sqlalchemy import Connection, select

from archive.log.tables import events, kinds


def kinds_since(connection: Connection, *, position: int) -> frozenset[str]:
    """Return the kinds of what was recorded after *position*, and of the events it is about."""
    said = select(kinds.c.name).join(events, events.c.kind_id == kinds.c.id)
    about = select(events.c.about).where(events.c.position > position, events.c.about.is_not(None))
    new = said.where(events.c.position > position).distinct()
    targets = said.where(events.c.id.in_(about)).distinct()
    return frozenset(connection.scalars(new.union(targets)))
