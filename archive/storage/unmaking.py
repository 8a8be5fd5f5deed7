"""What was made in a server's database taken away again, if what it was made for failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from sqlalchemy import Engine, text

from archive.storage.engine import reading, writing

# What sort of thing it is, and its name as the server spells it.
Thing: TypeAlias = tuple[str, str]

_THINGS: Final = text(
    "SELECT 'SCHEMA' AS sort, quote_ident(nspname) AS name FROM pg_namespace "
    "WHERE nspname NOT LIKE 'pg\\_%' UNION ALL "
    "SELECT 'TABLE', CAST(CAST(oid AS regclass) AS text) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace) UNION ALL "
    "SELECT 'FUNCTION', CAST(CAST(oid AS regprocedure) AS text) FROM pg_proc "
    "WHERE pronamespace = CAST(current_schema() AS regnamespace)"
)


def things_in(engine: Engine) -> frozenset[Thing]:
    """Return the schemas, and what of tables and functions is in the one in use."""
    with reading(engine) as connection:
        return frozenset((one.sort, one.name) for one in connection.execute(_THINGS))


@contextmanager
def unmade_on_failure(engine: Engine, *, before: frozenset[Thing]) -> Iterator[None]:
    """Drop all things that were not there *before*, if an error leaves the block."""
    try:
        yield
    except BaseException:
        made = sorted(things_in(engine) - before)
        with writing(engine) as connection:
            for sort, name in made:
                connection.exec_driver_sql(f"DROP {sort} IF EXISTS {name} CASCADE")
        raise
