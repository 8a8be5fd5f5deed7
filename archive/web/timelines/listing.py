"""The list of events under its months: the same events as the drawing's, in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.queries import EventRow, TimelinePage, Window, timeline
from archive.web.timelines.questions import Question
from archive.web.timelines.windows import View

ROWS_AT_FIRST: Final = 20
ROWS_OF_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class MonthRows:
    """The rows of one month, under one heading unless the reader has just read it."""

    first_day: int
    is_headed: bool
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class RowsView:
    """One stretch of the list, and where to read on; it bears its first and last month."""

    months: tuple[MonthRows, ...]
    earlier: str
    later: str
    key: int
    first_month: int
    last_month: int


def rows_view(
    connection: Connection,
    question: Question,
    *,
    view: View,
    after: str = "",
    before: str = "",
    headed: str = "",
) -> tuple[RowsView, TimelinePage]:
    """Return the stretch of the list that begins *after*, or ends *before*, a cursor.

    With neither it is the first one, and only then are all events counted.
    """
    is_first = not (after or before)
    page = timeline(
        connection,
        window=window_of(view),
        filters=question.choice,
        known=question.known,
        limit=ROWS_AT_FIRST if is_first else ROWS_OF_A_PAGE,
        after=after or None,
        before=before or None,
        at=question.at if is_first else None,
        is_counted=is_first,
    )
    months = tuple(_months(page.rows, headed=headed))
    key = page.rows[0].position if page.rows else 0
    first, last = (months[0].first_day, months[-1].first_day) if months else (0, 0)
    return RowsView(months, page.earlier or "", page.later or "", key, first, last), page


def window_of(view: View) -> Window | None:
    """Return the days to ask for; the whole is asked without bounds, so open ends count too."""
    return None if view.is_whole else Window(view.first_day, view.last_day)


def _months(rows: Sequence[EventRow], *, headed: str) -> Iterator[MonthRows]:
    """Group *rows* by the month of their likely day; the one already *headed* has no heading.

    What is not dated stands under the last day there is.
    """
    held: list[EventRow] = []
    for row in rows:
        if held and _month(held[0]) != _month(row):
            yield _month_rows(held, headed)
            held = []
        held.append(row)
    if held:
        yield _month_rows(held, headed)


def _month_rows(rows: Sequence[EventRow], headed: str) -> MonthRows:
    month = _month(rows[0])
    return MonthRows(month, str(month) != headed, tuple(rows))


def _month(row: EventRow) -> int:
    likely = row.last_day if row.first_day == EARLIEST_DAY else row.first_day
    if likely == LATEST_DAY:
        return LATEST_DAY
    return day_number(day_of(likely).replace(day=1))
