"""The group of all commands, and their list."""

from dataclasses import replace
from typing import Final

import click

from archive import __version__
from archive.cli.backup import backup
from archive.cli.checkpoint import checkpoint
from archive.cli.compare import compare
from archive.cli.correct import correct
from archive.cli.door import Door
from archive.cli.export import export
from archive.cli.follow import follow
from archive.cli.ingest import ingest
from archive.cli.kinds import kinds
from archive.cli.migrate import migrate
from archive.cli.propose import propose
from archive.cli.prove import prove
from archive.cli.read_article import read_article
from archive.cli.read_date import read_date
from archive.cli.rebuild import rebuild
from archive.cli.record import record
from archive.cli.restore import restore
from archive.cli.retract import retract
from archive.cli.search import search
from archive.cli.seed import seed
from archive.cli.serve import serve
from archive.cli.speaking import option
from archive.cli.state import state
from archive.cli.timeline import timeline
from archive.cli.user import user
from archive.cli.verify import verify
from archive.cli.why import why
from archive.languages import Words
from archive.settings import DEFAULT_DATABASE, Settings

_COMMANDS: Final = (
    migrate,
    seed,
    serve,
    record,
    correct,
    retract,
    ingest,
    export,
    follow,
    timeline,
    state,
    compare,
    why,
    search,
    read_date,
    read_article,
    propose,
    rebuild,
    verify,
    checkpoint,
    prove,
    backup,
    restore,
    kinds,
    user,
)


@click.group(
    "archive",
    cls=Door,
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


for one in _COMMANDS:
    main.add_command(one)
