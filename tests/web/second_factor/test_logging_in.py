"""The second half of a login: a code taken once, recovery codes, guesses, nothing told."""

import logging
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, select, update

from archive.commands.noticing import unread
from archive.storage import accounts, half_logins, reading, second_factors, sessions, writing
from tests.letters import letter_server
from tests.web.desk import NAME, PASSWORD, fields_of, found, log_in, page_of, send_again, text_of
from tests.web.second_factor.codes import CODE, again, code_of, give_code, is_in, pass_time, set_up
from tests.web.stories import HOSTILE


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
