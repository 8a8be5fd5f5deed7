"""The file of the key that signs checkpoints: made on first use, for its owner's eyes alone."""

import os
import secrets
from pathlib import Path

from sqlalchemy import Engine

from archive.errors import ArchiveError
from archive.languages import Words
from archive.log.notes import Signer, new_signer, read_signer
from archive.storage import database_file


class NoSigningKeyError(ArchiveError):
    """A server's archive has no file beside which a key could lie."""

    sentence = Words(
        zh="没有签名密钥；请用环境变量 ARCHIVE_SIGNING_KEY 指定密钥文件的路径（没有则会新建）。",
        en="There is no key to sign with; name the path of its file in ARCHIVE_SIGNING_KEY "
        "(a new one is made where there is none).",
    )


def key_file(engine: Engine, *, named: str = "") -> Path | None:
    """Return where the key lies: as *named*, else beside the database; None for a server's."""
    beside = database_file(engine)
    if named or beside is None:
        return Path(named) if named else None
    return Path(f"{beside}-key")


def signer_of(engine: Engine, *, named: str = "") -> Signer | None:
    """Return the archive's key, made now if there was none; None where it has no place."""
    path = key_file(engine, named=named)
    if path is None:
        return None
    if not path.exists():
        _make(path)
    return read_signer(path.read_text(encoding="utf-8"))


def demand_signer(engine: Engine, *, named: str = "") -> Signer:
    """Return the archive's key, made now if there was none; raises NoSigningKeyError."""
    found = signer_of(engine, named=named)
    if found is None:
        raise NoSigningKeyError
    return found


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
