"""seed: take in the files of ``seeds/``, through ingest, never around it."""

import sys
from pathlib import Path

import click

from archive.cli.opening import writer
from archive.cli.sealing import seal_at_end
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.ingest import drafts_of, take_in
from archive.languages import Words
from archive.resources import folder
from archive.settings import Settings

RECORDED_BY = "seed"


def seed_files() -> list[Path]:
    """Return the files of ``seeds/``: sources, entities, the events by article, then the rest."""
    seeds = folder("seeds")
    first = [seeds / "sources.yaml", seeds / "entities.yaml"]
    named = [*first, *sorted(seeds.glob("entities-*.yaml")), *sorted(seeds.glob("events/*.yaml"))]
    rest = [path for path in sorted(seeds.glob("*.yaml")) if path not in named]
    return [path for path in (*named, *rest) if path.is_file()]


@command("seed", "载入随附的事件；重复运行不会重复。", "Load the seeds; twice is as once.")
@click.pass_obj
def seed(settings: Settings) -> None:
    """Record what ``seeds/`` holds and is not yet in the archive."""
    files = [str(path) for path in seed_files()]
    words = Words("正在载入", "Seeding")
    with writer(settings) as connection, progress(words) as advance:
        drafts = drafts_of(files, stdin=sys.stdin.buffer)
        report = take_in(connection, drafts, recorded_by=RECORDED_BY, progress=advance)
    seal_at_end(settings)
    tell(
        Words(
            f"新增 {report.created} 条事件，已有 {report.already} 条。",
            f"{report.created} events are new, {report.already} were already there.",
        )
    )
