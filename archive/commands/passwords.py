"""Accounts made, and given another password."""

import re
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from archive.commands.accounts import (
    Account,
    demand_role,
    end_all_sessions,
    folded_name,
    number_of,
)
from archive.commands.hashing import hashed
from archive.commands.noticing import PASSWORD, notify
from archive.commands.noting import note
from archive.errors import FieldError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import accounts

ADDED: Final = "account-added"
_NAME: Final = re.compile(r"\w[\w.@-]{0,63}")
_NAME_ACCEPTED: Final = Words(
    "字母、汉字、数字与 . _ - @，最长 64，未被占用",
    "letters, digits and . _ - @, at most 64, not yet taken",
)


def add_user(
    connection: Connection,
    *,
    name: str,
    password: str,
    role: str,
    now: datetime,
    pepper: str = "",
) -> Account:
    """Keep a new account; raises FieldError for a taken name, an unknown role, a weak password."""
    known = _checked_name(name)
    demand_role(role)
    if connection.scalar(select(accounts.c.id).where(accounts.c.name == known)) is not None:
        raise FieldError(field="name", value=name, accepted=_NAME_ACCEPTED)
    row = {
        "name": known,
        "role": role,
        "password_hash": hashed(password, name=known, pepper=pepper),
        "created_at": to_microseconds(now),
    }
    connection.execute(insert(accounts), row)
    note(connection, deed=ADDED, about=known, account="", now=now, field=known, words=role)
    return Account(known, role)


def change_password(
    connection: Connection, *, name: str, password: str, now: datetime, pepper: str = ""
) -> None:
    """Give the account another password and end all its sessions; raises NotFoundError."""
    known = folded_name(name)
    number_of(connection, known)
    fresh = hashed(password, name=known, pepper=pepper)
    keep_hash(connection, name=known, password_hash=fresh)
    notify(connection, PASSWORD, name=known, now=now)
    note(connection, deed=PASSWORD, about=known, account="", now=now, field=known)


def keep_hash(connection: Connection, *, name: str, password_hash: str) -> None:
    """Give an account the hash of another password and end all its sessions."""
    changed = update(accounts).where(accounts.c.id == number_of(connection, name))
    connection.execute(changed.values(password_hash=password_hash))
    end_all_sessions(connection, name=name)


def _checked_name(name: str) -> str:
    folded = folded_name(name)
    if not _NAME.fullmatch(folded):
        raise FieldError(field="name", value=name, accepted=_NAME_ACCEPTED)
    return folded
