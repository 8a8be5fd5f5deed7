"""The second half of a login: the password was right, and the second factor is awaited."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select

from archive.commands.accounts import Account, number_of
from archive.commands.second_factor import is_met
from archive.commands.sessions import token_digest
from archive.commands.throttling import (
    ThrottledError,
    count_failure,
    forget_failures,
    note_throttled,
)
from archive.commands.visits import FAILED_CODE, note_failed
from archive.log import to_microseconds
from archive.storage import accounts, half_logins, writing

PATIENCE: Final = timedelta(minutes=10)


def open_half(connection: Connection, *, account: Account, now: datetime) -> str:
    """Return the token of a login that is half done; it opens nothing but the second half."""
    old = half_logins.c.created_at <= to_microseconds(now - PATIENCE)
    connection.execute(delete(half_logins).where(old))
    token = secrets.token_urlsafe(32)
    row = {"token_hash": token_digest(token), "created_at": to_microseconds(now)}
    number = number_of(connection, account.name)
    connection.execute(insert(half_logins), row | {"account_id": number})
    return token


def half_account(connection: Connection, *, token: str, now: datetime) -> Account | None:
    """Return whose login *token* is half of, for ten minutes after the password."""
    query = (
        select(accounts.c.name, accounts.c.role)
        .join(half_logins, half_logins.c.account_id == accounts.c.id)
        .where(
            half_logins.c.token_hash == token_digest(token),
            half_logins.c.created_at > to_microseconds(now - PATIENCE),
        )
    )
    row = connection.execute(query).one_or_none()
    return Account(row.name, row.role) if row else None


def complete(
    engine: Engine, *, account: Account, code: str, secret_key: str, address: str, now: datetime
) -> bool:
    """Tell whether *code* is a second factor of *account*, and use it up.

    A wrong one counts as a failed login does; ThrottledError after too many of both together.
    """
    try:
        with writing(engine) as connection:
            count_failure(connection, called=account.name, address=address, now=now)
            met = is_met(connection, account=account, code=code, secret_key=secret_key, now=now)
            if met:
                forget_failures(connection, name=account.name)
            else:
                called = account.name
                note_failed(connection, FAILED_CODE, called, address=address, now=now)
            return met
    except ThrottledError:
        note_throttled(engine, account.name, address=address, now=now)
        raise


def close_half(connection: Connection, *, token: str) -> None:
    """Let a login that is half done open nothing any more."""
    connection.execute(delete(half_logins).where(half_logins.c.token_hash == token_digest(token)))
