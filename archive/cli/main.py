"""The group of all commands, and their list."""

from dataclasses import replace
from typing import Final

import click

from archive import __version__
from archive.cli.door import Door
from archive.cli.loading import Commands
from archive.cli.speaking import option
from archive.languages import Words
from archive.settings import DEFAULT_DATABASE, Settings

# In the order of their list, from first steps to upkeep.
_COMMANDS: Final = Commands(
    "migrate",
    "seed",
    "serve",
    "record",
    "correct",
    "retract",
    "ingest",
    "export",
    "follow",
    "timeline",
    "state",
    "compare",
    "why",
    "search",
    "read-date",
    "read-article",
    "propose",
    "rebuild",
    "verify",
    "checkpoint",
    "prove",
    "backup",
    "restore",
    "kinds",
    "user",
)


@click.group(
    "archive",
    cls=Door,
    commands=_COMMANDS,
    words=Words(
        "一部时间线档案：只追加的日志，每条事件都有日期与来源。",
        "A timeline kept as an append-only log of dated, sourced events.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option(
    "--database",
    metavar="URL",
    envvar="ARCHIVE_DATABASE_URL",
    default=DEFAULT_DATABASE,
    show_default=True,
    zh="sqlite:///文件 或 postgresql://…；亦可用 ARCHIVE_DATABASE_URL。",
    en="sqlite:///file or postgresql://…; or ARCHIVE_DATABASE_URL.",
)
@click.version_option(__version__, prog_name="archive")
@click.pass_context
def main(context: click.Context, *, database: str) -> None:
    """Take the settings that every command works with."""
    context.obj = replace(Settings.from_environment(), database_url=database)
