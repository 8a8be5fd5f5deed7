"""Imports as jobs: planned, carried out piece by piece, stopped, gone on with, taken back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from archive.commands import record
from archive.errors import FieldError, NotFoundError, UnknownNameError
from archive.ingest import carrying, jobs
from archive.ingest.mapping import ColumnMapping, checked_mapping, guessed, mapped_drafts, sheet_of
from archive.queries import AsOf, event, head, state
from archive.storage import reading, writing
from tests.builders import A_SOURCE, an_entity, an_event, keep

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ROWS = 7


def lines(count: int = ROWS, *, first: int = 0) -> bytes:
    rows = "".join(
        f"row-{number},org_founded,2023-05-{number % 28 + 1:02},{A_SOURCE},org-{number}:"
        "organization=机构|Org\n"
        for number in range(first, first + count)
    )
    return f"id,kind,when,source,entity:org\n{rows}".encode()


def planned(engine: Engine, content: bytes, name: str = "rows.csv") -> str:
    with writing(engine) as connection:
        job = jobs.new_job(connection, name=name, content=content, account="anna", at=NOW)
        if name.endswith("csv"):
            jobs.map_columns(connection, job, guessed(sheet_of(content).header))
    carrying.check(engine, job)
    return job


def standing(engine: Engine, job: str) -> tuple[str, dict[str, int], int]:
    with reading(engine) as connection:
        counts = jobs.counts_of(connection, job)
        found = jobs.job_called(connection, job)
    return found.status, {fate: count for fate, count in counts.items() if count}, found.done


def position(engine: Engine) -> int:
    with reading(engine) as connection:
        return head(connection).position


@pytest.fixture
def content() -> bytes:
    return (
        "id,kind,when,source,entity:org\n"
        + "".join(
            f"row-{n},org_founded,2023-05-{n + 1:02},{A_SOURCE},an-org\n" for n in range(ROWS)
        )
    ).encode()


@pytest.fixture(autouse=True)
def _told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.ingest.carrying._AT_ONCE", 3)
    monkeypatch.setattr("archive.ingest.carrying._PAUSE", 0)
    keep(engine, an_event("org_founded", id="there", when="2020", org=an_entity("an-org")))


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
    with writing(engine) as connection:
        carrying._carry_out(connection, job, by="anna", clock=lambda: NOW)  # noqa: SLF001 - then it died
    raw = an_event("org_founded", id="meanwhile", org="an-org")
    with writing(engine) as connection:
        record(connection, raw=raw, recorded_by="somebody")

    carrying.commit(engine, job, by="anna")

    assert standing(engine, job) == ("done", {"create": ROWS}, ROWS)
    with reading(engine) as connection:
        assert event(connection, id="row-6", known=head(connection).position).row.id == "row-6"


def test_what_is_no_longer_as_planned_stops_the_job(engine: Engine, content: bytes) -> None:
    job = planned(engine, content)
    with writing(engine) as connection:
        carrying._carry_out(connection, job, by="anna", clock=lambda: NOW)  # noqa: SLF001 - then it died
        jobs.begin(connection, job, status=jobs.COMMITTING, since=frozenset({jobs.PLANNED}))
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


def test_a_plan_with_errors_is_not_carried_out(engine: Engine) -> None:
    bad = b"id,kind,when,source,entity:org\nrow-1,org_founded,no day,nothing,an-org\n"
    job = planned(engine, bad)

    with reading(engine) as connection:
        errors = jobs.rows_of(connection, job, fate="error")[0].said
    with pytest.raises(jobs.UnplannedError):
        carrying.commit(engine, job, by="anna")

    assert len(errors) == 2
    assert {bool(one.zh) and bool(one.en) for one in errors} == {True}


def test_only_files_that_are_read_are_kept(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(UnknownNameError, match="xlsx"):
        jobs.new_job(connection, name="rows.xlsx", content=b"x", account="anna", at=NOW)
    with reading(engine) as connection, pytest.raises(NotFoundError):
        jobs.job_called(connection, "nothing")


def test_the_columns_of_a_timelinejs_sheet_become_one_date(engine: Engine) -> None:  # noqa: ARG001 - the fixture tells
    sheet = (
        "Year,Month,Day,End Year,End Month,End Day,Headline,Text\n"
        "2023,5,17,,,,Founded,Text\n2023,5,,2023,7,,成立,\n-44,3,15,,,,Caesar,\n"
    ).encode()
    mapping = guessed(sheet_of(sheet).header)

    drafts = list(mapped_drafts(sheet, mapping, name="sheet.csv"))

    dates = [draft.raw["occurred"] for draft in drafts]
    assert dates == [{"edtf": "2023-05-17"}, {"when": "2023-05/2023-07"}, {"when": "-44-03-15"}]
    assert [draft.place for draft in drafts] == ["sheet.csv:2", "sheet.csv:3", "sheet.csv:4"]
    assert drafts[1].raw["title"] == {"zh": "成立"}


def test_a_column_is_read_as_something_that_is_known() -> None:
    with pytest.raises(FieldError, match="nonsense"):
        checked_mapping(ColumnMapping({"Who": "nonsense"}), ["Who"])
