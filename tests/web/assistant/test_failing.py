"""An assistant that fails, is asked too often or is not there, and its key, told to nobody."""

import logging
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.settings import Settings
from archive.web import create_app
from tests.assistants import Recorded
from tests.web.assistant.asking import ask, offers, pasted, stored
from tests.web.conftest import CheckingClient
from tests.web.desk import at_desk, fields_of, page_of, text_of


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        pytest.param({"status": 500}, "500", id="failing"),
        pytest.param({"answer": b"<html>"}, "127.0.0.1", id="garbage"),
        pytest.param({"answer": b"x" * 1_000_001}, "1000000", id="huge"),
        pytest.param({"hangs": True}, "0.3", id="slow"),
    ],
)
def test_an_assistant_that_fails_is_told_and_nothing_is_lost(
    app: Flask,
    client: FlaskClient,
    server: Recorded,
    engine: Engine,
    trouble: dict[str, object],
    told: str,
    language: str,
) -> None:
    address = pasted(client)
    ask(client, address)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    app.extensions["archive_settings"] = quick(app)
    for name, value in trouble.items():
        setattr(server, name, value)

    answer = ask(client, address)

    assert answer.status_code == 303
    page = page_of(client.get(answer.headers["Location"]))
    notice = text_of(page, "#messages .notice-error")
    assert told in notice
    assert notice.isascii() is (language == "en")
    assert len(stored(engine, address)) == 1


def quick(app: Flask) -> Settings:
    """Return the site's settings with little patience."""
    before: Settings = app.extensions["archive_settings"]
    return Settings(
        database_url=before.database_url,
        secret_key=before.secret_key,
        assistant_url=before.assistant_url,
        assistant_seconds=0.3,
    )


def test_a_key_is_written_nowhere(
    client: FlaskClient, server: Recorded, caplog: pytest.LogCaptureFixture
) -> None:
    address = pasted(client)
    server.status = 401
    with caplog.at_level(logging.DEBUG):
        answer = ask(client, address)

    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "a-key-of-nobody" not in page + caplog.text


class TestWithoutAnAssistant:
    """A site that names none."""

    @pytest.fixture
    def settings(self, sqlite_url: str) -> Settings:
        secret = "of a site that lives for one test"  # noqa: S105 - true to its words
        return Settings(database_url=sqlite_url, secret_key=secret)

    def test_there_is_no_button_and_no_traffic(
        self, client: FlaskClient, server: Recorded
    ) -> None:
        address = pasted(client)

        page = page_of(client.get(address))
        token = fields_of(page_of(client.get("/admin/articles/")), "#admin-form")["csrf_token"]
        answer = client.post(f"{address}/assistant", data={"csrf_token": token})

        assert page.select("form[action$='/assistant']") == []
        assert "assistant" not in text_of(page, "#main").lower()
        assert answer.status_code == 303
        told = text_of(page_of(client.get(address)), "#messages .notice-error")
        assert "ARCHIVE_ASSISTANT_URL" in told
        assert server.asked == []


def test_whoever_asks_too_often_must_wait_and_the_server_is_not_asked(
    settings: Settings,
    server: Recorded,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = create_app(replace(settings, assistant_hourly=1))
    made.testing, made.test_client_class = True, CheckingClient
    client = at_desk(made.test_client(), engine, monkeypatch)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = pasted(client)
    ask(client, address)

    ask(client, address)

    assert len(server.asked) == 1
    told = text_of(page_of(client.get(address)), "#messages")
    assert "You asked the assistant 1 times within the hour" in told
    assert len(offers(client, address)) == 1
