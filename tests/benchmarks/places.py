"""Where is measured: SQLite in a file, Postgres in a server of its own; both really migrated."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection, Engine, make_url, text

from archive.storage import migrate, open_engine
from tests.benchmarks.timing import Clock, nothing
from tests.servers import postgres_database, postgres_server

SQLITE: Final = "SQLite"
POSTGRES: Final = "Postgres"
NANOSECONDS: Final = 10**9
_BACKENDS: Final = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two databases; ``template`` is a migrated, empty file or database."""

    name: str
    template: str
    address: str

    @contextmanager
    def archive(self) -> Iterator[Engine]:
        """Yield an empty archive, gone afterwards."""
        with ExitStack() as stack:
            engine = open_engine(self._copy(stack))
            stack.callback(engine.dispose)
            yield engine

    def _copy(self, stack: ExitStack) -> str:
        if self.name == POSTGRES:
            return stack.enter_context(postgres_database(self.address, template=self.template))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="archive-bench-"))
        return f"sqlite:///{shutil.copyfile(self.template, Path(folder) / 'archive.db')}"


@contextmanager
def all_places() -> Iterator[tuple[Place, ...]]:
    """Yield SQLite, and Postgres where a server can be had."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="archive-bench-"))
        places = [_embedded(Path(folder) / "template.db")]
        try:
            address = stack.enter_context(postgres_server())
        except pytest.fail.Exception as missing:
            print(f"Postgres is left out: {missing}")  # noqa: T201 - the run speaks to a terminal
        else:
            url = stack.enter_context(postgres_database(address))
            _migrated(url)
            places.append(Place(POSTGRES, str(make_url(url).database), address))
        yield tuple(places)


def _embedded(path: Path) -> Place:
    _migrated(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Place(SQLITE, str(path), "")


def _migrated(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


def processor_of(connection: Connection) -> Clock:
    """Return the clock of the server's processors for this database; SQLite has none.

    It counts the connections open now, and only where the server runs on this Linux machine.
    """
    if connection.dialect.name != "postgresql":
        return nothing
    books = [
        book
        for backend in connection.scalars(_BACKENDS)
        if (book := Path(f"/proc/{backend}/schedstat")).is_file()
    ]
    connection.rollback()
    last = dict.fromkeys(books, 0)

    def spent() -> float:
        for book in books:
            with suppress(FileNotFoundError, ProcessLookupError):  # one that ended spends no more
                last[book] = int(book.read_text().split()[0])
        return sum(last.values()) / NANOSECONDS

    return spent
