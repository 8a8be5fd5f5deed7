"""The events that one is, or was, in dispute with, and which of them was preferred."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.projections.tables import disputes, occurrences
from archive.queries.answers import EventRow
from archive.queries.known.rows import event_rows


@dataclass(frozen=True, slots=True)
class Rival:
    """An event that says otherwise; of a settled dispute, whether it is the one preferred."""

    row: EventRow
    is_settled: bool
    is_preferred: bool


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Who says otherwise than an event, and how the newest dispute about it stands.

    ``is_settled`` tells that no dispute about it is open, ``is_preferred`` that it prevailed in
    the newest one.
    """

    rivals: tuple[Rival, ...] = ()
    is_settled: bool = False
    is_preferred: bool = False


def rivalry(connection: Connection, root: int, *, known: int) -> Rivalry:
    """Return with whom the event first recorded at *root* was put in dispute up to *known*."""
    mine = select(disputes.c.position).where(disputes.c.root == root)
    sides = connection.execute(
        select(disputes)
        .where(disputes.c.position.in_(mine), disputes.c.position <= known)
        .order_by(disputes.c.position)
    ).all()
    if not sides:
        return Rivalry()
    # Of each side the newest dispute says how it stands.
    settled = {one.root: one.settled is not None and one.settled <= known for one in sides}
    chosen = {one.root: settled[one.root] and bool(one.chosen) for one in sides}
    rows = _newest(connection, [one for one in settled if one != root], known)
    rivals = tuple(Rival(row, settled[one], chosen[one]) for one, row in rows.items())
    is_open = any(one.settled is None or one.settled > known for one in sides if one.root == root)
    return Rivalry(rivals, not is_open, chosen[root] and not is_open)


def _newest(connection: Connection, roots: list[int], known: int) -> dict[int, EventRow]:
    """Return each event as it reads, or last read, on *known*, in the order of its recording."""
    newest = connection.execute(
        select(occurrences.c.root, func.max(occurrences.c.position).label("position"))
        .where(occurrences.c.root.in_(roots), occurrences.c.position <= known)
        .group_by(occurrences.c.root)
        .order_by(occurrences.c.root)
    ).all()
    rows = event_rows(connection, [one.position for one in newest], known=known)
    return {one.root: row for one, row in zip(newest, rows, strict=True)}
