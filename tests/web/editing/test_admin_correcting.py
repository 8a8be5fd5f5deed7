"""Correcting and retracting at the desk: only what was changed, for a reason, no race lost."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands import record
from archive.queries import Filters, head, timeline
from archive.storage import reading, writing
from tests.builders import an_event
from tests.web.desk import (
    answered,
    errors_of,
    fields_of,
    fill_in,
    found,
    page_of,
    send_again,
    text_of,
)
from tests.web.stories import BAICHUAN, SOURCE

EVENT = "beyond-bought"
CORRECT = f"/admin/events/{EVENT}/correct"
RETRACT = f"/admin/events/{EVENT}/retract"
WHY = {"correction-kind": "new_evidence", "correction-reason": "a second source"}


def test_every_event_fills_its_form_so_that_sending_it_changes_nothing(
    client: FlaskClient, engine: Engine
) -> None:
    with reading(engine) as connection:
        known = head(connection).position
        rows = timeline(connection, filters=Filters(), known=known, limit=50).rows

    for row in rows:
        response = fill_in(client, f"/admin/events/{row.id}/correct", WHY)

        assert response.status_code == 422, row.id
        assert list(errors_of(response)) == ["admin-form"], row.id
        assert "Nothing is changed yet" in errors_of(response)["admin-form"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_date_to_be_corrected_stands_there_in_words(client: FlaskClient, lang: str) -> None:
    page = page_of(client.get(f"{CORRECT}?lang={lang}"))

    (when,) = fields_of(page, "#admin-form")["when"]

    assert when == {"zh": "2023年6月29日", "en": "29 June 2023"}[lang]


def test_a_correction_says_only_what_was_changed(client: FlaskClient, engine: Engine) -> None:
    before = answered(engine, EVENT)

    response = fill_in(client, CORRECT, {**WHY, "importance": "landmark"})

    after = answered(engine, EVENT)
    assert response.headers["Location"] == f"/events/{EVENT}"
    assert after.row.importance == "landmark"
    assert after.row.is_corrected
    assert after.row.data == before.row.data
    assert after.row.entities == before.row.entities
    assert after.versions[-1].fields == ("importance",)
    assert after.versions[-1].reason.en == "a second source"


def test_a_corrected_date_is_read_anew_and_keeps_the_sources_words(
    client: FlaskClient, engine: Engine
) -> None:
    before = answered(engine, EVENT).row.occurred

    fill_in(client, CORRECT, {**WHY, "when": "late June 2023", "stated": before.stated or "6月"})

    after = answered(engine, EVENT).row.occurred
    assert (after.earliest, after.latest) == ("2023-06-21", "2023-06-30")
    assert after.stated == (before.stated or "6月")


def test_a_field_emptied_is_taken_out(client: FlaskClient, engine: Engine) -> None:
    assert "share" in answered(engine, EVENT).row.data

    fill_in(client, CORRECT, {**WHY, "field-share": ""})

    assert "share" not in answered(engine, EVENT).row.data


def test_an_entity_can_be_put_in_the_place_of_another(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, CORRECT, {**WHY, "field-buyer-id": [], "field-buyer": "Zhipu AI"})

    buyers = [one.id for one in answered(engine, EVENT).row.entities if one.role == "buyer"]
    assert buyers == ["zhipu-ai"]


def test_a_claim_can_be_doubted(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, CORRECT, {**WHY, "confidence": "low", "reason": "one voice only"})

    claim = answered(engine, EVENT).row.claims[0]
    assert (claim.source.id, claim.confidence, claim.reason) == (SOURCE, "low", "one voice only")


def test_a_correction_without_a_reason_is_refused_and_kept(client: FlaskClient) -> None:
    response = fill_in(client, CORRECT, {"importance": "landmark"})

    assert response.status_code == 422
    assert set(errors_of(response)) == {"correction-kind", "correction-reason"}
    assert fields_of(page_of(response), "#admin-form")["importance"] == ["landmark"]


def test_a_correction_that_the_vocabulary_refuses_is_shown_beside_its_field(
    client: FlaskClient,
) -> None:
    response = fill_in(client, CORRECT, {**WHY, "field-share": "much"})

    assert set(errors_of(response)) == {"field-share"}


def test_a_correction_sent_twice_is_recorded_once(client: FlaskClient, engine: Engine) -> None:
    fields = fields_of(page_of(client.get(CORRECT)), "#admin-form")
    sent = {**fields, **WHY, "importance": "landmark"}

    answers = [client.post(CORRECT, data=sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [one.what for one in answered(engine, EVENT).versions] == ["recorded", "corrected"]


def test_who_comes_second_sees_what_came_between_and_can_send_again(
    client: FlaskClient, engine: Engine
) -> None:
    stale = fields_of(page_of(client.get(CORRECT)), "#admin-form")
    fill_in(client, CORRECT, {**WHY, "importance": "landmark"})

    late = client.post(CORRECT, data={**stale, **WHY, "field-share": "60%"})
    page = page_of(late)
    again = send_again(client, late, CORRECT, {"importance": "landmark"})

    assert late.status_code == 409
    assert "Corrected: a second source" in text_of(page, "#admin-between")
    assert found(page, "#field-share")["value"] == "60%"
    assert again.status_code == 303
    assert answered(engine, EVENT).row.importance == "landmark"


def test_another_event_of_the_same_entity_is_told_too(client: FlaskClient, engine: Engine) -> None:
    address = "/admin/events/baichuan-founded/correct"
    stale = fields_of(page_of(client.get(address)), "#admin-form")
    raw = an_event("org_founded", id="again", source=SOURCE, org=BAICHUAN)
    with writing(engine) as connection:
        record(connection, raw=raw, recorded_by="somebody")

    late = client.post(address, data={**stale, **WHY, "summary-en": "Founded in Beijing."})

    assert late.status_code == 409
    assert "somebody" in text_of(page_of(late), "#admin-between")


def test_an_event_is_retracted_with_a_reason(client: FlaskClient, engine: Engine) -> None:
    asked = fill_in(client, RETRACT, {})
    done = send_again(client, asked, RETRACT, {"correction-reason": "it never closed"})

    assert asked.status_code == 422
    assert set(errors_of(asked)) == {"correction-reason"}
    assert done.headers["Location"] == f"/events/{EVENT}"
    answer = answered(engine, EVENT)
    assert answer.row.is_retracted
    assert answer.versions[-1].reason.en == "it never closed"


def test_a_retraction_sent_twice_is_recorded_once(client: FlaskClient, engine: Engine) -> None:
    fields = fields_of(page_of(client.get(RETRACT)), "#admin-form")
    sent = {**fields, "correction-reason": "it never closed"}

    answers = [client.post(RETRACT, data=sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [one.what for one in answered(engine, EVENT).versions].count("retracted") == 1


@pytest.mark.parametrize("deed", ["correct", "retract"])
def test_what_was_retracted_is_neither_corrected_nor_retracted(
    client: FlaskClient, deed: str
) -> None:
    response = client.get(f"/admin/events/rumour/{deed}")

    assert response.status_code == 400
    assert "retracted" in text_of(page_of(response), ".lede")


@pytest.mark.parametrize("deed", ["correct", "retract"])
def test_an_event_that_nobody_recorded_is_not_found(client: FlaskClient, deed: str) -> None:
    assert client.get(f"/admin/events/nothing/{deed}").status_code == 404


def test_a_corrected_claim_keeps_the_language_of_its_quote(
    client: FlaskClient, engine: Engine
) -> None:
    claims = [
        {"source": SOURCE, "quote": "收购完成", "quote_language": "zh"},
        {"source": SOURCE, "locator": "¶9", "quote": "deal done", "quote_language": "en"},
    ]
    with writing(engine) as connection:
        raw = an_event(id="quoted", claims=claims)
        record(connection, raw=raw, recorded_by="tests")

    fill_in(client, "/admin/events/quoted/correct", {**WHY, "locator": "¶7"})

    first, second = answered(engine, "quoted").row.claims
    assert (first.locator, first.quote, first.quote_language) == ("¶7", "收购完成", "zh")
    assert (second.quote, second.quote_language) == ("deal done", "en")


def test_words_quoted_anew_are_not_said_to_be_in_the_old_ones_language(
    client: FlaskClient, engine: Engine
) -> None:
    claims = [{"source": SOURCE, "quote": "收购完成", "quote_language": "zh"}]
    with writing(engine) as connection:
        raw = an_event(id="quoted", claims=claims)
        record(connection, raw=raw, recorded_by="tests")

    fill_in(client, "/admin/events/quoted/correct", {**WHY, "quote": "the deal is done"})

    assert answered(engine, "quoted").row.claims[0].quote_language == ""
