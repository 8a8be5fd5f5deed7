"""verify: the log against its hashes, the read models against the log."""

import hashlib

import click
from sqlalchemy import Connection, select

from archive.cli.opening import reader, writer
from archive.cli.showing import json_option, progress, show_json
from archive.cli.speaking import command, option, tell
from archive.errors import ArchiveError
from archive.languages import Words
from archive.log import head
from archive.log import verify as verify_log
from archive.projections import ROSTER, lag, rebuild
from archive.settings import Settings


class OutdatedError(ArchiveError):
    """The read models are not what the log says."""

    sentence = Words(
        zh="日志完好，但读模型与之不符（{what}）；请运行：archive rebuild",
        en="The log is whole, but the read models differ from it ({what}); run: archive rebuild",
    )


@command("verify", "核对日志与读模型。", "Check the log and the read models.")
@option(
    "--read-models",
    "rebuilt",
    is_flag=True,
    zh="另与重建的结果逐行比较。",
    en="Also compare them, row for row, with a rebuild.",
)
@json_option
@click.pass_obj
def verify(settings: Settings, *, rebuilt: bool, as_json: bool) -> None:
    """Recompute every hash; refuse at the first bad position."""
    with reader(settings) as connection:
        total = head(connection)[0]
        with progress(Words("正在核对", "Verifying"), total=total) as advance:
            verified = verify_log(connection, progress=advance)
        behind = lag(connection)
    if behind:
        raise OutdatedError(
            what=Words(f"落后 {behind} 条事件", f"they are {behind} events behind")
        )
    if rebuilt:
        _compare_with_rebuild(settings)
    if as_json:
        show_json({"events": verified.events, "masked": list(verified.masked), "lag": behind})
    tell(
        Words(
            f"日志完好：{verified.events} 条事件；读模型一致。",
            f"The log is whole: {verified.events} events; the read models keep up.",
        )
    )


def _compare_with_rebuild(settings: Settings) -> None:
    with writer(settings) as connection:
        before = _digests(connection)
        rebuild(connection)
        after = _digests(connection)
        connection.rollback()  # it was only to compare
    changed = sorted(name for name in before if before[name] != after[name])
    if changed:
        names = ", ".join(changed)
        raise OutdatedError(what=Words(names, names))


def _digests(connection: Connection) -> dict[str, str]:
    """Return a digest of the rows of each table of the read models, in order of their keys."""
    found: dict[str, str] = {}
    for table in (table for projection in ROSTER for table in projection.tables):
        digest = hashlib.sha256()
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
            digest.update(repr(tuple(row)).encode())
        found[table.name] = digest.hexdigest()
    return found
