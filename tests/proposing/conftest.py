"""A connection to a scratch archive, on each database in turn."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from tests.builders import scratch, shared_archive


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty archive to scratch in, on each database in turn; nothing is ever kept in it."""
    with shared_archive(request) as engine:
        yield engine


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    """A writing connection of which nothing is kept."""
    with scratch(shared) as opened:
        yield opened
