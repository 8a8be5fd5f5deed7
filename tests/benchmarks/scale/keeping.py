"""Where a long log lies between runs, and how an archive is made of it."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from archive.log.tables import events, kinds, streams
from archive.storage import open_engine
from tests.benchmarks.making import SEED
from tests.benchmarks.places import POSTGRES, Place
from tests.benchmarks.scale.writing import AT_ONCE, Log, fill
from tests.servers import postgres_database


@contextmanager
def kept_log(size: int, *, template: Path, keep: bool, seed: int = SEED) -> Iterator[Path]:
    """Yield the file of a log of *size* events without read models, made if it is not there.

    With *keep* it stays, in a folder named by size and seed.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.gettempdir()) / f"archive-scale-{size}-{seed}"
        if not keep:
            temporary = tempfile.TemporaryDirectory(prefix="archive-scale-")
            folder = Path(stack.enter_context(temporary))
        folder.mkdir(exist_ok=True)
        made = folder / "log.db"
        if not made.is_file():
            half = shutil.copyfile(template, folder / "unfinished.db")
            fill(half, Log(size, seed=seed))
            half.rename(made)
        yield made


@contextmanager
def archive_of(log: Path, place: Place) -> Iterator[Engine]:
    """Yield an archive that holds the events of *log* and no read models, gone afterwards."""
    with ExitStack() as stack:
        if place.name == POSTGRES:
            database = postgres_database(place.address, template=place.template)
            engine = open_engine(stack.enter_context(database))
            stack.callback(engine.dispose)
            _copy(log, engine)
        else:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="archive-scale-", dir=log.parent)
            )
            engine = open_engine(f"sqlite:///{shutil.copyfile(log, Path(folder) / 'archive.db')}")
            stack.callback(engine.dispose)
        yield engine


_COPIED: Final = (streams, kinds, events)


def _copy(log: Path, engine: Engine) -> None:
    """Copy the tables of the log to a server, the events in large transactions."""
    held = engine.raw_connection()
    server: Any = held.driver_connection
    with closing(sqlite3.connect(log)) as file:
        for table in _COPIED:
            names = ", ".join(f'"{column.name}"' for column in table.c)
            first = f'"{next(iter(table.c)).name}"'
            rows = file.execute(f"SELECT {names} FROM {table.name} ORDER BY {first}")  # noqa: S608 - own names
            while some := rows.fetchmany(AT_ONCE):
                into = f"COPY {table.name} ({names}) FROM STDIN"
                with server.cursor() as cursor, cursor.copy(into) as copy:
                    for row in some:
                        copy.write_row(row)
                server.commit()
    held.close()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE) event")
