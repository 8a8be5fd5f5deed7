"""Disputes about the claims behind a value, and how they were settled: in the archive's order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from archive.languages import Words
from archive.log import RecordedEvent, read_by_positions
from archive.log.tables import events
from archive.projections.tables import disputes, occurrences
from archive.queries.answers import NO_WORDS, EventRow
from archive.queries.held.qualifying import DISPUTED
from archive.queries.known.rows import MASKED, event_rows
from archive.storage import chunks

_SETTLEMENT: Final = "dispute_settled"
_SETTLED: Final = Words("争议已裁定", "dispute settled")


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim that a dispute is about, by the id of its event; whether it was preferred."""

    id: str
    title: Words
    is_preferred: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """One event of the archive about claims: ``what`` it did to them, why, and who recorded it.

    ``rivals`` are all the claims that it names, those of other values among them.
    """

    id: str
    position: int
    what: Words
    reason: Words
    rivals: tuple[Rival, ...]
    recorded_at: datetime
    recorded_by: str

    @property
    def is_settled(self) -> bool:
        """Tell whether it settled a dispute; else it opened one."""
        return self.what == _SETTLED


def arguments_about(
    connection: Connection, positions: Iterable[int], *, known: int
) -> tuple[Argument, ...]:
    """Return the disputes and settlements about the events of which *positions* are versions.

    They come in the order in which the archive took them in, none after *known*.
    """
    roots = {
        root
        for some in chunks(sorted(set(positions)))
        for root in connection.scalars(
            select(occurrences.c.root).where(occurrences.c.position.in_(some))
        )
    }
    when = (disputes.c.position, disputes.c.settled)
    argued = {
        at
        for some in chunks(sorted(roots))
        for row in connection.execute(select(*when).where(disputes.c.root.in_(some)))
        for at in row
        if at is not None and at <= known
    }
    if not argued:
        return ()
    recorded = read_by_positions(connection, argued)
    rivals = _rivals(connection, [recorded[at] for at in sorted(argued)], known=known)
    return tuple(_argument(recorded[at], rivals[at]) for at in sorted(argued))


def _argument(recorded: RecordedEvent, rivals: tuple[Rival, ...]) -> Argument:
    reason = recorded.event.data.get("reason")
    told = Words(reason["zh"], reason["en"]) if isinstance(reason, dict) else NO_WORDS
    return Argument(
        recorded.event.id,
        recorded.position,
        _SETTLED if recorded.event.kind == _SETTLEMENT else DISPUTED,
        MASKED if recorded.is_masked else told,
        rivals,
        recorded.recorded_at,
        recorded.recorded_by,
    )


def _rivals(
    connection: Connection, argued: Sequence[RecordedEvent], *, known: int
) -> dict[int, tuple[Rival, ...]]:
    """Return the claims that each of *argued* names, the preferred first, as known on *known*."""
    shown = _shown(connection, {name for one in argued for name in one.about}, known=known)
    found: dict[int, tuple[Rival, ...]] = {}
    for one in argued:
        rows = {shown[name].id: shown[name] for name in one.about if name in shown}
        first = shown.get(one.about[0]) if one.event.kind == _SETTLEMENT and one.about else None
        found[one.position] = tuple(
            Rival(row.id, row.title, row is first) for row in rows.values()
        )
    return found


def _shown(connection: Connection, names: set[str], *, known: int) -> dict[str, EventRow]:
    """Return by the ids *names*, of versions of events too, the events as last known."""
    version = occurrences.alias("version")
    query = (
        select(events.c.id, func.max(version.c.position))
        .join(occurrences, occurrences.c.position == events.c.position)
        .join(version, version.c.root == occurrences.c.root)
        .where(version.c.position <= known)
        .group_by(events.c.id)
    )
    newest = {
        name: position
        for some in chunks(sorted(names))
        for name, position in connection.execute(query.where(events.c.id.in_(some)))
    }
    rows = {
        row.position: row
        for row in event_rows(connection, sorted(set(newest.values())), known=known)
    }
    return {name: rows[position] for name, position in newest.items()}
