"""Who tries to log in: how often anybody may, and what the audit keeps of it."""

import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update

from archive.commands.accounts import (
    ADDED,
    Account,
    Attempt,
    folded_name,
    keep_signing_key,
    signing_key,
)
from archive.commands.alarms import alarm
from archive.commands.drafts import note
from archive.commands.noticing import SENTENCES
from archive.errors import RefusedError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import accounts, login_attempts, reading, second_factors, writing
from archive.storage.desk import desk_steps

FAILURES: Final = 5
# Many people may share one address, and none of them shall lock the others out.
FAILURES_OF_AN_ADDRESS: Final = 50
WINDOW: Final = timedelta(minutes=15)
LOGGED_IN, LOGGED_OUT = "logged-in", "logged-out"
FAILED, THROTTLED = "login-failed", "login-throttled"
FAILED_CODE: Final = "second-factor-failed"
REFUSED, REFUSED_OFTEN = "access-refused", "access-refused-often"
FLOODING: Final = "requests-flooding"
# What the audit tells of people coming and going, beside what they did at the desk.
SIGNING: Final = (
    LOGGED_IN,
    LOGGED_OUT,
    FAILED,
    FAILED_CODE,
    THROTTLED,
    ADDED,
    REFUSED,
    REFUSED_OFTEN,
    FLOODING,
    *SENTENCES,
)
# Strangers may bring these about, so they are kept no longer than anybody looks back for them.
KEPT_FAILURES: Final = timedelta(days=90)
_STRANGERS_DEEDS: Final = (FAILED, FAILED_CODE, THROTTLED, REFUSED, REFUSED_OFTEN, FLOODING)
_MARK_DIGITS: Final = 12
LONGEST_ADDRESS: Final = 64


class ThrottledError(RefusedError):
    """Too many passwords were tried for a name or from an address."""

    sentence = Words(
        zh="登录失败次数过多；请在 {minutes} 分钟后再试。",
        en="Too many failed attempts; try again in {minutes} minutes.",
    )

    def __init__(self, *, minutes: int) -> None:
        super().__init__(minutes=minutes)


def authenticate(
    engine: Engine, *, name: str, password: str, address: str, now: datetime, pepper: str = ""
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
        note_throttled(engine, known, address=address, now=now)
        raise
    attempt = replace(attempt, pepper=pepper)
    if not attempt.is_met_by(password):
        with writing(engine) as connection:
            note_failed(connection, FAILED, attempt.called, address=address, now=now)
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
    number = count_failure(connection, called=called, address=address, now=now)
    query = (
        select(accounts, second_factors.c.confirmed_at)
        .outerjoin(second_factors, second_factors.c.account_id == accounts.c.id)
        .where(accounts.c.name == known)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return Attempt(None, "", called, number)
    account, has_second = Account(row.name, row.role), row.confirmed_at is not None
    return Attempt(account, row.password_hash, called, number, has_second)


def count_failure(connection: Connection, *, called: str, address: str, now: datetime) -> int:
    """Count a failure of a name from an address and return its number; raises ThrottledError."""
    past = login_attempts.c.attempted_at <= to_microseconds(now - WINDOW)
    connection.execute(delete(login_attempts).where(past))
    _demand_patience(connection, name=called, address=address, now=now)
    failure = {"name": called, "address": address, "attempted_at": to_microseconds(now)}
    counted = insert(login_attempts).values(failure).returning(login_attempts.c.id)
    number: int = connection.execute(counted).scalar_one()
    return number


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


def note_throttled(engine: Engine, known: str, *, address: str, now: datetime) -> None:
    """Note that somebody must wait, once in a window: to try on must not fill the audit."""
    address = address[:LONGEST_ADDRESS]
    with reading(engine) as connection:
        called = _called(connection, known)
        told = select(desk_steps.c.id).where(
            desk_steps.c.deed == THROTTLED,
            desk_steps.c.words == address,
            desk_steps.c.at > to_microseconds(now - WINDOW),
        )
        is_told = connection.scalar(told.limit(1)) is not None
    if not is_told:
        alarm("a login must wait", name=called, address=address)
        with writing(engine) as connection:
            note_failed(connection, THROTTLED, called, address=address, now=now)


def note_failed(
    connection: Connection, deed: str, called: str, *, address: str, now: datetime
) -> None:
    """Note a failure of a name, and forget those that nobody looks back for."""
    forget_old(connection, now)
    note(
        connection,
        deed=deed,
        about=called,
        account="",
        now=now,
        field=called,
        words=address[:LONGEST_ADDRESS],
    )


def forget_old(connection: Connection, now: datetime) -> None:
    """Forget what strangers brought about and nobody looks back for any more."""
    old = desk_steps.c.at <= to_microseconds(now - KEPT_FAILURES)
    brought_about = desk_steps.c.deed.in_(_STRANGERS_DEEDS)
    connection.execute(delete(desk_steps).where(old, brought_about))


def admit(connection: Connection, attempt: Attempt, *, renewed: str = "") -> Account | None:
    """Forget the failures of a name whose password was right; *renewed* replaces its hash.

    Where a second factor is still to come, only this attempt is no longer counted: or whoever
    knows the password could guess at codes for ever.
    """
    if attempt.account is None:
        return None
    name = attempt.account.name
    if attempt.has_second_factor:
        taken_back = login_attempts.c.id == attempt.number
        connection.execute(delete(login_attempts).where(taken_back))
    else:
        forget_failures(connection, name=name)
    if renewed:
        same = (accounts.c.name == name) & (accounts.c.password_hash == attempt.password_hash)
        connection.execute(update(accounts).where(same).values(password_hash=renewed))
    return attempt.account


def forget_failures(connection: Connection, *, name: str) -> None:
    """Count no failure of a name any more."""
    connection.execute(delete(login_attempts).where(login_attempts.c.name == name))


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
