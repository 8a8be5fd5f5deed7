"""follow: every event from a position on, as a JSON line, as it comes; for other programs."""

import sys
from collections.abc import Iterator
from itertools import islice

import click
import msgspec

from archive.cli.opening import engine_of
from archive.cli.speaking import command, option
from archive.errors import FieldError
from archive.export import json_line
from archive.languages import Words
from archive.log import RecordedEvent, head
from archive.log import follow as follow_log
from archive.settings import Settings
from archive.storage import demand_migrated, reading


@command(
    "follow",
    "逐行输出事件（JSON），并随记录继续，直到中断。",
    "Print events as JSON lines, and go on as they are recorded, until interrupted.",
)
@option(
    "--after",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="POSITION",
    zh="从此位置之后开始。",
    en="Begin after this position.",
)
@option(
    "--limit", type=click.IntRange(min=1), metavar="N", zh="至多这么多条。", en="So many at most."
)
@click.pass_obj
def follow(settings: Settings, *, after: int, limit: int | None) -> None:
    """Print the lines of ``export``, each as soon as it is in the log."""
    with engine_of(settings) as engine:
        with reading(engine) as connection:
            demand_migrated(connection)
            _demand_reached(after, head(connection)[0])
        left = limit
        for page in follow_log(engine, after=after):
            left = _print(page, left)
            if left == 0:
                return


def _demand_reached(after: int, end: int) -> None:
    """Refuse a position that the log has not reached: it was followed in another log."""
    if after > end:
        accepted = Words(
            f"0 至 {end}；日志到 {end} 为止，更后的位置不属于这份日志",
            f"0 to {end}, where this log ends: a later position is of another log, or of one "
            "that was longer",
        )
        raise FieldError(field="--after", value=after, accepted=accepted)


def _print(page: list[RecordedEvent], left: int | None) -> int | None:
    """Print a page, or what is left of it; return how many more are wanted."""
    wanted: Iterator[RecordedEvent] = islice(page, left)
    lines = [msgspec.json.encode(json_line(one)) + b"\n" for one in wanted]
    sys.stdout.buffer.write(b"".join(lines))
    sys.stdout.buffer.flush()
    return None if left is None else left - len(lines)
