"""How a command opens the archive: to read, to write, and never a file that is not there."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from archive.settings import Settings
from archive.storage import demand_migrated, open_engine, reading, writing


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Yield the archive's engine and let it go afterwards."""
    engine = open_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def reader(settings: Settings) -> Iterator[Connection]:
    """Yield a connection to a migrated archive that changes nothing."""
    with engine_of(settings) as engine, reading(engine) as connection:
        demand_migrated(connection)
        yield connection


@contextmanager
def writer(settings: Settings) -> Iterator[Connection]:
    """Yield a connection to a migrated archive, in one transaction that is kept whole or not."""
    with engine_of(settings) as engine, writing(engine) as connection:
        demand_migrated(connection)
        yield connection
