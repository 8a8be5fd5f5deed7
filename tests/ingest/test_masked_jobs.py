"""Imports whose rows were masked while they were under way: gone on with, and taken back."""

import json

import pytest
from sqlalchemy import Engine

from archive.commands import record
from archive.ingest import carrying, jobs
from archive.queries import event, head
from archive.storage import reading, writing
from tests.builders import A_SOURCE, an_entity, an_event, keep
from tests.ingest.planned_jobs import planned, standing
from tests.ingest.test_jobs import cut_off

pytestmark = pytest.mark.usefixtures("in_pieces")

# What is there already, and what the file says: its last row is that again, from elsewhere.
HELD = an_event("org_founded", id="held", when="2019", org=an_entity("an-old"))
NEW = [an_event("org_founded", id=f"e{nth}", org=an_entity(f"org-{nth}")) for nth in range(4)]
AGAIN = HELD | {"id": "again", "claims": [{"source": A_SOURCE, "locator": "9"}]}


def half_taken_in(engine: Engine, *rows: dict[str, object]) -> str:
    """Begin an import of *rows*, of which the first three were taken in when it died."""
    keep(engine, HELD)
    file = "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()
    job = planned(engine, file, "rows.jsonl")
    cut_off(engine, job)
    return job


def mask(engine: Engine, target: str) -> None:
    said = an_event("text_masked", id="m", target=target, stream="an-org", reason="privacy")
    with writing(engine) as connection:
        record(connection, raw=said, recorded_by="anna")


def told_of(engine: Engine, job: str, name: str) -> tuple[str, list[str]]:
    with reading(engine) as connection:
        (row,) = [one for one in jobs.rows_of(connection, job) if one.event_id == name]
    return row.fate, [one.en for one in row.said]


def is_retracted(engine: Engine, name: str) -> bool:
    with reading(engine) as connection:
        return event(connection, id=name, known=head(connection).position).row.is_retracted


@pytest.mark.parametrize("masked", ["held", "e3"])
def test_a_row_that_was_masked_before_its_turn_is_passed_over(engine: Engine, masked: str) -> None:
    passed_over = "again" if masked == "held" else "e3"
    job = half_taken_in(engine, *NEW, AGAIN)
    if masked == "e3":
        keep(engine, NEW[3])
    mask(engine, masked)

    carrying.commit(engine, job, by="anna")
    taken = standing(engine, job)
    carrying.undo(engine, job, by="anna")

    assert (taken[0], taken[1]["skip"], taken[2]) == ("done", 1, 5)
    assert told_of(engine, job, passed_over) == (
        "skip", ["Its text was masked meanwhile; it was not taken in."]
    )  # fmt: skip
    assert standing(engine, job)[0] == "undone"
    assert not is_retracted(engine, masked)
    assert is_retracted(engine, "e2")


def test_a_source_that_went_with_a_masking_holds_up_no_undoing(engine: Engine) -> None:
    job = half_taken_in(engine, AGAIN, *NEW)
    mask(engine, "held")
    carrying.commit(engine, job, by="anna")

    carrying.undo(engine, job, by="anna")

    assert standing(engine, job) == ("undone", {"create": 4, "attach": 1}, 0)
    assert all(is_retracted(engine, str(one["id"])) for one in NEW)
    assert not is_retracted(engine, "held")
