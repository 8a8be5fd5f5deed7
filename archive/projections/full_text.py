"""The index over the documents of search: SQLite's is a table of its own, to be kept beside them.

A server keeps its index itself. No trigger does it here: one for each row costs five times as
much as one statement for all, because FTS5 writes out what it has gathered at each.
"""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection

from archive.storage import run

_FOUND = "FROM json_each(?) AS key CROSS JOIN search_document AS one ON one.id = key.value"
_ADD = f"INSERT INTO search_index (rowid, tokens) SELECT one.id, one.tokens {_FOUND}"
# FTS5's own recipe for a table with outside content: https://sqlite.org/fts5.html, 4.4.3.
_REMOVE = (
    "INSERT INTO search_index (search_index, rowid, tokens) "
    f"SELECT 'delete', one.id, one.tokens {_FOUND}"
)
_EMPTY = "INSERT INTO search_index (search_index) VALUES ('delete-all')"


def add(connection: Connection, numbers: Collection[int]) -> None:
    """Index the documents that bear *numbers*."""
    _do(connection, _ADD, numbers)


def remove(connection: Connection, numbers: Collection[int]) -> None:
    """Take the documents that bear *numbers*, as they stand, out of the index."""
    _do(connection, _REMOVE, numbers)


def empty(connection: Connection) -> None:
    """Take everything out of the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_EMPTY)


def _do(connection: Connection, statement: str, numbers: Collection[int]) -> None:
    if numbers and connection.dialect.name == "sqlite":
        run(connection, statement, (msgspec.json.encode(list(numbers)).decode(),))
