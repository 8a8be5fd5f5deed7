"""Who tries to log in: how often anybody may, and what the audit keeps of it."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update

from archive.commands.accounts import (
    ADDED,
    CHANGED,
    CHANGED_OWN,
    Account,
    Attempt,
    folded_name,
    keep_signing_key,
    signing_key,
)
from archive.commands.drafts import note
from archive.errors import RefusedError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import accounts, login_attempts, reading, writing
from archive.storage.desk import desk_steps

FAILURES: Final = 5
# Many people may share one address, and none of them shall lock the others out.
FAILURES_OF_AN_ADDRESS: Final = 50
WINDOW: Final = timedelta(minutes=15)
LOGGED_IN, LOGGED_OUT = "logged-in", "logged-out"
FAILED, THROTTLED = "login-failed", "login-throttled"
ENDED, ENDED_OTHERS = "session-ended", "other-sessions-ended"
REFUSED: Final = "access-refused"
# What the audit tells of people coming and going, beside what they did at the desk.
SIGNING: Final = (
    LOGGED_IN,
    LOGGED_OUT,
    FAILED,
    THROTTLED,
    ADDED,
    CHANGED,
    CHANGED_OWN,
    ENDED,
    ENDED_OTHERS,
    REFUSED,
)
# Strangers may bring these about, so they are kept no longer than anybody looks back for them.
KEPT_FAILURES: Final = timedelta(days=90)
# Strangers have addresses without end: all of them together leave no more in a window.
REFUSALS: Final = 100
_MARK_DIGITS: Final = 12
_LONGEST_ADDRESS: Final = 64


class ThrottledError(RefusedError):
    """Too many passwords were tried for a name or from an address."""

    sentence = Words(
        zh="登录失败次数过多；请在 {minutes} 分钟后再试。",
        en="Too many failed attempts; try again in {minutes} minutes.",
    )

    def __init__(self, *, minutes: int) -> None:
        super().__init__(minutes=minutes)


def authenticate(
    engine: Engine, *, name: str, password: str, address: str, now: datetime
) -> Account | None:
    """Return the account if the password is its own, else None; the failure is noted.

    Raises ThrottledError after too many failures for the name or from the address. An unknown
    name costs as much work as a known one, and no work on a password holds up who writes.
    """
    known = folded_name(name)[:64]
    try:
        with reading(engine) as connection:  # whoever must wait holds up nobody who writes
            _demand_patience(connection, name=_called(connection, known), address=address, now=now)
        with writing(engine) as connection:
            attempt = note_attempt(connection, name=name, address=address, now=now)
    except ThrottledError:
        _note_throttled(engine, known, address=address, now=now)
        raise
    if not attempt.is_met_by(password):
        with writing(engine) as connection:
            _note_failed(connection, FAILED, attempt.called, address=address, now=now)
        return None
    renewed = attempt.renewed(password)
    with writing(engine) as connection:
        return admit(connection, attempt, renewed=renewed)


def note_attempt(connection: Connection, *, name: str, address: str, now: datetime) -> Attempt:
    """Count an attempt as a failure until it is admitted, and return what it is held against.

    It is counted first, so that many at once are no way around ThrottledError.
    """
    known = folded_name(name)[:64]
    keep_signing_key(connection)
    called = _called(connection, known)
    past = login_attempts.c.attempted_at <= to_microseconds(now - WINDOW)
    connection.execute(delete(login_attempts).where(past))
    _demand_patience(connection, name=called, address=address, now=now)
    failure = {"name": called, "address": address, "attempted_at": to_microseconds(now)}
    connection.execute(insert(login_attempts), failure)
    row = connection.execute(select(accounts).where(accounts.c.name == known)).one_or_none()
    if row is None:
        return Attempt(None, "", called)
    return Attempt(Account(row.name, row.role), row.password_hash, called)


def _called(connection: Connection, known: str) -> str:
    """Return the name of an account as it is, and of any other a mark that tells it again.

    People type passwords where a name belongs: what is nobody's name is kept only as a hash,
    under a key that no page shows, and cut.
    """
    if connection.scalar(select(accounts.c.id).where(accounts.c.name == known)) is not None:
        return known
    key = signing_key(connection) or b""
    digest = hmac.new(key, known.encode(errors="replace"), "sha256").hexdigest()
    return f"#{digest[:_MARK_DIGITS]}"


def _note_throttled(engine: Engine, known: str, *, address: str, now: datetime) -> None:
    """Note that somebody must wait, once in a window: to try on must not fill the audit."""
    with reading(engine) as connection:
        called = _called(connection, known)
        told = select(desk_steps.c.id).where(
            desk_steps.c.deed == THROTTLED,
            desk_steps.c.words == address,
            desk_steps.c.at > to_microseconds(now - WINDOW),
        )
        is_told = connection.scalar(told.limit(1)) is not None
    if not is_told:
        with writing(engine) as connection:
            _note_failed(connection, THROTTLED, called, address=address, now=now)


def _note_failed(
    connection: Connection, deed: str, called: str, *, address: str, now: datetime
) -> None:
    _forget_old(connection, now)
    note(
        connection,
        deed=deed,
        about=called,
        account="",
        now=now,
        field=called,
        words=address[:_LONGEST_ADDRESS],
    )


def _forget_old(connection: Connection, now: datetime) -> None:
    old = desk_steps.c.at <= to_microseconds(now - KEPT_FAILURES)
    brought_about = desk_steps.c.deed.in_([FAILED, THROTTLED, REFUSED])
    connection.execute(delete(desk_steps).where(old, brought_about))


def note_refused(
    engine: Engine, *, account: Account | None, place: str, address: str, now: datetime
) -> None:
    """Note that somebody was kept out of *place*: once in a window for an account and address.

    Strangers are one account here, and no account is noted more than REFUSALS times in a window.
    """
    name, address = account.name if account else "", address[:_LONGEST_ADDRESS]
    with reading(engine) as connection:
        if _is_refusal_told(connection, name, address, now):
            return
    with writing(engine) as connection:
        if _is_refusal_told(connection, name, address, now):  # another process was first
            return
        _forget_old(connection, now)
        note(
            connection,
            deed=REFUSED,
            about=name,
            account=name,
            now=now,
            field=place,
            words=address,
        )


def _is_refusal_told(connection: Connection, name: str, address: str, now: datetime) -> bool:
    told = select(desk_steps.c.words).where(
        desk_steps.c.deed == REFUSED,
        desk_steps.c.account == name,
        desk_steps.c.at > to_microseconds(now - WINDOW),
    )
    addresses = connection.scalars(told.limit(REFUSALS)).all()
    return address in addresses or len(addresses) >= REFUSALS


def admit(connection: Connection, attempt: Attempt, *, renewed: str = "") -> Account | None:
    """Forget the failures of a name whose password was right; *renewed* replaces its hash."""
    if attempt.account is None:
        return None
    name = attempt.account.name
    connection.execute(delete(login_attempts).where(login_attempts.c.name == name))
    if renewed:
        same = (accounts.c.name == name) & (accounts.c.password_hash == attempt.password_hash)
        connection.execute(update(accounts).where(same).values(password_hash=renewed))
    return attempt.account


def _demand_patience(connection: Connection, *, name: str, address: str, now: datetime) -> None:
    start = to_microseconds(now - WINDOW)
    for same, most in (
        (login_attempts.c.name == name, FAILURES),
        (login_attempts.c.address == address, FAILURES_OF_AN_ADDRESS),
    ):
        count, oldest = _failures(connection, same, start, most=most)
        if count >= most:
            left = oldest - start
            raise ThrottledError(minutes=max(1, -(-left // 60_000_000)))


def _failures(
    connection: Connection, same: ColumnElement[bool], start: int, *, most: int
) -> tuple[int, int]:
    """Return how many failures there are, and the instant of the one that must age first."""
    times = connection.scalars(
        select(login_attempts.c.attempted_at)
        .where(same, login_attempts.c.attempted_at > start)
        .order_by(login_attempts.c.attempted_at.desc())
        .limit(most)
    ).all()
    return len(times), times[-1] if times else 0
