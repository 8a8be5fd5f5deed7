"""The second factor at the site: set up on one's account, asked for at the door, never lost."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, select, update
from werkzeug.test import TestResponse

from archive.commands.noticing import unread
from archive.commands.noting import latest_steps
from archive.settings import Settings
from archive.storage import accounts, half_logins, reading, second_factors, sessions, writing
from archive.web import create_app
from tests.letters import letter_server
from tests.web.conftest import CheckingClient
from tests.web.desk import (
    NAME,
    PASSWORD,
    add_account,
    cheapen_hashes,
    errors_of,
    fields_of,
    found,
    log_in,
    page_of,
    send_again,
    text_of,
)
from tests.web.stories import HOSTILE

HERE = "/admin/account/second-factor"
BEGIN = f"form[action='{HERE}/begin']"
CONFIRM = f"form[action='{HERE}/confirm']"
CHANGE = f"form[action='{HERE}/remove']"
CODE = "#admin-code form"


@pytest.fixture(autouse=True)
def _account(
    engine: Engine, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine, role="admin")
    pass_time(app, 0)
    log_in(client)


def pass_time(app: Flask, seconds: int) -> None:
    """Let the site's clock stand that many seconds off; a code is taken once in 30 seconds."""
    app.extensions["archive_clock"] = lambda: datetime.now(UTC) + timedelta(seconds=seconds)


def clock_of(app: Flask) -> datetime:
    instant: datetime = app.extensions["archive_clock"]()
    return instant


def begin(client: FlaskClient, password: str = PASSWORD) -> TestResponse:
    fields = fields_of(page_of(client.get(HERE)), BEGIN)
    return client.post(f"{HERE}/begin", data={**fields, "present_password": password})


def secret_on(response: TestResponse) -> str:
    return text_of(page_of(response), ".factor-secret").replace(" ", "")


def code_of(app: Flask, secret: str) -> str:
    return pyotp.TOTP(secret).at(clock_of(app))


def set_up(app: Flask, client: FlaskClient) -> tuple[str, list[str]]:
    """Set the second factor; a minute later return its secret and its recovery codes."""
    shown = begin(client)
    secret = secret_on(shown)
    confirmed = send_again(
        client, shown, f"{HERE}/confirm", {"code": code_of(app, secret)}, form=CONFIRM
    )
    pass_time(app, 60)
    codes = [one.get_text() for one in page_of(confirmed).select(".factor-codes code")]
    return secret, codes


def again(client: FlaskClient) -> FlaskClient:
    client.delete_cookie("archive_session")
    return client


def give_code(client: FlaskClient, response: TestResponse, code: str) -> TestResponse:
    return send_again(client, response, "/login/code", {"code": code}, form=CODE)


def is_in(client: FlaskClient) -> bool:
    return client.get("/admin/account").status_code == 200


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


def test_the_password_alone_is_half_a_login(app: Flask, client: FlaskClient) -> None:
    secret, _codes = set_up(app, client)
    half = log_in(again(client), onward="/admin/drafts")

    assert half.status_code == 200
    assert client.get_cookie("archive_session") is None
    assert not is_in(client)
    entered = give_code(client, half, code_of(app, secret))
    assert entered.status_code == 303
    assert entered.headers["Location"] == "/admin/drafts"
    assert is_in(client)


def test_a_code_opens_one_session(app: Flask, client: FlaskClient) -> None:
    secret, _codes = set_up(app, client)
    give_code(client, log_in(again(client)), code_of(app, secret))

    refused = give_code(client, log_in(again(client)), code_of(app, secret))

    assert refused.status_code == 422
    assert "used before" in text_of(page_of(refused), "[role=alert].notice")
    pass_time(app, 120)
    give_code(client, refused, code_of(app, secret))
    told = text_of(page_of(client.get("/admin/account")), ".own-notices")
    assert "had been used already" in told


