"""Read models made beside those of an SQLite archive: in a file of their own, next to it.

Its tables bear the same names, so that the fold is the same; the log is the archive's, attached
to be read only. The swap copies whole tables with their indexes, which SQLite does page by page
where both sides are spelt alike: the file takes its spelling from the archive.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, text

from archive.log import head, read_log
from archive.projections import full_text
from archive.projections.runner import apply, seen_position
from archive.projections.stamping import RENEWED, SOUGHT, is_fit, put_stamp, stamp
from archive.storage import open_engine

# Fewer and larger writes; a file that holds something keeps its own, as the archive does.
_LARGE_PAGES: Final = "page_size=32768"
# What is lost with the power is made again, as long as what stays is whole; WAL sees to that.
_WORKED_ON: Final = ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=2000")
# The most events that are folded under the writer's lock, while the swap holds it.
MOST_LEFT: Final = 1000
_FULL_TEXT: Final = "search_index"
_PARTS: Final = tuple(f"{_FULL_TEXT}_{part}" for part in ("data", "idx", "config"))
_NAMES: Final = tuple(table.name for table in RENEWED)
_IS_THERE: Final = text("SELECT 1 FROM renewed.sqlite_schema WHERE name = 'rebuilding'")
_MADE: Final = "SELECT name FROM main.sqlite_schema"
_SPELT: Final = text("SELECT sql FROM archive.sqlite_schema WHERE name = :name")
_INDEXES: Final = text(
    "SELECT name, tbl_name, sql FROM archive.sqlite_schema WHERE type = 'index' "
    "AND sql IS NOT NULL ORDER BY name"
)


@dataclass(frozen=True, slots=True)
class Workshop:
    """The file beside the archive's."""

    engine: Engine
    archive: Path

    @property
    def _beside(self) -> Path:
        return self.archive.with_name(f"{self.archive.name}-rebuilding")

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """Yield a transaction on the file beside; it is emptied if it cannot be gone on with."""
        uri = f"sqlite:///{self._beside.absolute().as_uri()}?uri=true"
        readable = f"{self.archive.absolute().as_uri()}?mode=ro"
        with (
            _opened(uri, "archive", readable, *_WORKED_ON) as engine,
            engine.connect() as connection,
            connection.begin(),
        ):
            made = set(connection.exec_driver_sql(_MADE).scalars())
            if "rebuilding" not in made or not is_fit(connection):
                _wipe(connection, made)
                _make(connection)
            yield connection

    def finish(self, connection: Connection) -> None:
        """Make the indexes that the load did without."""
        _index(connection, lambda name: name not in SOUGHT)

    def swap(self) -> bool:
        """Copy the tables over the archive's, in one transaction, and fold what came since."""
        with (
            _opened(str(self.engine.url), "renewed", str(self._beside)) as engine,
            engine.execution_options(write=True).connect() as connection,
            connection.begin(),
        ):
            if connection.scalar(_IS_THERE) is None:
                return False
            told = connection.scalar(text("SELECT stamp FROM renewed.rebuilding"))
            seen = connection.scalar(text("SELECT MIN(position) FROM renewed.checkpoint")) or 0
            if told != stamp(connection) or head(connection)[0] - seen > MOST_LEFT:
                return False
            for name in (*_NAMES, *_PARTS):
                connection.exec_driver_sql(f"DELETE FROM main.{name}")  # noqa: S608 - own names
                connection.exec_driver_sql(
                    f"INSERT INTO main.{name} SELECT * FROM renewed.{name}"  # noqa: S608 - own
                )
            apply(connection, read_log(connection, after=seen_position(connection)))
        forget(self.archive)
        return True


def forget(archive: Path) -> None:
    """Take away what a rebuild of *archive* left beside it."""
    for ending in ("", "-wal", "-shm"):
        archive.with_name(f"{archive.name}-rebuilding{ending}").unlink(missing_ok=True)


@contextmanager
def _opened(address: str, name: str, attached: str, *pragmas: str) -> Iterator[Engine]:
    """Yield an engine whose connections have the file *attached* under *name*."""

    def attach(connection: Any, _record: object) -> None:
        connection.execute(f"ATTACH DATABASE ? AS {name}", (attached,))
        # What refers to what is the same as in the log, whose fold it is; nothing is asked twice.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA cache_size=-65536")
        for pragma in pragmas:
            connection.execute(pragma)

    # Before anything else: a file keeps the size of page that it is begun with.
    engine = open_engine(address, begun_with=(_LARGE_PAGES,))
    event.listen(engine, "connect", attach)
    try:
        yield engine
    finally:
        engine.dispose()


def _wipe(connection: Connection, made: set[str]) -> None:
    for name in (_FULL_TEXT, "rebuilding", *reversed(_NAMES)):
        if name in made:
            connection.exec_driver_sql(f"DROP TABLE main.{name}")


def _make(connection: Connection) -> None:
    for name in (*_NAMES, _FULL_TEXT):
        connection.exec_driver_sql(str(connection.scalar(_SPELT, {"name": name})))
    full_text.make_ready(connection)
    _index(connection, lambda name: name in SOUGHT)
    put_stamp(connection)


def _index(connection: Connection, is_wanted: Callable[[str], bool]) -> None:
    for name, table, spelt in connection.execute(_INDEXES).all():
        if table in _NAMES and is_wanted(name):
            connection.exec_driver_sql(spelt)
