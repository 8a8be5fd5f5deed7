"""The engine, its pragmas, and the two ways to hold a connection: reading and writing."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from archive.errors import UnreachableDatabaseError
from archive.languages import Words
from archive.storage.addresses import TYPED, address_of, shown_address
from archive.storage.beginning import BY_HAND, begin_file, begun_by_hand
from archive.storage.driving import SERVER
from archive.storage.forgetting import take_over
from archive.storage.opening import (
    CHANGED,
    NOT_YOURS,
    ONLY_READ,
    begin_archive,
    has_changed,
    is_only_read,
    open_files,
)
from archive.storage.patience import PATIENCE
from archive.storage.reasons import reason_of
from archive.storage.turns import turns_of

# Durable by default: a transaction that was acknowledged survives a loss of power.
_PRAGMAS = (
    f"busy_timeout={PATIENCE * 1000:.0f}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    # 64 MB: SQLite's own 2 MB hold none of the indexes of a million events.
    "cache_size=-65536",
    # 16 MB of pages written are taken over at once, not 4: each page then once for many writes.
    "wal_autocheckpoint=4000",
)
# A reader maps the file and copies no page of it; SQLite takes no more than 2 GiB of this. Not so
# who folds a whole log: what is mapped counts as memory of the process, though it can be let go.
_MAPPED = f"PRAGMA mmap_size={1 << 40}"
_FOLDER = Words("这是一个目录；请写出其中的文件名", "it is a folder; name a file in it")
_NO_FILE = Words(
    "没有这个文件；请先运行 archive migrate", "there is no such file; run archive migrate"
)
_CLOSED_FOLDER = Words(
    "您无权进入它所在的目录（请以其所有者的身份运行，或请其授权）",
    "you may not enter its folder (run this as its owner, or ask them for leave)",
)
_CLOSED_FILE = Words(
    "您没有读取此文件的权限（请以其所有者的身份运行，或请其授权）",
    "you may not read this file (run this as its owner, or ask them for leave)",
)
_NO_OPTIONS = Words(
    "文件的地址不带 ? 之后的选项；请写 sqlite:///文件",
    "the address of a file takes no options behind a ?; write sqlite:///file",
)
_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


def database_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite archive; None for a server or a database in memory."""
    name = engine.url.database
    is_file = engine.dialect.name == "sqlite" and name and not name.startswith((":", "file:"))
    return _path(name) if is_file and name else None


@lru_cache(maxsize=64)
def _path(name: str) -> Path:
    return Path(name)


def demand_file(engine: Engine) -> None:
    """Raise UnreachableDatabaseError if there is no file: to look must not make an empty one."""
    path = database_file(engine)
    if path is None or is_there(engine):
        return
    reason = _FOLDER if path.is_dir() else _NO_FILE
    raise _unreachable(engine, reason)


def is_there(engine: Engine) -> bool:
    """Tell whether the file of an SQLite archive is there, or may be in memory or on a server.

    Raises UnreachableDatabaseError where that cannot be seen, for want of rights.
    """
    path = database_file(engine)
    try:
        return path is None or path.is_file()
    except PermissionError as error:
        raise _unreachable(engine, _CLOSED_FOLDER) from error


def _unreachable(engine: Engine, reason: Words) -> UnreachableDatabaseError:
    address = address_of(engine)
    # As words it is said whole: half a path helps nobody.
    return UnreachableDatabaseError(database=Words(address, address), reason=reason)


def _without_nul(parameters: Any) -> Any:
    """Return the parameters of a statement, the letter for nothing readable in place of NUL."""
    if isinstance(parameters, str):
        return parameters.replace("\x00", "\ufffd")
    if isinstance(parameters, dict):
        return {name: _without_nul(value) for name, value in parameters.items()}
    if isinstance(parameters, list | tuple):
        return type(parameters)(_without_nul(value) for value in parameters)
    return parameters


def _spare_server_nul(
    _connection: object,
    _cursor: object,
    statement: str,
    parameters: object,
    _context: object,
    _many: object,
) -> tuple[str, object]:
    # No text on a server holds NUL: who asks for one is told that there is none, as on SQLite.
    return statement, _without_nul(parameters)


# Questions are short and many: to start workers, or to compile one, takes longer than to answer.
_ALONE = (
    "SELECT set_config('max_parallel_workers_per_gather', '0', false), "
    "set_config('jit', 'off', false)"
)


def _spare_server_crews(driver: Any, _record: object) -> None:
    driver.execute(_ALONE)
    driver.commit()


