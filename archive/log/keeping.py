"""The file of the key that signs checkpoints: made on first use, for its owner's eyes alone."""

import errno
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from archive.errors import ArchiveError
from archive.languages import Words
from archive.log.notes import Signer, new_signer, read_signer
from archive.storage import database_file

_CLOSED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


class NoSigningKeyError(ArchiveError):
    """A server's archive has no file beside which a key could lie."""

    sentence = Words(
        zh="没有签名密钥；请用环境变量 ARCHIVE_SIGNING_KEY 指定密钥文件的路径（没有则会新建）。",
        en="There is no key to sign with; name the path of its file in ARCHIVE_SIGNING_KEY "
        "(a new one is made where there is none).",
    )


class ExposedKeyError(ArchiveError):
    """Others than its owner may read or change the file of the key: it may be no secret."""

    sentence = Words(
        zh="签名密钥文件 {path} 的权限为 {mode}，他人可以读取或改动；若密钥可能已泄露，请移走它"
        "（会新建一个）；否则请运行：chmod 600 {path}",
        en="The signing key {path} has mode {mode}: others may read or change it. If it may have "
        "been seen, move it away (a new one is made); else run: chmod 600 {path}",
    )


class ClosedKeyError(ArchiveError):
    """Who runs the program may not read the file of the key, or not make it."""

    sentence = Words(
        zh="您无权读取或新建签名密钥 {path}；请以档案所有者的身份运行，"
        "或用环境变量 ARCHIVE_SIGNING_KEY 指定您自己的密钥文件。",
        en="You may not read the signing key {path}, or not make it: run this as the owner of the "
        "archive, or name a file of your own in ARCHIVE_SIGNING_KEY.",
    )


def key_file(engine: Engine, *, named: str = "") -> Path | None:
    """Return where the key lies: as *named*, else beside the database; None for a server's."""
    beside = database_file(engine)
    if named or beside is None:
        return Path(named) if named else None
    return Path(f"{beside}-key")


def signer_of(engine: Engine, *, named: str = "") -> Signer | None:
    """Return the archive's key, made now if there was none; None where it has no place.

    Raises ExposedKeyError where others may read it: what such a key signs proves nothing;
    ClosedKeyError where it may not be read, or not be made.
    """
    path = key_file(engine, named=named)
    if path is None:
        return None
    try:
        if not path.exists():
            _make(path)
        with path.open(encoding="utf-8") as stream:
            signer, mode = read_signer(stream.read()), os.fstat(stream.fileno()).st_mode
    except OSError as error:
        if error.errno not in _CLOSED:
            raise
        raise ClosedKeyError(path=path) from error
    _demand_hidden(path, mode)
    return signer


def demand_signer(engine: Engine, *, named: str = "") -> Signer:
    """Return the archive's key, made now if there was none; raises NoSigningKeyError."""
    found = signer_of(engine, named=named)
    if found is None:
        raise NoSigningKeyError
    return found


def _demand_hidden(path: Path, mode: int) -> None:
    # Elsewhere the bits of the mode say nothing about who may read.
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ExposedKeyError(path=path, mode=f"{stat.S_IMODE(mode):03o}")


def _make(path: Path) -> None:
    """Put a whole key at *path*; where another process was first, its key stays."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(new_signer().written())
            stream.flush()
            os.fsync(stream.fileno())
        path.hardlink_to(unfinished)
    except FileExistsError:
        return
    finally:
        unfinished.unlink(missing_ok=True)
