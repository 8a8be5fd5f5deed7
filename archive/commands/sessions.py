"""Sessions of people who logged in: opened, found, put off, closed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, not_, select, update

from archive.commands.accounts import Account, number_of
from archive.log import to_microseconds
from archive.storage import accounts, second_factors, sessions

IDLE: Final = timedelta(hours=8)
LONGEST_SESSION: Final = timedelta(hours=12)
# A session is marked as seen this often, so that most requests only read.
_SEEN_EVERY: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """A live session; ``is_due`` tells that it should be marked as seen."""

    account: Account
    is_due: bool
    has_second_factor: bool


def token_digest(token: str) -> bytes:
    """Return what is kept of a session's token, and opens nothing."""
    return hashlib.sha256(token.encode()).digest()


def open_session(connection: Connection, *, account: Account, now: datetime) -> str:
    """Return the token of a fresh session; only its digest is kept."""
    number = number_of(connection, account.name)
    token, instant = secrets.token_urlsafe(32), to_microseconds(now)
    _forget_ended(connection, now)
    row = {
        "token_hash": token_digest(token),
        "account_id": number,
        "created_at": instant,
        "seen_at": instant,
        "expires_at": to_microseconds(now + LONGEST_SESSION),
    }
    connection.execute(insert(sessions), row)
    return token


def _forget_ended(connection: Connection, now: datetime) -> None:
    connection.execute(delete(sessions).where(not_(is_live(now))))


def is_live(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a session has not ended: by its age, or for nobody came."""
    idle_since = to_microseconds(now - IDLE)
    return and_(sessions.c.expires_at > to_microseconds(now), sessions.c.seen_at > idle_since)


def find_session(connection: Connection, *, token: str, now: datetime) -> Session | None:
    """Return the live session that *token* opens; only reads."""
    query = (
        select(accounts.c.name, accounts.c.role, sessions.c.seen_at, second_factors.c.confirmed_at)
        .join(sessions, sessions.c.account_id == accounts.c.id)
        .outerjoin(second_factors, second_factors.c.account_id == accounts.c.id)
        .where(sessions.c.token_hash == token_digest(token), is_live(now))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    is_due = row.seen_at <= to_microseconds(now - _SEEN_EVERY)
    return Session(Account(row.name, row.role), is_due, row.confirmed_at is not None)


def session_account(connection: Connection, *, token: str, now: datetime) -> Account | None:
    """Return whose session *token* opens, if it is still live."""
    found = find_session(connection, token=token, now=now)
    return found.account if found else None


def mark_seen(connection: Connection, *, token: str, now: datetime) -> None:
    """Put off the idle end of a live session."""
    same = update(sessions).where(sessions.c.token_hash == token_digest(token))
    later = func.max if connection.dialect.name == "sqlite" else func.greatest
    connection.execute(same.values(seen_at=later(sessions.c.seen_at, to_microseconds(now))))


def close_session(connection: Connection, *, token: str) -> bool:
    """End the session that *token* opens, and tell whether there was one."""
    ended = delete(sessions).where(sessions.c.token_hash == token_digest(token))
    return bool(connection.execute(ended).rowcount)
