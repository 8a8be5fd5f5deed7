"""The rule of two people holds against what happens between a look and a decision."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, update

from archive.commands.draft_lists import queue
from archive.commands.drafts import (
    LIVE,
    RETURNED,
    SUBMITTED,
    Draft,
    draft_called,
    keep_draft,
    move,
)
from archive.queries import event, head
from archive.storage import reading, writing
from archive.storage.desk import drafts
from archive.web.forms import Step
from archive.web.forms.reviewing import Prepared, prepared
from tests.web.desk import FOUNDED, FOUNDING, at_desk, fields_of, fill_in, four_eyes, page_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A reviewer, logged in, who writes drafts too."""
    return at_desk(client, engine, monkeypatch, name="rita", role="reviewer")


def waiting(engine: Engine) -> Draft:
    with reading(engine) as connection:
        (draft,) = queue(connection)
        return draft


def accept(client: FlaskClient, draft: Draft, **said: str) -> int:
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    fields = fields_of(page, "form[action$='accept']")
    return client.post(f"/admin/review/{draft.id}/accept", data={**fields, **said}).status_code


def submit_again_as(engine: Engine, draft: Draft, kind: str) -> None:
    """Take a draft back, make it one of another kind, and hand it over again."""
    with writing(engine) as connection:
        move(connection, draft=draft, to=RETURNED, since=(SUBMITTED,), now=NOW)
        other = keep_draft(connection, draft=replace(draft, kind=kind), now=NOW)
        assert other is not None
        move(connection, draft=other, to=SUBMITTED, since=LIVE, now=NOW)


def test_a_draft_made_another_while_it_is_accepted_is_not_published(
    app: Flask, client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    four_eyes(app, "org_ended")
    fill_in(client, FOUNDING, {**FOUNDED, "step": "submit"})
    draft = waiting(engine)
    overtaken: list[str] = []

    def late(connection: Connection, draft: Draft, *, step: Step) -> Prepared:
        ready = prepared(connection, draft, step=step)
        if step.verb == "record" and not overtaken:
            submit_again_as(engine, waiting(engine), "org_ended")
            overtaken.append(draft.id)
        return ready

    monkeypatch.setattr("archive.web.pages.reviewing.prepared", late)

    status = accept(client, draft, **{"draft-version": str(draft.version + 1)})

    assert overtaken == [draft.id]
    assert status == 422
    assert client.get("/entities/moonbeam").status_code == 404
    with reading(engine) as connection:
        now = draft_called(connection, draft.id)
    assert (now.status, now.kind) == (SUBMITTED, "org_ended")


@pytest.mark.parametrize("four", ["deal_closed", "*"])
def test_the_rule_goes_by_what_is_recorded_and_not_by_what_the_draft_is_called(
    app: Flask, client: FlaskClient, engine: Engine, four: str
) -> None:
    why = {"correction-kind": "new_evidence", "correction-reason": "a second source"}
    address = "/admin/events/beyond-bought/correct"
    fill_in(client, address, {**why, "importance": "landmark", "step": "submit"})
    draft = waiting(engine)
    with writing(engine) as connection:
        connection.execute(update(drafts).values(kind="org_founded"))
    four_eyes(app, four)

    status = accept(client, draft)

    assert status == 422
    with reading(engine) as connection:
        row = event(connection, id="beyond-bought", known=head(connection).position).row
    assert row.importance != "landmark"


@pytest.mark.parametrize("four", ["deal_closed", "claim_corrected", "*"])
@pytest.mark.parametrize("step", ["record", "next", ""])
def test_no_button_corrects_past_the_second_person(
    app: Flask, client: FlaskClient, engine: Engine, four: str, step: str
) -> None:
    four_eyes(app, four)
    why = {"correction-kind": "new_evidence", "correction-reason": "a second source"}
    address = "/admin/events/beyond-bought/correct"

    response = fill_in(client, address, {**why, "importance": "landmark", "step": step})

    assert response.headers["Location"] == f"/admin/drafts/{waiting(engine).id}"
    with reading(engine) as connection:
        row = event(connection, id="beyond-bought", known=head(connection).position).row
    assert row.importance != "landmark"
