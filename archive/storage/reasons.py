"""What drivers of databases say when they refuse, and what it means for the one who asked."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as WaitedTooLongError

from archive.errors import ArchiveError
from archive.languages import Words

_RESTORE: Final = Words(
    "文件已损坏；请用 archive restore 从备份恢复",
    "the file is damaged; bring a backup back with archive restore",
)
_MIGRATE: Final = Words(
    "其中没有本档案的表；请运行 archive migrate，或检查数据库地址",
    "it lacks the archive's tables; run archive migrate, or check the address",
)
_NO_DATABASE: Final = Words("这个文件不是 SQLite 数据库", "that file is no SQLite database")
_HELD: Final = Words("另一个进程正占用它，请稍后再试", "another process holds it; try again later")
_ONLY_READ: Final = Words("只能读，不能写", "it can be read but not written")
_NO_HOST: Final = Words("找不到这台主机（地址写对了吗？）", "no such host (is the address right?)")
_SLOW: Final = Words("数据库没有及时回应", "the database did not answer in time")
_LOST: Final = Words("与数据库的连接已断开", "the connection to the database was lost")
_CLOSED: Final = Words(
    "连接被拒绝（服务器在运行吗？地址与端口对吗？）",
    "the connection was refused (does the server run, are address and port right?)",
)
_LOGIN: Final = Words("用户名或密码不对", "the user's name or password is wrong")

# The first that a driver's words contain decides, so what is said in connecting comes first.
_REASONS: Final[Mapping[str, Words]] = {
    "fatal:  database": Words("服务器上没有这个数据库", "the server has no such database"),
    "fatal:  role": Words("服务器上没有这个用户", "the server has no such user"),
    "authentication failed": _LOGIN,
    "no password supplied": _LOGIN,
    "too many": Words("服务器的连接已用尽，请稍后再试", "the server has no connection left"),
    "connection refused": _CLOSED,
    "failed: no such file": _CLOSED,  # the socket of a server on this machine
    "name or service not known": _NO_HOST,
    "translate host name": _NO_HOST,
    "resolve host": _NO_HOST,
    "no address associated": _NO_HOST,
    "timeout": _SLOW,
    "timed out": _SLOW,
    "server closed": _LOST,
    "terminating connection": _LOST,
    "connection is lost": _LOST,
    "connection is closed": _LOST,
    "connection already closed": _LOST,
    "connection was lost": _LOST,
    "could not receive data": _LOST,
    "not a database": _NO_DATABASE,
    "encrypted": _NO_DATABASE,
    "locked": _HELD,
    "busy": _HELD,
    "malformed": _RESTORE,
    "readonly": _ONLY_READ,
    "read-only": _ONLY_READ,
    "disk is full": Words("磁盘已满", "the disk is full"),
    "disk i/o": Words("磁盘读写出错", "the disk fails to read or write"),
    "unable to open": Words(
        "打不开这个文件（目录是否存在、是否有权限？）",
        "that file cannot be opened (does its folder exist, and may you use it?)",
    ),
    "no such table": _MIGRATE,
    "no such column": _MIGRATE,
    "does not exist": _MIGRATE,
    "permission denied": Words("没有权限", "permission is denied"),
    "surrogates": Words("文字不是有效的 UTF-8", "the text is no valid UTF-8"),
    "contain nul": Words("文字中含有 NUL 字符", "the text holds a NUL character"),
    "connection failed": Words("连接不上", "no connection can be made"),
}


class DatabaseRefusedError(ArchiveError):
    """The database answered, but would not do what was asked."""

    sentence = Words(zh="数据库无法完成：{reason}。", en="The database cannot do that: {reason}.")


def is_without_room(error: DBAPIError) -> bool:
    """Tell whether a file could not be written, as on a full disk."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


def meaning_of(said: str) -> Words:
    """Return what a driver's words mean, or else their first line."""
    first = next(iter(said.splitlines()), said)
    return _known(said) or Words(first, first)


def _known(said: str) -> Words | None:
    found = said.casefold()
    return next((words for part, words in _REASONS.items() if part in found), None)


def known_reason(error: SQLAlchemyError) -> Words | None:
    """Return what the driver's *error* means; None for one that nobody foresaw."""
    if isinstance(error, WaitedTooLongError):
        return _HELD
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return _known(_said(error)) or (_LOST if is_lost else None)


def reason_of(error: SQLAlchemyError) -> Words:
    """Return what *error* means, or else the driver's own first line."""
    first = next(iter(_said(error).splitlines()), type(error).__name__)
    return known_reason(error) or Words(first, first)


def _said(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause).strip()
