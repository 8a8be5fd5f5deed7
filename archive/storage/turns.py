"""Whose turn it is to write: who only rehearses waits till nobody waits who means it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from archive.languages import Words
from archive.storage.reasons import DatabaseRefusedError

MOST_WAITING: Final = 8
LONGEST_WAIT: Final = 10.0
_BUSY: Final = Words("正忙，请稍后再试", "it is busy; try again in a moment")


class Turns:
    """The queue of one process before one database; the database's own lock is another matter.

    Writers never wait here. Of those who rehearse one is let in at a time, once no writer is
    there, and only a few may wait: so whoever asks for many holds up nobody's writing.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._writers = self._waiting = 0
        self._is_rehearsed = False

    @contextmanager
    def to_write(self) -> Iterator[None]:
        """Hold back, as long as it lasts, whoever would begin to rehearse."""
        with self._changed:
            self._writers += 1
        try:
            yield
        finally:
            with self._changed:
                self._writers -= 1
                self._changed.notify_all()

    @contextmanager
    def to_rehearse(self) -> Iterator[None]:
        """Wait until nobody writes or rehearses; raises DatabaseRefusedError if it is too long."""
        with self._changed:
            self._await_turn()
            self._is_rehearsed = True
        try:
            yield
        finally:
            with self._changed:
                self._is_rehearsed = False
                self._changed.notify_all()

    def _await_turn(self) -> None:
        if self._waiting >= MOST_WAITING:
            raise DatabaseRefusedError(reason=_BUSY)
        self._waiting += 1
        try:
            if not self._changed.wait_for(self._is_free, timeout=LONGEST_WAIT):
                raise DatabaseRefusedError(reason=_BUSY)
        finally:
            self._waiting -= 1

    def _is_free(self) -> bool:
        return not (self._writers or self._is_rehearsed)


_TURNS: Final[WeakKeyDictionary[Engine, Turns]] = WeakKeyDictionary()
_LOCK: Final = Lock()


def turns_of(engine: Engine) -> Turns:
    """Return the one queue before the database of *engine*."""
    found = _TURNS.get(engine)
    if found is None:
        with _LOCK:
            found = _TURNS.setdefault(engine, Turns())
    return found
