"""What a form tells while it is typed: doubts, amounts as read; and what the audit tells after."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.web.desk import (
    NAME,
    at_desk,
    errors_of,
    fields_of,
    fill_in,
    found,
    log_in,
    page_of,
    send_file,
    text_of,
)
from tests.web.stories import SOURCE

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An administrator, logged in."""
    return at_desk(client, engine, monkeypatch, role="admin")


def doubted(client: FlaskClient, kind: str, **typed: str) -> TestResponse:
    fields = fields_of(page_of(client.get(f"/admin/record/{kind}")), "#admin-form")
    sent = {**fields, **{name.replace("_", "-"): [value] for name, value in typed.items()}}
    return client.post(f"/admin/cautions/{kind}", data=sent, headers=PARTIAL)


def test_an_event_that_seems_to_exist_is_named_and_a_source_can_be_added_to_it(
    client: FlaskClient,
) -> None:
    response = doubted(
        client, "org_founded", field_org_id="baichuan", when="2023-04-12", source=SOURCE
    )

    page = page_of(response)
    link = str(found(page, "a[href*='add-source']")["href"])
    assert link.startswith(f"/admin/events/baichuan-founded/add-source?source={SOURCE}")
    assert client.get(link).status_code == 200


def test_words_of_lawsuits_are_out_of_scope(client: FlaskClient) -> None:
    response = doubted(client, "org_founded", field_org_id="baichuan", title_en="a lawsuit")

    assert "scope" in text_of(page_of(response), "#admin-cautions")


TEXT = "2023年4月10日，百川智能在北京成立。\n公司由王小川创办。"


@pytest.fixture
def stored(client: FlaskClient) -> FlaskClient:
    """The text of the source is kept at the desk."""
    fields = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")
    send_file(client, "/admin/articles/", {**fields, "source": SOURCE, "text": TEXT})
    return client


@pytest.mark.parametrize("form", ["/admin/record/org_founded", "/admin/events/hostile/correct"])
def test_a_quote_that_is_not_in_the_stored_text_is_told_with_the_nearest_sentence(
    stored: FlaskClient, form: str
) -> None:
    fields: dict[str, str | list[str]] = {"field-org-id": ["meituan"], "when": "2023"}
    typed = {**fields, "source": SOURCE, "quote": "公司是王小川创办的", "step": "look"}

    told = text_of(page_of(fill_in(stored, form, typed)), "#admin-cautions")
    right = fill_in(stored, form, {**typed, "quote": "公司由王小川创办"})

    assert "not in the stored text" in told
    assert "公司由王小川创办。" in told
    assert "stored text" not in text_of(page_of(right), "#admin-cautions")


def test_a_quote_of_a_further_source_is_looked_up_too(stored: FlaskClient) -> None:
    response = doubted(
        stored, "org_founded", field_org_id="meituan", claim_source=SOURCE, claim_quote="假话"
    )

    assert "not in the stored text" in text_of(page_of(response), "#admin-cautions")


def test_without_a_stored_text_a_quote_is_not_doubted(client: FlaskClient) -> None:
    response = doubted(client, "org_founded", field_org_id="meituan", source=SOURCE, quote="假话")

    assert page_of(response).select(".notice") == []


def test_more_than_all_of_a_company_is_refused_beside_the_share(client: FlaskClient) -> None:
    typed: dict[str, str | list[str]] = {
        "field-holder-id": ["meituan"],
        "field-org-id": ["baichuan"],
        "field-direction": "increase",
        "field-share_after": "150%",
        "when": "2023-07",
        "source": SOURCE,
    }

    refused = fill_in(client, "/admin/record/stake_changed", typed)
    taken = fill_in(client, "/admin/record/stake_changed", {**typed, "field-share_after": "100%"})

    assert refused.status_code == 422
    assert "0 to 100" in errors_of(refused)["field-share_after"]
    assert "150%" in refused.get_data(as_text=True)
    assert taken.status_code == 303


