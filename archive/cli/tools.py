"""The programs of PostgreSQL, run as part of a command: they end with it, however it ends."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Final

from sqlalchemy import URL

from archive.errors import ArchiveError
from archive.languages import Words

# Of Linux: the signal that a process is sent when the one that began it is no more.
_SET_PARENT_DEATH_SIGNAL: Final = 1


class NoToolError(ArchiveError):
    """A program of PostgreSQL is missing, or would not do its work: then ToolFailedError."""

    sentence = Words(
        zh="备份与恢复 PostgreSQL 需要 {tool}：{reason}。",
        en="To back up and restore PostgreSQL takes {tool}: {reason}.",
    )


class ToolFailedError(NoToolError):
    """A program of PostgreSQL did not come to its end."""


def run_tool(tool: str, *arguments: str, url: URL) -> None:
    """Run a program of PostgreSQL against *url*; the password travels in the environment.

    Should this process be killed, the program is ended too, and nothing of it is kept.
    """
    program = shutil.which(tool)
    if program is None:
        missing = Words("PATH 中找不到它", "it is not on the PATH")
        raise NoToolError(tool=tool, reason=missing)
    password = url.query.get("password") or url.password
    bare = url.set(drivername="postgresql", password=None).difference_update_query(["password"])
    address = bare.render_as_string()
    secret = {"PGPASSWORD": str(password)} if password else {}
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's own, the arguments are ours
        [program, f"--dbname={address}", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **secret},
        preexec_fn=_dying_with_us(),
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise ToolFailedError(tool=tool, reason=Words(said, said))


def _dying_with_us() -> Callable[[], None] | None:
    """Return what a child does first, so that it is ended when this process is no more."""
    if sys.platform != "linux":
        return None
    system, parent = ctypes.CDLL(None), os.getpid()

    def follow() -> None:
        system.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before
            os._exit(1)

    return follow
