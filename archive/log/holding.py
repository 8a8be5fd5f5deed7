"""Hold the end of the log against every other writer, until the caller's transaction ends."""

from typing import Final

from sqlalchemy import Connection

from archive.storage import SERVER, run

_HELD: Final = "SELECT after, instant FROM log_hold()"
_NEWEST: Final = "SELECT position, recorded_at FROM event ORDER BY position DESC LIMIT 1"


def hold(connection: Connection) -> tuple[int, int]:
    """Return the last position and its instant in microseconds; nobody else appends meanwhile.

    A command holds the log before it looks at what it decides on, and a rebuild before it reads.
    SQLite lets in one writing transaction at a time; a server has a lock of the log's own.
    """
    on_server = connection.dialect.name == SERVER
    last = run(connection, _HELD if on_server else _NEWEST).fetchone()
    return (last[0], last[1]) if last else (0, 0)
