"""The door: whatever goes wrong behind it leaves as one clear sentence and an exit status."""

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import click
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from archive.cli.ending import TERMINATED, TerminatedError, ending_in_order
from archive.cli.speaking import Group, locale
from archive.cli.system import closed_reason, system_reason
from archive.errors import ArchiveError, shortened
from archive.languages import Words
from archive.storage import DatabaseRefusedError, reason_of

REFUSED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
_INTERRUPTED: Final = Words(
    "已中断；没有写入一半的内容。", "Interrupted; nothing half-written is left."
)


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
    return DatabaseRefusedError(reason=reason_of(error))


def _of_migration(error: CommandError) -> ArchiveError:
    text = shortened(error)
    reason = Words(
        f"它属于另一个程序或更新的版本（{text}）",
        f"it belongs to another program or a newer version ({text})",
    )
    return DatabaseRefusedError(reason=reason)


def _of_system(error: OSError) -> ArchiveError:
    name = str(error.filename or "archive")
    # As words it is said whole: half a path helps nobody.
    reason = closed_reason(error) or system_reason(error)
    return FileRefusedError(file=Words(name, name), reason=reason)


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


class _NobodyReadsError(Exception):
    """Whoever read what is printed went away."""


def _hush() -> None:
    """Let Python's own flush at exit find nothing to complain about."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())


def _ended(status: int) -> int:
    """Say once that the command was ended from without, and return its exit status."""
    click.echo(_INTERRUPTED.in_language(locale()), err=True)
    return status


def _status(behind: Callable[[], object]) -> int:
    """Run what is *behind* the door and return the exit status, every error said."""
    try:
        with ending_in_order():
            status = behind()
        sys.stdout.flush()
    except click.ClickException as error:
        _show_usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _ended(INTERRUPTED)
    except TerminatedError:
        return _ended(TERMINATED)
    except (BrokenPipeError, _NobodyReadsError):
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
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # Click would exit by itself, and with 1
            raise _NobodyReadsError from error

    @override
    def main(self, *arguments: Any, standalone_mode: bool = True, **settings: Any) -> Any:
        behind = partial(super().main, *arguments, standalone_mode=False, **settings)
        return sys.exit(_status(behind)) if standalone_mode else behind()
