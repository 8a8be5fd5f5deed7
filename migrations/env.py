"""Alembic's door: the connection comes from archive.storage, the tables from the metadata."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

import archive.log.tables
import archive.projections.tables  # noqa: F401  # imported so that the metadata knows its tables
from archive.storage import metadata


def belongs(thing: Any, name: str | None, kind: str, _reflected: bool, _compared_to: Any) -> bool:
    """Tell whether Alembic should compare *thing* on this database."""
    if kind in {"table", "index"} and name and name.startswith("search_index"):
        return False  # SQLite's full-text table with its shadows, and the server's index
    bound = kind in {"table", "foreign_key_constraint"}
    only_on = getattr(thing, "info", {}).get("only_on") if bound else None
    return only_on in (None, context.get_bind().dialect.name)


def run(connection: Connection) -> None:
    """Run the migrations on a connection whose transaction is the caller's."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=belongs,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=False,
    )
    context.run_migrations()


run(context.config.attributes["connection"])
