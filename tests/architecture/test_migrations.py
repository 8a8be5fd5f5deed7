"""The migrations make exactly the tables that the code speaks of, on both databases."""

import importlib
import pkgutil

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Engine

import archive
from archive.resources import folder
from archive.storage import metadata, migrate

HISTORY = ScriptDirectory(str(folder("migrations")))
REVISIONS = tuple(HISTORY.walk_revisions())


def numbered(revision: Script) -> str:
    return str(revision.revision)


def load_every_table() -> None:
    for module in pkgutil.walk_packages(archive.__path__, "archive."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_the_migrations_make_the_tables_that_the_code_speaks_of(engine: Engine) -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    load_every_table()

    with engine.connect() as connection:
        configuration.attributes["connection"] = connection
        command.check(configuration)  # raises if it finds a difference

    assert metadata.tables


def test_migrating_twice_is_migrating_once(engine: Engine) -> None:
    migrate(engine)

    with engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()

    assert heads == tuple(HISTORY.get_heads())


def test_the_history_of_the_tables_is_one_line() -> None:
    assert len(HISTORY.get_heads()) == 1
    assert len(HISTORY.get_bases()) == 1
    assert not [revision for revision in REVISIONS if revision.is_merge_point]


@pytest.mark.parametrize("revision", REVISIONS, ids=numbered)
def test_a_migration_has_no_way_back(revision: Script) -> None:
    # The log is append-only: what took a table away would take events away.
    assert not hasattr(revision.module, "downgrade")
