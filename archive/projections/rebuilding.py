"""Rebuild every read model beside the old ones, in steps that are kept, and swap at the end.

Readers see the old read models until the swap, which is one transaction, and writers go on
meanwhile. Whatever stops a rebuild, the old read models stand, and the next goes on where it was.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from itertools import islice
from typing import Final, Protocol

from sqlalchemy import Connection, Engine, text

from archive.log import head, read_log
from archive.projections import beside_file, beside_server
from archive.projections.numbering import Numbering, numbering
from archive.projections.roster import ROSTER
from archive.projections.runner import demand_known, fold, rebuild, seen_position
from archive.storage import database_file, writing

# Events folded in one transaction, and in one batch.
CHUNK: Final = 10_000
BATCH: Final = 2_000


class Workshop(Protocol):
    """Where read models are made beside those in use: a file, or a schema of the server."""

    def prepare(self) -> None:
        """Make empty tables, unless what an earlier rebuild left can be gone on with."""

    def working(self) -> AbstractContextManager[Connection]:
        """Yield a transaction in which the names of the read models mean those made here."""

    def finish(self, connection: Connection) -> None:
        """Make the indexes that the load did without."""

    def swap(self) -> bool:
        """Put what was made in the place of the old; False if the log has gone on too far."""


def rebuild_beside(
    engine: Engine,
    *,
    names: Iterable[str] = (),
    progress: Callable[[int], None] | None = None,
) -> int:
    """Fold the whole log again beside the read models in use, then swap; return the last position.

    The read models rest on each other, so they are rebuilt together; *names* are checked and raise
    UnknownNameError. One that was stopped is gone on with.
    """
    demand_known(names)
    shop = _workshop(engine)
    if shop is None:
        with writing(engine) as connection:
            return rebuild(connection, progress=progress)
    while True:
        shop.prepare()
        last = _load(shop, progress)
        if shop.swap():
            return last


def _workshop(engine: Engine) -> Workshop | None:
    if engine.dialect.name == "postgresql":
        return beside_server.Workshop(engine)
    return beside_file.Workshop(engine) if database_file(engine) else None


def _load(shop: Workshop, progress: Callable[[int], None] | None) -> int:
    """Fold what the tables beside have not seen, a chunk in each transaction."""
    numbers, last = numbering(), -1
    while True:
        with shop.working() as connection:
            seen = seen_position(connection)
            if seen != last:  # another rebuild may be at work on the same tables
                numbers = numbering(is_empty=seen == 0)
            last = _chunk(connection, seen, numbers)
            if last == seen and not _is_counted(connection):
                _count(connection)
                shop.finish(connection)
        if progress and last:
            progress(last)
        if last == seen:
            return last


def _chunk(connection: Connection, seen: int, numbers: Numbering) -> int:
    events = read_log(connection, after=seen, limit=CHUNK)
    counting = _is_counted(connection)
    while some := list(islice(events, BATCH)):
        fold(connection, some, numbers, counting=counting)
        seen = some[-1].position
    return seen


def _is_counted(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT counted FROM rebuilding")))


def _count(connection: Connection) -> None:
    for projection in ROSTER:
        if projection.count is not None:
            projection.count(connection)
    connection.execute(text("UPDATE rebuilding SET counted = 1"))


__all__ = ["Workshop", "head", "rebuild_beside"]
