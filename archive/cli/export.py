"""export: write the log or the timeline out."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click
from sqlalchemy import Connection

from archive.cli.files import beside
from archive.cli.opening import reader
from archive.cli.showing import progress
from archive.cli.speaking import command, locale, option, tell
from archive.export import calendar, log_lines, spreadsheet
from archive.languages import Words
from archive.log import head
from archive.settings import Settings

Progress = Callable[[int], None]
Writer = Callable[[Connection, Progress], Iterator[bytes]]


def _json_lines(connection: Connection, advance: Progress) -> Iterator[bytes]:
    return (line + b"\n" for line in log_lines(connection, progress=advance))


def _spreadsheet(connection: Connection, advance: Progress) -> Iterator[bytes]:
    return spreadsheet(connection, progress=advance)


def _calendar(connection: Connection, advance: Progress) -> Iterator[bytes]:
    return calendar(connection, locale=locale(), progress=advance)


FORMATS: Final[Mapping[str, Writer]] = {
    "jsonl": _json_lines,
    "csv": _spreadsheet,
    "ical": _calendar,
}


@command(
    "export",
    "导出：jsonl 为完整日志，csv 为时间线表格，ical 为日历。",
    "Write files: jsonl is the whole log, csv the timeline, ical a calendar.",
)
@option(
    "--format",
    "chosen",
    type=click.Choice(list(FORMATS)),
    default="jsonl",
    show_default=True,
    zh="文件格式。",
    en="The format of the file.",
)
@option("--output", type=click.Path(), zh="写入文件；默认标准输出。", en="The file; else stdout.")
@click.pass_obj
def export(settings: Settings, *, chosen: str, output: str | None) -> None:
    """Write the archive in one format, whole or not at all where a file is named."""
    count = 0
    with reader(settings) as connection, _target(output) as stream:
        total = head(connection)[0]
        with progress(Words("正在导出", "Exporting"), total=total) as advance:
            for part in FORMATS[chosen](connection, advance):
                stream.write(part)
                count += 1
    if output:
        tell(Words(f"已写入 {output}：{count} 行。", f"Wrote {output}: {count} lines."))


@contextmanager
def _target(output: str | None) -> Iterator[IO[bytes]]:
    if output is None:
        yield sys.stdout.buffer
        return
    path = Path(output)
    with beside(path) as unfinished:
        try:
            with unfinished.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:  # a full disk names no file
            raise OSError(error.errno, error.strerror, error.filename or output) from error
        unfinished.replace(path)
