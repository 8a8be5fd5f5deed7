"""rebuild: empty the read models and fold the log again."""

from collections.abc import Sequence

import click

from archive.cli.opening import writer
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.languages import Words
from archive.log import head
from archive.projections import rebuild as fold_again
from archive.settings import Settings


@command("rebuild", "由日志重建读模型。", "Fold the log into the read models again.")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.pass_obj
def rebuild(settings: Settings, *, names: Sequence[str]) -> None:
    """Rebuild the read models; readers see the old ones until it is done."""
    with writer(settings) as connection:
        total = head(connection)[0]
        with progress(Words("正在重建", "Rebuilding"), total=total) as advance:
            last = fold_again(connection, names=names, progress=advance)
    tell(Words(f"已重建到第 {last} 位。", f"Rebuilt up to position {last}."))
