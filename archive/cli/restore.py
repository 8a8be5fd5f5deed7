"""restore: bring a backup back, never over an archive that is there."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Final

import click
from sqlalchemy import Engine, inspect

from archive.cli.backup import copy_sqlite
from archive.cli.files import FileExistsRefusedError, beside, kept_as_new
from archive.cli.migrate import catch_up, tell_of_guards
from archive.cli.opening import engine_of
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.cli.tools import ToolFailedError, run_tool
from archive.errors import ArchiveError, DamagedLogError, NewerTablesError, NotMigratedError
from archive.languages import Words
from archive.log import put_back_guards, verify
from archive.settings import Settings
from archive.storage import (
    database_file,
    demand_revision,
    filling,
    migrate,
    open_engine,
    reading,
    writing,
)


class NoBackupError(ArchiveError):
    """The file is no backup of an archive."""

    sentence = Words(
        zh="{file} 不是本档案的备份：{reason}。",
        en="{file} is no backup of an archive: {reason}.",
    )


class DamagedBackupError(ArchiveError):
    """What the file holds is no log that verifies."""

    sentence = Words(
        zh="{file} 已损坏，未予恢复：第 {position} 条记录有误（{reason}）。",
        en="{file} is damaged and was not restored: at position {position}, {reason}.",
    )


_VERIFYING: Final = Words("正在核对", "Verifying")
_NEWER: Final = Words("它来自更新的版本", "it comes from a newer version of the program")


@command("restore", "从备份恢复，不覆盖档案。", "Bring a backup back, never over an archive.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(settings: Settings, *, file: Path) -> None:
    """Make the archive what *file* holds, brought up to date, if it verifies; else nothing."""
    with file.open("rb"):  # so that a file that cannot be read says why
        pass
    with engine_of(settings) as engine:
        target = database_file(engine)
        count = _restore_file(file, target) if target else _restore_server(engine, file)
    tell(Words(f"已恢复 {count} 条事件。", f"Restored {count} events."))


def _restore_file(file: Path, target: Path) -> int:
    if target.exists():
        raise FileExistsRefusedError(file=target)
    _demand_backup(file)
    with beside(target) as unfinished:
        copy_sqlite(file, unfinished, into=target.parent)
        copy = open_engine(f"sqlite:///{unfinished}")
        try:
            count = _verified(copy, file)
        finally:
            copy.dispose()
        kept_as_new(unfinished, target)
    return count


def _demand_backup(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as held:
            tables = {row[0] for row in held.execute("SELECT name FROM sqlite_schema")}
            sound = held.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        reason = Words("它不是 SQLite 数据库", "it is no SQLite database")
        raise NoBackupError(file=file, reason=reason) from error
    _demand_tables(file, tables)
    if sound != "ok":
        raise NoBackupError(file=file, reason=Words(f"已损坏（{sound}）", f"damaged ({sound})"))


def _demand_tables(file: Path, tables: Collection[str]) -> None:
    if not {"alembic_version", "event"}.issubset(tables):
        reason = Words("其中没有档案的表", "it lacks the archive's tables")
        raise NoBackupError(file=file, reason=reason)


def _restore_server(engine: Engine, file: Path) -> int:
    def fill() -> None:
        try:
            run_tool("pg_restore", "--exit-on-error", "--no-owner", "--single-transaction",
                     str(file), url=engine.url)  # fmt: skip
        except ToolFailedError as error:
            raise NoBackupError(file=file, reason=error.parts["reason"]) from error

    with filling(engine, fill):
        return _verified(engine, file)


def _verified(engine: Engine, file: Path) -> int:
    """Return how many events *engine* now has from *file*, brought up to date and verified.

    What is restored has its guards, had the backup none.
    """
    try:
        _bring_up_to_date(engine, file)
        with reading(engine) as connection, progress(_VERIFYING) as advance:
            count = verify(connection, progress=advance).events
    except DamagedLogError as error:
        raise DamagedBackupError(file=file, **error.parts) from error
    with writing(engine) as connection:
        put_back = put_back_guards(connection)
    tell_of_guards(put_back)
    return count


def _bring_up_to_date(engine: Engine, file: Path) -> None:
    try:
        with reading(engine) as connection:
            _demand_tables(file, inspect(connection).get_table_names())
            demand_revision(connection)
    except NewerTablesError as error:
        raise NoBackupError(file=file, reason=_NEWER) from error
    except NotMigratedError:
        migrate(engine, then=catch_up)
