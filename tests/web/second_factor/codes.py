"""A second factor set up and used as a person does, by a clock that can be moved."""

from datetime import UTC, datetime, timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.desk import PASSWORD, fields_of, page_of, send_again, text_of

HERE = "/admin/account/second-factor"
BEGIN = f"form[action='{HERE}/begin']"
CONFIRM = f"form[action='{HERE}/confirm']"
CHANGE = f"form[action='{HERE}/remove']"
CODE = "#admin-code form"


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


def fill_in_change(client: FlaskClient, typed: dict[str, str]) -> TestResponse:
    fields = fields_of(page_of(client.get(HERE)), CHANGE)
    return client.post(f"{HERE}/remove", data={**fields, **typed})
