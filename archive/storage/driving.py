"""SQL that goes to the driver as it stands: for a single row Core would cost more than it all.

The transaction is Core's, and so are the errors. No text on a server holds NUL: who gives one
has left it out before.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

SERVER: Final = "postgresql"


def mark_of(dialect: str) -> str:
    """Return what stands for a value in a statement."""
    return "%s" if dialect == SERVER else "?"


def run(connection: Connection, statement: str, given: Sequence[Any] = ()) -> Any:
    """Return the driver's cursor of *statement*; a list of lines is run once for each."""
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    try:
        if isinstance(given, list):
            return driver.cursor().executemany(statement, given)
        return driver.execute(statement, given)
    except connection.dialect.loaded_dbapi.Error as error:
        known = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(statement, None, error, known) from error


def among(
    connection: Connection, question: str, keys: Sequence[object], *, kind: str = "TEXT"
) -> list[Any]:
    """Return what *question* finds: SQL with ``{keys}`` where a column is to be one of *keys*.

    The text is the same for any number of keys, so that a database prepares it once.
    """
    if not keys:
        return []
    on_server = connection.dialect.name == SERVER
    found: list[Any] = run(
        connection,
        _among(question, kind, on_server=on_server),
        (keys if on_server else json.dumps(keys),),
    ).fetchall()
    return found


def put(connection: Connection, table: Table, lines: Sequence[tuple[Any, ...]]) -> None:
    """Insert *lines*, each with a value for every column of *table* in its order."""
    statement = _insertion(table, mark_of(connection.dialect.name))
    run(connection, statement, lines[0] if len(lines) == 1 else list(lines))


@cache
def _among(question: str, kind: str, *, on_server: bool) -> str:
    keys = f"= ANY(%s::{kind}[])" if on_server else "IN (SELECT value FROM json_each(?))"
    return question.format(keys=keys)


@cache
def _insertion(table: Table, mark: str) -> str:
    names = ", ".join(column.name for column in table.c)
    marks = ", ".join(mark for _column in table.c)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - own names
