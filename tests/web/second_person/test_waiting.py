"""Deeds under four eyes: each waits as a draft for another person, on both databases."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.drafts import draft_called
from archive.commands.noting import steps_about
from archive.storage import reading
from tests.web.desk import (
    answered,
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
from tests.web.second_person.deeds import (
    BOTH,
    CASES,
    DISPUTE,
    MERGE,
    NAMES,
    RETRACT,
    WHY,
    Case,
    decide,
    do,
    waiting,
)
from tests.web.stories import SOURCE


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
