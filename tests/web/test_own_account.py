"""One's own account: another password, one's sessions, and who was refused."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete
from werkzeug.test import TestResponse

from archive.storage import sessions, writing
from tests.web.desk import (
    PASSWORD,
    add_account,
    cheapen_hashes,
    errors_of,
    fields_of,
    fill_in,
    found,
    log_in,
    page_of,
    text_of,
)

HERE = "/admin/account"
FORM = "#admin-account form[action='/admin/account']"
ANOTHER = "staple gun and paper"
FIELDS = {"present_password": PASSWORD, "password": ANOTHER, "password_again": ANOTHER}


@pytest.fixture(autouse=True)
def _account(engine: Engine, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine)
    log_in(client)


@pytest.fixture
def elsewhere(app: Flask) -> FlaskClient:
    """The same person, logged in with another browser."""
    made = app.test_client()
    made.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    log_in(made)
    return made


def change(client: FlaskClient, address: str = HERE, **changes: str) -> TestResponse:
    return fill_in(client, address, {**FIELDS, **changes}, form=FORM)


def is_in(client: FlaskClient) -> bool:
    return client.get(HERE).status_code == 200


def test_a_password_is_changed_and_all_other_sessions_end(
    client: FlaskClient, elsewhere: FlaskClient
) -> None:
    before = client.get_cookie("archive_session")

    response = change(client)

    after = client.get_cookie("archive_session")
    assert response.status_code == 303
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert "password is changed" in text_of(page_of(client.get(HERE)), "#messages")
    assert not is_in(elsewhere)
    assert log_in(elsewhere).status_code == 422
    assert log_in(elsewhere, password=ANOTHER).status_code == 303


def test_a_wrong_present_password_changes_nothing(
    client: FlaskClient, elsewhere: FlaskClient
) -> None:
    response = change(client, present_password="a wrong password")  # noqa: S106 - wrong on purpose

    assert response.status_code == 422
    assert "not your present password" in errors_of(response)["present_password"]
    assert "a wrong password" not in response.get_data(as_text=True)
    assert is_in(elsewhere)


def test_whoever_guesses_at_the_present_password_must_wait(client: FlaskClient) -> None:
    for _time in range(5):
        change(client, present_password="a wrong password")  # noqa: S106 - wrong on purpose

    response = change(client)

    assert response.status_code == 429
    assert "15 minutes" in errors_of(response)["present_password"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"password": "short", "password_again": "short"}, "password", "12 to 128 characters"),
        (
            {"password": "password1234", "password_again": "password1234"},
            "password",
            "hard to guess",
        ),
        ({"password_again": "staple gun"}, "password_again", "two different ways"),
        ({"present_password": ""}, "present_password", "missing"),
    ],
    ids=["short", "common", "unlike", "absent"],
)
def test_a_password_that_will_not_do_is_told_beside_its_field(
    client: FlaskClient, changes: dict[str, str], field: str, words: str
) -> None:
    response = change(client, **changes)

    assert response.status_code == 422
    assert words in errors_of(response)[field]
    assert ANOTHER not in response.get_data(as_text=True)
    assert log_in_again(client)


def log_in_again(client: FlaskClient) -> bool:
    client.delete_cookie("archive_session")
    return log_in(client).status_code == 303


def test_what_is_wrong_is_told_in_chinese_too(client: FlaskClient) -> None:
    typed = {"password": "password1234", "password_again": "password"}

    response = change(client, f"{HERE}?lang=zh", **typed)

    assert "不易猜中" in errors_of(response)["password"]
    assert "不一致" in errors_of(response)["password_again"]


def test_no_password_is_carried_through_a_login(client: FlaskClient, engine: Engine) -> None:
    fields = fields_of(page_of(client.get(HERE)), FORM)
    with writing(engine) as connection:
        connection.execute(delete(sessions))

    response = client.post(HERE, data={**fields, **FIELDS})

    assert response.status_code == 401
    assert ANOTHER not in response.get_data(as_text=True)
    assert PASSWORD not in response.get_data(as_text=True)


def sessions_on(client: FlaskClient) -> list[str]:
    items = page_of(client.get(HERE)).select(".own-sessions li")
    return [" ".join(one.get_text(" ").split()) for one in items]


def end(client: FlaskClient, named: str) -> TestResponse:
    fields = fields_of(page_of(client.get(HERE)), FORM)
    data = {"csrf_token": fields["csrf_token"], "session": named}
    return client.post(f"{HERE}/sessions", data=data)


def test_a_person_sees_their_sessions_and_which_is_this_one(
    client: FlaskClient, elsewhere: FlaskClient, engine: Engine
) -> None:
    add_account(engine, name="bea")
    log_in(client.application.test_client(), name="bea")

    first, second = sessions_on(client)

    assert "this session" in first
    assert "this session" not in second
    assert second.startswith("Begun 20")
    assert len(sessions_on(elsewhere)) == 2


def test_a_person_ends_one_of_their_sessions(client: FlaskClient, elsewhere: FlaskClient) -> None:
    mark = str(found(page_of(client.get(HERE)), ".own-sessions button")["value"])

    response = end(client, mark)

    assert response.status_code == 303
    assert not is_in(elsewhere)
    assert len(sessions_on(client)) == 1
    end(client, mark)
    assert "no such session" in text_of(page_of(client.get(HERE)), "#messages")


def test_a_person_ends_all_their_other_sessions(
    client: FlaskClient, elsewhere: FlaskClient
) -> None:
    end(client, "others")

    assert not is_in(elsewhere)
    page = page_of(client.get(HERE))
    assert len(page.select(".own-sessions li")) == 1
    assert page.select("button[value='others']") == []


def test_a_reader_with_an_account_finds_it_and_no_desk(
    client: FlaskClient, engine: Engine
) -> None:
    add_account(engine, name="rea", role="reader")
    client.delete_cookie("archive_session")
    log_in(client, name="rea", onward=HERE)

    page = page_of(client.get(HERE))

    assert found(page, ".masthead-tools a[href='/admin/account']")
    assert page.select("main a[href='/admin/']") == []
    assert change(client).status_code == 303


def test_the_audit_tells_who_was_refused(
    client: FlaskClient, elsewhere: FlaskClient, engine: Engine
) -> None:
    add_account(engine, name="ada", role="admin")
    stranger = client.application.test_client()
    for _time in range(3):
        assert stranger.get("/admin/").status_code == 303
        assert elsewhere.get("/admin/audit").status_code == 403
    change(client)
    client.delete_cookie("archive_session")
    log_in(client, name="ada")

    items = page_of(client.get("/admin/audit")).select(".desk-steps li")

    told = [" ".join(one.get_text(" ").split()).partition(" UTC ")[2] for one in items]
    assert told.count("Entry was refused about /admin/ 127.0.0.1") == 1
    assert told.count("anna Entry was refused about /admin/audit/ 127.0.0.1") == 1
    assert "anna changed their own password" in told
