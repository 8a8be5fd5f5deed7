"""The timeline's answer: what the queries say, put together for its templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask_babel import gettext
from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.queries import Coverage, Facets, Mark, Window, coverage, density, facets, marks
from archive.web.drawing.lanes import Drawing, LaneAsked, by_group, draw
from archive.web.drawing.scales import month_end, months_between
from archive.web.drawing.strips import Strip, strip
from archive.web.frame.filters import words
from archive.web.timelines.chips import Chip, chips_of
from archive.web.timelines.listing import RowsView, rows_view, window_of
from archive.web.timelines.moving import Steps, steps_of
from archive.web.timelines.questions import Question
from archive.web.timelines.relaxing import busiest
from archive.web.timelines.windows import View, clamped

MOST_MARKS: Final = 1500
LANES_BY_ENTITY: Final = 7
NARROW: Final = 640


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Everything that the timeline's fragment writes down."""

    question: Question
    coverage: Coverage
    view: View
    drawing: Drawing
    steps: Steps
    strip: Strip
    rows: RowsView
    facets: Facets
    chips: tuple[Chip, ...]
    shelf: tuple[Mark, ...]
    total: int
    not_drawn: int
    lanes: str
    outside: str
    busiest: Chip | None


def span_of(held: Coverage) -> tuple[int, int]:
    """Return the whole months that the archive covers."""
    months = months_between(held.first_day, held.last_day)
    return months[0], month_end(months[-1])


def view_of(question: Question, held: Coverage) -> View:
    """Return the window that the question means, inside what the archive covers."""
    least, most = span_of(held)
    first = least if question.first_day is None else question.first_day
    last = most if question.last_day is None else question.last_day
    return clamped(first, max(first, last), least_day=least, most_day=most)


def timeline_view(
    connection: Connection, question: Question, *, width: int, locale: str, today: date
) -> TimelineView | None:
    """Return the whole view, or None where the archive holds no event yet."""
    held = coverage(connection, known=question.known)
    if not held.events:
        return None
    view = view_of(question, held)
    window, filters, known = window_of(view), question.filters, question.known
    rows, page = rows_view(connection, question, view=view)
    shown = marks(connection, window=window, filters=filters, known=known, limit=MOST_MARKS)
    found = facets(connection, window=window, filters=filters, known=known)
    counts = density(connection, filters=filters, known=known)
    # A phone has no room for a lane each; there the groups are chips instead.
    lanes = question.lanes or ("one" if width < NARROW else "group")
    drawing = draw(
        _lanes(
            connection, question, _dated(shown), found, kind=lanes, window=window, locale=locale
        ),
        first_day=view.first_day,
        last_day=view.last_day,
        width=width,
        locale=locale,
        today=day_number(today),
        is_narrow=width < NARROW,
        is_unfolded=question.is_unfolded,
    )
    chips = chips_of(question, names=_names(found))
    return TimelineView(
        question=question,
        coverage=held,
        view=view,
        drawing=drawing,
        steps=steps_of(view, drawing.scale),
        strip=strip(
            counts,
            coverage=(view.least_day, view.most_day),
            window=(view.first_day, view.last_day),
            locale=locale,
        ),
        rows=rows,
        facets=found,
        chips=chips,
        shelf=tuple(mark for mark in shown if mark.last_day == LATEST_DAY),
        total=page.total,
        not_drawn=page.total - len(shown),
        lanes=lanes,
        outside=_outside(question, held),
        busiest=None if page.total else busiest(connection, question, chips, window=window),
    )


def _lanes(
    connection: Connection,
    question: Question,
    shown: Sequence[Mark],
    found: Facets,
    *,
    kind: str,
    window: Window | None,
    locale: str,
) -> tuple[LaneAsked, ...]:
    if kind == "one":
        return (LaneAsked("all", gettext("All events"), "", shown),)
    if kind == "group":
        return by_group(shown, locale=locale)
    wanted = [ref for ref, _ in found.entities if question.filters.entity in {"", ref.id}]
    return tuple(
        LaneAsked(
            ref.id,
            words(ref.names),
            "",
            _dated(
                marks(
                    connection,
                    window=window,
                    filters=replace(question.filters, entity=ref.id),
                    known=question.known,
                    limit=MOST_MARKS,
                )
            ),
        )
        for ref in wanted[:LANES_BY_ENTITY]
    )


def _dated(some: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks that have a place in the drawing: of the others nothing is known."""
    return tuple(
        mark for mark in some if (mark.first_day, mark.last_day) != (EARLIEST_DAY, LATEST_DAY)
    )


def _names(found: Facets) -> Mapping[tuple[str, str], str]:
    entities = {("entity", ref.id): words(ref.names) for ref, _ in found.entities}
    return entities | {("source", ref.id): ref.title for ref, _ in found.sources}


def _outside(question: Question, held: Coverage) -> str:
    """Return ``before`` or ``after`` where the days asked for lie wholly outside the archive's."""
    least, most = span_of(held)
    if question.last_day is not None and question.last_day < least:
        return "before"
    if question.first_day is not None and question.first_day > most:
        return "after"
    return ""
