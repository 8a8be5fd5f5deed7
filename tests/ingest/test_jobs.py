"""Imports as jobs: carried out piece by piece, stopped, gone on with, taken back."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, inspect

from archive.commands import record
from archive.errors import NotFoundError, UnknownNameError
from archive.ingest import carrying, jobs
from archive.ingest.mapping import ColumnMapping
from archive.languages import Words
from archive.queries import AsOf, event, head, state
from archive.storage import metadata, reading, writing
from tests.builders import an_entity, an_event, keep
from tests.ingest.planned_jobs import NOW, ROWS, planned, position, set_standing, standing

pytestmark = pytest.mark.usefixtures("in_pieces")


def cut_off(engine: Engine, job: str) -> None:
    """Begin to carry a plan out, and die after its first piece."""
    with writing(engine) as connection:
        jobs.begin(connection, job, status=jobs.COMMITTING, since=jobs.COMMITTABLE)
        carrying._carry_out(connection, job, by="anna", clock=lambda: NOW)  # noqa: SLF001 - then it died


def test_a_plan_is_carried_out_in_pieces_and_taken_back(engine: Engine, content: bytes) -> None:
    before = position(engine)
    job = planned(engine, content)
    first = standing(engine, job)

    carrying.commit(engine, job, by="anna")
    second, there = standing(engine, job), position(engine)
    carrying.undo(engine, job, by="anna")

    assert first == ("planned", {"create": ROWS}, 0)
    assert second == ("done", {"create": ROWS}, ROWS)
    assert there == before + ROWS
    assert position(engine) == before + 2 * ROWS
    with reading(engine) as connection:
        assert event(connection, id="row-3", known=head(connection).position).row.is_retracted


def test_a_masked_text_lives_on_neither_in_the_file_nor_in_the_plan(engine: Engine) -> None:
    secret = {"zh": "不该公开的话", "en": "what should never have been told"}
    told = an_event("org_founded", id="told", title=secret, org=an_entity("an-org"))
    job = planned(engine, json.dumps(told, ensure_ascii=False).encode(), "rows.jsonl")
    carrying.commit(engine, job, by="anna")

    with writing(engine) as connection:
        said = an_event("text_masked", id="m", target="told", stream="an-org", reason="privacy")
        record(connection, raw=said, recorded_by="anna")
    with reading(engine) as connection:
        (row,) = jobs.rows_of(connection, job)
        content = jobs.content_of(connection, job)
        is_asked = jobs.records_any(connection, job, frozenset({"org_founded"}))
    carrying.undo(engine, job, by="anna")

    assert (row.title, content, is_asked) == (Words("", ""), b"", True)
    assert standing(engine, job)[0] == "undone"


def test_a_masked_text_is_left_in_no_plan_that_repeats_it(engine: Engine) -> None:
    secret = {"zh": "不该公开的话", "en": "what should never have been told"}
    told = an_event("org_founded", id="told", title=secret, org=an_entity("an-org"))
    again = an_event(
        "org_founded", id="again", when="2019", title=secret, org=an_entity("yet-another-org")
    )
    other = an_event("org_founded", id="other", org=an_entity("another-org"))
    keep(engine, told)
    theirs = planned(engine, json.dumps(again, ensure_ascii=False).encode(), "again.jsonl")
    file = json.dumps(other).encode()
    untouched = planned(engine, file, "other.jsonl")

    with writing(engine) as connection:
        said = an_event("text_masked", id="m", target="told", stream="an-org", reason="privacy")
        record(connection, raw=said, recorded_by="anna")

    with reading(engine) as connection:
        held = {
            table.name: [repr(tuple(row)) for row in connection.execute(table.select())]
            for table in metadata.tables.values()
            if inspect(connection).has_table(table.name)
        }
        (row,) = jobs.rows_of(connection, theirs)
        left = jobs.content_of(connection, untouched)
    telling = (*secret.values(), repr(secret["zh"].encode())[2:-1])
    assert [
        name for name, rows in held.items() for one in rows for word in telling if word in one
    ] == []
    assert (row.title, left) == (Words("", ""), file)


def test_what_was_undone_leaves_the_states_as_they_were(engine: Engine, content: bytes) -> None:
    day = datetime(2023, 6, 1, tzinfo=UTC).date()
    with reading(engine) as connection:
        before = state(connection, as_of=AsOf(day, head(connection).position)).rows
    job = planned(engine, content)

    carrying.commit(engine, job, by="anna")
    carrying.undo(engine, job, by="anna")

    with reading(engine) as connection:
        after = state(connection, as_of=AsOf(day, head(connection).position)).rows
    assert [(row.attribute, row.values) for row in after] == [
        (row.attribute, row.values) for row in before
    ]


def test_a_plan_that_the_archive_left_behind_is_refused(engine: Engine, content: bytes) -> None:
    job = planned(engine, content)
    raw = an_event("org_founded", id="meanwhile", org="an-org")
    with writing(engine) as connection:
        record(connection, raw=raw, recorded_by="somebody")
    before = position(engine)

    with pytest.raises(jobs.MovedError):
        carrying.commit(engine, job, by="anna")

    assert standing(engine, job)[0] == "moved"
    assert position(engine) == before


def test_a_job_that_was_cut_off_goes_on_where_it_was(engine: Engine, content: bytes) -> None:
    job = planned(engine, content)
    cut_off(engine, job)
    raw = an_event("org_founded", id="meanwhile", org="an-org")
    with writing(engine) as connection:
        record(connection, raw=raw, recorded_by="somebody")

    carrying.commit(engine, job, by="anna")

    assert standing(engine, job) == ("done", {"create": ROWS}, ROWS)
    with reading(engine) as connection:
        assert event(connection, id="row-6", known=head(connection).position).row.id == "row-6"


def test_what_is_no_longer_as_planned_stops_the_job(engine: Engine, content: bytes) -> None:
    job = planned(engine, content)
    cut_off(engine, job)
    other = an_event("org_founded", id="row-5", when="1999", org="an-org")
    with writing(engine) as connection:
        record(connection, raw=other, recorded_by="somebody")

    with pytest.raises(Exception, match="row-5") as refusal:
        carrying.commit(engine, job, by="anna")
    jobs.stop(engine, job, refusal.value)  # type: ignore[arg-type]  # an error of the archive
    carrying.undo(engine, job, by="anna")

    assert standing(engine, job)[0] == "undone"
    with reading(engine) as connection:
        assert not event(connection, id="row-5", known=head(connection).position).row.is_retracted


def test_only_files_that_are_read_are_kept(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(UnknownNameError, match="xlsx"):
        jobs.new_job(connection, name="rows.xlsx", content=b"x", account="anna", at=NOW)
    with reading(engine) as connection, pytest.raises(NotFoundError):
        jobs.job_called(connection, "nothing")


@pytest.mark.parametrize("status", ["checking", "committing", "stopped", "done", "undone"])
def test_a_job_that_went_on_is_not_mapped_again(
    engine: Engine, content: bytes, status: str
) -> None:
    job = planned(engine, content)
    set_standing(engine, job, status=status)

    with writing(engine) as connection, pytest.raises(jobs.UnplannedError):
        jobs.map_columns(connection, job, ColumnMapping({"id": "id"}))

    with reading(engine) as connection:
        found = jobs.job_called(connection, job)
    assert (found.status, found.columns.columns["kind"]) == (status, "kind")


def test_whoever_lost_a_job_records_nothing_more_and_leaves_it_as_it_is(
    engine: Engine, content: bytes
) -> None:
    job = planned(engine, content)
    cut_off(engine, job)
    set_standing(engine, job, status="undoing")
    before = position(engine)

    with pytest.raises(jobs.LeftError) as refusal:
        carrying.commit(engine, job, by="anna")
    with writing(engine) as connection, pytest.raises(jobs.LeftError):
        carrying._carry_out(connection, job, by="anna", clock=lambda: NOW)  # noqa: SLF001 - a late piece
    jobs.stop(engine, job, refusal.value)

    assert (standing(engine, job)[0], position(engine)) == ("undoing", before)


def test_an_undoing_that_was_ended_takes_back_nothing_more(
    engine: Engine, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = planned(engine, content)
    carrying.commit(engine, job, by="anna")
    before = position(engine)
    monkeypatch.setattr(
        "archive.ingest.carrying.sleep", lambda _for: set_standing(engine, job, status="stopped")
    )

    with pytest.raises(jobs.LeftError):
        carrying.undo(engine, job, by="anna")

    assert position(engine) == before + 3


def test_a_first_commit_asks_whether_the_archive_moved_whatever_was_counted(
    engine: Engine, content: bytes
) -> None:
    job = planned(engine, content)
    set_standing(engine, job, status="stopped", done=3)
    keep(engine, an_event("org_founded", id="meanwhile", org="an-org"))

    with pytest.raises(jobs.MovedError):
        carrying.commit(engine, job, by="anna")

    assert standing(engine, job)[0] == "moved"
