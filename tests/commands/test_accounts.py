"""Accounts: passwords are kept as argon2, sessions as digests, guesses are counted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, select, update

from archive.commands.accounts import Account
from archive.commands.entering import Attempt, admit, authenticate, note_attempt
from archive.commands.hashing import _hasher
from archive.commands.keys import keep_signing_key, signing_key
from archive.commands.passwords import add_user, change_password
from archive.commands.sessions import (
    IDLE,
    LONGEST_SESSION,
    close_session,
    find_session,
    mark_seen,
    open_session,
    session_account,
)
from archive.commands.throttling import FAILURES, FAILURES_OF_AN_ADDRESS, WINDOW, ThrottledError
from archive.errors import FieldError, NotFoundError
from archive.log import to_microseconds
from archive.storage import accounts, login_attempts, sessions, writing

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=16)
PASSWORD = "correct horse battery"  # noqa: S105 - of an account that lives for one test
ANOTHER = "staple gun and paper"
HOME = "192.0.2.1"
ELSEWHERE = "192.0.2.2"


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.commands.hashing._hasher", lambda: CHEAP)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as opened:
        add_user(opened, name="Anna", password=PASSWORD, role="editor", now=NOW)
        yield opened


def attempt(
    connection: Connection,
    password: str = PASSWORD,
    *,
    name: str = "anna",
    address: str = HOME,
    now: datetime = NOW,
) -> Account | None:
    """Log in as ``authenticate`` does, but in the test's own transaction."""
    noted = note_attempt(connection, name=name, address=address, now=now)
    if not noted.is_met_by(password):
        return None
    return admit(connection, noted, renewed=noted.renewed(password))


def fail(connection: Connection, times: int = FAILURES, **options: str) -> None:
    for _time in range(times):
        attempt(connection, "a wrong password", **options)  # type: ignore[arg-type]  # names


def test_a_password_is_kept_as_argon2_and_never_as_itself(connection: Connection) -> None:
    kept = connection.scalar(select(accounts.c.password_hash))

    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_a_hash_is_as_dear_as_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert _hasher().memory_cost >= 19 * 1024
    assert _hasher().time_cost >= 2


def test_a_hash_grown_too_cheap_is_renewed_at_login(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr("archive.commands.hashing._hasher", lambda: dearer)

    attempt(connection)

    kept = connection.scalar(select(accounts.c.password_hash))
    assert kept is not None
    assert "t=2" in kept


def test_a_name_is_taken_in_whatever_letters_it_is_written(connection: Connection) -> None:
    with pytest.raises(FieldError) as refused:
        add_user(connection, name="ＡＮＮＡ", password=ANOTHER, role="editor", now=NOW)

    assert refused.value.field == "name"


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a\u200bb", "\u202eanna", "x" * 65, "a\nb", "<b>"],
    ids=["empty", "blank", "inner-blank", "zero-width", "turned", "long", "line", "markup"],
)
def test_a_name_that_cannot_be_seen_or_said_is_refused(connection: Connection, name: str) -> None:
    with pytest.raises(FieldError) as refused:
        add_user(connection, name=name, password=ANOTHER, role="editor", now=NOW)

    assert refused.value.field == "name"


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "xy" * 65,
        "aaaaaaaaaaaa",
        "beatrice.beatrice",
        "password1234",
        "Passw0rd!2024",
        "qwertyuiop12",
        "iloveyouiloveyou",
        "abcdefghijkl",
        "Beatrice.Beatrice-1",
    ],
    ids=[
        "short",
        "long",
        "one-letter",
        "the-name",
        "common",
        "dressed-up",
        "keys",
        "repeated",
        "row",
        "the-name-dressed-up",
    ],
)
def test_a_weak_password_is_refused_and_not_repeated(
    connection: Connection, password: str
) -> None:
    with pytest.raises(FieldError) as refused:
        add_user(connection, name="beatrice.beatrice", password=password, role="editor", now=NOW)

    assert refused.value.field == "password"
    assert password not in str(refused.value)


def test_an_unknown_role_is_refused_with_those_there_are(connection: Connection) -> None:
    with pytest.raises(FieldError, match="reader, editor, reviewer, admin"):
        add_user(connection, name="beatrice", password=ANOTHER, role="king", now=NOW)


@pytest.mark.parametrize(
    ("role", "may"),
    [("reader", False), ("editor", True), ("reviewer", True), ("admin", True)],
)
def test_all_but_readers_may_edit(role: str, may: bool) -> None:  # noqa: FBT001 - a row of a table
    assert Account("somebody", role).may_edit is may


def test_the_right_password_opens_the_account(connection: Connection) -> None:
    assert attempt(connection, name=" Anna ") == Account("anna", "editor")


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_wrong_password_or_name_opens_nothing(connection: Connection, name: str) -> None:
    assert attempt(connection, "a wrong password", name=name) is None


def test_an_endless_password_opens_nothing(connection: Connection) -> None:
    assert attempt(connection, "x" * 1_000_000) is None


def test_a_long_password_of_an_older_version_still_opens_its_account(
    connection: Connection,
) -> None:
    long = "correct horse " * 20
    connection.execute(update(accounts).values(password_hash=CHEAP.hash(long)))

    assert attempt(connection, long) == Account("anna", "editor")


def test_work_on_a_password_holds_up_nobody_who_writes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(engine) as connection:
        add_user(connection, name="anna", password=PASSWORD, role="editor", now=NOW)
    right = Attempt.is_met_by

    def meanwhile(self: Attempt, password: str) -> bool:
        with writing(engine) as connection:
            add_user(
                connection, name=f"b{len(password)}", password=ANOTHER, role="reader", now=NOW
            )
        return right(self, password)

    monkeypatch.setattr(Attempt, "is_met_by", meanwhile)

    known = {"name": "anna", "address": HOME, "now": NOW}
    assert authenticate(engine, password=PASSWORD, **known) == Account("anna", "editor")  # type: ignore[arg-type]  # as named
    assert authenticate(engine, password="something else", **known) is None  # type: ignore[arg-type]  # noqa: S106 - as named


