"""Drafts: kept while one types, by a button too; two tabs and an ended session lose nothing."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.draft_lists import drafts_of
from archive.commands.drafts import Draft
from archive.commands.sessions import IDLE
from archive.queries import event, head
from archive.storage import reading
from tests.web.desk import (
    FOUNDED,
    FOUNDING,
    NAME,
    Fields,
    add_account,
    fields_of,
    fill_in,
    log_in,
    page_of,
    send_again,
    text_of,
)

SAVE = "/admin/drafts/save/org_founded"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def typed(client: FlaskClient, **more: str) -> Fields:
    return {**fields_of(page_of(client.get(FOUNDING)), "#admin-form"), **_listed(more)}


def _listed(more: dict[str, str]) -> Fields:
    return {name: [value] for name, value in more.items()}


def kept(engine: Engine, name: str = NAME) -> list[Draft]:
    with reading(engine) as connection:
        return drafts_of(connection, account=name)


def test_a_form_is_kept_as_it_is_typed_and_comes_back(client: FlaskClient, engine: Engine) -> None:
    response = client.post(SAVE, data=typed(client, when="late March 2024"), headers=PARTIAL)

    draft = kept(engine)[0]
    assert "Draft kept" in text_of(page_of(response), "#admin-saved")
    opened = client.get(f"/admin/drafts/{draft.id}", follow_redirects=True)
    assert fields_of(page_of(opened), "#admin-form")["when"] == ["late March 2024"]
    assert "What is typed" not in text_of(page_of(opened), "#admin-saved")


def test_the_desk_says_how_many_drafts_wait_and_that_none_does(client: FlaskClient) -> None:
    drafts = "a[href='/admin/drafts/']"
    none = text_of(page_of(client.get("/admin/?lang=en")), drafts)
    client.post(SAVE, data=typed(client, when="2023"), headers=PARTIAL)

    one = text_of(page_of(client.get("/admin/?lang=en")), drafts)

    assert none == "My drafts No draft waits for you"
    assert one == "My drafts 1 draft waits for you"


def test_a_draft_kept_again_stays_one_draft(client: FlaskClient, engine: Engine) -> None:
    fields = typed(client, when="2023")
    saved = client.post(SAVE, data=fields, headers=PARTIAL)

    again = {**fields, **fields_of(page_of(saved), "#admin-saved"), "when": ["2024"]}
    client.post(SAVE, data=again, headers=PARTIAL)

    assert [dict(one.fields)["when"] for one in kept(engine)] == ["2024"]
    assert kept(engine)[0].version == 2


def test_two_tabs_lose_nothing(client: FlaskClient, engine: Engine) -> None:
    fields = typed(client, when="2023")
    saved = fields_of(page_of(client.post(SAVE, data=fields, headers=PARTIAL)), "#admin-saved")
    client.post(SAVE, data={**fields, **saved, "when": ["one tab"]}, headers=PARTIAL)

    other = client.post(SAVE, data={**fields, **saved, "when": ["other tab"]}, headers=PARTIAL)

    assert "draft of its own" in text_of(page_of(other), "#admin-saved")
    assert {dict(one.fields)["when"] for one in kept(engine)} == {"one tab", "other tab"}


def test_an_ended_session_loses_nothing(app: Flask, client: FlaskClient, engine: Engine) -> None:
    fields = typed(client, when="2023")
    client.post(SAVE, data=fields, headers=PARTIAL)
    later = datetime.now(UTC) + IDLE + timedelta(minutes=1)
    app.extensions["archive_clock"] = lambda: later

    refused = client.post(SAVE, data={**fields, "when": ["2024"]}, headers=PARTIAL)
    log_in(client)

    assert refused.status_code in {400, 401}
    assert "session has ended" in refused.get_data(as_text=True)
    assert page_of(refused).select("form") == []
    assert kept(engine)[0].title.en in text_of(page_of(client.get("/admin/drafts/")), "#main")


def test_a_button_keeps_a_draft_without_a_script(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {"when": "2023", "step": "keep"})

    assert response.headers["Location"] == f"/admin/drafts/{kept(engine)[0].id}"


def test_a_draft_recorded_is_no_draft_any_more(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, FOUNDING, {**FOUNDED, "step": "keep"})
    address = f"/admin/record/org_founded?draft={kept(engine)[0].id}"

    done = fill_in(client, address, {"step": "record"})

    assert done.status_code == 303
    assert kept(engine) == []
    assert client.get("/entities/moonbeam").status_code == 200


def test_the_draft_of_a_correction_comes_back_to_its_event(
    client: FlaskClient, engine: Engine
) -> None:
    correct = "/admin/events/beyond-bought/correct"
    fill_in(client, correct, {"importance": "landmark", "step": "keep"})

    opened = client.get(f"/admin/drafts/{kept(engine)[0].id}")
    form = client.get(opened.headers["Location"])
    why = {"correction-kind": "new_evidence", "correction-reason": "why"}
    send_again(client, form, correct, {**why, "step": "record"})

    assert opened.headers["Location"].startswith(f"{correct}?draft=")
    assert fields_of(page_of(form), "#admin-form")["importance"] == ["landmark"]
    with reading(engine) as connection:
        row = event(connection, id="beyond-bought", known=head(connection).position).row
    assert row.importance == "landmark"
    assert kept(engine) == []


def test_a_draft_is_put_aside(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, FOUNDING, {"when": "2023", "step": "keep"})
    listed = page_of(client.get("/admin/drafts/"))

    action = str(listed.select_one("#admin-drafts form")["action"])  # type: ignore[index]  # it stands there
    client.post(action, data=fields_of(listed, "#admin-drafts form"))

    assert kept(engine) == []


def test_nobody_sees_or_changes_the_draft_of_another(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, FOUNDING, {"when": "2023", "step": "keep"})
    mine = kept(engine)[0]
    add_account(engine, name="bob")
    client.post(
        "/logout", data=fields_of(page_of(client.get("/admin/")), "form[action='/logout']")
    )
    log_in(client, name="bob")

    sent = {**typed(client, when="stolen"), "draft": [mine.id], "draft-version": ["1"]}
    client.post(SAVE, data=sent, headers=PARTIAL)

    assert client.get(f"/admin/drafts/{mine.id}").status_code == 404
    assert client.get(f"{FOUNDING}?draft={mine.id}").status_code == 404
    assert dict(kept(engine)[0].fields)["when"] == "2023"
    assert [dict(one.fields)["when"] for one in kept(engine, "bob")] == ["stolen"]
