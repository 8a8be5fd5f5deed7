"""The index over the documents of search: SQLite's is a table of its own, to be kept beside them.

A server keeps its index itself. No trigger does it here: one for each row costs five times as
much as one statement for all, because FTS5 writes out what it has gathered at each.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

from sqlalchemy import Connection

from archive.storage import run

# The number of a document and its tokens.
Document: TypeAlias = tuple[int, str]

_ADD: Final = "INSERT INTO search_index (rowid, tokens) VALUES (?, ?)"
# FTS5's own recipe for a table with outside content: https://sqlite.org/fts5.html, 4.4.3.
_REMOVE: Final = "INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)"
_EMPTY: Final = "INSERT INTO search_index (search_index) VALUES ('delete-all')"


def add(connection: Connection, documents: Sequence[Document]) -> None:
    """Index *documents*."""
    _do(connection, _ADD, documents)


def remove(connection: Connection, documents: Sequence[Document]) -> None:
    """Take *documents*, told as they were indexed, out of the index."""
    _do(connection, _REMOVE, documents)


def empty(connection: Connection) -> None:
    """Take everything out of the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_EMPTY)


def _do(connection: Connection, statement: str, documents: Sequence[Document]) -> None:
    if documents and connection.dialect.name == "sqlite":
        run(connection, statement, documents[0] if len(documents) == 1 else list(documents))
