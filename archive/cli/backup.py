"""backup: a consistent copy of the archive while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import URL, Engine

from archive.cli.files import FileExistsRefusedError, beside, kept_as_new
from archive.cli.opening import engine_of
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.errors import ArchiveError
from archive.languages import Words
from archive.settings import Settings
from archive.storage import database_file, demand_file, demand_migrated, meaning_of, reading

_PAGES = 1000


class NoToolError(ArchiveError):
    """A program of PostgreSQL is missing, or would not do its work: then ToolFailedError."""

    sentence = Words(
        zh="备份与恢复 PostgreSQL 需要 {tool}：{reason}。",
        en="To back up and restore PostgreSQL takes {tool}: {reason}.",
    )


class ToolFailedError(NoToolError):
    """A program of PostgreSQL did not come to its end."""


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
            _copy(engine, unfinished)
            kept_as_new(unfinished, file)
    tell(Words(f"已备份到 {file}。", f"Backed up to {file}."))


def _copy(engine: Engine, target: Path) -> None:
    source = database_file(engine)
    if source is None:
        run_tool("pg_dump", "--format=custom", f"--file={target}", url=engine.url)
        return
    copy_sqlite(source, target)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy one SQLite database over another, as it is at one moment; raises NotCopiedError."""
    try:
        _copied(source, target)
    except sqlite3.Error as error:
        reason = meaning_of(str(error))
        raise NotCopiedError(source=source, folder=target.parent, reason=reason) from error


def _copied(source: Path, target: Path) -> None:
    with (
        progress(Words("正在复制", "Copying")) as advance,
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as held,
        closing(sqlite3.connect(target)) as copy,
    ):
        held.backup(copy, pages=_PAGES, progress=lambda _code, left, all_: advance(all_ - left))
        # One file, with no journal beside it that a mover would forget.
        copy.execute("PRAGMA journal_mode=DELETE")


def run_tool(tool: str, *arguments: str, url: URL) -> None:
    """Run a program of PostgreSQL against *url*; the password travels in the environment."""
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
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise ToolFailedError(tool=tool, reason=Words(said, said))
