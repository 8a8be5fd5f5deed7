"""Databases for the tests: built once by the real migrations, copied for each test."""

import gc
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from hypothesis import settings
from sqlalchemy import Engine, make_url

from archive.storage import migrate, open_engine
from tests.servers import postgres_database, postgres_server

# A loaded machine is slow, and that is no fault of the law under test. Of examples there are fewer
# than Hypothesis's own hundred: all tests are to end within twenty minutes on two cores.
settings.register_profile("archive", deadline=None, max_examples=60)
settings.load_profile("archive")

# What a test leaves behind holds few cycles, what was imported lasts to the end: Python's usual
# looking through it all takes a tenth of the run.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    """Look no more through what was made until now."""
    gc.freeze()


def make_tables(url: str) -> None:
    engine = open_engine(url)
    try:
        migrate(engine)
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that no test touches."""
    path = tmp_path_factory.mktemp("template") / "archive.db"
    make_tables(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of the tests' own Postgres, ending in a slash."""
    with postgres_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> Iterator[str]:
    """The name of a migrated Postgres database that no test touches."""
    with postgres_database(postgres) as url:
        make_tables(url)
        yield str(make_url(url).database)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite archive of this test's own."""
    path = shutil.copyfile(sqlite_template, tmp_path / "archive.db")
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Iterator[str]:
    """A migrated, empty Postgres archive of this test's own."""
    with postgres_database(postgres, template=postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty archive: the test runs once on SQLite and once on Postgres."""
    return cast("str", request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The archive's engine, on SQLite and on Postgres in turn."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()
