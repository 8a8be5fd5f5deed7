"""What people do with their own account, and what the audit tells of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from archive.commands.accounts import Account
from archive.commands.entering import authenticate
from archive.commands.noticing import ENDED, ENDED_OTHERS, OWN_PASSWORD
from archive.commands.noting import latest_steps
from archive.commands.own_account import (
    OwnSession,
    change_own_password,
    end_other_sessions,
    end_own_session,
    sessions_of,
)
from archive.commands.refusing import REFUSALS, note_refused
from archive.commands.sessions import IDLE, mark_seen, open_session, session_account
from archive.commands.throttling import FAILURES, WINDOW, ThrottledError
from archive.commands.visits import FAILED, KEPT_FAILURES, REFUSED, SIGNING
from archive.errors import FieldError
from archive.storage import reading, sessions, writing
from tests.commands.people import HOME, NOW, PASSWORD, add_people

ANOTHER = "staple gun and paper"
ANNA, BEA = Account("anna", "editor"), Account("bea", "reader")


@pytest.fixture(autouse=True)
def _people(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add_people(engine, monkeypatch, ANNA, BEA)


def begin(engine: Engine, account: Account = ANNA, *, now: datetime = NOW) -> str:
    with writing(engine) as connection:
        return open_session(connection, account=account, now=now)


def live(engine: Engine, token: str, *, now: datetime = NOW) -> bool:
    with reading(engine) as connection:
        return session_account(connection, token=token, now=now) is not None


def listed(engine: Engine, token: str, *, now: datetime = NOW) -> Sequence[OwnSession]:
    with reading(engine) as connection:
        return sessions_of(connection, account=ANNA, token=token, now=now)


def deeds(engine: Engine) -> list[tuple[str, str]]:
    """Return who did what lately, the newest first, but for the accounts' beginning."""
    with reading(engine) as connection:
        told = latest_steps(connection, limit=1000)
    return [(one.account, one.deed) for one in told if one.deed != "account-added"]


def change(engine: Engine, present: str = PASSWORD, password: str = ANOTHER) -> str | None:
    return change_own_password(
        engine, account=ANNA, present=present, password=password, address=HOME, now=NOW
    )


def test_another_password_ends_all_sessions_and_opens_a_fresh_one(engine: Engine) -> None:
    old, others = [begin(engine), begin(engine)], begin(engine, BEA)

    token = change(engine)

    assert token is not None
    assert live(engine, token)
    assert [live(engine, one) for one in old] == [False, False]
    assert live(engine, others)
    known = {"name": "anna", "address": HOME, "now": NOW}
    assert authenticate(engine, password=ANOTHER, **known) == ANNA  # type: ignore[arg-type]  # as named
    assert authenticate(engine, password=PASSWORD, **known) is None  # type: ignore[arg-type]  # as named
    assert deeds(engine)[1] == ("anna", OWN_PASSWORD)


def test_without_the_present_password_nothing_changes(engine: Engine) -> None:
    token = begin(engine)

    assert change(engine, present="a wrong password") is None

    assert live(engine, token)
    assert deeds(engine) == [("", FAILED)]


def test_the_present_password_cannot_be_guessed_at_for_long(engine: Engine) -> None:
    for _time in range(FAILURES):
        change(engine, present="a wrong password")

    with pytest.raises(ThrottledError):
        change(engine)


def test_a_weak_password_changes_nothing(engine: Engine) -> None:
    token = begin(engine)

    with pytest.raises(FieldError):
        change(engine, password="password1234")  # noqa: S106 - weak on purpose

    assert live(engine, token)
    assert change(engine) is not None


