"""Review: handed over, accepted, sent back with a comment, rejected; a second person where due."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.draft_lists import drafts_of, queue
from archive.commands.drafts import SUBMITTED, Draft, draft_called
from archive.commands.noting import steps_about
from archive.queries import event, head
from archive.storage import reading
from tests.web.desk import (
    FOUNDED,
    FOUNDING,
    at_desk,
    become,
    errors_of,
    fields_of,
    fill_in,
    four_eyes,
    page_of,
    send_file,
    text_of,
)
from tests.web.stories import SOURCE

QUOTED = {**FOUNDED, "quote": "月光成立"}


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in; a reviewer and an administrator have accounts too."""
    return at_desk(client, engine, monkeypatch, others={"rita": "reviewer", "ada": "admin"})


def submitted(client: FlaskClient, engine: Engine, **more: str) -> Draft:
    fill_in(client, FOUNDING, {**QUOTED, **more, "step": "submit"})
    with reading(engine) as connection:
        return queue(connection)[-1]


def decide(client: FlaskClient, draft: Draft, deed: str, **said: str) -> int:
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    form = f"form[action$='{deed}']"
    response = client.post(
        f"/admin/review/{draft.id}/{deed}", data={**fields_of(page, form), **said}
    )
    return response.status_code


def test_what_is_submitted_is_not_recorded_before_it_is_accepted(
    client: FlaskClient, engine: Engine
) -> None:
    draft = submitted(client, engine)
    before = client.get("/entities/moonbeam").status_code
    become(client, "rita")

    status = decide(client, draft, "accept")

    assert (before, status) == (404, 303)
    assert client.get("/entities/moonbeam").status_code == 200
    with reading(engine) as connection:
        found = event(connection, id=draft.id, known=head(connection).position)
        steps = [(one.account, one.deed) for one in steps_about(connection, draft.id)]
    assert found.row.recorded_by == "anna"
    assert steps == [("anna", "submitted"), ("rita", "accepted")]
    page = page_of(client.get(f"/events/{draft.id}"))
    assert "by anna, reviewed by rita" in text_of(page, ".version")


def test_the_reviewer_sees_the_time_of_day_and_it_is_recorded(
    client: FlaskClient, engine: Engine
) -> None:
    draft = submitted(client, engine, time="9:30")
    become(client, "rita")

    shown = text_of(page_of(client.get(f"/admin/review/{draft.id}")), "main")
    decide(client, draft, "accept")

    assert "17 May 2023 09:30" in shown
    with reading(engine) as connection:
        found = event(connection, id=draft.id, known=head(connection).position)
    assert found.row.occurred.time == "09:30"


def test_who_reviews_what_is_ones_own_is_told_on_the_event(
    client: FlaskClient, engine: Engine
) -> None:
    become(client, "rita")
    draft = submitted(client, engine)

    decide(client, draft, "accept")

    page = page_of(client.get(f"/events/{draft.id}"))
    assert "by rita, reviewed by the author" in text_of(page, ".version")


def test_the_reviewer_sees_what_would_be_recorded_and_its_effect(
    client: FlaskClient, engine: Engine
) -> None:
    draft = submitted(client, engine)
    become(client, "rita")

    listed = text_of(page_of(client.get("/admin/review/")), "#admin-queue")
    page = page_of(client.get(f"/admin/review/{draft.id}"))

    assert "Moonbeam" in listed
    assert "17 May 2023" in text_of(page, ".facts")
    assert "月光成立" in text_of(page, ".facts")
    assert "Moonbeam" in text_of(page, "#admin-effect")


def test_the_reviewer_sees_the_same_checks_as_the_author_and_what_risk_counts(
    client: FlaskClient, engine: Engine
) -> None:
    fields = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")
    text = "2023年5月17日，月光公司成立了。"
    send_file(client, "/admin/articles/", {**fields, "source": SOURCE, "text": text})
    wrong = submitted(client, engine, when="1890")
    right = submitted(client, engine, quote="月光公司成立")
    become(client, "rita")

    checks = text_of(page_of(client.get(f"/admin/review/{wrong.id}")), "#review-checks")
    page = page_of(client.get(f"/admin/review/{right.id}"))

    assert "the nearest words are: “2023年5月17日，月光公司成立了。”" in checks
    assert "check the year" in checks
    assert text_of(page, ".passage mark") == "月光公司成立"
    assert page.select("#review-checks") == []
    assert wrong.risk > right.risk
    assert "Low confidence" in text_of(page, ".risk")


def test_a_draft_sent_back_shows_its_author_the_comment_and_can_come_again(
    client: FlaskClient, engine: Engine
) -> None:
    draft = submitted(client, engine)
    become(client, "rita")
    status = decide(client, draft, "return", **{"field": "When", "return-words": "which May?"})
    become(client, "anna")

    opened = client.get(f"/admin/drafts/{draft.id}", follow_redirects=True)
    address = f"{FOUNDING}?draft={draft.id}"
    fill_in(client, address, {"when": "2023-05-18", "step": "submit"})

    assert status == 303
    assert "which May?" in text_of(page_of(opened), "#admin-form")
    with reading(engine) as connection:
        again = draft_called(connection, draft.id)
    assert (again.status, dict(again.fields)["when"]) == ("submitted", "2023-05-18")


