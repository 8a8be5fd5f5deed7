"""Which days the archive covers, and which of them a question means."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries import EventRow, covered_days, cursor_at, timeline
from archive.web.drawing.scales import month_end, months_between
from archive.web.frame.keeping import remembered
from archive.web.timelines.questions import Question
from archive.web.timelines.windows import View, clamped

Days: TypeAlias = tuple[int, int]
EPOCH: Final = day_number(date(2000, 1, 1))


@dataclass(frozen=True, slots=True)
class Outside:
    """That nothing is covered of the days asked for, and the event nearest to them, if any."""

    nearest: EventRow | None


def span_of(held: Days | None) -> Days:
    """Return the whole months that the days which the archive covers lie in."""
    months = months_between(*(held or (EPOCH, EPOCH)))
    return months[0], month_end(months[-1])


def held_days(connection: Connection, *, known: int) -> Days | None:
    """Return the days that the archive covers; found once for each state of the database."""
    found = remembered(("covered", known), lambda: (covered_days(connection, known=known),))
    return found[0]


def view_of(question: Question, held: Days | None) -> View:
    """Return the window that the question means, inside what the archive covers.

    A day to go to that lies outside the window takes the window along. Of days wholly outside
    what is covered the nearest month is shown.
    """
    least, most = span_of(held)
    if outside := outside_of(question, held):
        nearest = months_between(least, most)[0 if outside == "before" else -1]
        return clamped(nearest, month_end(nearest), least_day=least, most_day=most)
    first = least if question.first_day is None else question.first_day
    last = max(most if question.last_day is None else question.last_day, first)
    if question.at is not None and not first <= question.at <= last:
        first, last = question.at - (last - first) // 4, question.at + (last - first) * 3 // 4
    return clamped(first, last, least_day=least, most_day=most, shortest=1)


def outside_of(question: Question, held: Days | None) -> str:
    """Return ``before`` or ``after`` where the days asked for lie wholly outside the archive's."""
    least, most = span_of(held)
    if question.last_day is not None and question.last_day < least:
        return "before"
    if question.first_day is not None and question.first_day > most:
        return "after"
    return ""


def nearest_outside(connection: Connection, question: Question, held: Days) -> Outside | None:
    """Return the event nearest to the days asked for, where they lie wholly outside."""
    outside = outside_of(question, held)
    if not outside:
        return None
    first = question.first_day
    page = timeline(
        connection,
        filters=question.choice,
        known=question.known,
        limit=1,
        before=cursor_at(first) if first is not None and outside == "after" else None,
        at=question.last_day if outside == "before" else None,
        is_counted=False,
    )
    return Outside(page.rows[0] if page.rows else None)
