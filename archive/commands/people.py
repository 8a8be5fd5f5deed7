"""Everybody with an account, for whoever looks after them; and what is kept of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, func, select

from archive.commands.accounts import number_of
from archive.log import to_instant
from archive.storage import accounts, notices, second_factors, sessions
from archive.storage.desk import articles, desk_steps, drafts, imports

_MOST: Final = 500
# What opens something, or is another's file, is no part of what a person is given.
_LEFT_OUT: Final = frozenset({"id", "account", "account_id", "token_hash", "content", "columns"})
_SECRET: Final = frozenset({"secret", "last_step"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; ``seen_at`` is the last use of a session that is still kept."""

    name: str
    role: str
    has_second_factor: bool
    seen_at: datetime | None


def people(connection: Connection) -> list[Person]:
    """Return everybody with an account, by name."""
    seen = (
        select(sessions.c.account_id, func.max(sessions.c.seen_at).label("seen_at"))
        .group_by(sessions.c.account_id)
        .subquery()
    )
    query = (
        select(accounts.c.name, accounts.c.role, second_factors.c.confirmed_at, seen.c.seen_at)
        .outerjoin(second_factors, second_factors.c.account_id == accounts.c.id)
        .outerjoin(seen, seen.c.account_id == accounts.c.id)
        .order_by(accounts.c.name)
    )
    return [
        Person(
            row.name,
            row.role,
            row.confirmed_at is not None,
            to_instant(row.seen_at) if row.seen_at else None,
        )
        for row in connection.execute(query.limit(_MOST))
    ]


def kept_of(connection: Connection, *, name: str) -> Mapping[str, object]:
    """Return all that is kept of somebody beside the log, in plain values; no secret is in it."""
    number = number_of(connection, name)
    own = select(accounts.c.name, accounts.c.role, accounts.c.mail, accounts.c.created_at)
    return {
        "account": _rows(connection, own.where(accounts.c.id == number)),
        "sessions": _all(connection, sessions, number),
        "notices": _all(connection, notices, number),
        "second_factor": _all(connection, second_factors, number, without=_SECRET),
        "steps": _all(connection, desk_steps, name),
        "drafts": _all(connection, drafts, name),
        "articles": _all(connection, articles, name),
        "imports": _all(connection, imports, name),
    }


def _all(
    connection: Connection,
    table: Table,
    whose: object,
    *,
    without: frozenset[str] = frozenset(),
) -> list[dict[str, Any]]:
    theirs = table.c.account if "account" in table.c else table.c.account_id
    columns = [one for one in table.c if one.name not in _LEFT_OUT | without]
    return _rows(connection, select(*columns).where(theirs == whose))


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    return [
        {name: _plain(name, value) for name, value in row.items()}
        for row in connection.execute(query).mappings()
    ]


def _plain(name: str, value: Any) -> Any:
    is_instant = isinstance(value, int) and (name == "at" or name.endswith("_at"))
    return to_instant(value).isoformat() if is_instant and value else value
