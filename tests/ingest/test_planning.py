"""Files checked before they are carried out: what is an error, who is at it, what it leaves."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from archive.errors import ArchiveError
from archive.ingest import carrying, jobs, planning
from archive.ingest.matching import same_events
from archive.storage import reading, writing
from tests.builders import A_SOURCE, an_entity, an_event, keep
from tests.ingest.planned_jobs import ROWS, planned, set_standing, standing

pytestmark = pytest.mark.usefixtures("in_pieces")


def test_a_plan_with_errors_is_not_carried_out(engine: Engine) -> None:
    bad = b"id,kind,when,source,entity:org\nrow-1,org_founded,no day,nothing,an-org\n"
    job = planned(engine, bad)

    with reading(engine) as connection:
        errors = jobs.rows_of(connection, job, fate="error")[0].said
    with pytest.raises(jobs.UnplannedError):
        carrying.commit(engine, job, by="anna")

    assert len(errors) == 2
    assert {bool(one.zh) and bool(one.en) for one in errors} == {True}


def test_all_that_is_wrong_with_a_row_is_told_at_once(engine: Engine) -> None:
    bad = b"id,kind,when,source,model\nrow-1,model_released,2023-13-45,nothing,no-such-model\n"

    job = planned(engine, bad)

    told = " ".join(said_of(engine, job))
    assert all(one in told for one in ("2023-13-45", "nothing", "no-such-model"))


@pytest.mark.parametrize(
    ("when", "org", "said"),
    [
        ("2020-05", "an-org", True),
        ("2021-05", "an-org", False),
        ("2020", "another", False),
    ],
)
def test_a_row_that_may_repeat_an_event_says_so_and_names_it(
    engine: Engine, when: str, org: str, *, said: bool
) -> None:
    keep(engine, an_event(id="near", when="2020-05-03", org=an_entity("an-org")))
    keep(engine, an_event(id="other", when="2016", org=an_entity("another")))
    row = {
        "id": "row-1",
        "kind": "org_founded",
        "occurred": {"edtf": when},
        "entities": {"org": org},
        "claims": [{"source": A_SOURCE, "locator": "¶9"}],
        "data": {"form": "laboratory"},
    }

    job = planned(engine, json.dumps(row).encode(), "rows.jsonl")

    with reading(engine) as connection:
        (plan,) = jobs.rows_of(connection, job)
    assert plan.fate == "create"
    assert bool(plan.said) is said
    assert (plan.target == "near") is said
    carrying.commit(engine, job, by="anna")
    assert standing(engine, job)[0] == "done"


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
