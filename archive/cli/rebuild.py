"""rebuild: fold the log into new read models, and put them in the place of the old."""

from collections.abc import Sequence

import click

from archive.cli.opening import engine_of
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.languages import Words
from archive.log import head
from archive.projections import rebuild_beside
from archive.settings import Settings
from archive.storage import demand_migrated, reading


@command("rebuild", "由日志重建读模型。", "Fold the log into the read models again.")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.pass_obj
def rebuild(settings: Settings, *, names: Sequence[str]) -> None:
    """Rebuild the read models; readers see the old ones until it is done.

    Stopped, it is gone on with the next time.
    """
    with engine_of(settings) as engine:
        with reading(engine) as connection:
            demand_migrated(connection)
            total = head(connection)[0]
        with progress(Words("正在重建", "Rebuilding"), total=total) as advance:
            last = rebuild_beside(engine, names=names, progress=advance)
    tell(Words(f"已重建到第 {last} 条记录。", f"Rebuilt up to position {last}."))