def test_a_code_used_again_is_mailed_to_its_owner_at_once(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    secret, _codes = set_up(app, client)
    give_code(client, log_in(again(client)), code_of(app, secret))
    with writing(engine) as connection:
        connection.execute(update(accounts).values(mail="anna@example.org"))
    app.extensions["archive_work"] = lambda work: work()

    with letter_server() as letters:
        settings = app.extensions["archive_settings"]
        app.extensions["archive_settings"] = replace(settings, mail_url=letters.address)
        give_code(client, log_in(again(client)), code_of(app, secret))

    (letter,) = letters.taken
    assert letter["To"] == "anna@example.org"
    assert "had been used already" in letter.get_content()


def test_a_recovery_code_opens_and_is_told_of(app: Flask, client: FlaskClient) -> None:
    _secret, codes = set_up(app, client)

    entered = give_code(client, log_in(again(client)), codes[0].lower())

    assert entered.status_code == 303
    page = page_of(client.get("/admin/account"))
    assert "recovery code was used" in text_of(page, ".own-notices")
    assert "9 recovery codes" in text_of(page, "section[aria-labelledby='own-factor']")


def test_whoever_guesses_at_codes_must_wait(app: Flask, client: FlaskClient) -> None:
    secret, _codes = set_up(app, client)
    half = log_in(again(client))
    for number in range(5):
        half = give_code(client, half, f"{number:06}")

    response = give_code(client, half, code_of(app, secret))

    assert response.status_code == 429
    assert "15 minutes" in text_of(page_of(response), "[role=alert].notice")
    assert not is_in(client)


def test_half_a_login_does_not_wait_for_ever_and_loses_nothing(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    secret, _codes = set_up(app, client)
    form = "/admin/record/org_founded"
    fields = fields_of(page_of(client.get(form)), "#admin-form")
    with writing(engine) as connection:
        connection.execute(delete(sessions))
    asked = client.post(form, data={**fields, "stated": "typed before"})
    half = send_again(
        client,
        asked,
        "/login",
        {"name": NAME, "password": PASSWORD},
        form="#admin-login form",
    )
    with writing(engine) as connection:
        connection.execute(delete(half_logins))

    late = give_code(client, half, code_of(app, secret))

    assert late.status_code == 422
    assert "too long" in text_of(page_of(late), "[role=alert].notice")
    names = {"name": NAME, "password": PASSWORD}
    half = send_again(client, late, "/login", names, form="#admin-login form")
    carried = give_code(client, half, code_of(app, secret))
    assert "Nothing was lost" in text_of(page_of(carried), "h1")
    assert "typed before" in carried.get_data(as_text=True)


def test_a_visit_to_the_second_half_begins_with_the_first(app: Flask, client: FlaskClient) -> None:
    assert found(page_of(again(client).get("/login/code")), "#admin-login")
    log_in(client)
    set_up(app, client)
    log_in(again(client))

    assert found(page_of(client.get("/login/code?next=//evil.example")), CODE)


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


def fill_in_change(client: FlaskClient, typed: dict[str, str]) -> TestResponse:
    fields = fields_of(page_of(client.get(HERE)), CHANGE)
    return client.post(f"{HERE}/remove", data={**fields, **typed})


@pytest.mark.parametrize("deed", ["confirm", "remove", "codes"])
def test_what_is_not_set_up_is_neither_confirmed_nor_changed(
    client: FlaskClient, deed: str
) -> None:
    fields = fields_of(page_of(client.get(HERE)), BEGIN)

    data = {**fields, "present_password": PASSWORD, "code": "1"}
    response = client.post(f"{HERE}/{deed}", data=data)

    assert response.status_code == 422
    assert "begin the set-up again" in response.get_data(as_text=True)


def test_nothing_secret_reaches_the_log(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        secret, codes = set_up(app, client)
        give_code(client, log_in(again(client)), "123123")

    assert secret not in caplog.text
    assert codes[0] not in caplog.text
    assert "123123" not in caplog.text


@pytest.mark.parametrize("words", [HOSTILE, "'; DROP TABLE account; --", "１２３" * 99])
def test_an_enemys_code_is_a_wrong_one(app: Flask, client: FlaskClient, words: str) -> None:
    set_up(app, client)

    refused = give_code(client, log_in(again(client)), words)

    assert refused.status_code == 422
    assert words not in refused.get_data(as_text=True)


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


def test_a_site_with_another_key_lets_recovery_codes_in(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    secret, codes = set_up(app, client)
    with writing(engine) as connection:
        kept = connection.scalar(select(second_factors.c.secret))
        assert kept is not None
        connection.execute(update(second_factors).values(secret=bytes(kept)[:-4] + b"AAAA"))

    half = log_in(again(client))
    refused = give_code(client, half, code_of(app, secret))
    assert refused.status_code == 422
    assert give_code(client, refused, codes[0]).status_code == 303
    with reading(engine) as connection:
        assert unread(connection, name=NAME)[0].deed == "recovery-code-used"


def test_a_form_of_the_second_half_needs_its_token(app: Flask, client: FlaskClient) -> None:
    set_up(app, client)
    log_in(again(client))

    response = client.post("/login/code", data={"code": "1"})

    assert response.status_code == 400


def test_all_of_it_is_asked_by_forms_that_need_no_script(client: FlaskClient) -> None:
    pages = [client.get(HERE), client.get("/admin/account"), begin(client)]

    for response in pages:
        forms = page_of(response).select("main form")
        assert forms
        assert all(one.get("action") and one.get("method") == "post" for one in forms)
