"""How a transaction on a file begins: who is to write takes the file before anything is read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

from sqlalchemy import Connection

from archive.storage.driving import straight
from archive.storage.patience import PATIENCE, patiently

BY_HAND: Final = "by hand"
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
    patiently(lambda: straight(connection, "BEGIN IMMEDIATE"))
