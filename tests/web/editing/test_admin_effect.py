"""The effect before saving: by the code that saves, and nothing is kept."""

from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import (
    FOUNDED,
    FOUNDING,
    answered,
    errors_of,
    fields_of,
    fill_in,
    page_of,
    position,
    send_again,
    text_of,
)
from tests.web.stories import SOURCE

EVENT = "beyond-bought"
CORRECT = f"/admin/events/{EVENT}/correct"
RETRACT = f"/admin/events/{EVENT}/retract"
ADD = f"/admin/events/{EVENT}/add-source"
WHY = {"correction-kind": "new_evidence", "correction-reason": "a second source"}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_the_effect_of_a_new_event_is_shown_and_nothing_is_recorded(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)

    response = fill_in(client, FOUNDING, {**FOUNDED, "step": "effect"})

    told = text_of(page_of(response), "#admin-effect")
    assert response.status_code == 200
    assert "Moonbeam" in told
    assert "17 May 2023" in told
    assert "nothing → after:" in told
    assert position(engine) == before
    assert client.get("/entities/moonbeam").status_code == 404


def test_the_form_is_kept_and_can_be_recorded_after_the_effect_was_seen(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)
    seen = fill_in(client, FOUNDING, {**FOUNDED, "step": "effect"})

    done = send_again(client, seen, FOUNDING, {"step": "record"})

    assert done.status_code == 303
    assert position(engine) == before + 1


def test_where_htmx_asks_only_the_panel_comes(client: FlaskClient) -> None:
    fields = fields_of(page_of(client.get(FOUNDING)), "#admin-form")

    sent = {**fields, **FOUNDED, "step": "effect"}
    response = client.post(FOUNDING, data=sent, headers=PARTIAL)

    page = page_of(response)
    assert page.select_one("form") is None
    assert "Moonbeam" in text_of(page, "#admin-effect")


def test_an_effect_that_cannot_be_told_says_what_is_wrong(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {"step": "effect"})

    assert response.status_code == 422
    assert {"when", "field-org"} <= set(errors_of(response))
    page = page_of(response)
    assert "once the values named above can be taken" in text_of(page, "#admin-effect")
    assert page.select("#admin-effect a[href^='#']") == []


def test_where_the_panel_comes_alone_it_says_what_is_wrong(client: FlaskClient) -> None:
    fields = fields_of(page_of(client.get(FOUNDING)), "#admin-form")

    response = client.post(FOUNDING, data={**fields, "step": "effect"}, headers=PARTIAL)

    assert "required" in text_of(page_of(response), "#admin-effect .effect-errors")


def test_a_correction_shows_its_fields_and_the_days_between(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)

    response = fill_in(client, CORRECT, {**WHY, "when": "2023-07-05", "step": "effect"})

    told = text_of(page_of(response), "#admin-effect")
    assert "29 June 2023" in told
    assert "from 29 June 2023 on" in told
    assert "5 July 2023" in text_of(page_of(response), "#admin-effect .version-changes")
    assert position(engine) == before


def test_a_retraction_shows_what_is_no_longer_held(client: FlaskClient, engine: Engine) -> None:
    before = position(engine)

    response = fill_in(client, RETRACT, {"correction-reason": "it never closed", "step": "effect"})

    told = text_of(page_of(response), "#admin-effect")
    assert "Meituan" in told
    assert "→ nothing" in told
    assert "from 29 June 2023 on" in told
    assert position(engine) == before


def test_a_further_source_changes_no_value_and_says_so(client: FlaskClient) -> None:
    rows = {"claim-source": [SOURCE], "claim-locator": ["¶9"], "claim-confidence": ["high"]}

    response = fill_in(client, CORRECT, {**WHY, **rows, "step": "effect"})

    told = text_of(page_of(response), "#admin-effect")
    assert "Sources" in told
    assert "No state of any day changes" in told


def test_a_row_for_a_further_claim_can_be_asked_for_and_taken_away(client: FlaskClient) -> None:
    button = page_of(client.get(CORRECT)).select_one("button[value=claim]")
    assert button is not None
    assert str(button["formaction"]).endswith("#claim-0")
    more = fill_in(client, CORRECT, {"step": "claim"})
    less = send_again(client, more, CORRECT, {"step": "unclaim:0"})

    assert len(page_of(more).select("select[name=claim-source]")) == 1
    assert page_of(more).select_one("#claim-0") is not None
    assert len(page_of(less).select("select[name=claim-source]")) == 0


def test_every_claim_of_an_event_can_be_mended_and_one_taken_out(
    client: FlaskClient, engine: Engine
) -> None:
    two = {"claim-source": [SOURCE], "claim-locator": ["¶9"], "claim-confidence": ["medium"]}
    fill_in(client, CORRECT, {**WHY, **two})
    both = [(one.locator, one.confidence) for one in answered(engine, EVENT).row.claims]

    fill_in(client, CORRECT, {**WHY, "claim-locator": ["¶10"]})
    mended = [one.locator for one in answered(engine, EVENT).row.claims]
    shown = fill_in(client, CORRECT, {"step": "unclaim:0"})
    send_again(client, shown, CORRECT, {**WHY, "step": "record"})
    left = answered(engine, EVENT).row.claims

    assert both == [("", "high"), ("¶9", "medium")]
    assert mended == ["", "¶10"]
    assert len(left) == 1


def test_a_row_that_names_no_source_is_refused(client: FlaskClient) -> None:
    rows = {"claim-source": [""], "claim-locator": ["¶9"], "claim-confidence": ["high"]}

    response = fill_in(client, CORRECT, {**WHY, **rows, "importance": "landmark"})

    assert list(errors_of(response)) == ["claim-0-source"]
