"""Hold the end of the log against every other writer, until the caller's transaction ends."""

from sqlalchemy import Connection, select

from archive.log.tables import events, log_head


def hold(connection: Connection) -> tuple[int, int]:
    """Return the last position and its instant in microseconds; nobody else appends meanwhile.

    A command holds the log before it looks at what it decides on, and a rebuild before it reads.
    SQLite lets in one writing transaction at a time; on a server the head row is the lock.
    """
    if connection.dialect.name == "postgresql":
        row = connection.execute(
            select(log_head.c.position, log_head.c.recorded_at).with_for_update()
        ).one()
        return row.position, row.recorded_at
    newest = select(events.c.position, events.c.recorded_at).order_by(events.c.position.desc())
    last = connection.execute(newest.limit(1)).one_or_none()
    return (last.position, last.recorded_at) if last else (0, 0)
