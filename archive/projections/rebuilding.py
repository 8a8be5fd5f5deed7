"""Rebuild every read model beside the old ones, in steps that are kept, and swap at the end.

Readers see the old read models until the swap, which is one transaction, and writers go on
meanwhile. Whatever stops a rebuild, the old read models stand, and the next goes on where it was.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from itertools import islice
from typing import Final, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from archive.log import read_log
from archive.projections import beside_file, beside_server
from archive.projections.loading import no_circles
from archive.projections.numbering import Numbering, numbering
from archive.projections.runner import count, demand_known, fold, mark, rebuild, seen_position
from archive.storage import database_file, demand_writable, is_without_room, writing

# Events folded in one transaction, and in one batch: few enough for the processor's own memory.
CHUNK: Final = 20_000
BATCH: Final = 500

_IS_COUNTED: Final = text("SELECT counted FROM rebuilding")
_COUNTED: Final = text("UPDATE rebuilding SET counted = 1")


class Workshop(Protocol):
    """Where read models are made beside those in use: a file, or a schema of the server."""

    def working(self) -> AbstractContextManager[Connection]:
        """Yield a transaction in which the names of the read models mean those made here.

        They are empty at first, and again when what they rested on has changed.
        """

    def finish(self, connection: Connection) -> None:
        """Make the indexes that the load did without."""

    def swap(self) -> bool:
        """Put what was made in the place of the old; False if it must be gone on with first."""


def rebuild_beside(
    engine: Engine,
    *,
    names: Iterable[str] = (),
    progress: Callable[[int], None] | None = None,
) -> int:
    """Fold the whole log again beside the read models in use, then swap; return the last position.

    The read models rest on each other, so they are rebuilt together; *names* are checked and raise
    UnknownNameError. One that was stopped is gone on with; but where no room is left for it, what
    it made is let go of.
    """
    demand_known(names)
    demand_writable(engine)
    shop = _workshop(engine)
    if shop is None:
        with writing(engine) as connection:
            return rebuild(connection, progress=progress)
    try:
        return _made(shop, progress)
    except DBAPIError as error:
        if is_without_room(error) and (file := database_file(engine)):
            beside_file.forget(file)
        raise


def _made(shop: Workshop, progress: Callable[[int], None] | None) -> int:
    while True:
        last = _load(shop, progress)
        if shop.swap():
            return last


def forget_beside(connection: Connection) -> None:
    """Take away what a rebuild that was stopped left: it may hold a text that was masked since."""
    if connection.dialect.name == "postgresql":
        beside_server.forget(connection)
    elif file := database_file(connection.engine):
        beside_file.forget(file)


def _workshop(engine: Engine) -> Workshop | None:
    if engine.dialect.name == "postgresql":
        return beside_server.Workshop(engine)
    file = database_file(engine)
    return beside_file.Workshop(engine, file) if file else None


def _load(shop: Workshop, progress: Callable[[int], None] | None) -> int:
    """Fold what the tables beside have not seen, a chunk in each transaction."""
    numbers, last = numbering(), -1
    while True:
        with shop.working() as connection:
            seen = seen_position(connection)
            if seen != last:  # the first chunk, or another rebuild is at work on the same tables
                numbers = numbering(is_empty=seen == 0)
            is_counted = bool(connection.scalar(_IS_COUNTED))
            last = _chunk(connection, seen, numbers, counting=is_counted)
            if last == seen and not is_counted:
                count(connection)
                shop.finish(connection)
                connection.execute(_COUNTED)
        if last == seen:
            return last
        if progress:
            progress(last)


def _chunk(connection: Connection, seen: int, numbers: Numbering, *, counting: bool) -> int:
    events, last = read_log(connection, after=seen, limit=CHUNK), seen
    with no_circles():
        while some := list(islice(events, BATCH)):
            fold(connection, some, numbers, counting=counting)
            last = some[-1].position
    if last > seen:
        mark(connection, last)
    return last
