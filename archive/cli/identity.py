"""Who is at the command line: the name under which events are recorded."""

import getpass

import click

from archive.cli.speaking import Option
from archive.languages import Words


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "cli"


def by_option(function: click.decorators.FC) -> click.decorators.FC:
    """Give a command ``--by``: who records, the login name unless told otherwise."""
    return click.option(
        "--by",
        "recorded_by",
        cls=Option,
        default=_login,
        show_default=False,
        envvar="ARCHIVE_USER",
        metavar="NAME",
        words=Words("记录人；默认为登录名。", "Who records; the login name by default."),
    )(function)
