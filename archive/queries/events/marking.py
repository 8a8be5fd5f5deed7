"""One event as the drawing needs it: when, how sure, what it is called, whom it touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from archive.dates import LATEST_DAY
from archive.languages import Words
from archive.log import RecordedEvent, read_by_positions
from archive.projections import CONFIDENCES
from archive.projections.tables import occurrences
from archive.queries.answers import words_of
from archive.queries.known.narrowing import is_disputed, is_known
from archive.queries.known.rows import MASKED, said_at
from archive.vocabulary import Mention

_CONFIDENCE_NAMES = tuple(CONFIDENCES)


@dataclass(frozen=True, slots=True)
class Mark:
    """One event as the drawing needs it; ``day`` is the likely day, ``phase`` that of a deal.

    ``stated`` are the words of its source, ``sources`` the ids of those who say so.
    """

    position: int
    id: str
    kind: str
    group: str
    first_day: int
    last_day: int
    day: int
    edtf: str
    title: Words
    importance: str
    is_disputed: bool
    is_retracted: bool
    phase: str
    precision: str = "day"
    confidence: str = ""
    stated: str = ""
    date_kind: str = ""
    entities: tuple[Mention, ...] = ()
    sources: tuple[str, ...] = ()

    def reaches(self, day: int) -> bool:
        """Tell whether it reaches into the day from before; one with an open end does not."""
        return self.day < day <= self.last_day < LATEST_DAY


def drawn(known: Any) -> Select[Any]:
    """Return the query for rows of ``occurrence`` with their doubts as known on *known*."""
    return select(
        occurrences,
        is_disputed(known).label("disputed"),
        is_known(occurrences.c.position, occurrences.c.gone, known).label("live"),
    )


def in_turn(row: Row[Any]) -> tuple[int, int, int]:
    """Return in what turn a row is picked: by likely day, the vaguer last, then as recorded."""
    return row.v, row.hi, row.position


def in_order(row: Row[Any]) -> tuple[int, int, int, int]:
    """Return where a row stands in time: those of one day by the times that are stated."""
    return row.v, row.hi, row.clock, row.position


def marks_of(connection: Connection, found: Iterable[Row[Any]]) -> tuple[Mark, ...]:
    """Return the marks of rows that ``drawn`` found, in the order of time."""
    rows = sorted(found, key=in_order)
    wanted = {row.position for row in rows} | {row.root for row in rows}
    recorded = read_by_positions(connection, sorted(wanted))
    return tuple(_mark(row, recorded[row.position], recorded[row.root]) for row in rows)


def _mark(row: Row[Any], version: RecordedEvent, first: RecordedEvent) -> Mark:
    event = said_at(version)
    return Mark(
        position=row.position,
        id=first.event.id,
        kind=row.kind,
        group=row.kind_group,
        first_day=row.lo,
        last_day=row.hi,
        day=row.v,
        edtf=event.occurred.edtf,
        title=MASKED if version.is_masked else words_of(event.title),
        importance=event.importance,
        is_disputed=bool(row.disputed),
        is_retracted=not row.live,
        phase="announced" if row.kind == "deal_announced" else "",
        precision=row.precision,
        confidence=_CONFIDENCE_NAMES[row.confidence],
        stated=event.occurred.stated,
        date_kind=event.occurred.date_kind,
        entities=event.entities,
        sources=tuple(dict.fromkeys(claim.source for claim in event.claims)),
    )
