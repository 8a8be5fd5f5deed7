"""A jump to a day beyond the ends of the list: told, with the event at the end that is nearer."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from archive.dates import LATEST_DAY
from archive.queries import EventRow, cursor_at, timeline
from archive.web.timelines.covering import Days
from archive.web.timelines.listing import likely_day, window_of
from archive.web.timelines.questions import Question
from archive.web.timelines.windows import View


@dataclass(frozen=True, slots=True)
class Missed:
    """That the day gone to lies before the first event listed, or after the last one.

    ``nearest`` is that event, and none where nothing is listed at all.
    """

    day: int
    covered: Days
    nearest: EventRow | None
    is_last: bool


def missed(
    connection: Connection, question: Question, held: Days, *, view: View, rows: Sequence[EventRow]
) -> Missed | None:
    """Return what is to be told of the day to go to; None where the list, *rows*, begins there."""
    day = question.at
    if day is None or (held[0] <= day <= held[1] and _is_reached(rows, day)):
        return None
    if day < held[0]:
        return Missed(day, held, rows[0] if rows else None, is_last=False)
    page = timeline(
        connection,
        window=window_of(view),
        filters=question.choice,
        known=question.known,
        limit=1,
        before=cursor_at(day),
        is_counted=False,
    )
    return Missed(day, held, page.rows[0] if page.rows else None, is_last=True)


def _is_reached(rows: Sequence[EventRow], day: int) -> bool:
    return any(day <= likely_day(row) < LATEST_DAY for row in rows)
