"""migrate: bring the tables up to date."""

import click
from sqlalchemy import Connection, inspect

from archive.cli.opening import engine_of
from archive.cli.showing import progress
from archive.cli.speaking import command, tell
from archive.languages import Words
from archive.log import head
from archive.projections import lag, rebuild
from archive.settings import Settings
from archive.storage import DatabaseRefusedError, database_file, reading, shown_address
from archive.storage import migrate as bring_up_to_date


def _demand_own_or_empty(connection: Connection) -> None:
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


@command("migrate", "把数据库的表更新到当前版本。", "Bring the tables up to date.")
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Make or update the tables, and fold the log into them: both or neither, however often."""
    with engine_of(settings) as engine:
        path = database_file(engine)
        if path is None or path.exists():
            with reading(engine) as connection:
                _demand_own_or_empty(connection)
        revision = bring_up_to_date(engine, then=catch_up)
    address = shown_address(settings.database_url)
    tell(Words(f"{address} 已是版本 {revision}。", f"{address} is at revision {revision}."))
