"""How often anybody may try to log in: failures counted by name and by address."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select

from archive.commands.alarms import alarm
from archive.commands.keys import signing_key
from archive.commands.visits import LONGEST_ADDRESS, THROTTLED, note_failed
from archive.errors import RefusedError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import accounts, login_attempts, reading, writing
from archive.storage.desk import desk_steps

FAILURES: Final = 5
# Many people may share one address, and none of them shall lock the others out.
FAILURES_OF_AN_ADDRESS: Final = 50
WINDOW: Final = timedelta(minutes=15)
_MARK_DIGITS: Final = 12


class ThrottledError(RefusedError):
    """Too many passwords were tried for a name or from an address."""

    sentence = Words(
        zh="登录失败次数过多；请在 {minutes} 分钟后再试。",
        en="Too many failed attempts; try again in {minutes} minutes.",
    )

    def __init__(self, *, minutes: int) -> None:
        super().__init__(minutes=minutes)


def count_failure(connection: Connection, *, called: str, address: str, now: datetime) -> int:
    """Count a failure of a name from an address and return its number; raises ThrottledError."""
    past = login_attempts.c.attempted_at <= to_microseconds(now - WINDOW)
    connection.execute(delete(login_attempts).where(past))
    demand_patience(connection, name=called, address=address, now=now)
    failure = {"name": called, "address": address, "attempted_at": to_microseconds(now)}
    counted = insert(login_attempts).values(failure).returning(login_attempts.c.id)
    number: int = connection.execute(counted).scalar_one()
    return number


def called_in(connection: Connection, known: str) -> str:
    """Return the name of an account as it is, and of any other a mark that tells it again.

    People type passwords where a name belongs: what is nobody's name is kept only as a hash,
    under a key that no page shows, and cut.
    """
    if connection.scalar(select(accounts.c.id).where(accounts.c.name == known)) is not None:
        return known
    key = signing_key(connection) or b""
    digest = hmac.new(key, known.encode(errors="replace"), "sha256").hexdigest()
    return f"#{digest[:_MARK_DIGITS]}"


def demand_patience(connection: Connection, *, name: str, address: str, now: datetime) -> None:
    """Raise ThrottledError where *name*, or *address*, failed too often of late."""
    start = to_microseconds(now - WINDOW)
    for same, most in (
        (login_attempts.c.name == name, FAILURES),
        (login_attempts.c.address == address, FAILURES_OF_AN_ADDRESS),
    ):
        count, oldest = _failures(connection, same, start, most=most)
        if count >= most:
            left = oldest - start
            raise ThrottledError(minutes=max(1, -(-left // 60_000_000)))


def forget_failures(connection: Connection, *, name: str) -> None:
    """Count no failure of a name any more."""
    connection.execute(delete(login_attempts).where(login_attempts.c.name == name))


def note_throttled(engine: Engine, known: str, *, address: str, now: datetime) -> None:
    """Note that somebody must wait, once in a window: to try on must not fill the audit."""
    address = address[:LONGEST_ADDRESS]
    with reading(engine) as connection:
        called = called_in(connection, known)
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
