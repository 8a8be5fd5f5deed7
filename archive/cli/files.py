"""Files written whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from archive.errors import ArchiveError
from archive.languages import Words

_ENDINGS: Final = ("", "-journal", "-wal", "-shm")


class FileExistsRefusedError(ArchiveError):
    """A file is there already, and is not to be lost."""

    sentence = Words(
        zh="{file} 已存在，不会覆盖；请换一个文件名。",
        en="{file} is there already and is not overwritten; name another file.",
    )


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Yield a new file in the folder of *path*, gone afterwards unless it was renamed.

    What a database keeps beside it goes with it.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        mask = os.umask(0)
        os.umask(mask)
        unfinished.chmod(0o666 & ~mask)
        yield unfinished
    finally:
        for ending in _ENDINGS:
            unfinished.with_name(f"{unfinished.name}{ending}").unlink(missing_ok=True)


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
