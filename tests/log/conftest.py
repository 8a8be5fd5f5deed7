"""Archives with a few events, one on each database, for tests that leave them as they are."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from archive.storage import open_engine
from tests.builders import an_event, keep
from tests.servers import postgres_database


def fill(engine: Engine) -> None:
    """Record four events in three streams."""
    keep(engine, an_event(id="one"), an_event(id="two"), an_event(id="three", org="other"))


@pytest.fixture(scope="module")
def sqlite_archive(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An archive of four events in three streams, in a file."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("log") / "archive.db")
    engine = open_engine(f"sqlite:///{path}")
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def postgres_archive(postgres: str, postgres_template: str) -> Iterator[Engine]:
    """An archive of four events in three streams, on a server."""
    with postgres_database(postgres, template=postgres_template) as url:
        engine = open_engine(url)
        fill(engine)
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Engine:
    """The archive of four events, on each database in turn."""
    engine: Engine = request.getfixturevalue(f"{request.param}_archive")
    return engine
