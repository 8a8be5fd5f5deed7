"""Writers that are processes of their own, forked so that they begin fast, to be killed."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import IO, Any, Final

from archive.storage import sending

Say = Callable[[str], None]
Work = Callable[[Say], None]

# What goes to a database: before and after each of these a process may die.
_DEEDS: Final = frozenset({"execute", "executemany", "commit"})
_EVENTS: Final = frozenset({"call", "return", "c_call", "c_return"})


@dataclass(frozen=True, slots=True)
class Child:
    """A process at work, and what it says."""

    pid: int
    ear: IO[str]
    said: list[str] = field(default_factory=list)

    def listen(self, count: int) -> None:
        """Wait until it has said *count* words, or has ended."""
        while len(self.said) < count and (line := self.ear.readline()):
            self.said.append(line.strip())

    def kill(self) -> None:
        """End it as a loss of power would: nothing in it is asked."""
        os.kill(self.pid, signal.SIGKILL)

    def heard(self) -> list[str]:
        """Return what it said until its end."""
        with self.ear:
            self.said.extend(line.strip() for line in self.ear)
        os.waitpid(self.pid, 0)
        return self.said


def started(work: Work) -> Child:
    """Return a process that does *work*; what that is given says a word that outlives it."""
    ear, mouth = os.pipe()
    pid = os.fork()
    if pid:
        os.close(mouth)
        return Child(pid, os.fdopen(ear, encoding="utf-8"))
    try:
        os.close(ear)
        work(lambda word: _say(mouth, word))
    except BaseException:  # noqa: BLE001 - nothing of the tests may run on in the child
        traceback.print_exc()
    finally:
        os._exit(0)


def _say(mouth: int, word: str) -> None:
    os.write(mouth, f"{word}\n".encode())


def dies_at(step: int) -> None:
    """Kill this process at the *step*-th moment before or after something goes to a database."""
    left = step

    def watch(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        if event in _EVENTS and _is_deed(frame, event, argument):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def _is_deed(frame: FrameType, event: str, argument: Any) -> bool:
    if event.startswith("c_"):
        of = getattr(argument, "__self__", None)
        return argument.__name__ in _DEEDS and type(of).__module__ == "sqlite3"
    code = frame.f_code
    is_sent = code.co_name == "_answer" and code.co_filename == sending.__file__
    return is_sent or (code.co_name in _DEEDS and "psycopg" in code.co_filename)
