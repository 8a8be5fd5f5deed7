"""Deeds under four eyes: each waits as a draft for another person, on both databases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands import correct
from archive.commands.draft_lists import queue
from archive.commands.drafts import Draft, draft_called
from archive.commands.noting import steps_about
from archive.settings import Settings
from archive.storage import open_engine, reading, writing
from archive.web import create_app
from tests.web.conftest import CheckingClient
from tests.web.desk import (
    answered,
    at_desk,
    become,
    errors_of,
    fields_of,
    fill_in,
    found,
    four_eyes,
    page_of,
    position,
    text_of,
)
from tests.web.stories import SOURCE, tell_story

WHY = {"correction-reason": "two papers disagree"}
BOTH = {"field-reason-zh": "同一家", "field-reason-en": "one and the same"}
DISPUTE = "/admin/events/users-one/dispute"
Changes = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Case:
    """A deed: where it is done, what is typed, the kind that it records, and what shows it."""

    address: str
    typed: Changes
    kind: str
    words: str
    shown_at: str
    shows: str


RETRACT = Case(
    "/admin/events/beyond-bought/retract",
    WHY,
    "claim_retracted",
    "Retract: Meituan",
    "/events/beyond-bought",
    "two papers disagree",
)
MERGE = Case(
    "/admin/entities/light-years-beyond/merge",
    {**BOTH, "field-from": "Baichuan"},
    "entities_merged",
    "Merge Baichuan into Light Years Beyond",
    "/changes",
    "Baichuan merged into Light Years Beyond",
)
CASES = [
    RETRACT,
    Case(
        "/admin/events/beyond-bought/add-source",
        {"source": SOURCE, "locator": "¶77", "quote": "says so"},
        "claim_corrected",
        "One more source: Meituan",
        "/events/beyond-bought",
        "¶77",
    ),
    Case(
        DISPUTE,
        {**WHY, "rival": ["users-two"]},
        "claim_disputed",
        "Disputed: ",
        "/events/users-one",
        "two papers disagree",
    ),
    MERGE,
    Case(
        "/admin/entities/baichuan/split",
        {
            **BOTH,
            "field-out-new-id": "baichuan-labs",
            "field-out-new-en": "Baichuan Labs",
            "field-out-new-zh": "百川实验室",
            "field-out-new-type": "organization",
        },
        "entity_split",
        "Split Baichuan Labs from Baichuan",
        "/changes",
        "Baichuan Labs split from Baichuan",
    ),
    Case(
        "/admin/sources/new",
        {"field-title": "A New Paper"},
        "source_added",
        "New source: A New Paper",
        "/sources",
        "A New Paper",
    ),
]
NAMES = [one.address.rsplit("/", 2)[-1] + "-" + one.kind for one in CASES]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of an archive that holds the story, on SQLite and on Postgres."""
    opened = open_engine(database_url)
    tell_story(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def app(database_url: str, engine: Engine) -> Iterator[Flask]:  # noqa: ARG001 - the story must be told first
    """The site of that archive."""
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    made = create_app(Settings(database_url=database_url, secret_key=secret))
    made.testing = True
    made.test_client_class = CheckingClient
    yield made
    made.extensions["archive_engine"].dispose()


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in; two who may review have accounts too."""
    return at_desk(client, engine, monkeypatch, others={"rita": "reviewer", "ada": "admin"})


def do(client: FlaskClient, case: Case) -> str:
    form = "#admin-source" if case.kind == "source_added" else "#admin-form"
    response = fill_in(client, case.address, case.typed, form=form)
    return response.headers.get("Location", str(response.status_code))


def decide(client: FlaskClient, draft: Draft, deed: str, **said: str) -> tuple[int, str]:
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    fields = fields_of(page, f"form[action$='{deed}']")
    response = client.post(f"/admin/review/{draft.id}/{deed}", data={**fields, **said})
    return response.status_code, response.headers.get("Location", "")


def waiting(engine: Engine) -> list[Draft]:
    with reading(engine) as connection:
        return queue(connection)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_deed_of_a_kind_under_four_eyes_waits_until_another_accepts_it(
    app: Flask, client: FlaskClient, engine: Engine, case: Case
) -> None:
    four_eyes(app, case.kind)
    before = position(engine)

    location = do(client, case)
    [draft] = waiting(engine)
    meanwhile = position(engine)
    become(client, "rita")
    shown = text_of(page_of(client.get(f"/admin/review/{draft.id}")), "#admin-review")
    status, _onward = decide(client, draft, "accept")

    assert location == f"/admin/drafts/{draft.id}"
    assert (draft.kind, meanwhile) == (case.kind, before)
    assert case.words in shown
    assert status == 303
    assert position(engine) == before + 1
    assert case.shows in client.get(case.shown_at).get_data(as_text=True)
    with reading(engine) as connection:
        steps = [(one.account, one.deed) for one in steps_about(connection, draft.id)]
    assert steps == [("anna", "submitted"), ("rita", "accepted")]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_without_the_rule_a_deed_is_done_at_once(
    client: FlaskClient, engine: Engine, case: Case
) -> None:
    before = position(engine)

    do(client, case)

    assert (position(engine), waiting(engine)) == (before + 1, [])


@pytest.mark.parametrize("rule", ["deal_closed", "*"])
def test_the_rule_of_an_events_kind_covers_what_is_done_to_it(
    app: Flask, client: FlaskClient, engine: Engine, rule: str
) -> None:
    four_eyes(app, rule)

    for case in CASES[:2]:
        do(client, case)

    assert {one.kind for one in waiting(engine)} == {"claim_retracted", "claim_corrected"}


def test_nobody_accepts_a_deed_of_their_own_under_four_eyes(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "deal_closed")
    become(client, "rita")
    do(client, RETRACT)
    [draft] = waiting(engine)

    own = decide(client, draft, "accept")
    become(client, "ada")
    other = decide(client, draft, "accept")

    assert (own[0], other) == (422, (303, "/events/beyond-bought"))
    assert answered(engine, "beyond-bought").row.is_retracted
    assert answered(engine, "beyond-bought").versions[-1].recorded.recorded_by == "rita"


def test_a_deed_sent_back_is_mended_by_its_author_and_handed_over_again(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")
    do(client, RETRACT)
    [draft] = waiting(engine)
    become(client, "rita")
    decide(client, draft, "return", **{"field": "Reason", "return-words": "which papers?"})
    become(client, "anna")

    opened = client.get(f"/admin/drafts/{draft.id}")
    form = page_of(client.get(opened.headers["Location"]))
    why = {"correction-reason": "The Times and the Post"}
    fill_in(client, opened.headers["Location"], why)

    assert opened.headers["Location"] == f"{RETRACT.address}?draft={draft.id}"
    assert "which papers?" in text_of(form, "#admin-form")
    assert found(form, "#correction-reason").get_text(strip=True) == WHY["correction-reason"]
    with reading(engine) as connection:
        again = draft_called(connection, draft.id)
    said = dict(again.fields)["correction-reason"]
    assert (again.status, said) == ("submitted", "The Times and the Post")


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_deed_sent_back_opens_its_own_form_again(
    app: Flask, client: FlaskClient, engine: Engine, case: Case
) -> None:
    four_eyes(app, "*")
    do(client, case)
    [draft] = waiting(engine)
    become(client, "rita")
    decide(client, draft, "return", **{"return-words": "say more"})
    become(client, "anna")

    opened = client.get(f"/admin/drafts/{draft.id}", follow_redirects=True)
    again = do(client, replace(case, address=opened.request.full_path))

    assert opened.request.path == case.address
    assert again == f"/admin/drafts/{draft.id}"
    assert [one.id for one in waiting(engine)] == [draft.id]


def test_a_rejected_deed_is_never_done(app: Flask, client: FlaskClient, engine: Engine) -> None:
    four_eyes(app, "*")
    do(client, MERGE)
    [draft] = waiting(engine)
    become(client, "rita")

    status, _onward = decide(client, draft, "reject", **{"reject-words": "two companies"})

    assert (status, waiting(engine)) == (303, [])
    assert client.get("/entities/baichuan").status_code == 200
    with reading(engine) as connection:
        assert steps_about(connection, draft.id)[-1].words == "two companies"


def test_a_settlement_and_an_undone_merge_take_two_people_as_well(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    fill_in(client, DISPUTE, {**WHY, "rival": ["users-two"]})
    four_eyes(app, "dispute_settled", "entity_split")
    fill_in(client, "/admin/events/users-one/settle", {**WHY, "choice": "users-two"})
    fill_in(client, "/admin/entities/zhipu-ai/part/zhipu", WHY)
    settled, parted = waiting(engine)
    become(client, "rita")
    titles = [settled.title.en, parted.title.en]

    onward = [decide(client, one, "accept") for one in (settled, parted)]

    assert titles[0].startswith("Prefer: ")
    assert titles[1] == "Undo the merge of Zhipu into Zhipu AI"
    assert onward == [(303, "/events/users-one"), (303, "/entities/zhipu")]
    assert not answered(engine, "users-one").row.is_disputed
    assert client.get("/entities/zhipu").status_code == 200


def test_what_is_accepted_is_what_was_shown(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")
    do(client, RETRACT)
    [draft] = waiting(engine)
    become(client, "rita")
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    fields = fields_of(page, "form[action$='accept']")
    with writing(engine) as connection:
        correct(connection, target="beyond-bought", raw={"importance": "landmark"},
                reason_kind="new_evidence", reason="x", recorded_by="tests")  # fmt: skip

    stale = client.post(f"/admin/review/{draft.id}/accept", data=fields)
    fresh = fields_of(page_of(stale), "form[action$='accept']")
    done = client.post(f"/admin/review/{draft.id}/accept", data=fresh)

    assert stale.status_code == 422
    assert "no longer what was shown" in errors_of(stale)["admin-form"]
    assert done.status_code == 303
    assert answered(engine, "beyond-bought").row.is_retracted


def test_an_acceptance_that_saw_nothing_is_refused(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")
    do(client, MERGE)
    [draft] = waiting(engine)
    become(client, "rita")
    before = position(engine)

    status, _onward = decide(client, draft, "accept", shown="")

    assert (status, position(engine)) == (422, before)
    assert [one.id for one in waiting(engine)] == [draft.id]


def test_others_may_record_elsewhere_while_a_draft_is_reviewed(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")
    do(client, RETRACT)
    [draft] = waiting(engine)
    become(client, "rita")
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    fields = fields_of(page, "form[action$='accept']")
    with writing(engine) as connection:
        correct(connection, target="users-one", raw={"importance": "landmark"},
                reason_kind="new_evidence", reason="x", recorded_by="tests")  # fmt: skip

    done = client.post(f"/admin/review/{draft.id}/accept", data=fields)

    assert done.status_code == 303


def test_the_rule_goes_by_what_a_draft_records_not_by_the_kind_it_was_kept_under(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "deal_closed")
    become(client, "rita")
    page = page_of(client.get("/admin/events/beyond-bought/correct"))
    why = {"correction-kind": "new_evidence", "correction-reason": "x", "importance": "landmark"}
    fields = {**fields_of(page, "#admin-form"), **why}
    client.post("/admin/events/beyond-bought/correct", data={**fields, "step": "submit"})
    [draft] = waiting(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE draft SET kind = 'org_founded'")

    status, _onward = decide(client, draft, "accept")

    assert status == 422


def test_a_correction_of_a_source_is_no_new_source(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "source_added")
    address = f"/admin/events/add-{SOURCE}/correct"
    why = {"correction-kind": "typing_error", "correction-reason": "misspelt"}
    page = page_of(client.get(address))
    fields = {**fields_of(page, "#admin-form"), **why, "field-title": "百模大战，更正"}
    client.post(address, data={**fields, "step": "record"})
    [draft] = waiting(engine)
    become(client, "rita")

    done = decide(client, draft, "accept")

    assert done == (303, f"/events/add-{SOURCE}")
    assert answered(engine, f"add-{SOURCE}").row.is_corrected


def test_the_same_form_sent_twice_is_handed_over_once(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")
    fields = fields_of(page_of(client.get(RETRACT.address)), "#admin-form")

    first = client.post(RETRACT.address, data={**fields, **WHY, "step": "record"})
    second = client.post(RETRACT.address, data={**fields, **WHY, "step": "record"})

    assert first.headers["Location"] == second.headers["Location"]
    assert len(waiting(engine)) == 1


def test_a_deed_with_a_fault_is_not_handed_over(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")

    nothing = fill_in(client, RETRACT.address, {})
    endless = fill_in(client, RETRACT.address, {"correction-reason": "x" * 5000})
    nobody = fill_in(client, MERGE.address, BOTH)

    assert set(errors_of(nothing)) == {"correction-reason"}
    assert set(errors_of(endless)) == {"correction-reason"}
    assert nobody.status_code == 422
    assert waiting(engine) == []


def test_a_deed_that_cannot_be_done_any_more_says_why_on_review(
    client: FlaskClient, engine: Engine
) -> None:
    do(client, replace(RETRACT, typed={**WHY, "step": "submit"}))
    [draft] = waiting(engine)
    do(client, RETRACT)
    become(client, "rita")

    page = page_of(client.get(f"/admin/review/{draft.id}"))
    status, _onward = decide(client, draft, "accept")

    assert "retracted" in text_of(page, "#admin-review .notice-warn + ul")
    assert status == 422


MASK = "/admin/events/beyond-bought/mask"


def test_the_text_of_an_event_is_masked_by_two_people(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "text_masked")
    become(client, "ada")
    fill_in(client, MASK, {"correction-reason": "a court of privacy asks"})
    [draft] = waiting(engine)
    before = answered(engine, "beyond-bought").row.title.en
    become(client, "rita")

    shown = text_of(page_of(client.get(f"/admin/review/{draft.id}")), "#admin-review")
    done = decide(client, draft, "accept")

    assert before in shown
    assert "cannot be undone" in shown
    assert before not in f"{draft.title} {draft.fields}"
    assert done == (303, "/events/beyond-bought")
    assert answered(engine, "beyond-bought").row.title.en == "(text masked)"


def test_a_text_that_was_corrected_since_is_not_masked_unseen(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "text_masked")
    become(client, "ada")
    fill_in(client, MASK, WHY)
    [draft] = waiting(engine)
    become(client, "rita")
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    with writing(engine) as connection:
        correct(connection, target="beyond-bought", raw={"importance": "landmark"},
                reason_kind="new_evidence", reason="x", recorded_by="tests")  # fmt: skip

    fields = fields_of(page, "form[action$='accept']")
    stale = client.post(f"/admin/review/{draft.id}/accept", data=fields)

    assert stale.status_code == 422
    assert answered(engine, "beyond-bought").row.title.en != "(text masked)"


def test_without_the_rule_an_administrator_masks_at_once_and_an_editor_never(
    client: FlaskClient, engine: Engine
) -> None:
    refused = client.get(MASK).status_code
    become(client, "ada")

    unfounded = fill_in(client, MASK, {})
    done = fill_in(client, MASK, WHY)

    assert refused == 403
    assert list(errors_of(unfounded)) == ["correction-reason"]
    assert done.headers["Location"] == "/events/beyond-bought"
    assert answered(engine, "beyond-bought").row.title.en == "(text masked)"
