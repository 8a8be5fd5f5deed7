"""An archive for many examples, on each database in turn."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.builders import shared_archive


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty archive to scratch in, on each database in turn; nothing is ever kept in it."""
    with shared_archive(request) as engine:
        yield engine
