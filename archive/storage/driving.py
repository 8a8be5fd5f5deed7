"""SQL that goes to the driver as it stands: for a single row Core would cost more than it all.

The transaction is Core's, and so are the errors. No text on a server holds NUL: who gives one
has left it out before.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

SERVER: Final = "postgresql"


def mark_of(dialect: str) -> str:
    """Return what stands for a value in a statement."""
    return "%s" if dialect == SERVER else "?"


def run(connection: Connection, statement: str, given: Sequence[Any] = ()) -> Any:
    """Return the driver's cursor of *statement*; a list of lines is run once for each."""
    if not connection.in_transaction():
        connection.begin()
    if isinstance(given, list):
        return _many(connection, statement, given)
    return straight(connection, statement, given)


def _many(connection: Connection, statement: str, given: list[Any]) -> Any:
    driver: Any = connection.connection.driver_connection
    try:
        return driver.cursor().executemany(statement, given)
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_core_says_it(connection, statement, error) from error


def straight(
    connection: Connection, statement: str, given: Sequence[Any] = (), **how: bool
) -> Any:
    """Return the driver's cursor of *statement*, in whatever transaction there is.

    *how* is what else the driver is told of it.
    """
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(statement, given, **how)
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_core_says_it(connection, statement, error) from error


def plan_anew(connection: Connection) -> None:
    """Let a server plan each statement of this transaction for what is given with it.

    After ten runs of one statement it would plan it for anything, as if all values were alike:
    of words, of which some stand in one text and others in all, that can take it hours.
    """
    if connection.dialect.name == SERVER:
        run(connection, "SET LOCAL plan_cache_mode = force_custom_plan")


def fetch(connection: Connection, statement: str, given: Sequence[Any] = ()) -> list[Any]:
    """Return the rows of *statement*, sent by a server as it keeps them: for many at a time."""
    if not connection.in_transaction():
        connection.begin()
    how = {"binary": True} if connection.dialect.name == SERVER else {}
    cursor = straight(connection, statement, given, **how)
    try:
        found: list[Any] = cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_core_says_it(connection, statement, error) from error
    return found


def as_core_says_it(connection: Connection, statement: str, error: Exception) -> Exception:
    """Return the driver's *error* as Core raises it."""
    known = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(statement, None, error, known)


def among(
    connection: Connection, question: str, keys: Sequence[object], *, kind: str = "TEXT"
) -> list[Any]:
    """Return what *question* finds: SQL with ``{keys}`` where a column is to be one of *keys*.

    The text is the same for any number of keys, so that a database prepares it once.
    """
    given = _sendable(keys)
    if not given:
        return []
    on_server = connection.dialect.name == SERVER
    found: list[Any] = run(
        connection,
        _among(question, kind, on_server=on_server),
        (given if on_server else json.dumps(given),),
    ).fetchall()
    return found


def among_each(
    connection: Connection, question: str, keys: Mapping[str, Sequence[str]]
) -> list[Any]:
    """Return what *question* finds, SQL with ``FROM {name}`` for each list of *keys*, in order.

    Each is a table of one column, value. The text is the same for any number of keys.
    """
    on_server = connection.dialect.name == SERVER
    asked = _among_each(question, tuple(keys), on_server=on_server)
    sent = [_sendable(one) for one in keys.values()]
    given = sent if on_server else [json.dumps(one) for one in sent]
    found: list[Any] = run(connection, asked, tuple(given)).fetchall()
    return found


def _sendable(keys: Sequence[object]) -> list[object]:
    """Return *keys* without those that hold NUL: a server refuses them, SQLite would cut them."""
    return [one for one in keys if not (isinstance(one, str) and "\0" in one)]


def put(connection: Connection, table: Table, lines: Sequence[tuple[Any, ...]]) -> None:
    """Insert *lines*, each with a value for every column of *table* in its order."""
    if connection.dialect.name == SERVER:
        columns = tuple(map(list, zip(*lines, strict=True)))
        run(connection, _insertion_by_columns(connection.dialect, table), columns)
        return
    run(connection, _insertion(table), lines[0] if len(lines) == 1 else list(lines))


@cache
def _among_each(question: str, names: tuple[str, ...], *, on_server: bool) -> str:
    listed = "unnest(%s::TEXT[]) AS given (value)" if on_server else "json_each(?)"
    return question.format(**dict.fromkeys(names, listed))


@cache
def _among(question: str, kind: str, *, on_server: bool) -> str:
    return question.format(keys=_in(kind, on_server=on_server))


def _in(kind: str, *, on_server: bool) -> str:
    return f"= ANY(%s::{kind}[])" if on_server else "IN (SELECT value FROM json_each(?))"


@cache
def _insertion(table: Table) -> str:
    names = ", ".join(column.name for column in table.c)
    marks = ", ".join("?" for _column in table.c)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - own names


@lru_cache(maxsize=64)
def _insertion_by_columns(dialect: Dialect, table: Table) -> str:
    """Return what inserts rows given as an array a column, in the form a server keeps them in."""
    names = ", ".join(column.name for column in table.c)
    types = [column.type.compile(dialect=dialect) for column in table.c]
    arrays = ", ".join(f"%b::{kind}[]" for kind in types)
    return f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608 - own names
