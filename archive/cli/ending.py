"""A command that the system asks to end (SIGTERM) lets go of all that it holds, as at Ctrl+C."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

# As a shell counts what a signal ended: 128 and the signal.
TERMINATED: Final = 143
# What was raised where Python lets nothing through is raised once more, so much later.
_SECONDS: Final = 0.05


class TerminatedError(SystemExit):
    """Somebody asked this process to end."""


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Have SIGTERM raised where the work is, as TerminatedError; asked again, it ends at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before, hook = signal.signal(signal.SIGTERM, _end), sys.unraisablehook
    sys.unraisablehook = _raise_again
    try:
        yield
    finally:
        sys.unraisablehook = hook
        signal.signal(signal.SIGTERM, before)


def _end(asked: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(asked, signal.SIG_DFL)
    raise TerminatedError(TERMINATED)


def _raise_again(lost: "UnraisableHookArgs") -> None:
    """Raise once more what ended in somebody's ``__del__``, which Python would only print."""
    if issubclass(lost.exc_type, TerminatedError):
        signal.signal(signal.SIGTERM, _end)
        asked = signal.SIGTERM
    elif issubclass(lost.exc_type, KeyboardInterrupt):
        asked = signal.SIGINT
    else:
        sys.__unraisablehook__(lost)
        return
    # To this very thread: another would not wake it.
    this = threading.get_ident()
    later = threading.Timer(_SECONDS, signal.pthread_kill, (this, asked))
    later.daemon = True
    later.start()
