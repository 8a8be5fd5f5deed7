"""What jobs are tested on: a sheet, and an archive that takes it in small pieces."""

import pytest
from sqlalchemy import Engine

from tests.builders import A_SOURCE, an_entity, an_event, keep
from tests.ingest.planned_jobs import ROWS


@pytest.fixture
def content() -> bytes:
    """A sheet of a few foundings."""
    return (
        "id,kind,when,source,entity:org\n"
        + "".join(
            f"row-{n},org_founded,2023-05-{n + 1:02},{A_SOURCE},an-org\n" for n in range(ROWS)
        )
    ).encode()


@pytest.fixture
def in_pieces(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are worked on three rows at a time, and an event is there before."""
    monkeypatch.setattr("archive.ingest.carrying._AT_ONCE", 3)
    monkeypatch.setattr("archive.ingest.planning._AT_ONCE", 3)
    monkeypatch.setattr("archive.ingest.carrying._PAUSE", 0)
    keep(engine, an_event("org_founded", id="there", when="2020", org=an_entity("an-org")))
