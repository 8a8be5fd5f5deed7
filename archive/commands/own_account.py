"""What people do with their own account: another password, and an end to their sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, select

from archive.commands.accounts import Account
from archive.commands.entering import authenticate
from archive.commands.hashing import hashed
from archive.commands.noticing import ENDED, ENDED_OTHERS, OWN_PASSWORD, notify
from archive.commands.noting import note
from archive.commands.passwords import keep_hash
from archive.commands.sessions import is_live, open_session, token_digest
from archive.log import to_instant
from archive.storage import accounts, sessions, writing

_MARK_DIGITS: Final = 24
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A live session as its owner sees it; ``mark`` names it and opens nothing."""

    mark: str
    begun_at: datetime
    seen_at: datetime
    is_present: bool


def change_own_password(
    engine: Engine,
    *,
    account: Account,
    present: str,
    password: str,
    address: str,
    now: datetime,
    pepper: str = "",
) -> str | None:
    """Return the token of a fresh session, all older ones ended; None where *present* is wrong.

    Wrong guesses count as failed logins: raises ThrottledError after too many of them, and
    FieldError for a weak password. No work on a password holds up who writes.
    """
    known = {"name": account.name, "password": present, "address": address, "pepper": pepper}
    if authenticate(engine, **known, now=now) is None:
        return None
    fresh = hashed(password, name=account.name, pepper=pepper)
    with writing(engine) as connection:
        keep_hash(connection, name=account.name, password_hash=fresh)
        _note(connection, OWN_PASSWORD, account, now)
        return open_session(connection, account=account, now=now)


def sessions_of(
    connection: Connection, *, account: Account, token: str, now: datetime
) -> list[OwnSession]:
    """Return the live sessions of *account*, the one that *token* opens first, then the latest."""
    present = token_digest(token)
    query = select(sessions).where(_theirs(account), is_live(now))
    latest = query.order_by(
        sessions.c.token_hash != present, sessions.c.seen_at.desc(), sessions.c.created_at.desc()
    )
    return [
        OwnSession(
            mark=_mark(row.token_hash),
            begun_at=to_instant(row.created_at),
            seen_at=to_instant(row.seen_at),
            is_present=bytes(row.token_hash) == present,
        )
        for row in connection.execute(latest.limit(_MOST))
    ]


def end_own_session(connection: Connection, *, account: Account, mark: str, now: datetime) -> bool:
    """End the session of *account* that *mark* names, and tell whether there was one."""
    kept = connection.scalars(select(sessions.c.token_hash).where(_theirs(account), is_live(now)))
    named = [one for one in kept if _mark(one) == mark]
    if not named:
        return False
    connection.execute(delete(sessions).where(sessions.c.token_hash.in_(named)))
    _note(connection, ENDED, account, now)
    return True


def end_other_sessions(
    connection: Connection, *, account: Account, token: str, now: datetime
) -> int:
    """End all sessions of *account* but the one that *token* opens; return how many there were."""
    others = (_theirs(account), sessions.c.token_hash != token_digest(token))
    ended = connection.execute(delete(sessions).where(*others, is_live(now))).rowcount
    if ended:
        _note(connection, ENDED_OTHERS, account, now)
    return ended


def _theirs(account: Account) -> ColumnElement[bool]:
    number = select(accounts.c.id).where(accounts.c.name == account.name).scalar_subquery()
    return sessions.c.account_id == number


def _mark(token_hash: bytes) -> str:
    return bytes(token_hash).hex()[:_MARK_DIGITS]


def _note(connection: Connection, deed: str, account: Account, now: datetime) -> None:
    notify(connection, deed, name=account.name, now=now)
    note(connection, deed=deed, about=account.name, account=account.name, now=now)
