"""Between which events an event lies, what that would give today, and which hang on it in turn."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from archive.dates import Bounds
from archive.log import read_by_ids
from archive.projections import Standing, standing_of
from archive.projections.tables import occurrence_relations, occurrences
from archive.queries.answers import EventRow
from archive.queries.known.narrowing import is_known
from archive.queries.known.rows import event_rows
from archive.vocabulary import between, narrowed, unhung

_SIDES = ("after", "before")


@dataclass(frozen=True, slots=True)
class Hanging:
    """An event that says that it lies ``after`` or ``before`` the one that was asked for."""

    side: str
    row: EventRow


@dataclass(frozen=True, slots=True)
class Relations:
    """The events that bound the date of one, and those whose dates it bounds.

    ``would_be`` is the date (EDTF) that the event would have if it were corrected as the others
    stand; empty where it has that date already. ``is_contrary`` tells that no day would be left.
    """

    after: EventRow | None = None
    before: EventRow | None = None
    would_be: str = ""
    is_contrary: bool = False
    hanging: tuple[Hanging, ...] = ()


def relations(connection: Connection, row: EventRow, *, known: int) -> Relations:
    """Return how the event of *row*, as it reads at its position, hangs together with others."""
    named = {"after": row.occurred.after, "before": row.occurred.before}
    others = {side: _row(connection, name, known) for side, name in named.items() if name}
    would_be = _would_be(connection, row, named, known) if others else row.occurred.edtf
    return Relations(
        others.get("after"),
        others.get("before"),
        would_be if would_be and would_be != row.occurred.edtf else "",
        would_be is None,
        _hanging(connection, row.id, known),
    )


def _row(connection: Connection, name: str, known: int) -> EventRow | None:
    """Return the event called *name* as it reads, or last read, on *known*."""
    recorded = read_by_ids(connection, [name]).get(name)
    if recorded is None or recorded.position > known:
        return None
    newest = (
        select(occurrences.c.position)
        .where(occurrences.c.root == recorded.position, occurrences.c.position <= known)
        .order_by(occurrences.c.position.desc())
        .limit(1)
    )
    position = connection.scalar(newest)
    rows = event_rows(connection, [position], known=known) if position else ()
    return rows[0] if rows else None


def _would_be(
    connection: Connection, row: EventRow, named: Mapping[str, str], known: int
) -> str | None:
    """Return the date that the events named would leave today, as a correction resolves it."""
    now = _standings(connection, named, known)
    if any(one is None or one.occurred is None or one.is_masked for one in now.values()):
        return row.occurred.edtf  # gone: the page says so, and there is nothing to resolve
    bounds, then = _bounds(now), _bounds(_standings(connection, named, row.position - 1))
    if bounds == then:
        return row.occurred.edtf
    return narrowed(unhung(row.occurred.edtf, then), bounds)


def _standings(
    connection: Connection, named: Mapping[str, str], known: int
) -> dict[str, Standing | None]:
    return {
        side: standing_of(connection, name, known=known) for side, name in named.items() if name
    }


def _bounds(standings: Mapping[str, Standing | None]) -> Bounds:
    after, before = (
        one.occurred if (one := standings.get(side)) is not None else None for side in _SIDES
    )
    return between(after, before)


def _hanging(connection: Connection, name: str, known: int) -> tuple[Hanging, ...]:
    """Return the events that name the event called *name*, in the order of the timeline."""
    position = occurrence_relations.c.position
    query = (
        select(position, occurrence_relations.c.side)
        .join(occurrences, occurrences.c.position == position)
        .where(
            occurrence_relations.c.other == name,
            is_known(occurrences.c.position, occurrences.c.gone, known),
        )
        .order_by(
            *(occurrences.c.v, occurrences.c.hi, occurrences.c.clock, position),
            occurrence_relations.c.side,
        )
    )
    found = [(row.position, row.side) for row in connection.execute(query)]
    rows = event_rows(connection, sorted({one for one, _side in found}), known=known)
    by_position = {row.position: row for row in rows}
    return tuple(Hanging(side, by_position[one]) for one, side in found)
