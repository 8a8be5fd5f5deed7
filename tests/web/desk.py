"""An editor at the desk: logged in, filling in forms as a browser does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse, encode_multipart

from archive.commands.passwords import add_user
from archive.queries import EventAnswer, event, head
from archive.storage import reading, writing
from tests.web.stories import SOURCE

NAME = "anna"
PASSWORD = "correct horse battery"  # noqa: S105 - of an account that lives for one test

FOUNDING = "/admin/record/org_founded"
# The form of a founding, as it is sent: of a company that the archive does not know yet,
FOUNDED = {
    "field-org-new-id": "moonbeam",
    "field-org-new-en": "Moonbeam",
    "field-org-new-zh": "月光",
    "field-org-new-type": "organization",
    "when": "2023-05-17",
    "source": SOURCE,
}
# and as typed by hand, of one that it knows.
TYPED = {
    "field-org": "Meituan",
    "when": "14 July 2023",
    "source": "press",
    "field-seat": "Beijing",
}

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

Fields = dict[str, list[str]]


def cheapen_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test log in without the price that a guess shall have."""
    monkeypatch.setattr("archive.commands.hashing._hasher", lambda: _CHEAP)


def add_account(engine: Engine, *, name: str = NAME, role: str = "editor") -> None:
    with writing(engine) as connection:
        add_user(connection, name=name, password=PASSWORD, role=role, now=datetime.now(UTC))


def at_desk(
    client: FlaskClient,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    *,
    name: str = NAME,
    role: str = "editor",
    others: Mapping[str, str] | None = None,
) -> FlaskClient:
    """Log *client* in under *name*; *others* have accounts too, each with its role."""
    cheapen_hashes(monkeypatch)
    for each, their_role in {name: role, **(others or {})}.items():
        add_account(engine, name=each, role=their_role)
    log_in(client, name=name)
    return client


def become(client: FlaskClient, name: str) -> None:
    """Log out, and in again under another name."""
    page = page_of(client.get("/admin/"))
    client.post("/logout", data=fields_of(page, "form[action='/logout']"))
    log_in(client, name=name)


def four_eyes(app: Flask, *kinds: str) -> None:
    """Let events of *kinds* take two people from now on."""
    settings = app.extensions["archive_settings"]
    app.extensions["archive_settings"] = replace(settings, four_eyes=frozenset(kinds))


def answered(engine: Engine, name: str) -> EventAnswer:
    """Return the event called *name* as it reads now."""
    with reading(engine) as connection:
        return event(connection, id=name, known=head(connection).position)


def recorded(engine: Engine, address: str) -> EventAnswer:
    """Return the event at the address to which its form led."""
    return answered(engine, address.rsplit("/", 1)[1])


def position(engine: Engine) -> int:
    """Return where the log ends."""
    with reading(engine) as connection:
        return head(connection).position


def page_of(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def found(page: BeautifulSoup, selector: str) -> Tag:
    part = page.select_one(selector)
    assert part is not None, f"no {selector}"
    return part


def text_of(page: BeautifulSoup, selector: str) -> str:
    return found(page, selector).get_text(" ", strip=True)


def _value(control: Tag) -> str | None:
    if control.name == "select":
        options = [one for one in control.select("option") if one.has_attr("selected")]
        chosen = options[0] if options else control.select_one("option")
        return str(chosen.get("value", "")) if chosen else None
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    if control.get("type") in {"checkbox", "radio"} and not control.has_attr("checked"):
        return None
    return str(control.get("value", ""))


def fields_of(page: BeautifulSoup, form: str) -> Fields:
    """Return what a browser would send of a form as it stands."""
    fields: Fields = {}
    for control in found(page, form).select("input[name], select[name], textarea[name]"):
        value = _value(control)
        if value is not None:
            fields.setdefault(str(control["name"]), []).append(value)
    return fields


def log_in(
    client: FlaskClient, *, name: str = NAME, password: str = PASSWORD, onward: str = "/admin/"
) -> TestResponse:
    page = page_of(client.get("/login", query_string={"next": onward}))
    fields = fields_of(page, "#admin-login form")
    return client.post("/login", data={**fields, "name": name, "password": password})


def fill_in(
    client: FlaskClient,
    address: str,
    changes: Mapping[str, str | list[str]],
    *,
    form: str = "#admin-form",
) -> TestResponse:
    """Open a form, change some of it, send it."""
    fields = fields_of(page_of(client.get(address)), form)
    return client.post(address, data={**fields, **changes})


def send_file(client: FlaskClient, address: str, fields: Mapping[str, object]) -> TestResponse:
    """Send a form with a file; all of it in memory, for a test's temporary file stays open."""
    boundary, body = encode_multipart(fields)
    sort = f"multipart/form-data; boundary={boundary}"
    return client.post(address, data=body, content_type=sort)


def send_again(
    client: FlaskClient,
    response: TestResponse,
    address: str,
    changes: Mapping[str, str | list[str]],
    *,
    form: str = "#admin-form",
) -> TestResponse:
    """Change some of a form that came back, and send it again."""
    return client.post(address, data={**fields_of(page_of(response), form), **changes})


def errors_of(response: TestResponse) -> dict[str, str]:
    """Return the summary's sentences by the control that each leads to."""
    links = page_of(response).select("#error-summary a")
    return {str(link["href"])[1:]: link.get_text(strip=True) for link in links}
