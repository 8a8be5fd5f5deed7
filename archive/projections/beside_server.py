"""Read models made beside those of a server: in a schema of their own, which is sought first.

Names of tables, constraints and indexes are the same there, so that the fold is the same and the
swap only moves the tables over. What is there is spelt as the server spells what is in use.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import OperationalError

from archive.log import head, hold
from archive.projections.runner import seen_position
from archive.projections.stamping import RENEWED, SOUGHT, is_fit, put_stamp
from archive.storage import writing

BESIDE: Final = "beside"
_LOCK: Final = 0x6265736964
_NAMES: Final = tuple(table.name for table in RENEWED)
# Shorter than the time after which a server looks for deadlocks: then it is we who give way.
_PATIENCE: Final = "SET LOCAL lock_timeout = '300ms'"
_PAUSE: Final = 0.05
# To sort in: a server's own 64 MB are too few for the words of a long log.
_ROOM: Final = "SET LOCAL maintenance_work_mem = '256MB'"

# Of so few events the heap is a page or two, and spared by nobody.
_FEW: Final = 1000

_CONSTRAINTS: Final = text(
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE conrelid = CAST(:table AS regclass) AND contype = ANY(:types) ORDER BY conname"
)
_INDEXES: Final = text(
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = :home AND tablename = :table "
    "AND indexname NOT IN (SELECT conname FROM pg_constraint "
    "WHERE conrelid = CAST(:whole AS regclass)) ORDER BY indexname"
)
_GRANTS: Final = text(
    "SELECT privilege_type, COALESCE(quote_ident(rolname), 'PUBLIC') AS whom "
    "FROM pg_class CROSS JOIN aclexplode(relacl) LEFT JOIN pg_roles ON pg_roles.oid = grantee "
    "WHERE pg_class.oid = CAST(:whole AS regclass) AND (grantee = 0 OR rolname IS NOT NULL)"
)
# Readers whose view of the database is older than the last chunk would find it missing. Of those
# of another role the server does not say what they are.
_EARLIER_READERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND COALESCE(backend_type, 'client backend') = 'client backend' "
    "AND age(backend_xmin) >= (SELECT min(age(xmin)) FROM "
    "(SELECT xmin FROM checkpoint UNION ALL SELECT xmin FROM rebuilding) AS chunk)"
)


@dataclass(frozen=True, slots=True)
class Workshop:
    """The schema beside the archive's."""

    engine: Engine

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """Yield a transaction in the schema beside; made anew if it cannot be gone on with."""
        with writing(self.engine) as connection:
            home = _enter(connection)
            if not _can_go_on(connection):
                _make(connection, home)
            yield connection

    def finish(self, connection: Connection) -> None:
        """Make the indexes and the references that the load did without."""
        home = _home(connection)
        connection.exec_driver_sql(_ROOM)
        for table in RENEWED:
            _index(connection, home, table.name, lambda index: index not in SOUGHT)
            _constrain(connection, home, table.name, types=["f"])
            # Its columns alone: to weigh the words of the full text takes long, and helps nobody.
            connection.exec_driver_sql(
                f"ANALYZE {BESIDE}.{table.name} ({', '.join(table.c.keys())})"
            )

    def swap(self) -> bool:
        """Move the tables over the old ones once they have seen the whole log, and all see them.

        False if the log went on, or what they rest on changed: then they are to be gone on with.
        """
        while True:
            try:
                with writing(self.engine) as connection:
                    home = _enter(connection)
                    hold(connection)
                    if not _can_go_on(connection):
                        return False
                    last = head(connection)[0]
                    if last != seen_position(connection):
                        return False
                    is_seen = not connection.scalar(_EARLIER_READERS)
                    if is_seen:
                        _move(connection, home)
                if is_seen:
                    _spare_the_heap(self.engine, events=last)
                    return True
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != "55P03":  # lock not available
                    raise
            time.sleep(_PAUSE)


def _spare_the_heap(engine: Engine, *, events: int) -> None:
    """Note that all rows are there for everybody, so that an index alone can answer."""
    if events < _FEW:
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM (SKIP_LOCKED) {', '.join(_NAMES)}")


def forget(connection: Connection) -> None:
    """Take away what a rebuild left."""
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE")


def _enter(connection: Connection) -> str:
    """Let the names of the read models mean those beside, and return the schema of the others."""
    home = str(connection.scalar(select(func.current_schema())))
    connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    connection.exec_driver_sql(f'SET LOCAL search_path TO {BESIDE}, "{home}"')
    return home


def _can_go_on(connection: Connection) -> bool:
    there = connection.scalar(select(func.to_regclass(f"{BESIDE}.rebuilding")))
    return there is not None and is_fit(connection)


def _home(connection: Connection) -> str:
    schemas = connection.scalar(select(func.current_schemas(False)))  # noqa: FBT003 - SQL's own
    return str(list(schemas or ())[-1])


def _make(connection: Connection, home: str) -> None:
    forget(connection)
    connection.exec_driver_sql(f"CREATE SCHEMA {BESIDE}")
    for name in _NAMES:
        connection.exec_driver_sql(
            f'CREATE TABLE {BESIDE}.{name} (LIKE "{home}".{name} INCLUDING DEFAULTS)'
        )
        _constrain(connection, home, name, types=["p", "u"])
        _index(connection, home, name, lambda index: index in SOUGHT)
        _grant(connection, home, name)
    put_stamp(connection)


def _constrain(connection: Connection, home: str, name: str, *, types: list[str]) -> None:
    told = {"table": f'"{home}".{name}', "types": types}
    for constraint, spelt in connection.execute(_CONSTRAINTS, told).all():
        own = spelt.replace(f"REFERENCES {home}.", f"REFERENCES {BESIDE}.")
        connection.exec_driver_sql(
            f"ALTER TABLE {BESIDE}.{name} ADD CONSTRAINT {constraint} {own}"
        )


def _index(connection: Connection, home: str, name: str, is_wanted: Callable[[str], bool]) -> None:
    told = {"home": home, "table": name, "whole": f'"{home}".{name}'}
    for index, spelt in connection.execute(_INDEXES, told).all():
        if is_wanted(index):
            own = spelt.replace(f" ON {home}.{name} ", f" ON {BESIDE}.{name} ")
            connection.exec_driver_sql(own)


def _grant(connection: Connection, home: str, name: str) -> None:
    grants: list[Any] = list(connection.execute(_GRANTS, {"whole": f'"{home}".{name}'}))
    for one in grants:
        connection.exec_driver_sql(f"GRANT {one.privilege_type} ON {BESIDE}.{name} TO {one.whom}")


def _move(connection: Connection, home: str) -> None:
    old = ", ".join(f'"{home}".{name}' for name in _NAMES)
    connection.exec_driver_sql(_PATIENCE)
    connection.exec_driver_sql(f"LOCK TABLE {old} IN ACCESS EXCLUSIVE MODE")
    connection.exec_driver_sql(f"DROP TABLE {old}")
    for name in _NAMES:
        connection.exec_driver_sql(f'ALTER TABLE {BESIDE}.{name} SET SCHEMA "{home}"')
    forget(connection)
