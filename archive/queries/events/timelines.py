"""The timeline between two days: a page of events in order of occurrence, and marks to draw."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, tuple_

from archive.errors import FieldError
from archive.languages import Words
from archive.log import read_by_positions
from archive.projections.tables import occurrences
from archive.queries.answers import EventRow, words_of
from archive.queries.known.narrowing import Filters, Window, conditions, is_disputed, is_known
from archive.queries.known.rows import MASKED, event_rows, said_at

_LARGEST = 2**31 - 1
_ORDER = (occurrences.c.v, occurrences.c.hi, occurrences.c.position)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of the timeline; ``earlier`` and ``later`` are cursors, None at the ends."""

    rows: tuple[EventRow, ...]
    total: int
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One event as the drawing needs it; ``day`` is the likely day, ``phase`` that of a deal."""

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


def _cursor(text: str) -> tuple[int, int, int]:
    try:
        day, last, position = (int(part) for part in text.split("."))
        if max(abs(day), abs(last), abs(position)) > _LARGEST:
            raise ValueError(text)  # noqa: TRY301 - no database holds such a number
    except ValueError:
        accepted = Words("本页给出的翻页链接", "a link that a page of this list gave")
        raise FieldError(field="after", value=text, accepted=accepted) from None
    return day, last, position


def timeline(
    connection: Connection,
    *,
    window: Window | None = None,
    filters: Filters,
    known: int,
    limit: int = 50,
    after: str | None = None,
    before: str | None = None,
    is_counted: bool = True,
) -> TimelinePage:
    """Return at most *limit* events that follow *after* or precede *before*, in order.

    Order is by likely day, then the vaguer last, then position. ``total`` counts the whole window;
    who walks through need not have it counted page by page, and gets 0.
    """
    wanted = conditions(connection, filters=filters, window=window, known=known)
    many = select(func.count()).select_from(occurrences).where(*wanted)
    total = (connection.scalar(many) or 0) if is_counted else 0
    keys = select(*_ORDER).where(*wanted).limit(limit + 1)
    if before:
        keys = keys.where(tuple_(*_ORDER) < tuple_(*_cursor(before)))
        found = connection.execute(keys.order_by(*(column.desc() for column in _ORDER))).all()
        page, more = list(reversed(found[:limit])), len(found) > limit
        has_earlier, has_later = more, bool(page)
    else:
        if after:
            keys = keys.where(tuple_(*_ORDER) > tuple_(*_cursor(after)))
        found = connection.execute(keys.order_by(*_ORDER)).all()
        page, more = list(found[:limit]), len(found) > limit
        has_earlier, has_later = bool(after) and bool(page), more
    rows = event_rows(connection, [row.position for row in page], known=known)
    ends = (
        [".".join(str(part) for part in row) for row in (page[0], page[-1])] if page else ["", ""]
    )
    return TimelinePage(
        rows, total, ends[0] if has_earlier else None, ends[1] if has_later else None
    )


def marks(
    connection: Connection,
    *,
    window: Window | None = None,
    filters: Filters,
    known: int,
    limit: int = 400,
) -> tuple[Mark, ...]:
    """Return at most *limit* marks in date order; where there are more, the most important."""
    wanted = conditions(connection, filters=filters, window=window, known=known)
    read = (
        select(
            occurrences,
            is_disputed(known).label("disputed"),
            is_known(occurrences.c.position, occurrences.c.gone, known).label("live"),
        )
        .where(*wanted)
        .order_by(occurrences.c.importance, *_ORDER)
        .limit(limit)
    )
    found = sorted(connection.execute(read), key=lambda row: (row.v, row.hi, row.position))
    recorded = read_by_positions(connection, {r.position for r in found} | {r.root for r in found})
    drawn = []
    for row in found:
        event = said_at(recorded[row.position])
        masked = recorded[row.position].is_masked
        drawn.append(
            Mark(
                position=row.position,
                id=recorded[row.root].event.id,
                kind=row.kind,
                group=row.kind_group,
                first_day=row.lo,
                last_day=row.hi,
                day=row.v,
                edtf=event.occurred.edtf,
                title=MASKED if masked else words_of(event.title),
                importance=event.importance,
                is_disputed=bool(row.disputed),
                is_retracted=not row.live,
                phase="announced" if row.kind == "deal_announced" else "",
            )
        )
    return tuple(drawn)
