"""What a form tells while it is typed: doubts, amounts as read; and what the audit tells after."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.web.desk import (
    NAME,
    at_desk,
    fields_of,
    fill_in,
    found,
    log_in,
    page_of,
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
