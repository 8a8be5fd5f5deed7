"""migrate: bring the tables up to date, with the guards that are missing."""

from collections.abc import Sequence

import click
from sqlalchemy import Connection, inspect

from archive.cli.opening import engine_of
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.languages import Words
from archive.log import head, put_back_guards
from archive.projections import lag, rebuild
from archive.settings import Settings
from archive.storage import (
    DatabaseRefusedError,
    demand_finished,
    is_there,
    reading,
    shown_address,
)
from archive.storage import migrate as bring_up_to_date


def _demand_own_or_empty(connection: Connection) -> None:
    demand_finished(connection)
    tables = set(inspect(connection).get_table_names())
    if tables and "alembic_version" not in tables:
        reason = Words(
            "其中已有别的程序的表；请换一个空的数据库",
            "it holds the tables of another program; take an empty one",
        )
        raise DatabaseRefusedError(reason=reason)


def catch_up(connection: Connection) -> None:
    """Fold the log again where new tables, or new rules, left the read models behind."""
    if not lag(connection):
        return
    total = head(connection)[0]
    with progress(Words("正在重建", "Rebuilding"), total=total) as advance:
        rebuild(connection, progress=advance)


def tell_of_guards(put_back: Sequence[str]) -> None:
    """Say which guards were put back, if any, and what that leaves unknown."""
    if not put_back:
        return
    names = ", ".join(put_back)
    tell(
        Words(
            f"已恢复缺失或改动过的触发器或函数（{names}）；其间日志可能已被改写，请运行："
            "archive verify --against FILE（存放在别处的检查点）",
            f"Put back triggers or functions that were missing or changed ({names}). The log may "
            "have been rewritten meanwhile; run: archive verify --against FILE (a checkpoint that "
            "was kept elsewhere)",
        )
    )


@command("migrate", "把数据库的表更新到当前版本。", "Bring the tables up to date.")
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Make or update the tables and guards, and fold the log into them: all or nothing."""
    put_back: list[str] = []

    def guard_and_fold(connection: Connection) -> None:
        put_back.extend(put_back_guards(connection))
        catch_up(connection)

    with engine_of(settings) as engine:
        if is_there(engine):
            with reading(engine) as connection:
                _demand_own_or_empty(connection)
        revision = bring_up_to_date(engine, then=guard_and_fold)
    address = shown_address(settings.database_url)
    tell(Words(f"{address} 已是版本 {revision}。", f"{address} is at revision {revision}."))
    tell_of_guards(put_back)
