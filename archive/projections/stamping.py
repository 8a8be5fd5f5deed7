"""What read models half made rest on: where it has changed since, they are made anew."""

import msgspec
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, func, select, text

from archive.log.tables import erasures
from archive.projections.roster import ROSTER
from archive.projections.tables import checkpoints

# The table, made beside the others, that keeps the stamp, and whether the tally was counted.
TABLE = text("CREATE TABLE rebuilding (stamp TEXT NOT NULL, counted INTEGER NOT NULL)")


def renewed_tables() -> list[Table]:
    """Return the tables that a rebuild makes anew, each after those it refers to."""
    own = [table for one in ROSTER for table in reversed(one.tables)]
    return [checkpoints, *own]


def stamp(connection: Connection, *, revision: str) -> str:
    """Return the revision of the tables, the versions of the rules, and how much was masked."""
    masked = connection.scalar(select(func.count()).select_from(erasures))
    return msgspec.json.encode([revision, {one.name: one.version for one in ROSTER}, masked]).decode()
