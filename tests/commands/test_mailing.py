"""Notices: kept until they are read, and mailed by a real server on the loopback."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from archive.commands.accounts import Account, change_mail, change_role, mail_of
from archive.commands.mailing import post_at, send_notices
from archive.commands.noticing import (
    MAIL,
    PASSWORD,
    SENTENCES,
    count_unread,
    notify,
    put_aside,
    unread,
)
from archive.commands.passwords import add_user, change_password
from archive.errors import FieldError, NotFoundError
from archive.settings import Settings
from archive.storage import accounts, reading, writing
from tests.commands.people import add_people
from tests.letters import Letters, letter_server
from tests.servers import free_port

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ADDRESS = "anna@example.org"
WORDS = "correct horse battery"


@pytest.fixture
def letters() -> Iterator[Letters]:
    with letter_server() as taken:
        yield taken


@pytest.fixture
def server(letters: Letters) -> str:
    return letters.address


@pytest.fixture(autouse=True)
def _anna(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add_people(engine, monkeypatch, Account(name="anna", role="editor"))


def give_address(engine: Engine, address: str = ADDRESS) -> None:
    with writing(engine) as connection:
        connection.execute(update(accounts).values(mail=address))


def told(engine: Engine, deed: str = PASSWORD, *, now: datetime = NOW) -> None:
    with writing(engine) as connection:
        notify(connection, deed, name="anna", now=now)


def test_a_notice_is_mailed_once_in_both_languages(
    engine: Engine, server: str, letters: Letters
) -> None:
    give_address(engine)
    told(engine)

    assert send_notices(engine, address=server, now=NOW) == 1
    assert send_notices(engine, address=server, now=NOW) == 0

    (letter,) = letters.taken
    text = letter.get_content()
    assert letter["To"] == ADDRESS
    assert letter["From"] == "archive@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert SENTENCES[PASSWORD].zh in text
    assert SENTENCES[PASSWORD].en in text
    assert "2026-11-22 08:00 UTC" in text


def test_who_gave_no_address_is_told_on_the_site_alone(
    engine: Engine, server: str, letters: Letters
) -> None:
    told(engine)

    assert send_notices(engine, address=server, now=NOW) == 0
    assert letters.taken == []
    with reading(engine) as connection:
        assert count_unread(connection, name="anna") == 1


def test_a_server_that_fails_blocks_nobody_and_is_tried_again(
    engine: Engine, server: str, letters: Letters, caplog: pytest.LogCaptureFixture
) -> None:
    give_address(engine)
    told(engine)
    letters.refuses = True

    with caplog.at_level(logging.WARNING, "archive.mail"):
        assert send_notices(engine, address=server, now=NOW) == 0

    assert "a notice could not be mailed" in caplog.text
    assert ADDRESS not in caplog.text
    letters.refuses = False
    assert send_notices(engine, address=server, now=NOW) == 1


def test_a_server_that_is_not_there_blocks_nobody(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    give_address(engine)
    told(engine)

    sent = send_notices(engine, address=f"smtp://127.0.0.1:{free_port()}", now=NOW)

    assert sent == 0
    assert "could not be mailed" in caplog.text


def test_what_is_a_day_old_is_mailed_no_more(
    engine: Engine, server: str, letters: Letters
) -> None:
    give_address(engine)
    told(engine)

    assert send_notices(engine, address=server, now=NOW + timedelta(days=1, minutes=1)) == 0
    assert letters.taken == []


def test_a_password_goes_over_no_open_connection(
    engine: Engine, server: str, letters: Letters, caplog: pytest.LogCaptureFixture
) -> None:
    give_address(engine)
    told(engine)
    with_password = server.replace("smtp://", "smtp://user:secret-word@")

    assert send_notices(engine, address=with_password, now=NOW) == 0
    assert letters.taken == []
    assert "secret-word" not in caplog.text


@pytest.mark.parametrize(
    "address",
    ["", "http://x", "smtp://", "smtp://[", "smtp://h:x", "smtp://h:99999", "smtp://h?from=a%0Ab"],
)
def test_what_is_no_mail_server_is_refused_and_not_repeated(
    engine: Engine, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(FieldError) as refused:
        post_at(address)

    assert "ARCHIVE_MAIL_URL" in refused.value.words("zh")
    assert send_notices(engine, address=address, now=NOW) == 0
    assert "ARCHIVE_MAIL_URL" in caplog.text


def test_the_address_of_a_server_is_read_whole() -> None:
    found = post_at("smtps://us%40er:p%2Fw@mail.example?from=a@b.example")

    assert (found.host, found.port, found.is_secure) == ("mail.example", 465, True)
    assert (found.user, found.password, found.sender) == ("us@er", "p/w", "a@b.example")
    assert "p/w" not in repr(found)


def test_the_settings_hide_the_address_of_the_mail_server() -> None:
    settings = Settings.from_environment({"ARCHIVE_MAIL_URL": "smtp://a:secret-word@b"})

    assert settings.mail_url
    assert "secret-word" not in repr(settings)


def test_a_changed_address_is_told_to_the_old_one(
    engine: Engine, server: str, letters: Letters
) -> None:
    give_address(engine)
    with writing(engine) as connection:
        change_mail(connection, name="anna", mail="eve@example.org", now=NOW, by="anna")

    send_notices(engine, address=server, now=NOW)

    assert [one["To"] for one in letters.taken] == [ADDRESS]
    assert "eve@example.org" in letters.taken[0].get_content()


def test_a_changed_role_is_told_in_both_languages(
    engine: Engine, server: str, letters: Letters
) -> None:
    give_address(engine)
    with writing(engine) as connection:
        change_role(connection, name="anna", role="reviewer", now=NOW)

    send_notices(engine, address=server, now=NOW)

    (letter,) = letters.taken
    assert "您的角色已更改。（审阅）" in letter.get_content()
    assert "Your role was changed. (reviewer)" in letter.get_content()


@pytest.mark.parametrize(
    "mail",
    ["x", "a@b\nBcc: c@d", "a@b, c@d", "<a@b>", "a b@c", "a@b\x00", "@b", "a@", "a@" + "b" * 300],
)
def test_what_is_no_address_is_refused(engine: Engine, mail: str) -> None:
    with writing(engine) as connection, pytest.raises(FieldError) as refused:
        change_mail(connection, name="anna", mail=mail, now=NOW)

    assert refused.value.field == "mail"
    with reading(engine) as connection:
        assert mail_of(connection, name="anna") == ""


def test_what_the_server_does_to_an_account_is_told_to_its_owner(engine: Engine) -> None:
    with writing(engine) as connection:
        change_password(connection, name="anna", password="staple gun and paper", now=NOW)  # noqa: S106 - of a test
        change_role(connection, name="anna", role="reviewer", now=NOW)
        change_mail(connection, name="anna", mail="", now=NOW)

    with reading(engine) as connection:
        notices = unread(connection, name="anna")
    assert [one.deed for one in notices] == [MAIL, "role-changed", PASSWORD]
    assert notices[1].words == "reviewer"
    assert all(one.sentence.zh and one.sentence.en for one in notices)


def test_nobody_has_no_role_to_be_changed(engine: Engine) -> None:
    with writing(engine) as connection:
        with pytest.raises(NotFoundError):
            change_role(connection, name="eve", role="editor", now=NOW)
        with pytest.raises(FieldError):
            change_role(connection, name="anna", role="king", now=NOW)


def test_what_was_read_is_gone_from_the_page_and_later_from_the_archive(engine: Engine) -> None:
    told(engine)
    told(engine, MAIL)
    with writing(engine) as connection:
        newest = unread(connection, name="anna")[0].number
        told_later = newest
        notify(connection, PASSWORD, name="anna", now=NOW)
        put_aside(connection, name="anna", until=told_later, now=NOW)

    with writing(engine) as connection:
        assert count_unread(connection, name="anna") == 1
        notify(connection, PASSWORD, name="anna", now=NOW + timedelta(days=91))
        kept = connection.exec_driver_sql("SELECT count(*) FROM notice").scalar_one()
    assert kept == 2


def test_nobody_puts_aside_what_another_was_told(engine: Engine) -> None:
    told(engine)
    with writing(engine) as connection:
        add_user(connection, name="bea", password=WORDS, role="editor", now=NOW)
        put_aside(connection, name="bea", until=10**9, now=NOW)

    with reading(engine) as connection:
        assert count_unread(connection, name=Account("anna", "editor").name) == 1
