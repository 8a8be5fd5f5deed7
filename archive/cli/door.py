"""The door: whatever goes wrong behind it leaves as one clear sentence and an exit status."""

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import click
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from typing_extensions import override

from archive.cli.speaking import Group, locale
from archive.errors import ArchiveError, shortened
from archive.languages import Words

REFUSED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

_RESTORE = Words(
    "文件已损坏；请用 archive restore 从备份恢复",
    "the file is damaged; bring a backup back with archive restore",
)
_MIGRATE = Words(
    "其中没有本档案的表；请运行 archive migrate，或检查数据库地址",
    "it lacks the archive's tables; run archive migrate, or check the address",
)
# What drivers say, and what it means for the one who asked.
_REASONS: Final[Mapping[str, Words]] = {
    "not a database": Words("这个文件不是 SQLite 数据库", "that file is no SQLite database"),
    "encrypted": Words("这个文件不是 SQLite 数据库", "that file is no SQLite database"),
    "locked": Words("另一个进程正占用它，请稍后再试", "another process holds it; try again later"),
    "busy": Words("另一个进程正占用它，请稍后再试", "another process holds it; try again later"),
    "malformed": _RESTORE,
    "readonly": Words("只能读，不能写", "it can be read but not written"),
    "read-only": Words("只能读，不能写", "it can be read but not written"),
    "full": Words("磁盘已满", "the disk is full"),
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
    "nul": Words("文字中含有 NUL 字符", "the text holds a NUL character"),
}


class DatabaseRefusedError(ArchiveError):
    """The database answered, but would not do what was asked."""

    sentence = Words(zh="数据库无法完成：{reason}。", en="The database cannot do that: {reason}.")


class FileRefusedError(ArchiveError):
    """The system would not give or take a file."""

    sentence = Words(zh="{file}：{reason}", en="{file}: {reason}")


class BadTextError(ArchiveError):
    """Bytes on the command line that are no text."""

    sentence = Words(
        zh="命令行中的文字不是有效的 UTF-8。", en="The text on the command line is no valid UTF-8."
    )


def of_database(error: SQLAlchemyError) -> ArchiveError:
    """Return the refusal that *error* of the driver amounts to."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    first = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    known = next((words for said, words in _REASONS.items() if said in first.casefold()), None)
    return DatabaseRefusedError(reason=known or Words(first, first))


def _of_migration(error: CommandError) -> ArchiveError:
    text = shortened(error)
    reason = Words(
        f"它属于另一个程序或更新的版本（{text}）",
        f"it belongs to another program or a newer version ({text})",
    )
    return DatabaseRefusedError(reason=reason)


def _of_system(error: OSError) -> ArchiveError:
    reason = error.strerror or str(error)
    return FileRefusedError(file=error.filename or "archive", reason=reason)


def _of_text(_error: UnicodeError) -> ArchiveError:
    return BadTextError()


_TRANSLATORS: Final[tuple[tuple[type[Exception], Callable[[Any], ArchiveError]], ...]] = (
    (SQLAlchemyError, of_database),
    (CommandError, _of_migration),
    (UnicodeError, _of_text),
    (OSError, _of_system),
)


def refusal(error: Exception) -> ArchiveError | None:
    """Return *error* as a refusal with its sentence; None for one that is a fault of ours."""
    if isinstance(error, ArchiveError):
        return error
    return next((make(error) for of, make in _TRANSLATORS if isinstance(error, of)), None)


def _show_usage(error: click.ClickException) -> None:
    is_help = isinstance(error, click.exceptions.NoArgsIsHelpError)
    if locale() != "zh" or is_help or not isinstance(error, click.UsageError):
        error.show()
        return
    if error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"详见：{error.ctx.command_path} --help", err=True)
    click.echo(f"用法有误：{error.format_message()}", err=True)


def _hush() -> None:
    """Let Python's own flush at exit find nothing to complain about."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())


def _status(behind: Callable[[], object]) -> int:
    """Run what is *behind* the door and return the exit status, every error said."""
    try:
        status = behind()
        sys.stdout.flush()
    except click.ClickException as error:
        _show_usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return 0
    except Exception as error:  # the one door where every error is met
        refused = refusal(error)
        if refused is None:
            raise
        click.echo(refused.words(locale()), err=True)
        return REFUSED
    return status if isinstance(status, int) else 0


class Door(Group):
    """The group of all commands; no error leaves it as a traceback unless it is our own fault."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # as listed, from first steps to upkeep

    @override
    def main(self, *arguments: Any, standalone_mode: bool = True, **settings: Any) -> Any:
        behind = partial(super().main, *arguments, standalone_mode=False, **settings)
        return sys.exit(_status(behind)) if standalone_mode else behind()
