"""Imports as jobs: planned, carried out piece by piece, stopped, gone on with, taken back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, update

from archive.commands import record
from archive.errors import ArchiveError, FieldError, NotFoundError, UnknownNameError
from archive.ingest import carrying, jobs, planning
from archive.ingest.mapping import ColumnMapping, checked_mapping, guessed, mapped_drafts, sheet_of
from archive.ingest.matching import same_events
from archive.languages import Words
from archive.queries import AsOf, event, head, state
from archive.storage import reading, writing
from archive.storage.desk import imports
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
    planning.check(engine, job)
    return job


def standing(engine: Engine, job: str) -> tuple[str, dict[str, int], int]:
    with reading(engine) as connection:
        counts = jobs.counts_of(connection, job)
        found = jobs.job_called(connection, job)
    return found.status, {fate: count for fate, count in counts.items() if count}, found.done


def cut_off(engine: Engine, job: str) -> None:
    """Begin to carry a plan out, and die after its first piece."""
    with writing(engine) as connection:
        jobs.begin(connection, job, status=jobs.COMMITTING, since=jobs.COMMITTABLE)
        carrying._carry_out(connection, job, by="anna", clock=lambda: NOW)  # noqa: SLF001 - then it died


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
    monkeypatch.setattr("archive.ingest.planning._AT_ONCE", 3)
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


def test_a_header_that_names_a_column_twice_is_refused_by_that_name() -> None:
    with pytest.raises(FieldError) as refused:
        sheet_of(b"headline,year,,headline,\nOne,2023,,Two,\n")

    assert "headline" in refused.value.words("en")


def test_a_column_is_read_as_something_that_is_known() -> None:
    with pytest.raises(FieldError, match="nonsense"):
        checked_mapping(ColumnMapping({"Who": "nonsense"}), ["Who"])


def set_standing(engine: Engine, job: str, **values: object) -> None:
    with writing(engine) as connection:
        connection.execute(update(imports).where(imports.c.id == job).values(**values))


def sign_on(engine: Engine, job: str) -> int:
    with reading(engine) as connection:
        return int(jobs.job_called(connection, job).seen_at.timestamp() * 1_000_000)


def between_pieces(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Let something happen while each piece of a file is checked."""

    def meanwhile(*given: object) -> dict[str, str]:
        happens()
        return same_events(*given)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr("archive.ingest.planning.same_events", meanwhile)


def said_of(engine: Engine, job: str) -> list[str]:
    with reading(engine) as connection:
        rows = jobs.rows_of(connection, job, fate="error")
    return [one.en for row in rows for one in row.said if one.zh]


def test_a_masked_line_is_an_error_of_the_plan(engine: Engine) -> None:
    line = {
        "id": "bare",
        "kind": "org_founded",
        "stream": "an-org",
        "masked": True,
        "occurred": {"edtf": "2023-05-17"},
    }

    job = planned(engine, json.dumps(line).encode(), "rows.jsonl")

    assert standing(engine, job)[1] == {"error": 1}
    assert "masked" in said_of(engine, job)[0]


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("claim_retracted", "page of that event"),
        ("claim_corrected", "page of that event"),
        ("claim_disputed", "page of that event"),
        ("dispute_settled", "page of that event"),
        ("entities_merged", "page of that entity"),
        ("entity_split", "page of that entity"),
        ("term_changed", "command line"),
        ("text_masked", "page of that event"),
    ],
)
def test_a_kind_with_a_place_of_its_own_is_an_error_that_names_the_place(
    engine: Engine, kind: str, where: str
) -> None:
    reason = {"zh": "误", "en": "Wrong"}
    raw = {"id": "one", "kind": kind, "data": {"target": "there", "reason": reason}}

    job = planned(engine, json.dumps(raw).encode(), "rows.jsonl")

    assert standing(engine, job)[1] == {"error": 1}
    assert where in said_of(engine, job)[0]
    with pytest.raises(jobs.UnplannedError):
        carrying.commit(engine, job, by="anna")


def test_a_retraction_without_fault_is_refused_for_its_kind_alone(engine: Engine) -> None:
    reason = {"zh": "误", "en": "Wrong"}
    raw = {"kind": "claim_retracted", "data": {"target": "there", "reason": reason}}

    job = planned(engine, json.dumps(raw).encode(), "rows.jsonl")

    assert len(said_of(engine, job)) == 1


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


def test_a_check_gives_a_sign_with_every_piece(
    engine: Engine, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, signs = planned(engine, content), []
    between_pieces(monkeypatch, lambda: signs.append(sign_on(engine, job)))

    planning.check(engine, job)

    assert len(signs) == 3
    assert signs == sorted(set(signs))
    assert signs[0] > 0


def test_a_check_that_another_took_up_is_left_to_it(
    engine: Engine, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = planned(engine, content)
    between_pieces(monkeypatch, lambda: set_standing(engine, job, seen_at=1))

    with pytest.raises(jobs.LeftError) as refusal:
        planning.check(engine, job)
    jobs.stop(engine, job, refusal.value)

    assert standing(engine, job) == ("checking", {}, 0)


def test_what_is_worked_on_is_begun_again_only_when_it_is_stale(
    engine: Engine, content: bytes
) -> None:
    job = planned(engine, content)
    with writing(engine) as connection:
        jobs.begin(connection, job, status=jobs.CHECKING, since=jobs.CHECKABLE)

    with writing(engine) as connection, pytest.raises(jobs.UnplannedError):
        jobs.begin(connection, job, status=jobs.CHECKING, since=jobs.CHECKABLE)
    set_standing(engine, job, seen_at=1)
    with writing(engine) as connection:
        jobs.begin(connection, job, status=jobs.CHECKING, since=jobs.CHECKABLE)

    assert sign_on(engine, job) > 1


def test_a_check_that_fails_half_way_leaves_no_half_a_plan(
    engine: Engine, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = planned(engine, content)
    pieces = iter(range(2))

    def fails_at_the_third() -> None:
        if next(pieces, None) is None:
            raise ArchiveError

    between_pieces(monkeypatch, fails_at_the_third)

    with pytest.raises(ArchiveError) as failure:
        planning.check(engine, job)
    half = standing(engine, job)
    jobs.stop(engine, job, failure.value)

    assert half == ("checking", {"create": 6}, 6)
    assert standing(engine, job) == ("waiting", {}, 0)
    with reading(engine) as connection:
        assert jobs.job_called(connection, job).said.zh == "出错了。"
    with pytest.raises(jobs.LeftError):
        carrying.commit(engine, job, by="anna")


def test_a_cell_that_is_too_large_is_an_error_of_its_row(engine: Engine, content: bytes) -> None:
    large = f"row-9,org_founded,2023-05-17,{'x' * 140_000},an-org\n"

    job = planned(engine, content + large.encode())

    assert standing(engine, job)[:2] == ("planned", {"create": ROWS, "error": 1})
    with reading(engine) as connection:
        row = jobs.rows_of(connection, job, fate="error")[0]
    assert row.place == f"rows.csv:{ROWS + 2}"
    assert "131072" in row.said[0].en


def test_a_first_commit_asks_whether_the_archive_moved_whatever_was_counted(
    engine: Engine, content: bytes
) -> None:
    job = planned(engine, content)
    set_standing(engine, job, status="stopped", done=3)
    keep(engine, an_event("org_founded", id="meanwhile", org="an-org"))

    with pytest.raises(jobs.MovedError):
        carrying.commit(engine, job, by="anna")

    assert standing(engine, job)[0] == "moved"