def test_many_guesses_at_once_are_counted_all(connection: Connection) -> None:
    for _time in range(FAILURES):
        note_attempt(connection, name="anna", address=HOME, now=NOW)

    with pytest.raises(ThrottledError):
        note_attempt(connection, name="anna", address=HOME, now=NOW)


def test_too_many_failures_for_a_name_close_it_from_everywhere(connection: Connection) -> None:
    fail(connection)

    with pytest.raises(ThrottledError) as refused:
        attempt(connection, address=ELSEWHERE)

    assert "15" in refused.value.words("en")
    assert "15" in refused.value.words("zh")


def test_too_many_failures_from_an_address_close_it_for_every_name(
    connection: Connection,
) -> None:
    for number in range(FAILURES_OF_AN_ADDRESS):
        fail(connection, 1, name=f"guess-{number}")

    with pytest.raises(ThrottledError):
        attempt(connection)
    assert attempt(connection, address=ELSEWHERE) is not None


def test_patience_opens_the_account_again(connection: Connection) -> None:
    fail(connection)

    assert attempt(connection, now=NOW + WINDOW) is not None


def test_success_forgets_the_failures_of_the_name(connection: Connection) -> None:
    fail(connection, FAILURES - 1)
    attempt(connection)

    fail(connection, FAILURES - 1)

    assert attempt(connection) is not None


def test_failures_are_not_kept_longer_than_they_count(connection: Connection) -> None:
    fail(connection, 2)
    attempt(connection, "a wrong password", name="later", now=NOW + WINDOW)

    kept = connection.execute(select(login_attempts.c.name, login_attempts.c.attempted_at)).one()
    assert kept.name == note_attempt(connection, name="later", address=HOME, now=LATER).called
    assert kept.attempted_at == to_microseconds(NOW + WINDOW)


def session(connection: Connection, *, now: datetime = NOW) -> str:
    return open_session(connection, account=Account("anna", "editor"), now=now)


def test_a_token_opens_its_session_and_only_its_digest_is_kept(connection: Connection) -> None:
    token = session(connection)

    assert session_account(connection, token=token, now=NOW) == Account("anna", "editor")
    kept = connection.scalar(select(sessions.c.token_hash))
    assert kept is not None
    assert token.encode() not in bytes(kept)


def test_a_made_up_token_opens_nothing(connection: Connection) -> None:
    session(connection)

    assert session_account(connection, token="made-up", now=NOW) is None  # noqa: S106 - made up


def test_a_session_ends_when_nobody_comes(connection: Connection) -> None:
    token = session(connection)

    assert find_session(connection, token=token, now=NOW + IDLE - timedelta(seconds=1))
    assert find_session(connection, token=token, now=NOW + IDLE) is None


def test_being_seen_puts_the_idle_end_off_but_not_the_last_one(connection: Connection) -> None:
    token, step = session(connection), IDLE - timedelta(minutes=1)
    instant = NOW
    while instant + step < NOW + LONGEST_SESSION:
        instant += step
        mark_seen(connection, token=token, now=instant)
        assert find_session(connection, token=token, now=instant) is not None

    assert find_session(connection, token=token, now=NOW + LONGEST_SESSION) is None


def test_a_session_is_due_to_be_seen_only_now_and_then(connection: Connection) -> None:
    token = session(connection)

    fresh = find_session(connection, token=token, now=NOW + timedelta(minutes=1))
    stale = find_session(connection, token=token, now=NOW + timedelta(minutes=6))

    assert fresh is not None
    assert stale is not None
    assert (fresh.is_due, stale.is_due) == (False, True)


def test_an_older_sight_never_shortens_a_session(connection: Connection) -> None:
    token = session(connection)
    mark_seen(connection, token=token, now=NOW + timedelta(hours=3))

    mark_seen(connection, token=token, now=NOW)

    assert find_session(connection, token=token, now=NOW + timedelta(hours=10)) is not None


def test_closing_a_session_leaves_the_others_open(connection: Connection) -> None:
    one, other = session(connection), session(connection)

    close_session(connection, token=one)

    assert session_account(connection, token=one, now=NOW) is None
    assert session_account(connection, token=other, now=NOW) is not None


def test_a_changed_password_ends_every_session(connection: Connection) -> None:
    tokens = [session(connection), session(connection)]

    change_password(connection, name="Anna", password=ANOTHER, now=NOW)

    assert [session_account(connection, token=one, now=NOW) for one in tokens] == [None, None]
    assert attempt(connection) is None
    assert attempt(connection, ANOTHER) is not None


def test_nobody_has_no_password_to_change(connection: Connection) -> None:
    with pytest.raises(NotFoundError):
        change_password(connection, name="nobody", password=ANOTHER, now=NOW)


def test_nobody_has_no_session(connection: Connection) -> None:
    with pytest.raises(NotFoundError):
        open_session(connection, account=Account("nobody", "editor"), now=NOW)


def test_ended_sessions_are_swept_when_one_is_opened(connection: Connection) -> None:
    session(connection)

    session(connection, now=NOW + LONGEST_SESSION)

    assert len(connection.scalars(select(sessions.c.created_at)).all()) == 1


def test_an_installation_has_one_signing_key_for_ever(connection: Connection) -> None:
    assert signing_key(connection) is None

    made = keep_signing_key(connection)

    assert len(made) == 32
    assert keep_signing_key(connection) == made == signing_key(connection)
