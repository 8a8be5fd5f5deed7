"""Bring the tables of a database up to date with Alembic, and tell whether they are."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from archive.errors import NewerTablesError, NotMigratedError
from archive.languages import Words
from archive.resources import folder
from archive.storage.addresses import address_of
from archive.storage.engine import writing
from archive.storage.unmaking import demand_finished

# One migration at a time on a server; SQLite has BEGIN IMMEDIATE for that.
_LOCK = 0x61726368


def _configuration() -> Config:
    configuration = Config()
    location = str(folder("migrations")).replace("%", "%%")
    configuration.set_main_option("script_location", location)
    configuration.set_main_option("path_separator", "os")
    return configuration


def wanted_revision() -> str:
    """Return the newest revision in ``migrations/``."""
    return ScriptDirectory.from_config(_configuration()).get_current_head() or ""


def _known_revisions() -> set[str]:
    return {one.revision for one in ScriptDirectory.from_config(_configuration()).walk_revisions()}


def _found_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, *, then: Callable[[Connection], None] | None = None) -> str:
    """Bring the tables up to date and return the revision; safe when several start at once.

    What is done *then* is kept with the tables or, as they, not at all.
    """
    with writing(engine, may_create=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")
        if then:
            then(connection)
    return wanted_revision()


def demand_migrated(connection: Connection) -> None:
    """Raise NotMigratedError unless the tables are those of this version.

    NewerTablesError, one of them, says of those of a newer version that no migration would help;
    UnfinishedRestoreError, that they were never verified.
    """
    demand_finished(connection)
    demand_revision(connection)


def demand_revision(connection: Connection) -> None:
    """Raise what `demand_migrated` does, but for tables that are only just being restored."""
    found = _found_revision(connection)
    wanted = wanted_revision()
    if found == wanted:
        return
    database = address_of(connection.engine)
    if found and found not in _known_revisions():
        raise NewerTablesError(database=database, found=found, wanted=wanted)
    raise NotMigratedError(database=database, found=found or Words("无", "none"), wanted=wanted)
