"""What a second person accepts is what they were shown, and can still be done."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands import correct
from archive.storage import writing
from tests.web.desk import (
    answered,
    become,
    errors_of,
    fields_of,
    four_eyes,
    page_of,
    position,
    text_of,
)
from tests.web.second_person.deeds import MERGE, RETRACT, WHY, decide, do, waiting


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
