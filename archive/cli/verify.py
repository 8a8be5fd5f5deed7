"""verify: the log against its hashes, the read models against the log."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click
from sqlalchemy import Connection, select

from archive.cli.opening import engine_of, reader, writer
from archive.cli.prove import checkpoint_in
from archive.cli.showing import json_option, progress, show_json
from archive.cli.speaking import command, option, tell
from archive.errors import ArchiveError
from archive.languages import Words
from archive.log import (
    Checkpoint,
    ClosedKeyError,
    Verifier,
    altered_guards,
    head,
    key_file,
    read_verifier,
    signer_of,
    strange_guards,
)
from archive.log import verify as verify_log
from archive.projections import ROSTER, indexed, lag, rebuild
from archive.settings import Settings

# Whether they were compared with a rebuild, and what can be said then.
_OF_READ_MODELS: Final = {
    False: Words(
        "读模型已读到日志末尾（--read-models 会逐行比较）",
        "the read models have seen all of it (--read-models compares them)",
    ),
    True: Words("读模型与重建的结果一致", "the read models are what a rebuild makes of it"),
}
_UNREAD_KEY: Final = Words(
    "您无权读取密钥 {path}，因此不核对签名；可用 --key 给出公钥。",
    "You may not read the key {path}, so signatures are not checked; give the public one with "
    "--key.",
)


class OutdatedError(ArchiveError):
    """The read models are not what the log says."""

    sentence = Words(
        zh="日志完好，但读模型与之不符（{what}）；请运行：archive rebuild",
        en="The log is whole, but the read models differ from it ({what}); run: archive rebuild",
    )


class CutOffError(ArchiveError):
    """The log ends before what the read models have seen of it."""

    sentence = Words(
        zh="日志只有 {held} 条事件，而读模型已读过 {seen} 条：日志末尾缺失。"
        "请先保留现场（不要重建），再用备份核对或恢复。",
        en="The log holds {held} events, but the read models have seen {seen}: its end is gone. "
        "Keep the database as it is (do not rebuild), and compare it with a backup.",
    )


class UnguardedError(ArchiveError):
    """What keeps the log append-only is gone, in whole or in part."""

    sentence = Words(
        zh="{held} 条事件与其散列相符，但使日志只增不改的触发器或写入日志的函数有缺失或改动"
        "（{guards}）：能这样做的人也能改写日志。请用存放在别处的检查点核对"
        "（archive verify --against FILE），并恢复到它们尚完好的备份。",
        en="The {held} events are what their hashes say, but triggers that keep the log "
        "append-only, or functions that append to it, are missing or were changed ({guards}): "
        "whoever did that could rewrite the log as well. Check it against a checkpoint kept "
        "elsewhere (archive verify --against FILE), and restore a backup in which they are there.",
    )


class StrangeGuardsError(ArchiveError):
    """Something stands on the log that is none of the archive's."""

    sentence = Words(
        zh="{held} 条事件与其散列相符，但日志上有不属于本档案的触发器、规则或同名函数"
        "（{guards}）：它们可使写入看似成功而实际丢失或被改动。请查明由谁添加并删除，"
        "再用存放在别处的检查点核对（archive verify --against FILE）。",
        en="The {held} events are what their hashes say, but triggers, rules or namesakes of its "
        "functions that are none of the archive's stand on the log ({guards}): with them an event "
        "can be lost or changed while it is written. Find out who made them, drop them, and "
        "check the log against a checkpoint kept elsewhere (archive verify --against FILE).",
    )


class NoVerifierError(ArchiveError):
    """A checkpoint was given, but no key to verify its signature with."""

    sentence = Words(
        zh="没有验证检查点的公钥；请用 --key 给出（archive checkpoint --public-key 会输出它）。",
        en="There is no key to verify the checkpoint with; give it with --key "
        "(archive checkpoint --public-key prints it).",
    )


@command("verify", "核对日志与读模型。", "Check the log and the read models.")
@option(
    "--read-models",
    "rebuilt",
    is_flag=True,
    zh="另与重建的结果逐行比较。",
    en="Also compare them, row for row, with a rebuild.",
)
@option(
    "--against",
    type=click.Path(path_type=Path, allow_dash=True),
    multiple=True,
    metavar="FILE",
    zh="另与早先导出的检查点核对；可多次给出。",
    en="Also check against a checkpoint exported earlier; may be given several times.",
)
@option(
    "--key",
    metavar="KEY",
    zh="验证检查点签名的公钥；默认用本档案的。",
    en="The public key that signed the checkpoints; by default this archive's own.",
)
@json_option
@click.pass_obj
def verify(
    settings: Settings, *, rebuilt: bool, against: Sequence[Path], key: str | None, as_json: bool
) -> None:
    """Recompute every hash; refuse at the first bad position, and where a guard is gone."""
    own = read_verifier(key) if key else _own_key(settings)
    outside = [_signed(checkpoint_in(file), own) for file in against]
    with reader(settings) as connection:
        total = head(connection)[0]
        with progress(Words("正在核对", "Verifying"), total=total) as advance:
            verified = verify_log(connection, against=outside, verifier=own, progress=advance)
        behind, altered = lag(connection), ", ".join(altered_guards(connection))
        strange = ", ".join(strange_guards(connection))
    if behind < 0:
        raise CutOffError(held=total, seen=total - behind)
    if altered:
        raise UnguardedError(held=total, guards=Words(altered, altered))
    if strange:
        raise StrangeGuardsError(held=total, guards=Words(strange, strange))
    if behind:
        raise OutdatedError(
            what=Words(f"落后 {behind} 条事件", f"they are {behind} events behind")
        )
    if rebuilt:
        _compare_with_rebuild(settings)
    if as_json:
        show_json(
            {
                "events": verified.events,
                "masked": list(verified.masked),
                "lag": behind,
                "sealed": verified.sealed,
                "checkpoints": verified.checkpoints,
            }
        )
    tell(
        Words(
            f"日志完好：{verified.events} 条事件，{verified.sealed} 条已签名封存；"
            f"{_OF_READ_MODELS[rebuilt].zh}。",
            f"The log is whole: {verified.events} events, {verified.sealed} of them sealed; "
            f"{_OF_READ_MODELS[rebuilt].en}.",
        )
    )


def _own_key(settings: Settings) -> Verifier | None:
    """Return the half of the archive's key that verifies, if it has a key; none is made.

    Who may not read the key verifies all but the signatures.
    """
    with engine_of(settings) as engine:
        path = key_file(engine, named=settings.signing_key)
        try:
            if path is None or not path.exists():
                return None
            signer = signer_of(engine, named=settings.signing_key)
        except (ClosedKeyError, PermissionError):
            tell(Words(_UNREAD_KEY.zh.format(path=path), _UNREAD_KEY.en.format(path=path)))
            return None
    return signer.verifier if signer else None


def _signed(checkpoint: Checkpoint, key: Verifier | None) -> Checkpoint:
    """Return *checkpoint*; raises where there is no key, or it did not sign."""
    if key is None:
        raise NoVerifierError
    checkpoint.demand_signed(key)
    return checkpoint


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
    """Return a digest of each table of the read models, and of the index of the full text."""
    tables = (table for projection in ROSTER for table in projection.tables)
    found = {
        table.name: _digest(connection.execute(select(table).order_by(*table.primary_key.columns)))
        for table in tables
    }
    return found | {"search_index": _digest(indexed(connection))}


def _digest(rows: Iterable[Sequence[object]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
