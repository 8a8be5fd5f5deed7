"""The list of events under its months: the same events as the drawing's, in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.queries import EventRow, TimelinePage, Window, cursor_at, timeline
from archive.web.timelines.questions import Question
from archive.web.timelines.windows import View

ROWS_AT_FIRST: Final = 20
ROWS_OF_A_PAGE: Final = 50
ROWS_AT_MOST: Final = 1000
_FEW_DAYS: Final = 7
_LEAST_YEAR: Final = 364  # days from the first of a year to its last


@dataclass(frozen=True, slots=True)
class MonthRows:
    """The rows of one month, under one heading."""

    first_day: int
    rows: tuple[EventRow, ...]

    @property
    def is_year(self) -> bool:
        """Tell whether nothing more is known of any row than a year that begins with the month."""
        first = day_of(self.first_day)
        return first.month == 1 and all(
            row.first_day == self.first_day and row.last_day - row.first_day >= _LEAST_YEAR
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class RowsView:
    """One stretch of the list, and where to read on; it bears its first and last month.

    ``joined`` says on which side the stretch that asked for it goes on with the same month.
    """

    months: tuple[MonthRows, ...]
    earlier: str
    later: str
    key: int
    first_month: int
    last_month: int
    joined: str


def rows_view(
    connection: Connection,
    question: Question,
    *,
    view: View,
    after: str = "",
    before: str = "",
    headed: str = "",
    is_long: bool = False,
) -> tuple[RowsView, TimelinePage]:
    """Return the stretch of the list that begins *after*, or ends *before*, a cursor.

    With neither it is the first one, and only then are all events counted. One that ``is_long``
    has as many rows as a printer should be given.
    """
    is_first = not (after or before)
    read = partial(
        timeline,
        connection,
        window=window_of(view),
        filters=question.choice,
        known=question.known,
        limit=ROWS_AT_MOST if is_long else ROWS_AT_FIRST if is_first else ROWS_OF_A_PAGE,
        after=after or None,
        before=before or None,
        is_counted=is_first,
    )
    page = read(at=_at(question, view, is_long=is_long) if is_first else None)
    if is_first and not page.rows and question.at is not None:
        # Nothing is so late: then the list ends as it would.
        page = replace(read(before=cursor_at(question.at)), later=None)
    elif is_first and not page.rows:
        page = read()
    months = tuple(_months(page.rows))
    key = page.rows[0].position if page.rows else 0
    first, last = (months[0].first_day, months[-1].first_day) if months else (0, 0)
    joined = ""
    if months and headed == str(last if before else first):
        joined = "into-next" if before else "goes-on"
    rows = RowsView(months, page.earlier or "", page.later or "", key, first, last, joined)
    return rows, page


def _at(question: Question, view: View, *, is_long: bool) -> int | None:
    """Return the day with which the list opens: of a few days that are shown, the first.

    What reaches in from before, which is much for a few days, stands one step earlier.
    """
    is_close = view.days <= _FEW_DAYS and not is_long
    return view.first_day if question.at is None and is_close else question.at


def window_of(view: View) -> Window | None:
    """Return the days to ask for; the whole is asked without bounds, so open ends count too."""
    return None if view.is_whole else Window(view.first_day, view.last_day)


def _months(rows: Sequence[EventRow]) -> Iterator[MonthRows]:
    """Group *rows* by the month of their likely day; what is not dated stands under the last."""
    for month, some in groupby(rows, key=_month):
        yield MonthRows(month, tuple(some))


def likely_day(row: EventRow) -> int:
    """Return the day by which an event has its place in the list."""
    return row.last_day if row.first_day == EARLIEST_DAY else row.first_day


def _month(row: EventRow) -> int:
    likely = likely_day(row)
    if likely == LATEST_DAY:
        return LATEST_DAY
    return day_number(day_of(likely).replace(day=1))
