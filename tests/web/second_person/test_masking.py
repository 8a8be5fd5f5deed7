"""The text of an event masked by two people, or by an administrator alone."""

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
    fill_in,
    four_eyes,
    page_of,
    text_of,
)
from tests.web.second_person.deeds import WHY, decide, waiting

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
