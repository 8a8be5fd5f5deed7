"""The second factor on one's account: set up, changed, turned off, demanded of administrators."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from archive.commands.noting import latest_steps
from archive.settings import Settings
from archive.storage import accounts, reading, writing
from archive.web import create_app
from tests.web.conftest import CheckingClient
from tests.web.desk import (
    PASSWORD,
    add_account,
    errors_of,
    fields_of,
    found,
    log_in,
    page_of,
    send_again,
    text_of,
)
from tests.web.second_factor.codes import (
    BEGIN,
    CHANGE,
    CONFIRM,
    HERE,
    again,
    begin,
    clock_of,
    code_of,
    fill_in_change,
    is_in,
    secret_on,
    set_up,
)


def test_a_secret_is_shown_once_as_a_picture_and_as_words(client: FlaskClient) -> None:
    shown = begin(client)

    page = page_of(shown)
    assert len(secret_on(shown)) == 32
    assert found(page, ".factor-frame svg path")
    assert str(found(page, "a[href^='otpauth://totp/']")["href"]).count(secret_on(shown)) == 1
    assert "no-store" in shown.headers["Cache-Control"]
    assert secret_on(shown) not in client.get(HERE).get_data(as_text=True)


def test_a_wrong_password_shows_no_secret(client: FlaskClient) -> None:
    response = begin(client, "a wrong password")

    assert response.status_code == 422
    assert "not your present password" in errors_of(response)["present_password"]
    assert page_of(response).select(".factor-secret") == []


def test_a_wrong_code_shows_the_set_up_again(client: FlaskClient) -> None:
    shown = begin(client)

    refused = send_again(client, shown, f"{HERE}/confirm", {"code": "x"}, form=CONFIRM)

    assert refused.status_code == 422
    assert "clock" in errors_of(refused)["code"]
    assert secret_on(refused) == secret_on(shown)


def test_the_set_up_ends_other_sessions_and_tells_of_itself(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    elsewhere = app.test_client()
    log_in(elsewhere)

    _secret, codes = set_up(app, client)

    assert len(codes) == 10
    assert not is_in(elsewhere)
    assert is_in(client)
    page = page_of(client.get("/admin/account"))
    assert "A second factor was set up" in text_of(page, ".own-notices")
    assert "10 recovery codes" in text_of(page, "section[aria-labelledby='own-factor']")
    assert codes[0] not in client.get(HERE).get_data(as_text=True)
    with reading(engine) as connection:
        assert codes[0] not in str(latest_steps(connection))


def test_new_recovery_codes_take_the_password(app: Flask, client: FlaskClient) -> None:
    _secret, codes = set_up(app, client)
    fields = fields_of(page_of(client.get(HERE)), CHANGE)

    wrong = client.post(f"{HERE}/codes", data={**fields, "present_password": "x"})
    right = client.post(f"{HERE}/codes", data={**fields, "present_password": PASSWORD})

    assert wrong.status_code == 422
    fresh = [one.get_text() for one in page_of(right).select(".factor-codes code")]
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)


def test_it_is_turned_off_by_password_and_code_together(app: Flask, client: FlaskClient) -> None:
    secret, _codes = set_up(app, client)
    only_password = {"present_password": PASSWORD, "code": "000000"}
    both = {"present_password": PASSWORD, "code": code_of(app, secret)}

    refused = fill_in_change(client, only_password)
    gone = fill_in_change(client, both)

    assert "not taken" in errors_of(refused)["code"]
    assert gone.status_code == 303
    assert log_in(again(client)).status_code == 303


@pytest.mark.parametrize("deed", ["confirm", "remove", "codes"])
def test_what_is_not_set_up_is_neither_confirmed_nor_changed(
    client: FlaskClient, deed: str
) -> None:
    fields = fields_of(page_of(client.get(HERE)), BEGIN)

    data = {**fields, "present_password": PASSWORD, "code": "1"}
    response = client.post(f"{HERE}/{deed}", data=data)

    assert response.status_code == 422
    assert "begin the set-up again" in response.get_data(as_text=True)


@pytest.fixture
def strict(sqlite_url: str, app: Flask) -> FlaskClient:
    """The site where administrators need a second factor."""
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    made = create_app(
        Settings(database_url=sqlite_url, secret_key=secret, needs_second_factor=True)
    )
    made.testing, made.test_client_class = True, CheckingClient
    made.extensions["archive_clock"] = lambda: clock_of(app)
    client = made.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_an_administrator_without_one_is_led_to_set_one_up(
    app: Flask, strict: FlaskClient
) -> None:
    log_in(strict)

    led = strict.get("/admin/audit")
    assert led.status_code == 303
    assert led.headers["Location"] == HERE
    page = page_of(strict.get(HERE))
    assert "the desk is closed" in text_of(page, "main")
    set_up(app, strict)
    assert strict.get("/admin/audit").status_code == 200


def test_an_administrator_who_needs_one_cannot_turn_it_off(
    app: Flask, strict: FlaskClient
) -> None:
    log_in(strict)
    secret, _codes = set_up(app, strict)

    refused = fill_in_change(strict, {"present_password": PASSWORD, "code": code_of(app, secret)})

    assert "need a second factor" in errors_of(refused)["code"]
    assert strict.get("/admin/audit").status_code == 200


def test_others_need_none(strict: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(update(accounts).values(role="editor"))
    log_in(strict)

    assert strict.get("/admin/").status_code == 200


def test_the_audit_says_who_has_none(app: Flask, client: FlaskClient, engine: Engine) -> None:
    add_account(engine, name="bea")
    set_up(app, client)

    people = page_of(client.get("/admin/audit")).select("#admin-audit details li")

    told = [" ".join(one.get_text(" ").split()) for one in people]
    assert told[0].startswith("anna administrator second factor")
    assert told[1].startswith("bea editor no second factor")


def test_the_set_up_is_told_in_chinese_too(client: FlaskClient) -> None:
    shown = client.post(
        f"{HERE}/begin?lang=zh",
        data={**fields_of(page_of(client.get(HERE)), BEGIN), "present_password": PASSWORD},
    )

    assert "二维码" in str(found(page_of(shown), ".factor-frame")["aria-label"])
    assert "第二重验证" in text_of(page_of(client.get(f"{HERE}?lang=zh")), "h1")


def test_all_of_it_is_asked_by_forms_that_need_no_script(client: FlaskClient) -> None:
    pages = [client.get(HERE), client.get("/admin/account"), begin(client)]

    for response in pages:
        forms = page_of(response).select("main form")
        assert forms
        assert all(one.get("action") and one.get("method") == "post" for one in forms)
