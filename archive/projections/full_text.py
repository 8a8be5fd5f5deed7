"""The index over the documents of search: SQLite's is a table of its own, to be kept beside them.

A server keeps its index itself. Here the index alone holds the tokens; beside it are kept only
those of documents that may be indexed again, to be taken out as they were put in. No trigger does
it: one for each row costs five times as much as one statement for all, because FTS5 writes out
what it has gathered at each.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from sqlalchemy import Connection

from archive.storage import run

# The number of a document and its tokens.
Document: TypeAlias = tuple[int, str]

_ADD: Final = "INSERT INTO search_index (rowid, tokens) VALUES (?, ?)"
# FTS5's own recipe for a table with outside content: https://sqlite.org/fts5.html, 4.4.3.
_REMOVE: Final = "INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)"
# It gathers words up to so many bytes before it writes them, and merges so many writings in one.
_SET: Final = "INSERT INTO search_index (search_index, rank) VALUES (?, ?)"
_SETTINGS: Final = [("hashsize", 8 * 1024 * 1024), ("automerge", 16)]
_OPTIMIZE: Final = "INSERT INTO search_index (search_index) VALUES ('optimize')"
_EMPTY: Final = "INSERT INTO search_index (search_index) VALUES ('delete-all')"

_MAKE_WORDS: Final = (
    "CREATE VIRTUAL TABLE temp.search_word USING fts5vocab('main', 'search_index', 'instance')"
)
_WORDS: Final = "SELECT term, doc, col, offset FROM temp.search_word"
_DROP_WORDS: Final = "DROP TABLE temp.search_word"


def make_ready(connection: Connection) -> None:
    """Give a new index of an SQLite archive the settings that those of all archives have."""
    run(connection, _SET, _SETTINGS)


def is_apart(connection: Connection) -> bool:
    """Tell whether the index is a table of its own, which needs no tokens kept beside it."""
    return connection.dialect.name == "sqlite"


def add(connection: Connection, documents: Sequence[Document]) -> None:
    """Index *documents*."""
    _do(connection, _ADD, documents)


def remove(connection: Connection, documents: Sequence[Document]) -> None:
    """Take *documents*, told as they were indexed, out of the index."""
    _do(connection, _REMOVE, documents)


def optimize(connection: Connection) -> None:
    """Merge all that was written into one, so that no append after a long load has to."""
    if is_apart(connection):
        run(connection, _OPTIMIZE)


def empty(connection: Connection) -> None:
    """Take everything out of the index."""
    if is_apart(connection):
        connection.exec_driver_sql(_EMPTY)


def indexed(connection: Connection) -> Iterator[tuple[object, ...]]:
    """Yield each word of the index with the document and the place where it stands, in order.

    Only an index that is a table of its own has any: a server's cannot differ from its documents.
    It makes a table for that, gone with the caller's transaction.
    """
    if is_apart(connection):
        connection.exec_driver_sql(_MAKE_WORDS)
        yield from map(tuple, connection.exec_driver_sql(_WORDS))
        connection.exec_driver_sql(_DROP_WORDS)


def _do(connection: Connection, statement: str, documents: Sequence[Document]) -> None:
    if documents and is_apart(connection):
        run(connection, statement, documents[0] if len(documents) == 1 else list(documents))
