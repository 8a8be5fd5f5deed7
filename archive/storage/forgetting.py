"""What a transaction takes out of an SQLite file for good: no byte of it stays beside or in it.

What is overwritten in the file stands there as it was until its write-ahead log was taken over,
and in that log until it is cut off. Readers may hold up both: it is then tried again with every
transaction that follows.
"""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

_REMOVED: Final = "something was removed for good"
_OVERWRITE: Final = "PRAGMA secure_delete = ON"
# Whoever writes waits as well meanwhile: so long, in milliseconds, for readers, and only once.
_SHORTLY: Final = 1000
_TAKE_OVER: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
_HELD_UP: Final[set[Path]] = set()


def remove_for_good(connection: Connection) -> None:
    """Have all that the transaction removes from here on overwritten, once it is kept.

    A server's database is left as it is: there VACUUM does it.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_OVERWRITE)
        connection.info[_REMOVED] = True


def is_held_up(file: Path | None) -> bool:
    """Tell whether readers still keep what was removed from *file* in it, or beside it."""
    return file is not None and file.absolute() in _HELD_UP


def take_over(connection: Connection, file: Path | None) -> None:
    """Overwrite in *file* what was removed, outside of any transaction; never fails."""
    is_new = connection.info.pop(_REMOVED, False)
    if file is None or not (is_new or is_held_up(file)):
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
            is_busy, _frames, _taken = driver.execute(_TAKE_OVER).fetchone()
        finally:
            driver.execute(f"PRAGMA busy_timeout = {usual}")
    except sqlite3.Error:
        return False
    return not is_busy
