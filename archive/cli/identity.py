"""Who is at the command line: under which name events are recorded, and with whom."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click
from click.decorators import FC
from sqlalchemy import Connection

from archive.cli.opening import writer
from archive.cli.sealing import seal_at_end
from archive.cli.speaking import Option
from archive.commands.drafts import SecondPersonError
from archive.commands.noting import note
from archive.errors import FieldError
from archive.languages import Words
from archive.log import now
from archive.queries import head, kinds_since
from archive.settings import Settings

# How the audit page calls what one person recorded that takes two.
ALONE: Final = "recorded-alone"
_ALL_KINDS: Final = "*"
_WHY: Final = Words("为什么由一人记录", "why one person records it")


class AloneError(SecondPersonError):
    """What takes two people was told by one, who did not say why."""

    sentence = Words(
        zh="{kinds}：此类事件须由另一人审阅。请在编辑台（/admin/）提交；若必须由一人记录，"
        "请用 --alone 说明理由，该理由会留在审计页上。",
        en="{kinds}: events of this kind take two people. Submit them at the desk (/admin/), or "
        "say with --alone why one person records them; the audit page keeps that.",
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "cli"


def by_option(function: FC) -> FC:
    """Give a command ``--by``, the login name unless told otherwise, and ``--alone``."""
    by = click.option(
        "--by",
        "recorded_by",
        cls=Option,
        default=_login,
        show_default=False,
        envvar="ARCHIVE_USER",
        metavar="NAME",
        words=Words("记录人；默认为登录名。", "Who records; the login name by default."),
    )
    alone = click.option(
        "--alone",
        cls=Option,
        metavar="WORDS",
        words=Words(
            "须两人之事（ARCHIVE_FOUR_EYES）由一人记录的理由；留在审计页。",
            "Why one person records what takes two (ARCHIVE_FOUR_EYES); the audit page keeps it.",
        ),
    )
    return by(alone(function))


@contextmanager
def recording(settings: Settings, *, by: str, alone: str | None) -> Iterator[Connection]:
    """Yield a writing connection, in one transaction that is kept whole or not, and then sealed.

    Raises AloneError where what was recorded takes two people, unless *alone* says why not.
    """
    if alone is not None and not alone.strip():
        raise FieldError(field="--alone", value=alone, accepted=_WHY)
    with writer(settings) as connection:
        before = head(connection).position
        yield connection
        _answer_for(connection, settings, before, by=by, alone=alone)
    seal_at_end(settings)


def _answer_for(
    connection: Connection, settings: Settings, before: int, *, by: str, alone: str | None
) -> None:
    rule, last = settings.four_eyes, head(connection).position
    if not rule or last == before:
        return
    told = kinds_since(connection, position=before)
    kinds = ", ".join(sorted(told if _ALL_KINDS in rule else told & rule))
    if not kinds:
        return
    if alone is None:
        raise AloneError(kinds=kinds)
    places = f"{before + 1}" if last == before + 1 else f"{before + 1}–{last}"
    field = f"{kinds} #{places}"
    note(connection, deed=ALONE, about=places, account=by, now=now(), field=field, words=alone)
