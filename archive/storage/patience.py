"""Who finds that another process holds the file asks again soon, and at any time.

SQLite's own waiting asks ever more seldom. Among many that write without a pause, one could wait
for its whole patience and never ask in the moment between two others. And it does not wait at all
where waiting could be for ever, as when the journal of a file that another writes is to change: of
eight who open one new file at once, some would be turned away.
"""

import sqlite3
import time
from collections.abc import Callable
from random import SystemRandom
from typing import Final, TypeVar

from sqlalchemy.exc import OperationalError

PATIENCE: Final = 10.0
_SHORTEST, _LONGEST = 0.0005, 0.008
_CHANCE: Final = SystemRandom()

_Answer = TypeVar("_Answer")


def patiently(ask: Callable[[], _Answer]) -> _Answer:
    """Return what *ask* returns, asking for up to ``PATIENCE`` seconds while the file is busy.

    Raises what *ask* raises when it is asked the last time, or raises of anything else.
    """
    end = time.monotonic() + PATIENCE
    while True:
        is_last = time.monotonic() > end
        try:
            return ask()
        except (sqlite3.OperationalError, OperationalError) as error:
            if is_last or not _is_busy(error):
                raise
        time.sleep(_CHANCE.uniform(_SHORTEST, _LONGEST))


def _is_busy(error: sqlite3.OperationalError | OperationalError) -> bool:
    found = error.orig if isinstance(error, OperationalError) else error
    return (
        isinstance(found, sqlite3.OperationalError)
        and found.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )
