"""Statements that go to a server one behind the other, none of which waits for the one before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from psycopg.pq import PipelineStatus
from sqlalchemy import Connection

from archive.storage.driving import SERVER, as_core_says_it

_PLANNED_ONCE: Final = "SET LOCAL plan_cache_mode = force_generic_plan"
_PLANNED_AS_USUAL: Final = "SET LOCAL plan_cache_mode TO DEFAULT"


@contextmanager
def gathering(connection: Connection) -> Iterator[None]:
    """Wait for no statement that is run meanwhile, but where its rows are fetched.

    What a server refuses is raised there, or at the end. How many rows a statement changed is not
    known, and nothing can be copied in. A file has nobody to wait for. Each statement is planned
    once, whatever is given with it: to plan one takes longer than to run it.
    """
    if connection.dialect.name != SERVER:
        yield
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            driver.execute(_PLANNED_ONCE)
            yield
            driver.execute(_PLANNED_AS_USUAL)
    except connection.dialect.loaded_dbapi.Error as error:
        raise as_core_says_it(connection, "", error) from error


def is_gathering(connection: Connection) -> bool:
    """Tell whether statements to a server are gathered now."""
    driver: Any = connection.connection.driver_connection
    return bool(driver.pgconn.pipeline_status != PipelineStatus.OFF)
