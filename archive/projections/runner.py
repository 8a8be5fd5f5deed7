"""Keep the read models with the log: one step, catching up, and rebuilding."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, delete, insert, select, update

from archive.errors import UnknownNameError
from archive.languages import Words
from archive.log import RecordedEvent, head, hold, read_log
from archive.projections.roster import ROSTER
from archive.projections.tables import checkpoints


def apply(connection: Connection, recorded: Iterable[RecordedEvent]) -> None:
    """Fold new events, in order of position, into every read model, in one transaction."""
    last = 0
    for one in recorded:
        for projection in ROSTER:
            projection.apply(connection, one)
        last = one.position
    if last:
        _mark(connection, last)


def _mark(connection: Connection, position: int) -> None:
    known = set(connection.scalars(select(checkpoints.c.projection)))
    for projection in ROSTER:
        row = {"version": projection.version, "position": position}
        if projection.name in known:
            same = checkpoints.c.projection == projection.name
            connection.execute(update(checkpoints).where(same).values(**row))
        else:
            connection.execute(insert(checkpoints), {"projection": projection.name, **row})


def seen_position(connection: Connection) -> int:
    """Return the last position that every read model has seen; 0 if any is missing or outdated."""
    rows = {row.projection: row for row in connection.execute(select(checkpoints))}
    seen = [
        rows[one.name].position
        if one.name in rows and rows[one.name].version == one.version
        else 0
        for one in ROSTER
    ]
    return min(seen)


def lag(connection: Connection) -> int:
    """Return how many events the read models have not yet seen."""
    return head(connection)[0] - seen_position(connection)


def rebuild(
    connection: Connection,
    *,
    names: Iterable[str] = (),
    progress: Callable[[int], None] | None = None,
) -> int:
    """Empty the read models and fold the whole log again; return the last position.

    All in the caller's transaction: readers see the old read models until it commits, and never an
    empty or half one. The read models rest on each other, so they are rebuilt together; *names*
    are checked and raise UnknownNameError.
    """
    known = {one.name for one in ROSTER}
    for name in names:
        if name not in known:
            raise UnknownNameError(what=Words("读模型", "read model"), name=name, known=known)
    hold(connection)
    for projection in reversed(ROSTER):
        for table in projection.tables:
            connection.execute(delete(table))
    last = 0
    for recorded in read_log(connection):
        for projection in ROSTER:
            projection.apply(connection, recorded)
        last = recorded.position
        if progress:
            progress(last)
    _mark(connection, last)
    return last
