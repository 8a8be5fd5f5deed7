"""Follow the log: every event in its order, as it comes; nothing is missed, however many write."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from archive.errors import DamagedLogError
from archive.languages import Words
from archive.log.reader import head, read_log
from archive.log.recorded import RecordedEvent
from archive.storage import reading

# Waits for something new, the seconds at most; it may return without a reason.
_Wait: TypeAlias = Callable[[float], None]

_PAGE = 500
# What wakes a follower is only a hint: without one it looks after a second.
_PATIENCE = 1.0
_LOOK_EVERY = 0.02
# Where many append, each event would be looked for by itself; so some gather.
_GATHERING = 0.01
# The same numbers and name as in the migration that lets the head of the log notify.
_FOLLOWERS = 0x666F6C6C
_CHANNEL = "archive_log"
_SHORTER = Words(
    "日志比已读到的短：它已被换成另一份，或末尾缺失",
    "the log ends before what was followed of it: it is another now, or its end is gone",
)


def follow(engine: Engine, *, after: int = 0) -> Iterator[list[RecordedEvent]]:
    """Yield the events after the position *after*, a few at a time, and never end.

    Positions are dense and given in the order of commits, so whoever asks for what comes after
    the last one seen misses none. DamagedLogError, where a log that is shorter took its place.
    """
    with _bell(engine) as wait:
        while True:
            with reading(engine) as connection:
                page = list(read_log(connection, after=after, limit=_PAGE))
                if not page:
                    _demand_reached(after, head(connection)[0])
            if page:
                after = page[-1].position
                yield page
                if len(page) < _PAGE:
                    time.sleep(_GATHERING)
            else:
                wait(_PATIENCE)


def _demand_reached(after: int, end: int) -> None:
    """Refuse to wait, in silence, until another log is as long as the one that was followed."""
    if end < after:
        raise DamagedLogError(position=end + 1, reason=_SHORTER)


@contextmanager
def _bell(engine: Engine) -> Iterator[_Wait]:
    if engine.dialect.name == "postgresql":
        with _notified(engine) as wait:
            yield wait
    else:
        with _looking(engine) as wait:
            yield wait


@contextmanager
def _notified(engine: Engine) -> Iterator[_Wait]:
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"LISTEN {_CHANNEL}"))
        # Whoever appends notifies only while somebody holds this.
        connection.execute(text("SELECT pg_advisory_lock_shared(:key)"), {"key": _FOLLOWERS})
        try:
            yield lambda seconds: _heed(connection, seconds)
        finally:
            connection.invalidate()  # a pooled one must neither listen nor hold on


def _heed(connection: Connection, seconds: float) -> None:
    """Wait for one notification; a connection that was lost is said as every other is."""
    driver: Any = connection.connection.driver_connection
    known = connection.dialect.loaded_dbapi.Error
    try:
        for _one in driver.notifies(timeout=seconds, stop_after=1):
            return
    except known as error:
        raise DBAPIError.instance(None, None, error, known) from error


@contextmanager
def _looking(engine: Engine) -> Iterator[_Wait]:
    """Look at the number that SQLite changes with every commit of another connection."""
    # The driver's own connection: in a transaction the number would stand still.
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()

        def version() -> int:
            number: int = cursor.execute("PRAGMA data_version").fetchone()[0]
            return number

        seen = version()

        def wait(seconds: float) -> None:
            nonlocal seen
            end = time.monotonic() + seconds
            while (found := version()) == seen and time.monotonic() < end:
                time.sleep(_LOOK_EVERY)
            seen = found

        yield wait
