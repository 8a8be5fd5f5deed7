"""What the audit keeps of logins: whose failed and from where, but never what was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from archive.commands.entering import authenticate
from archive.commands.noticing import PASSWORD as PASSWORD_CHANGED
from archive.commands.noting import DeskStep, latest_steps, note
from archive.commands.passwords import ADDED, add_user, change_password
from archive.commands.throttling import FAILURES, FAILURES_OF_AN_ADDRESS, WINDOW, ThrottledError
from archive.commands.visits import FAILED, KEPT_FAILURES, SIGNING, THROTTLED
from archive.storage import login_attempts, reading, writing

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"  # noqa: S105 - of an account that lives for one test
TYPED = "hunter2 is my password"
HOME, ELSEWHERE = "192.0.2.1", "2001:db8::7"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _anna(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.commands.hashing._hasher", lambda: CHEAP)
    with writing(engine) as connection:
        add_user(connection, name="Anna", password=PASSWORD, role="editor", now=NOW)


def fail(
    engine: Engine, name: str = "anna", *, address: str = HOME, now: datetime = NOW
) -> DeskStep:
    """Fail to log in, and return what the audit tells of it."""
    assert authenticate(engine, name=name, password=TYPED, address=address, now=now) is None
    return steps(engine)[0]


def steps(engine: Engine, *deeds: str) -> list[DeskStep]:
    with reading(engine) as connection:
        told = latest_steps(connection, limit=1000)
    return [one for one in told if one.deed in (deeds or SIGNING)]


def test_a_failed_login_is_told_with_its_account_and_address(engine: Engine) -> None:
    step = fail(engine, " ＡＮＮＡ ", address=ELSEWHERE)

    assert (step.deed, step.about, step.field, step.words) == (FAILED, "anna", "anna", ELSEWHERE)
    assert step.account == ""
    assert step.at == NOW


def test_what_is_nobodys_name_is_kept_as_a_mark_of_its_own(engine: Engine) -> None:
    first, again, other = fail(engine, TYPED), fail(engine, TYPED.upper()), fail(engine, "bob")

    assert first.about == again.about != other.about
    assert first.about.startswith("#")
    assert len(first.about) == 13


def test_nothing_that_was_typed_is_kept_anywhere(engine: Engine) -> None:
    fail(engine, TYPED)
    fail(engine)

    with reading(engine) as connection:
        counted = connection.scalars(select(login_attempts.c.name)).all()
    kept = f"{steps(engine)} {counted}"
    assert TYPED not in kept
    assert "hunter" not in kept


def test_a_mark_is_another_in_another_archive(engine: Engine) -> None:
    here = fail(engine, TYPED).about
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM installation")

    assert fail(engine, TYPED).about != here


def test_whoever_must_wait_is_told_of_once_in_a_window(engine: Engine) -> None:
    for _time in range(FAILURES):
        fail(engine)

    for minutes in (1, 2, 3):
        with pytest.raises(ThrottledError):
            fail(engine, now=NOW + timedelta(minutes=minutes))

    (told,) = steps(engine, THROTTLED)
    assert (told.about, told.words) == ("anna", HOME)
    assert len(steps(engine, FAILED)) == FAILURES


def test_a_flood_from_one_address_leaves_a_bounded_trace(engine: Engine) -> None:
    for number in range(FAILURES_OF_AN_ADDRESS + 20):
        try:
            fail(engine, f"guess-{number}")
        except ThrottledError:
            continue

    assert len(steps(engine, FAILED, THROTTLED)) == FAILURES_OF_AN_ADDRESS + 1


def test_who_must_wait_holds_up_nobody_who_writes(engine: Engine) -> None:
    for _time in range(FAILURES):
        fail(engine)
    with pytest.raises(ThrottledError):
        fail(engine)

    with writing(engine) as connection:
        note(connection, deed="pasted", about="x", account="anna", now=NOW)
        with pytest.raises(ThrottledError):
            fail(engine)


def test_old_failures_are_forgotten_and_nothing_else_is(engine: Engine) -> None:
    fail(engine)

    fail(engine, now=NOW + KEPT_FAILURES + WINDOW)

    assert [one.deed for one in steps(engine)] == [FAILED, ADDED]


def test_accounts_and_passwords_that_change_are_told_of(engine: Engine) -> None:
    with writing(engine) as connection:
        change_password(connection, name="anna", password="another battery", now=NOW)  # noqa: S106 - of a test

    changed, added = steps(engine)

    assert (changed.deed, changed.about) == (PASSWORD_CHANGED, "anna")
    assert (added.deed, added.about, added.words) == (ADDED, "anna", "editor")
    assert "battery" not in f"{changed} {added}"


def test_who_reviews_is_not_shown_who_comes_and_goes(engine: Engine) -> None:
    with reading(engine) as connection:
        assert latest_steps(connection, without=SIGNING) == []
