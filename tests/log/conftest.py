"""An archive with a few events, on each database, for tests that leave it as it is."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.builders import an_event, keep, shared_archive


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An archive of four events in three streams, on each database in turn."""
    with shared_archive(request) as engine:
        keep(engine, an_event(id="one"), an_event(id="two"), an_event(id="three", org="other"))
        yield engine
