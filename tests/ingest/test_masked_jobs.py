"""Imports whose rows were masked while they were under way: gone on with, and taken back."""

import json

import pytest
from sqlalchemy import Engine

from archive.commands import record
from archive.ingest import carrying, jobs
from archive.queries import event, head
from archive.storage import reading, writing
from tests.builders import an_entity, an_event, keep
from tests.ingest.planned_jobs import NOW, planned, standing
from tests.ingest.test_jobs import cut_off

pytestmark = pytest.mark.usefixtures("in_pieces")


def mask(engine: Engine, target: str) -> None:
    said = an_event("text_masked", id=f"m-{target}", target=target, stream="an-org", reason="privacy")
    with writing(engine) as connection:
        record(connection, raw=said, recorded_by="anna")


def founding(id: str, org: str, **said: object) -> dict[str, object]:
    return an_event("org_founded", id=id, org=an_entity(org), **said)


def test_try(engine: Engine) -> None:
    claim = {"source": "another", "quote": "so"}
    print(founding("x", "o"))
