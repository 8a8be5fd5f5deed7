"""One's own account: another password, one's sessions, and who was refused."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete
from werkzeug.test import TestResponse

from archive.commands.accounts import change_role
from archive.settings import Settings
from archive.storage import sessions, writing
from archive.web import create_app
from tests.letters import letter_server
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
from tests.web.stories import HOSTILE

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
            {"password": "Passw0rd!2024", "password_again": "Passw0rd!2024"},
            "password",
            "hard to guess",
        ),
        (
            {"password": "Password1234", "password_again": "Password1234"},
            "password",
            "has not leaked",
        ),
        ({"password_again": "staple gun"}, "password_again", "two different ways"),
        ({"present_password": ""}, "present_password", "missing"),
    ],
    ids=["short", "common", "leaked", "unlike", "absent"],
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
    typed = {"password": "Passw0rd!2024", "password_again": "password"}

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


@pytest.mark.parametrize(
    ("language", "told"), [("zh", ["管理员", "审阅"]), ("en", ["administrator", "reviewer"])]
)
def test_a_role_is_told_in_the_language_of_the_reader(
    client: FlaskClient, engine: Engine, language: str, told: list[str]
) -> None:
    add_account(engine, name="ada", role="admin")
    with writing(engine) as connection:
        change_role(connection, name="anna", role="reviewer", now=datetime.now(UTC))
    log_in(client, name="ada")

    audit = page_of(client.get(f"/admin/audit/?lang={language}")).select(".desk-steps")[0]
    client.delete_cookie("archive_session")
    log_in(client)
    notices = page_of(client.get(f"{HERE}?lang={language}")).select(".own-notices")[0]

    shown = [one.get_text().strip() for one in audit.select("li > span:last-child")]
    assert [one for one in shown if one in told] == [told[1], told[0]]
    assert "关于" not in audit.get_text()
    assert "about" not in audit.get_text()
    assert told[1] in notices.get_text()


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
    assert "An account was added : ada , administrator" in told


def test_how_hard_a_password_is_to_guess_is_told_while_it_is_typed(client: FlaskClient) -> None:
    token = fields_of(page_of(client.get(HERE)), FORM)["csrf_token"]
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}

    told = {
        password: client.post(
            f"{HERE}/strength",
            data={"csrf_token": token, "password": password},
            headers=partial,
        ).get_data(as_text=True)
        for password in ("Password1234", ANOTHER, "<b>" * 9)
    }

    assert "very weak" in told["Password1234"]
    assert "strong" in told[ANOTHER]
    assert all('aria-live="polite"' in one for one in told.values())
    assert not any(password in one for password, one in told.items())


def test_how_hard_a_password_is_to_guess_is_told_without_a_script_too(client: FlaskClient) -> None:
    refused = change(client, password="password1234", password_again="password1234")  # noqa: S106 - of a test
    change(client)

    assert "very weak" in text_of(page_of(refused), "#admin-strength")
    assert "strong" in text_of(page_of(client.get(HERE)), "#messages")


def test_passwords_are_shown_on_wish_where_a_script_runs(client: FlaskClient) -> None:
    for address in (HERE, "/login"):
        page = page_of(client.application.test_client().get("/login"))
        page = page_of(client.get(address)) if address == HERE else page
        assert found(page, "label[hidden] [data-reveals]")
        assert found(page, "script[src*='reveal']")


def test_what_happened_is_told_until_it_is_put_aside(
    client: FlaskClient, elsewhere: FlaskClient
) -> None:
    end(client, "others")
    assert not is_in(elsewhere)
    page = page_of(client.get(HERE))
    assert "All your other sessions were ended" in text_of(page, ".own-notices")

    fields = fields_of(page, ".own-notices form")
    until = str(found(page, ".own-notices button")["value"])
    client.post(f"{HERE}/notices", data={**fields, "until": until})

    assert page_of(client.get(HERE)).select(".own-notices") == []
    for nonsense in ("", "x", "9" * 40, "-1"):
        again = client.post(f"{HERE}/notices", data={**fields, "until": nonsense})
        assert again.status_code == 303


def test_whoever_logs_in_is_told_of_unread_notices(client: FlaskClient) -> None:
    change(client)
    client.delete_cookie("archive_session")

    log_in(client, password=ANOTHER)

    assert "1 notice about your account" in text_of(page_of(client.get("/admin/")), "#messages")


MAIL = "form[action='/admin/account/mail']"


def give_mail(client: FlaskClient, mail: str, password: str = PASSWORD) -> TestResponse:
    fields = fields_of(page_of(client.get(HERE)), MAIL)
    typed = {"mail": mail, "password_for_mail": password}
    return client.post(f"{HERE}/mail", data={**fields, **typed})


def test_an_address_for_notices_is_kept_if_the_password_is_right(client: FlaskClient) -> None:
    assert give_mail(client, "anna@example.org").status_code == 303

    page = page_of(client.get(HERE))
    assert found(page, "#mail")["value"] == "anna@example.org"
    assert "mailed to was changed" in text_of(page, ".own-notices")


@pytest.mark.parametrize("mail", [HOSTILE, "a@b\r\nBcc: c@example.org", "=1+1"])
def test_what_is_no_address_is_told_and_given_back_as_text(client: FlaskClient, mail: str) -> None:
    response = give_mail(client, mail)

    assert response.status_code == 422
    assert "name@example.org" in errors_of(response)["mail"]
    assert str(found(page_of(response), "#mail")["value"]).split() == mail.split()


def test_a_wrong_password_keeps_the_address_as_typed_and_changes_nothing(
    client: FlaskClient,
) -> None:
    response = give_mail(client, "eve@example.org", "a wrong password")

    assert "not your present password" in errors_of(response)["password_for_mail"]
    assert found(page_of(response), "#mail")["value"] == "eve@example.org"
    assert found(page_of(client.get(HERE)), "#mail")["value"] == ""


def test_people_take_home_what_is_kept_of_them(client: FlaskClient, engine: Engine) -> None:
    add_account(engine, name="bea")

    response = client.get(f"{HERE}/data")

    kept = json.loads(response.data)
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]
    assert kept["account"][0]["name"] == "anna"
    assert "bea" not in response.get_data(as_text=True)


def test_what_happens_to_an_account_is_mailed_and_a_silent_server_hinders_nothing(
    sqlite_url: str, client: FlaskClient
) -> None:
    give_mail(client, "anna@example.org")
    with letter_server() as letters:
        secret = "of a site that lives for one test"  # noqa: S105 - true to its words
        address = letters.address
        made = create_app(Settings(database_url=sqlite_url, secret_key=secret, mail_url=address))
        made.extensions["archive_work"] = lambda work: work()
        mailed = made.test_client()
        mailed.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        log_in(mailed)
        changed = change(mailed)
    again = change(mailed, present_password=ANOTHER, password=PASSWORD, password_again=PASSWORD)

    assert changed.status_code == 303
    assert again.status_code == 303
    assert [one["To"] for one in letters.taken] == ["anna@example.org"]
    assert "Your password was changed" in letters.taken[0].get_content()
    assert ANOTHER not in letters.taken[0].get_content()
