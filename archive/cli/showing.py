"""Answers on stdout: one JSON document, or a table in the user's language."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text
from typing_extensions import override

from archive.cli.speaking import locale, option, said
from archive.dates import Style, phrase, time_in_words
from archive.languages import Words
from archive.vocabulary import Occurred

_WIDTH_OF_A_FILE = 1000


def show_json(document: object) -> None:
    """Print *document* as one JSON document."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2)
    click.echo(text.decode())


def show_table(columns: Sequence[Words], rows: Iterable[Sequence[str]]) -> None:
    """Print *rows* under *columns*; long cells are folded, never cut."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(said(column), overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def console() -> Console:
    """Return where answers are printed: as wide as the terminal, or wide enough for a file."""
    is_terminal = sys.stdout.isatty()
    width = None if is_terminal else _WIDTH_OF_A_FILE
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def in_words(edtf: str) -> str:
    """Return a date in words of the user's language."""
    return phrase(edtf, locale=locale(), style=Style.LONG) if edtf else ""


def when_in_words(occurred: Occurred) -> str:
    """Return the date of an event in words, and its time of day where one is stated."""
    time = time_in_words(occurred.clock).in_language(locale())
    return f"{in_words(occurred.edtf)} {time}".rstrip()


class _Rate(ProgressColumn):
    """How many are done in a second."""

    @override
    def render(self, task: Task) -> Text:
        """Return the rate of a task, nothing before it is known."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")


@contextmanager
def progress(words: Words, *, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Yield what takes the number done so far; a bar shows it where stderr is a terminal.

    With it go how many are done in a second, and where *total* is known the time that is left.
    """
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(said(words), total=total)
        yield lambda done: bar.update(task, completed=done)


def json_option(function: Callable[..., object]) -> Callable[..., object]:
    """Give a command ``--json``."""
    words = {"zh": "输出一份 JSON。", "en": "Print one JSON document."}
    made: Callable[..., object] = option("--json", "as_json", is_flag=True, **words)(function)
    return made