def test_sessions_are_listed_with_the_present_one_first(engine: Engine) -> None:
    present, older = begin(engine), begin(engine)
    newer = begin(engine, now=NOW + timedelta(minutes=1))
    begin(engine, BEA)
    seen = NOW + timedelta(minutes=30)
    with writing(engine) as connection:
        mark_seen(connection, token=older, now=seen)

    found = listed(engine, present, now=seen)

    assert [(one.begun_at, one.seen_at) for one in found] == [
        (NOW, NOW),
        (NOW, seen),
        (NOW + timedelta(minutes=1), NOW + timedelta(minutes=1)),
    ]
    assert [one.is_present for one in found] == [True, False, False]
    assert all(token not in str(found) for token in (present, older, newer))


def test_what_has_ended_is_not_listed(engine: Engine) -> None:
    begin(engine)
    present = begin(engine, now=NOW + IDLE - timedelta(minutes=1))

    assert len(listed(engine, present, now=NOW + IDLE)) == 1


def test_one_session_is_ended_by_its_mark(engine: Engine) -> None:
    present, other = begin(engine), begin(engine)
    mark = listed(engine, present)[1].mark

    with writing(engine) as connection:
        assert end_own_session(connection, account=ANNA, mark=mark, now=NOW)
        assert not end_own_session(connection, account=ANNA, mark=mark, now=NOW)

    assert live(engine, present)
    assert not live(engine, other)
    assert deeds(engine) == [("anna", ENDED)]


@pytest.mark.parametrize("mark", ["", "others", "%", "ab"])
def test_what_is_no_mark_ends_nothing(engine: Engine, mark: str) -> None:
    begin(engine)

    with writing(engine) as connection:
        assert not end_own_session(connection, account=ANNA, mark=mark, now=NOW)

        assert len(connection.execute(select(sessions)).all()) == 1


def test_nobody_ends_the_sessions_of_others(engine: Engine) -> None:
    token = begin(engine)
    mark = listed(engine, token)[0].mark

    with writing(engine) as connection:
        assert not end_own_session(connection, account=BEA, mark=mark, now=NOW)
        assert end_other_sessions(connection, account=BEA, token="none", now=NOW) == 0  # noqa: S106 - of nobody

    assert live(engine, token)
    assert deeds(engine) == []


def test_all_others_are_ended_at_once(engine: Engine) -> None:
    present, others = begin(engine), [begin(engine), begin(engine)]

    with writing(engine) as connection:
        ended = end_other_sessions(connection, account=ANNA, token=present, now=NOW)

    assert ended == 2
    assert live(engine, present)
    assert not any(live(engine, one) for one in others)
    assert deeds(engine) == [("anna", ENDED_OTHERS)]


def refuse(
    engine: Engine, account: Account | None = None, *, address: str = HOME, now: datetime = NOW
) -> None:
    note_refused(engine, account=account, place="/admin/audit/", address=address, now=now)


def test_who_is_refused_is_noted_once_in_a_window(engine: Engine) -> None:
    for minutes in (0, 1, 2):
        refuse(engine, BEA, now=NOW + timedelta(minutes=minutes))
    refuse(engine)
    refuse(engine, BEA, address="2001:db8::7")

    assert deeds(engine) == [("bea", REFUSED), ("", REFUSED), ("bea", REFUSED)]

    refuse(engine, BEA, now=NOW + WINDOW)

    assert deeds(engine)[0] == ("bea", REFUSED)
    assert len(deeds(engine)) == 4


def test_strangers_of_many_addresses_leave_a_bounded_trace_and_hide_nobody(
    engine: Engine,
) -> None:
    for number in range(REFUSALS + 5):
        refuse(engine, address=f"2001:db8::{number}")
    refuse(engine, BEA)

    assert deeds(engine).count(("", REFUSED)) == REFUSALS
    assert deeds(engine)[0] == ("bea", REFUSED)


def test_old_refusals_are_forgotten(engine: Engine) -> None:
    refuse(engine)

    refuse(engine, BEA, now=NOW + KEPT_FAILURES)

    assert deeds(engine) == [("bea", REFUSED)]


def test_reviewers_are_not_shown_what_people_do_with_their_accounts() -> None:
    assert {OWN_PASSWORD, ENDED, ENDED_OTHERS, REFUSED} <= set(SIGNING)
