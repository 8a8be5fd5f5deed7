"""Keep the read models with the log: one step, catching up, and rebuilding."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext

from sqlalchemy import Connection, delete, select

from archive.errors import UnknownNameError
from archive.languages import Words
from archive.log import RecordedEvent, head, hold, read_log
from archive.projections import full_text, rows
from archive.projections.history import batch_of
from archive.projections.meeting import FEW, meet
from archive.projections.numbering import Numbering, numbering
from archive.projections.roster import ROSTER
from archive.projections.tables import checkpoints
from archive.storage import SERVER, chunks, gathering


def apply(connection: Connection, recorded: Iterable[RecordedEvent]) -> None:
    """Fold new events, in order of position, into every read model, in one transaction.

    However the log is cut into batches, the same rows come of it.
    """
    new, numbers = list(recorded), numbering()
    # Many rows are copied in, which is quicker than to gather statements.
    with gathering(connection) if len(new) < FEW else nullcontext():
        for some in chunks(new):
            fold(connection, some, numbers)
        if new:
            mark(connection, new[-1].position)


def fold(
    connection: Connection,
    recorded: Sequence[RecordedEvent],
    numbers: Numbering,
    *,
    counting: bool = True,
) -> None:
    """Fold one batch; without *counting* what is filled at the end of a rebuild stays as it is.

    Whoever has folded the last batch of a transaction is to mark how far the read models are.
    """
    batch = batch_of(connection, recorded, numbers=numbers, is_counting=counting)
    # A file answers each question at once, and finds no gain in one for all.
    if counting and len(recorded) < FEW and connection.dialect.name == SERVER:
        meet(connection, batch)
    for projection in ROSTER:
        if counting or projection.count is None:
            projection.apply(connection, batch)


def mark(connection: Connection, position: int) -> None:
    """Say that every read model has seen the log up to *position*."""
    if rows.change_all(connection, checkpoints, "position", position) != len(ROSTER):
        rows.put(connection, checkpoints, [(one.name, one.version, position) for one in ROSTER])


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


def empty(connection: Connection) -> None:
    """Empty every read model, in the caller's transaction."""
    for projection in reversed(ROSTER):
        for table in projection.tables:
            connection.execute(delete(table))
    connection.execute(delete(checkpoints))
    full_text.empty(connection)


def count(connection: Connection) -> None:
    """Fill, at the end of a rebuild, what is not filled step by step."""
    for projection in ROSTER:
        if projection.count is not None:
            projection.count(connection)
    full_text.optimize(connection)


def demand_known(names: Iterable[str]) -> None:
    """Raise UnknownNameError for a name that no read model bears."""
    known = {one.name for one in ROSTER}
    for name in names:
        if name not in known:
            raise UnknownNameError(what=Words("读模型", "read model"), name=name, known=known)


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
    demand_known(names)
    hold(connection)
    empty(connection)
    numbers, last = numbering(is_empty=True), 0
    for some in chunks(read_log(connection)):
        fold(connection, some, numbers, counting=False)
        last = some[-1].position
        if progress:
            progress(last)
    count(connection)
    mark(connection, last)
    return last
