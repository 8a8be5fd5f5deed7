"""Every address of the site, asked by everybody: who may enter is decided on the server."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.routing import Rule

from archive.commands.accounts import ROLES
from tests.web.desk import add_account, cheapen_hashes, log_in

STRANGER = "stranger"
EVERYBODY = (STRANGER, *ROLES)
EDITORS = frozenset({"editor", "reviewer", "admin"})
# The beginning of an address, and who may enter behind it; the first that fits decides.
MAY_ENTER = (
    ("/admin/review", frozenset({"reviewer", "admin"})),
    ("/admin/audit", frozenset({"admin"})),
    ("/admin/events/org_founded/mask", frozenset({"admin"})),
    ("/admin/account", frozenset(ROLES)),
    ("/admin", EDITORS),
    ("/", frozenset(EVERYBODY)),
)
REFUSED = frozenset({401, 403})
# What ends the session that the walk rests on.
LEFT_OUT = frozenset({"/logout", "/login"})


def value_for(rule: Rule, name: str) -> str:
    accepted = getattr(rule._converters[name], "items", None)  # noqa: SLF001 - no other way to ask
    return min(accepted) if accepted else "org_founded"


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.rule in LEFT_OUT:
            continue
        values = {name: value_for(rule, name) for name in rule.arguments}
        address = str(app.url_map.bind("").build(rule.endpoint, values))
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield method, address


def may_enter(role: str, address: str) -> bool:
    return next(role in roles for start, roles in MAY_ENTER if address.startswith(start))


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_address_lets_in_just_whom_it_should(
    app: Flask,
    client: FlaskClient,
    engine: Engine,
    role: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cheapen_hashes(monkeypatch)
    if role != STRANGER:
        add_account(engine, name="walker", role=role)
        log_in(client, name="walker")
    app.config["WTF_CSRF_ENABLED"] = False
    app.extensions["archive_work"] = lambda _work: None
    wrong = []

    for method, address in routes(app):
        response = client.open(address, method=method)
        is_sent_to_login = "/login" in response.headers.get("Location", "")
        let_in = response.status_code not in REFUSED and not is_sent_to_login
        if let_in != may_enter(role, address) or response.status_code >= 500:
            wrong.append((method, address, response.status_code))

    assert wrong == []


def test_no_form_is_taken_without_its_token(
    app: Flask, client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine, name="walker", role="admin")
    log_in(client, name="walker")
    taken = []

    for method, address in routes(app):
        if method == "GET" or address == "/theme":
            continue
        response = client.open(address, method=method, headers={"Origin": "https://evil.example"})
        if response.status_code != 400:
            taken.append((method, address, response.status_code))

    assert taken == []