def test_words_of_the_source_that_mean_other_days_are_told(client: FlaskClient) -> None:
    common = {"field_org_id": "meituan", "source": SOURCE}

    other = doubted(client, "org_founded", **common, when="2023-07-12", stated="2023年8月中旬")
    same = doubted(client, "org_founded", **common, when="2023-07-12", stated="2023年7月中旬")

    assert "read as mid-August 2023" in text_of(page_of(other), "#admin-cautions")
    assert page_of(same).select(".notice") == []


def test_a_form_in_order_raises_no_doubt(client: FlaskClient) -> None:
    response = doubted(client, "org_founded", field_org_id="meituan", source=SOURCE)

    assert page_of(response).select(".notice") == []


def test_an_event_is_no_doubt_about_its_own_correction(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/events/baichuan-founded/correct"))

    assert page.select("#admin-cautions a[href*='add-source']") == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20.65亿元", "2.065 billion CNY"),
        ("US$13bn", "13 billion USD"),
        ("much", "Not read yet"),
        ("", ""),
    ],
)
def test_an_amount_is_shown_back_as_it_is_read(client: FlaskClient, typed: str, read: str) -> None:
    address = "/admin/kinds/funding_round/amount/amount"
    response = client.get(address, query_string={"field-amount": typed}, headers=PARTIAL)

    assert read in text_of(page_of(response), "#admin-amount-field-amount")


def test_a_share_that_is_more_than_all_is_told_what_a_share_is(client: FlaskClient) -> None:
    address = "/admin/kinds/stake_changed/share_after/amount"
    much, all_of_it = (
        client.get(address, query_string={"field-share_after": typed}, headers=PARTIAL)
        for typed in ("150%", "100%")
    )

    reading = "#admin-amount-field-share_after"
    assert "from 0 to 100 percent" in text_of(page_of(much), reading)
    assert "100%" in text_of(page_of(all_of_it), reading)


def test_an_amount_of_no_field_is_not_found(client: FlaskClient) -> None:
    assert client.get("/admin/kinds/funding_round/nothing/amount").status_code == 404
    assert client.get("/admin/kinds/funding_round/round/amount").status_code == 404


def test_the_audit_tells_who_did_what(client: FlaskClient) -> None:
    fields: dict[str, str | list[str]] = {"field-org-id": ["baichuan"], "when": "2023"}
    fill_in(client, "/admin/record/org_founded", {**fields, "source": SOURCE, "step": "submit"})

    told = text_of(page_of(client.get("/admin/audit")), "#admin-audit")

    assert "anna submitted" in told
    assert "anna logged in" in told


def test_the_audit_tells_of_logins_that_failed_and_of_those_who_left(
    client: FlaskClient,
) -> None:
    page = page_of(client.get("/admin/"))
    client.post("/logout", data=fields_of(page, "form[action='/logout']"))
    for name in (NAME, "hunter2-typed-as-a-name"):
        log_in(client, name=name, password="a wrong password")  # noqa: S106 - wrong on purpose
    log_in(client)

    told = page_of(client.get("/admin/audit"))

    steps = [" ".join(one.get_text(" ").split()) for one in told.select(".desk-steps li")]
    assert "A login failed about #" in steps[1]
    assert steps[2].endswith(f"A login failed about {NAME} 127.0.0.1")
    assert steps[3].endswith(f"{NAME} logged out")
    assert "hunter2" not in told.get_text()
    assert "a wrong password" not in told.get_text()
    assert "90 days" in told.get_text()
    assert "登录失败" in client.get("/admin/audit?lang=zh").get_data(as_text=True)


def test_what_must_be_chosen_is_not_said_to_be_left_unstated(client: FlaskClient) -> None:
    page = page_of(client.get("/admin/record/valuation_reported"))

    empty = {name: text_of(page, f"#{name} option[value='']") for name in ("source", "place")}
    assert empty == {"source": "— choose —", "place": "— not stated —"}
    assert text_of(page, "#field-basis option[value='']") == "— choose —"
