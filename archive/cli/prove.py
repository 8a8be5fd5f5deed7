"""prove: an event is in the log, or an old checkpoint begins it, for anyone to check."""

from pathlib import Path

import click

from archive.cli.checkpoint import sealed_now
from archive.cli.documents import document
from archive.cli.opening import engine_of
from archive.cli.showing import show_json
from archive.cli.speaking import command, option, said
from archive.languages import Words
from archive.log import (
    Checkpoint,
    ConsistencyProof,
    InclusionProof,
    prove_consistency,
    prove_inclusion,
    read_checkpoint,
)
from archive.settings import Settings
from archive.storage import reading

_ONE_OF_TWO = Words(
    "需要一条事件，或 --from 与检查点文件。",
    "Name an EVENT, or --from and the file of a checkpoint.",
)


@command(
    "prove",
    "输出事件在日志中（或检查点前后一致）的证明，JSON。",
    "Print, as JSON, the proof that an event is in the log, or that a checkpoint begins it.",
)
@click.argument("event", required=False, metavar="EVENT")
@option(
    "--from",
    "earlier",
    type=click.Path(path_type=Path, allow_dash=True),
    zh="较早的检查点文件：证明今天的日志由它延续而来。",
    en="The file of an earlier checkpoint: prove that the log of today begins with it.",
)
@click.pass_obj
def prove(settings: Settings, *, event: str | None, earlier: Path | None) -> None:
    """Print a proof that is checked with SHA-256 alone."""
    if (event is None) == (earlier is None):
        raise click.UsageError(said(_ONE_OF_TWO))
    show_json(document(_proof(settings, event, earlier)))


def _proof(
    settings: Settings, event: str | None, earlier: Path | None
) -> InclusionProof | ConsistencyProof:
    before = None if earlier is None else checkpoint_in(earlier)
    with engine_of(settings) as engine:
        newest = sealed_now(engine, settings)
        with reading(engine) as connection:
            if before is not None:
                return prove_consistency(connection, earlier=before, checkpoint=newest)
            return prove_inclusion(connection, event_id=event or "", checkpoint=newest)


def checkpoint_in(file: Path) -> Checkpoint:
    """Return the checkpoint that *file* holds; ``-`` is standard input."""
    with click.open_file(str(file), encoding="utf-8") as stream:
        return read_checkpoint(stream.read())
