"""What read models half made rest on: where that has changed since, they are made anew."""

import msgspec
from sqlalchemy import Connection, Table, func, select, text

from archive.log.tables import erasures
from archive.projections.roster import ROSTER
from archive.projections.tables import checkpoints

# Beside the other tables: the stamp, and whether the end of a rebuild has been counted.
TABLE = "CREATE TABLE rebuilding (stamp TEXT NOT NULL, counted INTEGER NOT NULL)"
RENEWED: tuple[Table, ...] = (
    checkpoints,
    *(table for one in ROSTER for table in reversed(one.tables)),
)
# The indexes by which a fold looks rows up; a load does without the others until its end.
SOUGHT = frozenset({"ix_occurrence_root", "ix_dispute_root", "ix_entity_name_entity_id"})

_FOUND = text("SELECT stamp FROM rebuilding")
_REVISION = text("SELECT version_num FROM alembic_version")


def stamp(connection: Connection) -> str:
    """Return the revision of the tables, the versions of the rules, and how much was masked."""
    revision = connection.scalar(_REVISION)
    masked = connection.scalar(select(func.count()).select_from(erasures))
    versions = {one.name: one.version for one in ROSTER}
    return msgspec.json.encode([revision, versions, masked]).decode()


def is_fit(connection: Connection) -> bool:
    """Tell whether what was made so far, in a table that is there, can be gone on with."""
    return bool(connection.scalar(_FOUND) == stamp(connection))


def put_stamp(connection: Connection) -> None:
    """Make the table of the stamp, and put it there."""
    connection.exec_driver_sql(TABLE)
    mark = {"stamp": stamp(connection)}
    connection.execute(text("INSERT INTO rebuilding VALUES (:stamp, 0)"), mark)
