"""How a command opens the archive: to read, to write, and never a file that is not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive.errors import UnreachableDatabaseError
from archive.languages import Words
from archive.settings import Settings
from archive.storage import demand_migrated, open_engine, reading, shown_address, writing


def database_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite archive; None for a server or a database in memory."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Yield the archive's engine and let it go afterwards."""
    engine = open_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def demand_file(engine: Engine) -> None:
    """Raise UnreachableDatabaseError if there is no file: to look must not make an empty one."""
    path = database_file(engine)
    if path is not None and not path.is_file():
        reason = Words(
            "没有这个文件；请先运行 archive migrate", "there is no such file; run archive migrate"
        )
        raise UnreachableDatabaseError(database=shown_address(str(engine.url)), reason=reason)


@contextmanager
def reader(settings: Settings) -> Iterator[Connection]:
    """Yield a connection to a migrated archive that changes nothing."""
    with engine_of(settings) as engine:
        demand_file(engine)
        with reading(engine) as connection:
            demand_migrated(connection)
            yield connection


@contextmanager
def writer(settings: Settings) -> Iterator[Connection]:
    """Yield a connection to a migrated archive, in one transaction that is kept whole or not."""
    with engine_of(settings) as engine:
        demand_file(engine)
        with writing(engine) as connection:
            demand_migrated(connection)
            yield connection
