"""Files written whole or not at all."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from archive.errors import ArchiveError
from archive.languages import Words

# What is not finished lies in a folder of its own, held by a lock that dies with its owner.
_PREFIX: Final = ".archive-unfinished-"
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


class FileExistsRefusedError(ArchiveError):
    """A file is there already, and is not to be lost."""

    sentence = Words(
        zh="{file} 已存在，不会覆盖；请换一个文件名。",
        en="{file} is there already and is not overwritten; name another file.",
    )


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Yield a new file on the disk of *path*, gone afterwards unless it was renamed.

    What a database keeps beside it goes with it. Whoever is killed meanwhile leaves it behind, and
    who comes next into the same folder takes it away.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    clear(path.parent)
    try:
        folder, handle = _made_in(path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        unfinished = folder / "unfinished"
        unfinished.touch()  # with the rights of any new file, which a database would narrow
        yield unfinished
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def clear(parent: Path) -> None:
    """Take away what was left unfinished in *parent* by those who were killed; never fails."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            _clear(folder)


def _clear(folder: Path) -> None:
    handle = os.open(folder, _FOLDER)
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # else somebody is at work in it
            shutil.rmtree(folder)
    finally:
        os.close(handle)


def _made_in(parent: Path) -> tuple[Path, int]:
    """Return a new folder, and the handle by which it is held as long as this process lives."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        try:
            handle = os.open(folder, _FOLDER)
        except FileNotFoundError:
            continue  # cleared, before it was held
        with suppress(OSError):  # a file system without locks: there nobody clears
            fcntl.flock(handle, fcntl.LOCK_EX)
        if folder.exists():
            return folder, handle
        os.close(handle)


def kept_as_new(unfinished: Path, path: Path) -> None:
    """Give *unfinished* the name *path*, on disk for good; raise if that was taken meanwhile."""
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    try:
        path.hardlink_to(unfinished)
    except FileExistsError as error:
        raise FileExistsRefusedError(file=path) from error
    except OSError:  # a file system without hard links
        unfinished.rename(path)
