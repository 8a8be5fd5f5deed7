"""Hold the end of the log against every other writer, until the caller's transaction ends."""

from typing import Final

from sqlalchemy import Connection

from archive.storage import SERVER, run

_HELD: Final = "SELECT position, recorded_at FROM log_head FOR UPDATE"
_NEWEST: Final = "SELECT position, recorded_at FROM event ORDER BY position DESC LIMIT 1"


def hold(connection: Connection) -> tuple[int, int]:
    """Return the last position and its instant in microseconds; nobody else appends meanwhile.

    A command holds the log before it looks at what it decides on, and a rebuild before it reads.
    SQLite lets in one writing transaction at a time; on a server the head row is the lock.
    """
    on_server = connection.dialect.name == SERVER
    last = run(connection, _HELD if on_server else _NEWEST).fetchone()
    return (last[0], last[1]) if last else (0, 0)
