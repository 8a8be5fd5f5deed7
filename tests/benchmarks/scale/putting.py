"""What the read models' rows cost by themselves: finished, put into empty tables by the driver.

No fold can take less: nothing is read from the log here, nothing decoded, nothing worked out. The
full text, whose words are not kept in rows, is left out.
"""

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from archive.projections.stamping import RENEWED
from archive.storage import database_file
from tests.benchmarks.scale.spreads import Spread

PUT: Final = "finished rows put into tables and indexes, an event"
_AT_ONCE: Final = 20_000
# As a rebuild writes: large pages, and nothing waits for the disk but the end.
_PRAGMAS: Final = (
    "page_size=32768",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "cache_size=-65536",
    "wal_autocheckpoint=2000",
)
_TABLE: Final = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?"
_INDEXES: Final = (
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
)


def put_again(engine: Engine, *, events: int) -> dict[str, Spread]:
    """Return what it costs to put all rows of the read models of a file into another, an event."""
    file = database_file(engine)
    if file is None:
        return {}
    with (
        tempfile.TemporaryDirectory(prefix="archive-bench-") as folder,
        closing(sqlite3.connect(file)) as found,
        closing(sqlite3.connect(Path(folder) / "rows.db")) as empty,
    ):
        for pragma in _PRAGMAS:
            empty.execute(f"PRAGMA {pragma}")
        cpu = wall = 0.0
        for table in RENEWED:
            for (spelt,) in found.execute(_TABLE, (table.name,)):
                empty.execute(spelt)
            marks = ", ".join("?" for _column in table.c)
            into = f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608 - own names
            rows = found.execute(f"SELECT * FROM {table.name}")  # noqa: S608 - own names
            while some := rows.fetchmany(_AT_ONCE):
                busy, began = time.process_time(), time.perf_counter()
                empty.executemany(into, some)
                empty.commit()
                cpu, wall = cpu + time.process_time() - busy, wall + time.perf_counter() - began
            busy, began = time.process_time(), time.perf_counter()
            for (spelt,) in found.execute(_INDEXES, (table.name,)):
                empty.execute(spelt)
            empty.commit()
            cpu, wall = cpu + time.process_time() - busy, wall + time.perf_counter() - began
    each, took = cpu / events, wall / events
    return {PUT: Spread(each, each, took, took, 1, f"{1 / each:,.0f} events a second at most")}
