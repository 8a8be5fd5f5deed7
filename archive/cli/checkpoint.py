"""checkpoint: seal the log to its end, and print the signed root to keep elsewhere."""

import click
from sqlalchemy import Engine

from archive.cli.opening import engine_of
from archive.cli.showing import json_option, show_json
from archive.cli.speaking import command, option
from archive.errors import ArchiveError
from archive.languages import Words
from archive.log import Checkpoint, demand_signer, seal_tiles
from archive.settings import Settings
from archive.storage import demand_file, demand_migrated, reading


class EmptyLogError(ArchiveError):
    """There is no event that a checkpoint could speak of."""

    sentence = Words(
        zh="日志还是空的，没有可封存的事件。",
        en="The log is empty still: there is no event to seal.",
    )


@command(
    "checkpoint",
    "封存日志并输出签名的检查点；请存于别处。",
    "Seal the log and print a signed checkpoint, to be kept elsewhere.",
)
@option(
    "--public-key",
    "only_key",
    is_flag=True,
    zh="只输出验证签名的公钥。",
    en="Print only the public key that verifies the signatures.",
)
@json_option
@click.pass_obj
def checkpoint(settings: Settings, *, only_key: bool, as_json: bool) -> None:
    """Print the newest checkpoint, which speaks of every event there is."""
    with engine_of(settings) as engine:
        if only_key:
            demand_file(engine)
            click.echo(str(demand_signer(engine, named=settings.signing_key).verifier))
            return
        newest = sealed_now(engine, settings)
        key = str(demand_signer(engine, named=settings.signing_key).verifier)
    if as_json:
        show_json(
            {"size": newest.size, "root": newest.root.hex(), "note": newest.note, "key": key}
        )
        return
    click.echo(newest.note, nl=False)


def sealed_now(engine: Engine, settings: Settings) -> Checkpoint:
    """Return a checkpoint of every event there is; raises EmptyLogError."""
    with reading(engine) as connection:
        demand_migrated(connection)
    signer = demand_signer(engine, named=settings.signing_key)
    newest = seal_tiles(engine, signer=signer)
    if newest is None:
        raise EmptyLogError
    return newest
