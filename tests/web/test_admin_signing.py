"""Login, logout, the guard of the desk, and forms that outlive their session."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.routing import Rule

from archive.settings import Settings
from archive.storage import installation, reading
from archive.web import create_app
from tests.web.desk import (
    NAME,
    PASSWORD,
    add_account,
    cheapen_hashes,
    fields_of,
    fill_in,
    found,
    log_in,
    page_of,
    text_of,
)

A_FORM = "/admin/record/org_founded"
# What everybody with an account may do.
THEIR_OWN = "/admin/account"


@pytest.fixture(autouse=True)
def _account(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine)


@pytest.fixture
def app(app: Flask) -> Flask:
    app.extensions["archive_clock"] = lambda: datetime.now(UTC)
    return app


def pass_time(app: Flask, **lapse: int) -> None:
    app.extensions["archive_clock"] = lambda: datetime.now(UTC) + timedelta(**lapse)


def _value(rule: Rule, name: str) -> str:
    """Return something that may stand in the place of *name* in an address."""
    accepted = getattr(rule._converters[name], "items", None)  # noqa: SLF001 - no other way to ask
    return min(accepted) if accepted else "org"


def admin_routes(app: Flask) -> list[tuple[str, str]]:
    """Return every method and address of the desk, with something in the place of each name."""
    routes = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/admin"):
            values = {name: _value(rule, name) for name in rule.arguments}
            with app.test_request_context():
                address = str(app.url_map.bind("").build(rule.endpoint, values))
            routes += [(method, address) for method in (rule.methods or set()) & {"GET", "POST"}]
    return routes


def test_the_desk_has_routes_to_guard(app: Flask) -> None:
    assert len(admin_routes(app)) >= 12


def test_a_stranger_is_sent_from_every_page_of_the_desk_to_the_login(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for method, address in admin_routes(app):
        response = client.open(address, method=method)

        assert response.status_code == (303 if method == "GET" else 401), address
        if method == "GET":
            assert response.headers["Location"].startswith("/login?next=%2Fadmin"), address


def test_a_reader_with_an_account_may_not_enter_any_page_of_the_desk(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    add_account(engine, name="reader", role="reader")
    log_in(client, name="reader")
    app.config["WTF_CSRF_ENABLED"] = False
    for method, address in admin_routes(app):
        if not address.startswith(THEIR_OWN):
            assert client.open(address, method=method).status_code == 403, address


def test_a_login_leads_on_to_where_it_was_asked_for(client: FlaskClient) -> None:
    response = log_in(client, onward="/admin/record/?q=acq")

    assert response.status_code == 303
    assert response.headers["Location"] == "/admin/record/?q=acq"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "x\ny",
        "//[",
        "http://[x",
    ],
)
def test_a_login_never_leads_away_from_the_site(client: FlaskClient, elsewhere: str) -> None:
    response = log_in(client, onward=elsewhere)

    assert response.headers["Location"] == "/admin/"


def test_the_sessions_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    cookies = log_in(client).headers.getlist("Set-Cookie")

    cookie = next(one for one in cookies if one.startswith("archive_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_site_behind_https_sends_its_cookie_over_nothing_else(
    sqlite_url: str, engine: Engine
) -> None:
    add_account(engine, name="bea")
    safe = create_app(Settings(database_url=sqlite_url, secure_cookies=True)).test_client()
    safe.environ_base["wsgi.url_scheme"] = "https"
    page = page_of(safe.get("/login", base_url="https://localhost"))
    data = {**fields_of(page, "#admin-login form"), "name": "bea", "password": PASSWORD}

    headers = {"Referer": "https://localhost/login"}
    response = safe.post("/login", data=data, base_url="https://localhost", headers=headers)

    cookies = response.headers.getlist("Set-Cookie")
    session = next(one for one in cookies if one.startswith("__Host-archive_session="))
    assert "Secure" in session
    assert "Path=/" in session
    assert "Domain" not in session
    assert safe.get("/admin/", base_url="https://localhost").status_code == 200


def test_a_wrong_password_keeps_the_name_and_not_the_password(client: FlaskClient) -> None:
    response = log_in(client, password="a wrong password")  # noqa: S106 - wrong on purpose

    assert response.status_code == 422
    page = page_of(response)
    assert found(page, "#name")["value"] == NAME
    assert found(page, "#password").get("value", "") == ""
    assert "do not belong together" in text_of(page, "#login-error")


def test_many_wrong_passwords_must_wait_and_are_told_how_long(client: FlaskClient) -> None:
    for _time in range(5):
        log_in(client, password="a wrong password")  # noqa: S106 - wrong on purpose

    response = log_in(client)

    assert response.status_code == 429
    assert "15 minutes" in text_of(page_of(response), "#login-error")


def test_a_login_without_its_token_is_asked_for_again(client: FlaskClient) -> None:
    response = client.post("/login", data={"name": NAME, "password": PASSWORD})

    assert response.status_code == 400
    assert found(page_of(response), "#admin-login form")


def test_each_login_has_a_session_of_its_own(client: FlaskClient) -> None:
    log_in(client)
    before = client.get_cookie("archive_session")
    client.delete_cookie("archive_session")

    log_in(client)

    after = client.get_cookie("archive_session")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_login_page_lets_who_is_logged_in_pass(client: FlaskClient) -> None:
    log_in(client)

    assert client.get("/login?next=/changes").headers["Location"] == "/changes"


def test_a_logout_ends_the_session_in_the_archive_too(client: FlaskClient) -> None:
    log_in(client)
    token = client.get_cookie("archive_session")
    page = page_of(client.get("/admin/"))

    client.post("/logout", data=fields_of(page, "form[action='/logout']"))

    assert token is not None
    client.set_cookie("archive_session", token.value)
    assert client.get("/admin/").status_code == 303


def test_a_session_left_alone_ends(app: Flask, client: FlaskClient) -> None:
    log_in(client)

    pass_time(app, hours=9)

    assert client.get("/admin/").status_code == 303


def test_a_session_in_use_goes_on(app: Flask, client: FlaskClient) -> None:
    log_in(client)
    for hours in (5, 9, 11):
        pass_time(app, hours=hours)

        assert client.get("/admin/").status_code == 200


def test_a_form_sent_after_its_session_ended_comes_back_after_the_login(
    app: Flask, client: FlaskClient
) -> None:
    log_in(client)
    typed = {"field-seat": "Beijing <b>&\n漢字", "field-founders-id": ["emad-mostaque", "meituan"]}
    fields = {**fields_of(page_of(client.get(A_FORM)), "#admin-form"), **typed}
    pass_time(app, hours=9)

    asked = client.post(A_FORM, data=fields)
    page = page_of(asked)
    login = fields_of(page, "#admin-login form")
    back = client.post("/login", data={**login, "name": NAME, "password": PASSWORD})
    kept = page_of(back)
    shown = client.post(A_FORM, data={**fields_of(kept, "#admin-carried form"), "step": "look"})

    assert asked.status_code == 401
    assert "What you typed is kept" in text_of(page, ".notice")
    assert found(kept, "#admin-carried form")["action"] == A_FORM
    assert shown.status_code == 200
    again = fields_of(page_of(shown), "#admin-form")
    assert "Beijing <b>&" in again["field-seat"][0]
    assert again["field-founders-id"] == ["emad-mostaque", "meituan"]
    assert client.get("/changes").get_data(as_text=True).count("Beijing") == 0


def test_a_carried_form_survives_a_mistyped_password(app: Flask, client: FlaskClient) -> None:
    log_in(client)
    fields = fields_of(page_of(client.get(A_FORM)), "#admin-form") | {"field-seat": ["Beijing"]}
    pass_time(app, hours=9)
    login = fields_of(page_of(client.post(A_FORM, data=fields)), "#admin-login form")

    again = client.post("/login", data={**login, "name": NAME, "password": "mistyped"})

    carried = fields_of(page_of(again), "#admin-login form")
    assert carried["carried:field-seat"] == ["Beijing"]
    assert "carried:password" not in carried


def test_a_form_whose_token_has_ended_comes_back_unrecorded(client: FlaskClient) -> None:
    log_in(client)
    fields = fields_of(page_of(client.get(A_FORM)), "#admin-form")

    response = client.post(A_FORM, data={**fields, "csrf_token": "old", "field-seat": "Beijing"})

    assert response.status_code == 400
    assert fields_of(page_of(response), "#admin-carried form")["field-seat"] == ["Beijing"]


def test_a_fragment_asked_for_after_the_session_ended_says_so_in_the_messages(
    client: FlaskClient,
) -> None:
    response = client.get("/admin/read-date?words=2023", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response.headers["HX-Retarget"] == "#messages"
    assert "what you typed is kept" in response.get_data(as_text=True)


def test_a_site_without_a_key_of_its_own_keeps_one_for_all_its_processes(
    sqlite_url: str, engine: Engine
) -> None:
    settings = Settings(database_url=sqlite_url)
    one, other = create_app(settings).test_client(), create_app(settings).test_client()
    fields = fields_of(page_of(one.get("/login")), "#admin-login form")
    cookie = one.get_cookie("archive_form")
    assert cookie is not None

    other.set_cookie("archive_form", cookie.value)
    response = other.post("/login", data={**fields, "name": NAME, "password": PASSWORD})

    assert response.status_code == 303
    with reading(engine) as connection:
        assert len(connection.scalars(select(installation.c.value)).one()) == 32


def test_a_reader_gets_no_cookie(client: FlaskClient) -> None:
    response = client.get("/about")

    assert "Set-Cookie" not in response.headers


def test_who_is_logged_in_finds_the_desk_on_every_page(client: FlaskClient) -> None:
    log_in(client)

    page = page_of(client.get("/sources"))

    assert found(page, ".masthead-tools a[href='/admin']").get_text(strip=True) == "Desk"


def test_the_forms_of_the_desk_answer_to_no_other_site(client: FlaskClient) -> None:
    log_in(client)

    response = client.post(A_FORM, data={"field-seat": "Beijing"})

    assert response.status_code == 400


def test_a_whole_form_can_be_sent_in_either_language(client: FlaskClient) -> None:
    log_in(client)

    response = fill_in(client, f"{A_FORM}?lang=zh", {})

    assert response.status_code == 422
    assert "何时：必填" in text_of(page_of(response), "#error-summary")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Referer": "http://[x]:1/"},
    ],
)
@pytest.mark.parametrize("address", [A_FORM, "/login"])
def test_what_another_site_planted_is_not_shown_as_typed(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    data = {"title-en": "planted words", "name": "planted name", "carried:x": "planted too"}

    response = client.post(address, data=data, headers=headers)

    assert response.status_code == 400
    assert "planted" not in response.get_data(as_text=True)


def test_one_name_that_is_locked_out_locks_no_other_at_its_address(
    client: FlaskClient, engine: Engine
) -> None:
    add_account(engine, name="bea")
    for _time in range(5):
        log_in(client, password="a wrong password")  # noqa: S106 - wrong on purpose

    assert log_in(client).status_code == 429
    assert log_in(client, name="bea").status_code == 303
