"""One more source, disputes and their settlement, merges and splits, from the desk's forms."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

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
from tests.web.stories import SOURCE

ADD = "/admin/events/beyond-bought/add-source"
DISPUTE = "/admin/events/users-one/dispute"
SETTLE = "/admin/events/users-one/settle"
WHY = {"correction-reason": "they differ"}


def test_an_act_on_an_event_that_is_refused_leads_back_to_it(client: FlaskClient) -> None:
    refused = client.get("/admin/events/rumour/correct")

    page = page_of(refused)
    assert refused.status_code == 400
    assert found(page, "#main a.button[href='/events/rumour']").get_text() == "Back to the event"


def test_one_more_source_is_added_and_the_first_one_stays(
    client: FlaskClient, engine: Engine
) -> None:
    response = fill_in(client, ADD, {"source": SOURCE, "locator": "¶9", "quote": "全资收购"})

    answer = answered(engine, "beyond-bought")
    assert response.headers["Location"] == "/events/beyond-bought"
    assert [one.locator for one in answer.row.claims] == ["", "¶9"]
    assert answer.versions[-1].fields == ("claims",)
    assert answer.versions[-1].reason.zh == "另一来源也这样说。"


def test_the_address_fills_in_the_source_and_its_words(client: FlaskClient) -> None:
    page = page_of(client.get(f"{ADD}?source={SOURCE}&locator=%C2%B63&quote=words"))

    fields = fields_of(page, "#admin-form")
    assert (fields["source"], fields["locator"], fields["quote"]) == ([SOURCE], ["¶3"], ["words"])


def test_a_source_that_is_cited_already_is_not_added_again(client: FlaskClient) -> None:
    response = fill_in(client, ADD, {"source": SOURCE})

    assert response.status_code == 422
    assert list(errors_of(response)) == ["source"]


def test_a_source_must_be_named(client: FlaskClient) -> None:
    assert list(errors_of(fill_in(client, ADD, {}))) == ["source"]


def test_events_in_dispute_are_chosen_from_those_of_the_same_kind(
    client: FlaskClient, engine: Engine
) -> None:
    page = page_of(client.get(DISPUTE))
    response = fill_in(client, DISPUTE, {**WHY, "rival": ["users-two"]})

    assert found(page, "input[name=rival]")["value"] == "users-two"
    assert response.status_code == 303
    assert answered(engine, "users-one").row.is_disputed
    assert answered(engine, "users-two").row.is_disputed


def test_a_rival_may_be_named_by_the_address_of_its_page(
    client: FlaskClient, engine: Engine
) -> None:
    fill_in(client, DISPUTE, {**WHY, "other-rival": "https://example.org/events/users-two?x=1"})

    assert answered(engine, "users-two").row.is_disputed


def test_a_dispute_needs_a_rival_and_a_reason(client: FlaskClient) -> None:
    refused = errors_of(fill_in(client, DISPUTE, {}))

    assert set(refused) == {"field-claims", "correction-reason"}
    assert refused["field-claims"] == "Choose an event that says otherwise"


def test_a_rival_that_nobody_recorded_is_refused(client: FlaskClient) -> None:
    response = fill_in(client, DISPUTE, {**WHY, "other-rival": "nothing"})

    assert response.status_code == 422
    assert "nothing" in text_of(page_of(response), "#error-summary")


def test_a_dispute_is_settled_and_the_other_claim_stays(
    client: FlaskClient, engine: Engine
) -> None:
    fill_in(client, DISPUTE, {**WHY, "rival": ["users-two"]})

    asked = fill_in(client, SETTLE, {})
    done = send_again(client, asked, SETTLE, {**WHY, "choice": "users-two"})

    assert set(errors_of(asked)) == {"field-choice", "correction-reason"}
    assert errors_of(asked)["field-choice"] == "Choose the one that is to be preferred"
    assert done.status_code == 303
    assert not answered(engine, "users-one").row.is_disputed
    assert "85" in text_of(page_of(client.get("/entities/llama-2?on=2023-05-02")), ".state-table")


def test_the_effect_of_a_settlement_is_shown_first(client: FlaskClient, engine: Engine) -> None:
    fill_in(client, DISPUTE, {**WHY, "rival": ["users-two"]})

    response = fill_in(client, SETTLE, {**WHY, "choice": "users-two", "step": "effect"})

    assert "Llama 2" in text_of(page_of(response), "#admin-effect")
    assert answered(engine, "users-one").row.is_disputed


MERGE = "/admin/entities/light-years-beyond/merge"
REASON = {"field-reason-zh": "同一家", "field-reason-en": "one and the same"}


def test_an_entity_is_merged_into_another_and_parted_again(client: FlaskClient) -> None:
    merged = fill_in(client, MERGE, {**REASON, "field-from": "Baichuan"})
    gone = client.get("/entities/baichuan")
    part = "/admin/entities/light-years-beyond/part/baichuan"
    parted = fill_in(client, part, WHY)

    assert merged.headers["Location"] == "/entities/light-years-beyond"
    assert gone.status_code == 301
    assert parted.headers["Location"] == "/entities/baichuan"
    assert client.get("/entities/baichuan").status_code == 200


def test_the_effect_of_a_merge_is_shown_first(client: FlaskClient) -> None:
    step = {"field-from": "Baichuan", "step": "effect"}

    response = fill_in(client, MERGE, {**REASON, **step})

    assert response.status_code == 200
    assert "Light Years Beyond" in text_of(page_of(response), "#admin-effect")
    assert client.get("/entities/baichuan").status_code == 200


def test_a_chained_merge_names_what_must_be_undone_first(client: FlaskClient) -> None:
    fill_in(client, "/admin/entities/meituan/merge", {**REASON, "field-from": "Zhipu AI"})

    listed = page_of(client.get("/admin/entities/meituan/merge"))
    part = "/admin/entities/zhipu-ai/part/zhipu"
    refused = fill_in(client, part, WHY)

    blockers = [str(one["href"]) for one in listed.select("#admin-merged a[href^='/events/']")]
    assert len(blockers) == 1
    assert refused.status_code == 422
    assert blockers[0].removeprefix("/events/") in text_of(page_of(refused), "#error-summary")


def test_what_was_two_all_along_is_split(client: FlaskClient) -> None:
    new = {
        "field-out-new-id": "baichuan-labs",
        "field-out-new-en": "Baichuan Labs",
        "field-out-new-zh": "百川实验室",
        "field-out-new-type": "organization",
    }

    response = fill_in(client, "/admin/entities/baichuan/split", {**REASON, **new})

    assert response.status_code == 303
    assert client.get("/entities/baichuan-labs").status_code == 200


@pytest.mark.parametrize("address", [ADD, DISPUTE, SETTLE, MERGE])
def test_the_forms_stand_on_the_pages_of_what_they_are_about(
    client: FlaskClient, address: str
) -> None:
    fill_in(client, DISPUTE, {**WHY, "rival": ["users-two"]})
    about = address.replace("/admin", "").rsplit("/", 1)[0]

    links = [str(one["href"]) for one in page_of(client.get(about)).select("a[href]")]

    assert address in links
