"""Answers on stdout: one JSON document, or a table in the user's language."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from archive.cli.speaking import locale, option, said
from archive.dates import Style, phrase
from archive.languages import Words

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


@contextmanager
def progress(words: Words, *, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Yield what takes the number done so far; a bar shows it where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(said(words), total=total)
        yield lambda done: bar.update(task, completed=done)


def json_option(function: Callable[..., object]) -> Callable[..., object]:
    """Give a command ``--json``."""
    words = {"zh": "输出一份 JSON。", "en": "Print one JSON document."}
    made: Callable[..., object] = option("--json", "as_json", is_flag=True, **words)(function)
    return made
