"""What is told of the machine and the run: what bears on the figures, nothing that names it."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sqlalchemy import text

from tests.benchmarks.places import POSTGRES, Place

_LIBRARIES: Final = (
    "SQLAlchemy",
    "psycopg",
    "msgspec",
    "eventsourcing",
    "dateparser",
    "edtf",
    "Flask",
)


def described(places: Sequence[Place]) -> list[str]:
    """Return the lines that tell on what was measured."""
    lines = [
        f"date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"machine: {os.cpu_count()} cores, {_memory()}, {platform.system()}",
        f"as the run began: {load()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version} (WAL, synchronous=FULL, on the disk of temporary files)",
    ]
    lines += [_server(place) for place in places if place.name == POSTGRES]
    return [*lines, ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)]


def load() -> str:
    """Return how busy the machine is, in the last 1, 5 and 15 minutes, and whether too busy."""
    averages = os.getloadavg()
    busy = "busier than it has cores" if averages[0] > (os.cpu_count() or 1) else "not overloaded"
    return f"load average {', '.join(f'{one:.1f}' for one in averages)}, {busy}"


def _memory() -> str:
    book = Path("/proc/meminfo")
    if not book.is_file():
        return "memory unknown"
    kilobytes = int(book.read_text(encoding="ascii").split()[1])
    return f"{kilobytes / 2**20:.0f} GB of memory"


def _server(place: Place) -> str:
    names = ("server_version", "fsync", "synchronous_commit", "full_page_writes")
    with place.archive() as engine, engine.connect() as connection:
        said = [str(connection.scalar(text(f"SHOW {name}"))) for name in names]
    settings = zip(names[1:], said[1:], strict=True)
    return f"Postgres {said[0]} ({', '.join(f'{name} {value}' for name, value in settings)})"
