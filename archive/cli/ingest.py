"""ingest: take files in, all or none; or say what would become of each row."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Final

import click

from archive.cli.cautioning import FirstMade
from archive.cli.identity import by_option, recording
from archive.cli.opening import reader
from archive.cli.reading import DAY
from archive.cli.showing import progress, show_json, show_table
from archive.cli.speaking import command, locale, option, tell
from archive.errors import BatchError, RefusedError
from archive.ingest import Draft, Fate, Judged, PlacedError, drafts_of, judge, lines_in, take_in
from archive.languages import Words
from archive.settings import Settings

PART: Final = 20_000
_FATES = {
    Fate.CREATE: Words("新增", "create"),
    Fate.ALREADY: Words("已有", "already"),
    Fate.CONFLICT: Words("冲突", "conflict"),
    Fate.ERROR: Words("有误", "error"),
}
_COLUMNS = (
    Words("结果", "Outcome"),
    Words("位置", "Place"),
    Words("种类", "Kind"),
    Words("标识", "Id"),
    Words("说明", "Why"),
)


@command(
    "ingest",
    "载入文件（jsonl、csv、yaml；- 为标准输入）：全部或全不；重复载入不会重复。",
    "Take files in (jsonl, csv, yaml; - is stdin): all or none, twice is the same as once.",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option(
    "--in-parts",
    is_flag=True,
    zh=f"每 {PART} 行存一次：中断或遇错之后再运行，即从停处继续。",
    en=f"Keep every {PART} lines: after a kill or a refusal, run it again to go on.",
)
@option("--plan", is_flag=True, zh="只说明每行会怎样，什么也不写。", en="Only say what would be.")
@option(
    "--ref", type=DAY, zh="相对日期所对照的日子。", en="The day to read relative dates against."
)
@option("--json", "as_json", is_flag=True, zh="输出一份 JSON。", en="Print one JSON document.")
@by_option
@click.pass_obj
def ingest(
    settings: Settings,
    *,
    files: Sequence[str],
    in_parts: bool,
    plan: bool,
    ref: date | None,
    as_json: bool,
    recorded_by: str,
    alone: str | None,
) -> None:
    """Record every draft of *files*, or refuse them with all their errors."""
    drafts = drafts_of(files, stdin=sys.stdin.buffer)
    if plan:
        _plan(settings, drafts, ref=ref, as_json=as_json)
        return
    created = already = done = 0
    total, first = lines_in(files), FirstMade()
    with progress(Words("正在载入", "Taking in"), total=total) as advance:
        for part in _parts(drafts) if in_parts else [drafts]:
            with recording(settings, by=recorded_by, alone=alone) as connection:
                report = take_in(
                    connection,
                    part,
                    recorded_by=recorded_by,
                    ref=ref,
                    progress=partial(_further, advance, done),
                    expected=_coming(total, done, in_parts=in_parts),
                    made=first.take,
                )
            created, already = created + report.created, already + report.already
            done = created + already
    with reader(settings) as connection:
        first.tell(connection)
    if as_json:
        show_json({"created": created, "already": already})
    tell(
        Words(
            f"新增 {created} 条事件，已有 {already} 条。",
            f"{created} events are new, {already} were already there.",
        )
    )


def _parts(drafts: Iterator[Draft]) -> Iterator[Iterator[Draft]]:
    for first in drafts:
        yield chain([first], islice(drafts, PART - 1))


def _coming(total: int | None, done: int, *, in_parts: bool) -> int:
    """Return how many lines the next transaction takes in; 0 where nobody knows."""
    left = max(0, (total or 0) - done)
    return min(PART, left) if in_parts else left


def _further(advance: Callable[[int], None], before: int, done: int) -> None:
    advance(before + done)


def _plan(settings: Settings, drafts: Iterator[Draft], *, ref: date | None, as_json: bool) -> None:
    with reader(settings) as connection, progress(Words("正在核对", "Checking")) as advance:
        judged: list[Judged] = []
        for number, one in enumerate(judge(connection, drafts, ref=ref), start=1):
            judged.append(replace(one, event=None))  # a long file is told, not kept
            advance(number)
    if as_json:
        show_json([_document(one) for one in judged])
    else:
        show_table(_COLUMNS, [_row(one) for one in judged])
    counts = {fate: sum(one.fate is fate for one in judged) for fate in Fate}
    tell(
        Words(
            "，".join(f"{_FATES[fate].zh} {count}" for fate, count in counts.items()) + "。",
            ", ".join(f"{_FATES[fate].en} {count}" for fate, count in counts.items()) + ".",
        )
    )
    errors: list[RefusedError] = [
        PlacedError(error, place=one.place) for one in judged for error in one.errors
    ]
    if errors:
        raise BatchError(errors)


def _row(one: Judged) -> tuple[str, ...]:
    why = " ".join(error.words(locale()) for error in one.errors)
    return (_FATES[one.fate].in_language(locale()), one.place, one.kind, one.id, why)


def _document(one: Judged) -> dict[str, object]:
    return {
        "place": one.place,
        "outcome": one.fate.value,
        "id": one.id,
        "kind": one.kind,
        "errors": [error.words(locale()) for error in one.errors],
    }
