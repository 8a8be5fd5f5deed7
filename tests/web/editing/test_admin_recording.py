"""Recording at the desk: the kinds, the form of each, and what a form may be sent with."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import (
    FOUNDING,
    TYPED,
    errors_of,
    fields_of,
    fill_in,
    found,
    page_of,
    position,
    recorded,
    send_again,
    text_of,
)

LEFT = "/admin/record/role_ended"


def test_a_form_filled_in_by_hand_becomes_an_event(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, TYPED)

    assert response.status_code == 303
    answer = recorded(engine, response.headers["Location"])
    assert [mention.id for mention in answer.row.entities] == ["meituan"]
    assert answer.row.occurred.edtf == "2023-07-14"
    assert answer.row.occurred.stated == ""  # nobody quotes what an editor types
    assert answer.row.data == {"seat": "Beijing"}
    assert answer.row.claims[0].source.id == "press"
    assert answer.row.recorded_by == "anna"


def test_what_was_done_is_told_on_the_events_page(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, TYPED)

    page = page_of(client.get(response.headers["Location"]))

    assert "Recorded." in text_of(page, "#messages")


def test_a_form_sent_twice_is_recorded_once(client: FlaskClient, engine: Engine) -> None:
    fields = {**fields_of(page_of(client.get(FOUNDING)), "#admin-form"), **TYPED}

    answers = [client.post(FOUNDING, data=fields) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert position(engine) == recorded(engine, answers[0].headers["Location"]).row.position


def test_a_form_recorded_and_then_changed_is_not_taken_for_the_same(
    client: FlaskClient, engine: Engine
) -> None:
    fields = {**fields_of(page_of(client.get(FOUNDING)), "#admin-form"), **TYPED}
    client.post(FOUNDING, data=fields)
    before = position(engine)

    response = client.post(FOUNDING, data={**fields, "field-seat": "Shanghai"})
    again = send_again(client, response, FOUNDING, {})

    assert response.status_code == 409
    assert again.status_code == 303
    assert position(engine) == before + 1


def test_nothing_typed_is_lost_when_a_form_is_refused(client: FlaskClient) -> None:
    typed = {
        "field-org": "Meituan",
        "field-seat": "<script>alert(1)</script>",
        "when": "the day before never",
        "stated": "原文 <b>",
        "title-en": 'A "title" & more',
        "summary-zh": "第一行\n第二行",
        "confidence": "low",
    }

    response = fill_in(client, FOUNDING, typed)

    assert response.status_code == 422
    fields = fields_of(page_of(response), "#admin-form")
    for name in ("field-seat", "when", "stated", "title-en", "summary-zh", "confidence"):
        assert fields[name] == [typed[name]], name
    assert fields["field-org-id"] == ["meituan"]
    assert {"when", "source"} <= set(errors_of(response))


def test_a_low_confidence_wants_a_reason(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "confidence": "low"})

    assert set(errors_of(response)) == {"reason"}


def test_the_reason_of_a_claim_and_the_reason_of_a_kind_are_told_apart(
    client: FlaskClient,
) -> None:
    typed = {
        "field-person": "Emad Mostaque",
        "field-org": "Stability AI",
        "field-role": "ceo",
        "field-reason": "no such reason",
        "when": "2024-03-25",
        "source": "press",
        "confidence": "low",
    }

    assert set(errors_of(fill_in(client, LEFT, typed))) == {"field-reason", "reason"}


@pytest.mark.parametrize("field", ["field-seat", "when", "title-en", "summary-en", "field-org"])
def test_a_megabyte_in_a_field_gets_one_sentence(client: FlaskClient, field: str) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, field: "x" * 1_000_000})

    assert response.status_code == 422
    assert len(errors_of(response)) == 1
    assert len(next(iter(errors_of(response).values()))) < 600


def test_more_than_a_form_may_hold_is_refused_whole(client: FlaskClient) -> None:
    response = client.post(FOUNDING, data={"when": "x" * 5_000_000})

    assert response.status_code == 413
    assert "too large" in text_of(page_of(response), ".lede")


def test_control_characters_are_refused_beside_their_field(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "field-seat": "Bei\x07jing"})

    assert set(errors_of(response)) == {"field-seat"}


def test_money_is_read_as_it_is_written(client: FlaskClient, engine: Engine) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "field-initial_capital": "US$50m"})

    capital = recorded(engine, response.headers["Location"]).row.data["initial_capital"]
    assert capital == {"exact": "50000000", "currency": "USD", "stated": "US$50m"}


def test_money_without_a_currency_is_asked_back(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "field-initial_capital": "50"})

    assert set(errors_of(response)) == {"field-initial_capital"}


def test_a_look_records_nothing_and_shows_how_all_was_read(
    client: FlaskClient, engine: Engine
) -> None:
    before = position(engine)

    response = fill_in(client, FOUNDING, {**TYPED, "when": "Q3 2023", "step": "look"})

    page = page_of(response)
    assert response.status_code == 200
    assert position(engine) == before
    assert "2023-07-01 – 2023-09-30" in text_of(page, "#admin-reading")
    assert "everything can be taken" in text_of(page, "#form-checked")
    assert found(page, "#form-checked").has_attr("autofocus")
    assert found(page, "#title-en")["placeholder"] == "Meituan is founded"
    assert "美团" in str(found(page, "#title-zh")["placeholder"])


def test_what_is_missing_from_a_sentence_stands_in_brackets(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/record/valuation_reported"))

    titles = [found(page, f"#title-{language}")["placeholder"] for language in ("zh", "en")]
    assert titles == [
        "〔机构〕估值〔估值〕（〔依据〕）",
        "[Organization] valued at [Valuation] ([Basis])",
    ]


def test_what_is_missing_is_asked_for_with_one_colon(client: FlaskClient) -> None:
    told = errors_of(fill_in(client, "/admin/record/valuation_reported", {}))

    assert told["field-org"] == "Organization: required (Whose valuation)"


def test_one_title_typed_leaves_the_other_language_its_sentence(
    client: FlaskClient, engine: Engine
) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "title-zh": "美团问世"})

    row = recorded(engine, response.headers["Location"]).row
    assert (row.title.zh, row.title.en) == ("美团问世", "Meituan is founded")


def test_the_next_event_keeps_its_source(client: FlaskClient) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, "step": "next"})

    assert response.headers["Location"] == "/admin/record/?source=press"
    chosen = page_of(client.get("/admin/record/?source=press"))
    link = str(found(chosen, ".kind-link")["href"])
    assert fields_of(page_of(client.get(link)), "#admin-form")["source"] == ["press"]


@pytest.mark.parametrize("field", [{"step": "explode"}, {"event_id": "no id"}])
def test_a_form_that_no_page_of_ours_sends_is_refused(
    client: FlaskClient, field: dict[str, str]
) -> None:
    response = fill_in(client, FOUNDING, {**TYPED, **field})

    assert response.status_code == 400
