"""The driver's connections to a file, as a full disk or a closed folder leaves them open too.

SQLite keeps the index of its write-ahead log in a file of its own. Where that cannot be made
(nothing is free, or the folder takes nothing), the archive can be read all the same: alone, or,
where no write-ahead log waits to be taken over, from its file as it stands.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from archive.languages import Words
from archive.storage.driving import straight
from archive.storage.patience import patiently
from archive.storage.reasons import DatabaseRefusedError

# Where nothing can be made beside the file, and only then: no other process is let in meanwhile.
_ALONE: Final = ("locking_mode=EXCLUSIVE", "query_only=ON")
_AS_IT_STANDS: Final = ("query_only=ON",)
# Said to a file once, it is written there: not to another program's, nor to an empty one.
_KEPT: Final = "PRAGMA journal_mode=WAL"
_OURS: Final = "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'"
_SHUT: Final = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
ONLY_READ: Final = Words(
    "现在只能读，不能写（磁盘已满，或目录不可写？）",
    "it can only be read for now, not written (is the disk full, or its folder closed to you?)",
)
NOT_YOURS: Final = Words(
    "可以读，但您没有写入此文件的权限（请以其所有者的身份运行，或请其授权）",
    "you may read this file but not write it (run this as its owner, or ask them for leave)",
)
CHANGED: Final = Words(
    "读取期间它被改动，请再试一次", "it was changed while it was read; try again"
)
_STAMP: Final = "stamp of a file that is only read"
_OPENED: Final = "which file was opened"

_Stamp: TypeAlias = tuple[int, int, int]


def open_files(engine: Engine, path: Path | None, *, pragmas: Sequence[str]) -> None:
    """Let *engine* open its file at *path* (None: memory) with *pragmas*, or else to be read.

    A file that is no archive stays as it is, to the byte, until `begin_archive`.
    """

    def connect(
        _dialect: object, record: ConnectionPoolEntry, given: Any, named: dict[str, Any]
    ) -> sqlite3.Connection:
        record.info.pop(_STAMP, None)
        record.info.pop(_OPENED, None)
        try:
            return _kept(_prepared(sqlite3.connect(*given, **named), pragmas), path)
        except sqlite3.OperationalError as error:
            if path is None or error.sqlite_errorcode & 0xFF not in _SHUT or not _stamp(path)[1]:
                raise
            record.info[_STAMP] = path, _stamp(path)
            return _to_be_read(path, named)

    def demand_same(_driver: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        """Have the file opened anew where another was put in its place, as by a restore."""
        found = _identity(path)
        if found and record.info.setdefault(_OPENED, found) != found:
            del record.info[_OPENED]
            raise DisconnectionError

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", demand_same)
    event.listen(engine, "checkin", _let_go)


def begin_archive(connection: Connection) -> None:
    """Have the file of *connection*, outside of any transaction, kept as an archive's is."""
    patiently(lambda: straight(connection, _KEPT))


def is_only_read(connection: Connection) -> bool:
    """Tell whether the file could only be opened to be read."""
    return _STAMP in connection.info


def has_changed(connection: Connection) -> bool:
    """Tell whether a file that is only read was written by another since it was opened."""
    path, stamp = connection.info.get(_STAMP, (None, None))
    return path is not None and _stamp(path) != stamp


@contextmanager
def file_to_be_read(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a driver's connection to the file at *path* that writes nothing, not even beside it.

    Raises sqlite3.Error, and DatabaseRefusedError if another wrote what could be read only as it
    stood.
    """
    stamp = None
    try:
        driver = _prepared(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True), _AS_IT_STANDS
        )
    except sqlite3.OperationalError as error:
        stamp = _stamp(path)
        if error.sqlite_errorcode & 0xFF not in _SHUT or not stamp[1]:
            raise
        driver = _to_be_read(path, {})
    with closing(driver):
        yield driver
    if stamp is not None and _stamp(path) != stamp:
        raise DatabaseRefusedError(reason=CHANGED)


def _prepared(driver: sqlite3.Connection, pragmas: Sequence[str]) -> sqlite3.Connection:
    # SQLAlchemy, not the driver, says BEGIN: a read must not turn into a write half-way.
    driver.isolation_level = None
    try:
        for pragma in pragmas:
            patiently(partial(driver.execute, f"PRAGMA {pragma}"))
        driver.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        driver.close()
        raise
    return driver


def _kept(driver: sqlite3.Connection, path: Path | None) -> sqlite3.Connection:
    try:
        if path is None or driver.execute(_OURS).fetchone():
            patiently(partial(driver.execute, _KEPT))
    except sqlite3.Error:
        driver.close()
        raise
    return driver


def _to_be_read(path: Path, named: Mapping[str, Any]) -> sqlite3.Connection:
    if _stamp(path)[2]:
        return _prepared(sqlite3.connect(path, **named), _ALONE)
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return _prepared(sqlite3.connect(address, **{**named, "uri": True}), _AS_IT_STANDS)


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Return what tells the file at *path* from every other; None where there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _stamp(path: Path) -> _Stamp:
    """Return when the file was written, its size, and that of the log that waits beside it."""
    waiting = path.with_name(f"{path.name}-wal")
    found = path.stat() if path.is_file() else None
    length = waiting.stat().st_size if waiting.is_file() else 0
    return (found.st_mtime_ns, found.st_size, length) if found else (0, 0, length)


def _let_go(_driver: object, record: ConnectionPoolEntry) -> None:
    """Open the file anew for the next reader: by then it may be open to everybody again."""
    if _STAMP in record.info:
        record.invalidate()