def test_a_draft_is_rejected_with_a_reason_only(client: FlaskClient, engine: Engine) -> None:
    draft = submitted(client, engine)
    become(client, "rita")

    empty = decide(client, draft, "reject")
    done = decide(client, draft, "reject", **{"reject-words": "out of scope"})

    assert (empty, done) == (422, 303)
    assert client.get("/entities/moonbeam").status_code == 404
    with reading(engine) as connection:
        assert queue(connection) == []
        assert drafts_of(connection, account="anna", statuses=["rejected"])[0].id == draft.id


@pytest.mark.parametrize("version", ["9" * 30, "9" * 5000, "²", "-1"])
def test_a_version_that_is_no_number_of_ours_is_not_taken_for_one(
    client: FlaskClient, engine: Engine, version: str
) -> None:
    draft = submitted(client, engine)
    become(client, "rita")

    status = decide(client, draft, "reject", **{"reject-words": "no", "draft-version": version})

    assert status == 303


def test_what_was_decided_is_not_decided_again(client: FlaskClient, engine: Engine) -> None:
    draft = submitted(client, engine)
    become(client, "rita")
    page = page_of(client.get(f"/admin/review/{draft.id}"))
    fields = fields_of(page, "form[action$='reject']")
    decide(client, draft, "accept")

    late = client.post(
        f"/admin/review/{draft.id}/reject", data={**fields, "reject-words": "too late"}
    )

    assert late.status_code == 422
    with reading(engine) as connection:
        assert draft_called(connection, draft.id).status == "published"


def test_a_kind_under_four_eyes_is_submitted_when_recorded(
    app: Flask, client: FlaskClient
) -> None:
    four_eyes(app, "org_founded")

    response = fill_in(client, FOUNDING, {**QUOTED, "step": "record"})

    assert response.headers["Location"].startswith("/admin/drafts/")
    assert client.get("/entities/moonbeam").status_code == 404


def test_a_submitted_event_leads_on_to_the_next_from_its_source(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")

    response = fill_in(client, FOUNDING, {**QUOTED, "step": "next"})

    assert response.headers["Location"] == f"/admin/record/?source={SOURCE}"
    with reading(engine) as connection:
        assert len(queue(connection)) == 1


def test_nobody_accepts_their_own_draft_of_a_kind_under_four_eyes(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    four_eyes(app, "*")
    become(client, "rita")
    draft = submitted(client, engine)

    own = decide(client, draft, "accept")
    become(client, "ada")
    other = decide(client, draft, "accept")

    assert (own, other) == (422, 303)


def test_an_own_draft_accepted_is_marked_so(client: FlaskClient, engine: Engine) -> None:
    become(client, "rita")
    draft = submitted(client, engine)

    decide(client, draft, "accept")

    with reading(engine) as connection:
        assert steps_about(connection, draft.id)[-1].deed == "accepted-own"


def test_the_riskiest_come_first_where_asked(client: FlaskClient, engine: Engine) -> None:
    submitted(client, engine, importance="minor")
    risky = {"field-org-new-id": "sunbeam", "field-org-new-en": "Sunbeam"}
    more = {"importance": "landmark", "confidence": "rumour", "reason": "heard"}
    submitted(client, engine, **risky, **more)
    become(client, "rita")

    page = page_of(client.get("/admin/review/?by=risk"))

    titles = [one.get_text() for one in page.select(".draft-line a")]
    assert "Sunbeam" in titles[0]


def test_a_draft_with_a_fault_is_not_handed_over(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {"step": "submit"})

    assert response.status_code == 422
    assert "when" in errors_of(response)
    with reading(engine) as connection:
        assert queue(connection) == []


def test_an_editor_may_not_review(client: FlaskClient, engine: Engine) -> None:
    draft = submitted(client, engine)

    assert client.get("/admin/review/").status_code == 403
    assert client.get(f"/admin/review/{draft.id}").status_code == 403


def test_a_correction_is_reviewed_too(client: FlaskClient, engine: Engine) -> None:
    correct = "/admin/events/beyond-bought/correct"
    why = {"correction-kind": "new_evidence", "correction-reason": "a second source"}
    fill_in(client, correct, {**why, "importance": "landmark", "step": "submit"})
    with reading(engine) as connection:
        draft = queue(connection)[0]
    become(client, "rita")

    page = page_of(client.get(f"/admin/review/{draft.id}"))
    decide(client, draft, "accept")

    assert "Importance" in text_of(page, "#admin-effect .version-changes")
    with reading(engine) as connection:
        row = event(connection, id="beyond-bought", known=head(connection).position).row
    assert row.importance == "landmark"


def test_a_draft_that_changed_since_it_was_shown_is_not_accepted(
    client: FlaskClient, engine: Engine
) -> None:
    draft = submitted(client, engine)
    become(client, "rita")

    status = decide(client, draft, "accept", **{"draft-version": str(draft.version - 1)})

    assert status == 422
    with reading(engine) as connection:
        assert draft_called(connection, draft.id).status == SUBMITTED
