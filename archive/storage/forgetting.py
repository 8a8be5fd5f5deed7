"""What a transaction takes out of an SQLite file for good: no byte of it stays beside or in it.

What is overwritten in the file stands there as it was until its write-ahead log was taken over,
and in that log until it is cut off. Readers may hold up both: it is then tried again with every
transaction that follows. That it is still to be done stands in the file, so that it outlives
whoever is killed meanwhile.
"""

import secrets
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, delete, insert

from archive.storage.accounts import installation

_REMOVED: Final = "something was removed for good"
_OVERWRITE: Final = "PRAGMA secure_delete = ON"
# Whoever writes waits as well meanwhile: so long, in milliseconds, for readers, and only once.
_SHORTLY: Final = 1000
_TAKE_OVER: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
_HELD_UP: Final[set[Path]] = set()
# In the table of what an installation keeps, as long as it is still to be done.
_TO_DO: Final = "to be overwritten"
_DONE: Final = delete(installation).where(installation.c.name == _TO_DO)
_NOTED: Final = "SELECT value FROM installation WHERE name = ?"
_DONE_WITH: Final = "DELETE FROM installation WHERE name = ? AND value = ?"


def remove_for_good(connection: Connection) -> None:
    """Have all that the transaction removes from here on overwritten, once it is kept.

    A server's database is left as it is: there VACUUM does it.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_OVERWRITE)
        connection.info[_REMOVED] = True
        connection.execute(_DONE)
        # Another each time: what was removed meanwhile is not said to be gone with this.
        note = secrets.token_bytes(16)
        connection.execute(insert(installation).values(name=_TO_DO, value=note))


def is_held_up(connection: Connection, file: Path) -> bool:
    """Tell whether what was removed from *file* may still be in it, or beside it.

    It is then tried again with the next transaction that writes.
    """
    is_noted = connection.exec_driver_sql(_NOTED, (_TO_DO,)).first() is not None
    if is_noted:
        _HELD_UP.add(file.absolute())
    return is_noted


def take_over(connection: Connection, file: Path | None) -> None:
    """Overwrite in *file* what was removed, outside of any transaction; never fails."""
    is_new = connection.info.pop(_REMOVED, False)
    if file is None or not (is_new or file.absolute() in _HELD_UP):
        return
    patience = _SHORTLY if is_new else 0
    if _is_taken_over(connection.connection.driver_connection, patience=patience):
        _HELD_UP.discard(file.absolute())
    else:
        _HELD_UP.add(file.absolute())


def _is_taken_over(driver: Any, *, patience: int) -> bool:
    try:
        usual = driver.execute("PRAGMA busy_timeout").fetchone()[0]
        driver.execute(f"PRAGMA busy_timeout = {patience}")
        try:
            noted = driver.execute(_NOTED, (_TO_DO,)).fetchall()
            is_busy, _frames, _taken = driver.execute(_TAKE_OVER).fetchone()
            for (note,) in () if is_busy else noted:
                driver.execute(_DONE_WITH, (_TO_DO, note))
        finally:
            driver.execute(f"PRAGMA busy_timeout = {usual}")
    except sqlite3.Error:
        return False
    return not is_busy