def open_engine(url: str, *, begun_with: Sequence[str] = ()) -> Engine:
    """Return an engine for *url* (``sqlite:///…`` or ``postgresql://…``); nothing is opened yet.

    The pragmas *begun_with* are said to a file before all others, which write to a new one.
    Raises UnreachableDatabaseError for an address that is neither.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    kind = parsed.get_backend_name() if parsed else ""
    if parsed is None or kind not in _DRIVERS:
        reason = Words(
            "需要 sqlite:///文件 或 postgresql://主机/库",
            "need sqlite:///file or postgresql://host/name",
        )
        raise UnreachableDatabaseError(database=shown_address(url), reason=reason)
    if kind == "sqlite" and parsed.query and "uri" not in parsed.query:
        raise UnreachableDatabaseError(database=shown_address(url), reason=_NO_OPTIONS)
    try:
        engine = create_engine(
            parsed.set(drivername=_DRIVERS[kind]),
            pool_pre_ping=kind != "sqlite",
            execution_options={TYPED: shown_address(url)},
        )
    except NoSuchModuleError as error:
        raise UnreachableDatabaseError(database=shown_address(url), reason=str(error)) from error
    if kind == "sqlite":
        open_files(engine, database_file(engine), pragmas=(*begun_with, *_PRAGMAS))
        event.listen(engine, "begin", begin_file)
    else:
        event.listen(engine, "connect", _spare_server_crews)
        event.listen(engine, "before_cursor_execute", _spare_server_nul, retval=True)
    return engine


@contextmanager
def _connected(engine: Engine, *, may_create: bool = False) -> Iterator[Connection]:
    path = database_file(engine)
    if not is_there(engine) and (not may_create or (path is not None and path.is_dir())):
        demand_file(engine)
    try:
        connection = engine.connect()
    except DBAPIError as error:
        is_closed = path is not None and path.exists() and not os.access(path, os.R_OK)
        raise _unreachable(engine, _CLOSED_FILE if is_closed else reason_of(error)) from error
    with connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the database throughout and changes nothing."""
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    reader = (
        engine.execution_options(isolation_level=level, postgresql_readonly=True)
        if level
        else engine
    )
    with _connected(reader) as connection:
        if engine.dialect.name == "sqlite":
            _map_once(connection)
        yield connection
        if has_changed(connection):
            raise _unreachable(engine, CHANGED)


def _map_once(connection: Connection) -> None:
    if not connection.info.get(_MAPPED):
        driver: Any = connection.connection.driver_connection
        driver.execute(_MAPPED)
        connection.info[_MAPPED] = True


@contextmanager
def writing(engine: Engine, *, may_create: bool = False) -> Iterator[Connection]:
    """Yield a connection in one transaction: all of it is kept, or on an error nothing.

    A file that is not there is made only where *may_create* says so.
    """
    with turns_of(engine).to_write(), _connected(engine, may_create=may_create) as connection:
        _demand_writable(engine, connection)
        if may_create and engine.dialect.name == "sqlite":
            begin_archive(connection)
        with connection.begin():
            yield connection
        take_over(connection, database_file(engine))


@contextmanager
def writing_often(engine: Engine) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Yield what begins a transaction as `writing` does, time after time on one connection.

    For who writes many small ones: to take a connection and give it back costs as much as they do.
    """
    with _connected(engine) as connection:
        _demand_writable(engine, connection)

        @contextmanager
        def begun() -> Iterator[Connection]:
            with turns_of(engine).to_write(), connection.begin():
                yield connection

        yield begun


@contextmanager
def writing_singly(engine: Engine) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Yield what begins a transaction as `writing_often` does, for who writes once in each.

    On a server every statement is one of its own; a file's is begun and ended by the driver. To
    begin and to commit as Core does costs as much as they do.
    """
    on_server = engine.dialect.name == SERVER
    singly = engine.execution_options(isolation_level="AUTOCOMMIT") if on_server else engine
    with _connected(singly) as connection, ExitStack() as stack:
        _demand_writable(engine, connection)
        each: Callable[[], AbstractContextManager[None]] = nullcontext
        if not on_server:
            connection.execution_options(write=BY_HAND)
            each = stack.enter_context(begun_by_hand(connection))

        @contextmanager
        def begun() -> Iterator[Connection]:
            with turns_of(engine).to_write(), each():
                yield connection

        yield begun


def demand_writable(engine: Engine) -> None:
    """Raise UnreachableDatabaseError if the database is not there, or is only to be read."""
    with _connected(engine) as connection:
        _demand_writable(engine, connection)


def _demand_writable(engine: Engine, connection: Connection) -> None:
    path = database_file(engine)
    if path is not None and path.exists() and not os.access(path, os.W_OK):
        raise _unreachable(engine, NOT_YOURS)
    if is_only_read(connection):
        raise _unreachable(engine, ONLY_READ)
    connection.execution_options(write=True)
