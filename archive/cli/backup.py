"""backup: a consistent copy of the archive while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import Engine

from archive.cli.files import FileExistsRefusedError, beside, kept_as_new
from archive.cli.opening import engine_of
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.cli.tools import run_tool
from archive.errors import ArchiveError
from archive.languages import Words
from archive.settings import Settings
from archive.storage import (
    database_file,
    demand_file,
    demand_migrated,
    file_to_be_read,
    meaning_of,
    reading,
)

_PAGES = 1000


class NotCopiedError(ArchiveError):
    """A copy of a database came to no end; nothing of it was left."""

    sentence = Words(
        zh="无法将 {source} 复制到 {folder}：{reason}。没有留下任何残余文件。",
        en="Cannot copy {source} to {folder}: {reason}. Nothing half-written is left.",
    )


@command("backup", "在线备份到一个新文件。", "Copy the archive to a new file while it is in use.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, *, file: Path) -> None:
    """Write the whole archive, as it is at one moment, to *file*, which must be new."""
    if file.exists():
        raise FileExistsRefusedError(file=file)
    with engine_of(settings) as engine:
        demand_file(engine)
        with reading(engine) as connection:
            demand_migrated(connection)
        with beside(file) as unfinished:
            _copy(engine, unfinished, into=file.parent)
            kept_as_new(unfinished, file)
    tell(Words(f"已备份到 {file}。", f"Backed up to {file}."))


def _copy(engine: Engine, target: Path, *, into: Path) -> None:
    source = database_file(engine)
    if source is None:
        run_tool("pg_dump", "--format=custom", f"--file={target}", url=engine.url)
        return
    copy_sqlite(source, target, into=into)


def copy_sqlite(source: Path, target: Path, *, into: Path) -> None:
    """Copy one SQLite database over another, as it is at one moment.

    Raises NotCopiedError, which names the folder *into* which it was to come.
    """
    try:
        _copied(source, target)
    except sqlite3.Error as error:
        reason = meaning_of(str(error))
        raise NotCopiedError(source=source, folder=into, reason=reason) from error


def _copied(source: Path, target: Path) -> None:
    with (
        progress(Words("正在复制", "Copying")) as advance,
        file_to_be_read(source) as held,
        closing(sqlite3.connect(target)) as copy,
    ):
        held.backup(copy, pages=_PAGES, progress=lambda _code, left, all_: advance(all_ - left))
        # One file, with no journal beside it that a mover would forget.
        copy.execute("PRAGMA journal_mode=DELETE")
