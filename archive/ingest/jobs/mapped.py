"""What the columns of a sheet are read as: of one import, and under a name for the next."""

import json
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from archive.ingest.jobs.standing import MAPPABLE, WAITING, UnplannedError
from archive.ingest.mapping import ColumnMapping
from archive.log import to_microseconds
from archive.storage.desk import import_mappings, imports


def map_columns(connection: Connection, name: str, mapping: ColumnMapping) -> None:
    """Keep what the columns of a job's sheet are read as; it waits to be checked.

    Raises UnplannedError for a job that is worked on, or that recorded anything.
    """
    said = json.dumps(
        {"columns": dict(mapping.columns), "constants": dict(mapping.constants)},
        ensure_ascii=False,
    )
    standing = (imports.c.id == name, imports.c.status.in_(MAPPABLE))
    changed = update(imports).where(*standing).values(columns=said, status=WAITING)
    if not connection.execute(changed).rowcount:
        raise UnplannedError


def save_mapping(
    connection: Connection, mapping: ColumnMapping, *, name: str, account: str, at: datetime
) -> None:
    """Keep a mapping under a name, for the next sheet of its sort."""
    said = {"columns": dict(mapping.columns), "constants": dict(mapping.constants)}
    row = {
        "columns": json.dumps(said, ensure_ascii=False),
        "account": account,
        "saved_at": to_microseconds(at),
    }
    same = import_mappings.c.name == name
    if not connection.execute(update(import_mappings).where(same).values(row)).rowcount:
        connection.execute(insert(import_mappings), {"name": name, **row})


def saved_mappings(connection: Connection) -> dict[str, ColumnMapping]:
    """Return the mappings kept, by name."""
    query = select(import_mappings).order_by(import_mappings.c.name)
    return {row.name: mapping_of(row.columns) for row in connection.execute(query)}


def mapping_of(text: str) -> ColumnMapping:
    """Return the mapping that a row keeps as *text*."""
    said = json.loads(text or "{}")
    return ColumnMapping(said.get("columns", {}), said.get("constants", {}))
