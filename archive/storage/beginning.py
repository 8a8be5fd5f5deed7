"""How a transaction on a file begins: who finds another writing asks again soon, and at any time.

SQLite's own waiting asks ever more seldom. Among many that write without a pause, one could wait
for its whole patience and never ask in the moment between two others.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from random import SystemRandom
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from archive.storage.driving import straight

PATIENCE: Final = 10.0
BY_HAND: Final = "by hand"
_SHORTEST, _LONGEST = 0.0005, 0.008
_CHANCE: Final = SystemRandom()
_AT_ONCE: Final = "PRAGMA busy_timeout=0"
_PATIENT: Final = f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}"


def begin_file(connection: Connection) -> None:
    """Begin what *connection* is to do, and take the file first if that is to write."""
    write = connection.get_execution_options().get("write")
    if write == BY_HAND:
        return
    if write:
        straight(connection, _AT_ONCE)
        try:
            _begin_writing(connection)
        finally:
            straight(connection, _PATIENT)
    else:
        straight(connection, "BEGIN")


@contextmanager
def begun_by_hand(
    connection: Connection,
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Yield what takes a file and lets go of it again, past Core, time after time."""
    straight(connection, _AT_ONCE)
    try:
        yield lambda: _by_hand(connection)
    finally:
        straight(connection, _PATIENT)


@contextmanager
def _by_hand(connection: Connection) -> Iterator[None]:
    _begin_writing(connection)
    try:
        yield
        straight(connection, "COMMIT")
    except BaseException:
        driver: Any = connection.connection.driver_connection
        driver.rollback()
        raise


def _begin_writing(connection: Connection) -> None:
    end = time.monotonic() + PATIENCE
    while not _is_begun(connection, is_last=time.monotonic() > end):
        time.sleep(_CHANCE.uniform(_SHORTEST, _LONGEST))


def _is_begun(connection: Connection, *, is_last: bool) -> bool:
    try:
        straight(connection, "BEGIN IMMEDIATE")
    except OperationalError as error:
        found: Any = error.orig
        if is_last or found.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
