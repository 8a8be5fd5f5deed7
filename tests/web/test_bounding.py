"""What is turned away before it is read: bodies that are no form, and floods of requests."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands.alarms import LOGGER
from archive.settings import Settings
from archive.web import create_app
from archive.web.frame.bounding import FLOOD
from archive.web.frame.guarding import OFTEN
from tests.web.desk import add_account, cheapen_hashes, log_in, page_of, text_of


@pytest.mark.parametrize("address", ["/login", "/theme", "/admin/record/org_founded", "/nowhere"])
@pytest.mark.parametrize("sort", ["application/json", "text/plain", "text/xml", "x"])
def test_a_body_that_is_no_form_is_refused(client: FlaskClient, address: str, sort: str) -> None:
    response = client.post(address, data="{}", content_type=sort)

    assert response.status_code == 415
    assert "Only forms" in text_of(page_of(response), "main")


def test_a_body_without_a_type_is_refused_and_an_empty_one_is_not(client: FlaskClient) -> None:
    assert client.post("/login", data=b"x", content_type="").status_code == 415
    assert client.post("/login").status_code == 400  # it lacks its token


def test_a_flood_is_told_of_once_and_nobody_is_turned_away(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["archive_requests"]["127.0.0.1"] = [FLOOD - 1]

    with caplog.at_level(logging.WARNING, LOGGER):
        statuses = {client.get("/about").status_code for _time in range(3)}
        app.extensions["archive_requests"]["127.0.0.1"] = [FLOOD - 1]
        statuses.add(client.get("/about").status_code)

    assert statuses == {200}
    assert caplog.text.count("alarm: far too many requests; account= address=127.0.0.1") == 1


@pytest.mark.usefixtures("engine")
def test_a_site_may_turn_away_who_sends_too_many(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url, secret_key="x" * 32, most_requests=3)
    client = create_app(settings).test_client()

    statuses = [client.get("/about").status_code for _time in range(5)]

    assert statuses == [200, 200, 200, 429, 429]
    assert client.get("/about", environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200
    assert client.get("/static/icon.svg", buffered=True).status_code == 200


def test_who_goes_on_where_they_may_not_enter_raises_the_alarm_once(
    client: FlaskClient,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine)
    add_account(engine, name="ada", role="admin")
    log_in(client)
    with caplog.at_level(logging.WARNING, LOGGER):
        for _time in range(OFTEN + 5):
            client.get("/admin/audit")

    assert caplog.text.count("alarm: entry was refused again and again; account=anna") == 1
    client.delete_cookie("archive_session")
    log_in(client, name="ada")
    page = page_of(client.get("/admin/audit"))
    assert "again and again" in text_of(page, "[aria-labelledby=audit-alarms]")
    assert "may not enter: 1" in text_of(page, "[aria-labelledby=audit-alarms]")
