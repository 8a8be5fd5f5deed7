"""The timeline between two days: a page of events in order of occurrence, and marks to draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select, tuple_

from archive.dates import LATEST_DAY, UNTIMED
from archive.errors import FieldError
from archive.languages import Words
from archive.projections.tables import occurrences
from archive.queries.answers import EventRow
from archive.queries.events.choosing import Narrowing, choice_of, chosen
from archive.queries.events.columns import bounded
from archive.queries.events.grounds import ground_of, reaches
from archive.queries.events.sums import number_of
from archive.queries.known.narrowing import Window
from archive.queries.known.rows import event_rows

_LARGEST = 2**31 - 1
_ORDER = (occurrences.c.v, occurrences.c.hi, occurrences.c.clock, occurrences.c.position)
_PARTS = len(_ORDER)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of the timeline; ``earlier`` and ``later`` are cursors, None at the ends."""

    rows: tuple[EventRow, ...]
    total: int
    earlier: str | None
    later: str | None


def cursor_at(day: int, last: int = 0, clock: int = UNTIMED, position: int = 0) -> str:
    """Return the cursor of an event, by its likely day, last day, time and position.

    Of a *day* alone it is that before which stand all whose likely day is earlier.
    """
    return f"{day}.{last}.{clock}.{position}"


def _place(text: str) -> tuple[int, ...]:
    """Return the place that a cursor names.

    Those that were kept from before there were times name none.
    """
    try:
        day, last, *time, position = (int(part) for part in text.split("."))
        place = (day, last, *(time or [UNTIMED]), position)
        if len(place) != _PARTS or max(map(abs, place)) > _LARGEST:
            raise ValueError(text)  # noqa: TRY301 - no database holds such a number
    except ValueError:
        accepted = Words("本页给出的翻页链接", "a link that a page of this list gave")
        raise FieldError(field="after", value=text, accepted=accepted) from None
    return place


def timeline(
    connection: Connection,
    *,
    window: Window | None = None,
    filters: Narrowing,
    known: int,
    limit: int = 50,
    after: str | None = None,
    before: str | None = None,
    at: int | None = None,
    is_counted: bool = True,
) -> TimelinePage:
    """Return at most *limit* events that follow *after* or precede *before*, in order.

    Order is by likely day, then the vaguer last, then the stated time, then position. ``total``
    counts the whole window; who walks through need not have it counted page by page, and gets 0.
    A page *at* a day begins with the first event whose likely day is no earlier.
    """
    choice = choice_of(filters)
    total = 0
    if is_counted:
        ground = ground_of(connection, choice, known=known)
        total = number_of(connection, ground=ground, window=window)
    met = chosen(connection, choice=choice, known=known)
    keys = select(*_ORDER).where(*met)
    stretches = _stretches(window)
    if before:
        keys = keys.where(tuple_(*_ORDER) < tuple_(*_place(before)))
        found = _found(connection, keys, stretches[::-1], limit + 1, ascending=False)
        page = found[:limit][::-1]
        has_earlier, has_later = len(found) > limit, bool(found)
    else:
        has_earlier = bool(after)
        if after:
            keys = keys.where(tuple_(*_ORDER) > tuple_(*_place(after)))
        elif at is not None:
            earlier = keys.where(occurrences.c.v < at)
            has_earlier = bool(_found(connection, earlier, stretches, 1))
            keys = keys.where(occurrences.c.v >= at)
        found = _found(connection, keys, stretches, limit + 1)
        page = found[:limit]
        has_earlier, has_later = has_earlier and bool(page), len(found) > limit
    rows = event_rows(connection, [row.position for row in page], known=known)
    ends = [cursor_at(*row) for row in (page[0], page[-1])] if page else ["", ""]
    return TimelinePage(
        rows, total, ends[0] if has_earlier else None, ends[1] if has_later else None
    )


def _stretches(window: Window | None) -> list[ColumnElement[bool]]:
    """Return the parts of a window, one after another in time, each of which an index gives.

    What reaches in from before, what begins inside, what is not dated.
    """
    v = occurrences.c.v
    if window is None:
        return [v <= LATEST_DAY]
    days = bounded(window)
    return [
        reaches(occurrences.c, days.first_day),
        v.between(days.first_day, days.last_day),
        v == LATEST_DAY,
    ]


def _found(
    connection: Connection,
    keys: Select[Any],
    stretches: Iterable[ColumnElement[bool]],
    limit: int,
    *,
    ascending: bool = True,
) -> list[Row[Any]]:
    """Return the first keys, or the last ones backwards, stretch by stretch until there are so."""
    order = _ORDER if ascending else tuple(column.desc() for column in _ORDER)
    found: list[Row[Any]] = []
    for stretch in stretches:
        if len(found) < limit:
            more = keys.where(stretch).order_by(*order).limit(limit - len(found))
            found += connection.execute(more)
    return found
