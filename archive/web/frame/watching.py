"""A word for what a database holds: it is another one once anything was committed."""

import sqlite3
import weakref
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from flask import Flask, current_app
from sqlalchemy import Connection, text

_NAME: Final = "archive_watch"
_ASKED: Final = "PRAGMA data_version"
# Two transactions that see the same ones as over, and the same ones as under way, see the same.
_SNAPSHOT: Final = text("SELECT CAST(pg_current_snapshot() AS text)")


@dataclass(frozen=True, slots=True)
class _Watch:
    """A connection to one file that never writes, so that every commit is another's."""

    file: tuple[int, int]
    connection: sqlite3.Connection
    lock: Lock


def file_mark(path: Path) -> str:
    """Return the mark of an SQLite archive; empty where it cannot be told.

    Whoever reads the mark first and the tables after never holds tables older than the mark.
    """
    try:
        watch = _watch(path)
        with watch.lock:
            version = watch.connection.execute(_ASKED).fetchone()[0]
    except (OSError, sqlite3.Error):
        return ""
    return f"{watch.file} {id(watch.connection)} {version}"


def server_mark(connection: Connection) -> str:
    """Return the mark of a server's database, as the transaction of *connection* sees it."""
    return str(connection.scalar(_SNAPSHOT))


def _watch(path: Path) -> _Watch:
    """Return the watch kept over *path*, or another if a file was put in its place."""
    kept = current_app.extensions.get(_NAME)
    found = path.stat()
    file = (found.st_dev, found.st_ino)
    if isinstance(kept, _Watch) and kept.file == file:
        return kept
    # What is not to be made cannot be: an archive that is gone stays gone.
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask documents it
    weakref.finalize(app, connection.close)
    made = _Watch(file, connection, Lock())
    app.extensions[_NAME] = made
    return made
