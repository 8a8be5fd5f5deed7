"""What a machine proposed stays marked: through corrections, and through export and ingest."""

import io
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from archive.commands import correct, record_all, retract
from archive.commands.supporting import support
from archive.export import log_lines
from archive.ingest import take_in
from archive.ingest.json_lines import read_json_lines
from archive.queries import EventRow, event, head
from archive.storage import open_engine, reading, writing
from archive.vocabulary import MACHINE_PROPOSED
from tests.builders import a_source, an_event, keep

MARKED = an_event(id="marked", tags=["other", MACHINE_PROPOSED])
PLAIN = an_event(id="plain", org="another-org", tags=["other"])


@pytest.fixture
def other(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty archive on the database that *engine* is not."""
    name = "sqlite_url" if engine.dialect.name == "postgresql" else "postgres_url"
    opened = open_engine(request.getfixturevalue(name))
    yield opened
    opened.dispose()


def row_of(engine: Engine, name: str) -> EventRow:
    with reading(engine) as connection:
        return event(connection, id=name, known=head(connection).position).row


def mend(engine: Engine, name: str, **changes: object) -> None:
    with writing(engine) as connection:
        correct(
            connection,
            target=name,
            raw=changes,
            reason_kind="source_error",
            reason="it was otherwise",
            recorded_by="tests",
        )


def moved(engine: Engine, other: Engine) -> None:
    """Take the whole export of one archive into the other."""
    with reading(engine) as connection:
        lines = list(log_lines(connection))
    drafts = read_json_lines(io.BytesIO(b"\n".join(lines)), name="export.jsonl")
    with writing(other) as connection:
        take_in(connection, drafts, recorded_by="ingest")


def test_an_event_is_marked_by_its_tag(engine: Engine) -> None:
    keep(engine, MARKED, PLAIN)

    assert row_of(engine, "marked").is_machine_proposed
    assert not row_of(engine, "plain").is_machine_proposed


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"occurred": {"edtf": "2023-08"}}, id="another date"),
        pytest.param({"tags": ["mine"]}, id="other tags"),
        pytest.param({"tags": [], "importance": "major"}, id="no tags"),
        pytest.param({"tags": None, "importance": "major"}, id="tags left out"),
    ],
)
def test_a_correction_does_not_take_the_mark_off(
    engine: Engine, changes: dict[str, object]
) -> None:
    keep(engine, MARKED, PLAIN)

    mend(engine, "marked", **changes)
    mend(engine, "plain", **(changes | {"importance": "landmark"}))

    assert row_of(engine, "marked").is_machine_proposed
    assert row_of(engine, "marked").is_corrected
    assert not row_of(engine, "plain").is_machine_proposed


def test_a_further_source_and_a_retraction_leave_the_mark(engine: Engine) -> None:
    keep(engine, MARKED)
    with writing(engine) as connection:
        record_all(connection, [a_source("second")], recorded_by="tests")
        support(
            connection,
            target="marked",
            claim={"source": "second"},
            reason="it says so too",
            recorded_by="tests",
        )
        retract(connection, target="marked", reason="never", recorded_by="tests")

    assert row_of(engine, "marked").is_machine_proposed
    assert row_of(engine, "marked").is_retracted


def test_a_correction_written_by_hand_without_the_tag_does_not_hide_it(engine: Engine) -> None:
    keep(engine, MARKED)
    inner = {**an_event(id="marked", when="2023-09"), "stream": "org-founded-org"}
    raw = {
        "id": "by-hand",
        "kind": "claim_corrected",
        "stream": "org-founded-org",
        "occurred": {"edtf": "2026-11-22"},
        "data": {
            "target": "marked",
            "reason_kind": "source_error",
            "reason": "by hand",
            "event": inner,
        },
    }
    with writing(engine) as connection:
        record_all(connection, [raw], recorded_by="tests")

    row = row_of(engine, "marked")

    assert row.occurred.edtf == "2023-09"
    assert row.is_machine_proposed


def test_the_mark_survives_export_and_ingest(engine: Engine, other: Engine) -> None:
    keep(engine, MARKED, PLAIN)
    mend(engine, "marked", tags=[], importance="major")

    moved(engine, other)

    assert row_of(other, "marked").is_machine_proposed
    assert row_of(other, "marked").importance == "major"
    assert not row_of(other, "plain").is_machine_proposed
