"""A server's database that is being filled, marked as such; what comes to no end is taken away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
)

from archive.errors import ArchiveError, UnfinishedRestoreError
from archive.languages import Words
from archive.storage.addresses import address_of
from archive.storage.driving import SERVER
from archive.storage.engine import reading, writing
from archive.storage.metadata import metadata

# What sort of thing it is, and its name as the server spells it.
_Thing: TypeAlias = tuple[str, str]

_THINGS: Final = text(
    "SELECT 'SCHEMA' AS sort, quote_ident(nspname) AS name FROM pg_namespace "
    "WHERE nspname NOT LIKE 'pg\\_%' UNION ALL "
    "SELECT 'TABLE', CAST(CAST(oid AS regclass) AS text) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace) UNION ALL "
    "SELECT 'FUNCTION', CAST(CAST(oid AS regprocedure) AS text) FROM pg_proc "
    "WHERE pronamespace = CAST(current_schema() AS regnamespace)"
)
# A table that lists what was there before, and is there until all of it is.
_MARK: Final = Table("unfinished_restore", MetaData(), Column("sort", Text), Column("name", Text))
_OURS: Final = frozenset({_MARK.name, "alembic_version"})
_IS_MARKED: Final = text("SELECT to_regclass(:mark) IS NOT NULL")
_HOLD: Final = text("SELECT pg_try_advisory_lock(:key)")
_LOCK: Final = 0x72657374


class NotEmptyError(ArchiveError):
    """The database holds something that a restore would lose."""

    sentence = Words(
        zh="数据库不是空的，不会覆盖；请恢复到一个空的数据库。",
        en="The database is not empty and is not overwritten; restore into an empty one.",
    )


class BeingFilledError(NotEmptyError):
    """Another process is filling it."""

    sentence = Words(
        zh="另一个进程正在向这个数据库恢复备份；请等它结束。",
        en="Another process is restoring into this database; wait for it to end.",
    )


def demand_finished(connection: Connection) -> None:
    """Raise UnfinishedRestoreError where the database was, or is being, filled to no end yet."""
    if connection.dialect.name == SERVER and connection.scalar(_IS_MARKED, {"mark": _MARK.name}):
        raise UnfinishedRestoreError(database=address_of(connection.engine))


@contextmanager
def filling(engine: Engine, fill: Callable[[], object]) -> Iterator[None]:
    """Have *fill* fill a server's empty database, or make nothing, and the block approve of it.

    If that raises, all that was made is dropped. Should the process be killed, `demand_finished`
    tells until the next one that fills the database has dropped it. Raises NotEmptyError.
    """
    with engine.connect() as holder:
        if not holder.scalar(_HOLD, {"key": _LOCK}):
            raise BeingFilledError
        holder.commit()  # the lock is held as long as the connection
        _unmake(engine, of_killed=True)
        _mark(engine)
        try:
            fill()
        except BaseException:
            _unmark(engine)
            raise
        try:
            yield
        except BaseException:
            _unmake(engine)
            raise
        _unmark(engine)


def _mark(engine: Engine) -> None:
    with reading(engine) as connection:
        if inspect(connection).get_table_names():
            raise NotEmptyError
    before = sorted(_things_in(engine))
    with writing(engine) as connection:
        _MARK.create(connection)
        for sort, name in before:
            connection.execute(insert(_MARK), {"sort": sort, "name": name})


def _unmark(engine: Engine) -> None:
    with writing(engine) as connection:
        _MARK.drop(connection)


def _unmake(engine: Engine, *, of_killed: bool = False) -> None:
    """Drop all that the mark does not list, if there is one, and the mark with it.

    Of what one who was killed left, only where all tables are an archive's.
    """
    made = _things_in(engine)
    with writing(engine) as connection:
        if not connection.scalar(_IS_MARKED, {"mark": _MARK.name}):
            return
        if of_killed and not _OURS.union(metadata.tables).issuperset(
            inspect(connection).get_table_names()
        ):
            raise NotEmptyError
        before = {(one.sort, one.name) for one in connection.execute(select(_MARK))}
        for sort, name in sorted(made - before):
            connection.exec_driver_sql(f"DROP {sort} IF EXISTS {name} CASCADE")


def _things_in(engine: Engine) -> frozenset[_Thing]:
    """Return the schemas, and what of tables and functions is in the one in use."""
    with reading(engine) as connection:
        return frozenset((one.sort, one.name) for one in connection.execute(_THINGS))
