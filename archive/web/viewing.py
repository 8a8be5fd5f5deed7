"""The timeline's answer: what the queries say, put together for its templates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask_babel import gettext
from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, day_number, day_of
from archive.queries import (
    Coverage,
    EventRow,
    Facets,
    Filters,
    Mark,
    TimelinePage,
    Window,
    coverage,
    density,
    facets,
    marks,
    timeline,
)
from archive.web.questions import Question
from archive.web.chips import Chip, chips_of
from archive.web.drawing import Drawing, Lane, LaneAsked, by_group, draw
from archive.web.filters import address, words
from archive.web.marking import DrawnPile, is_open
from archive.web.scales import Scale, month_end, months_between
from archive.web.strips import Strip, strip
from archive.web.windows import View, around, clamped, panned, query_of, zoomed_in, zoomed_out

MOST_MARKS: Final = 1500
ROWS_OF_A_PAGE: Final = 50
LANES_BY_ENTITY: Final = 7
NARROW: Final = 640


@dataclass(frozen=True, slots=True)
class MonthRows:
    """The rows of one month, under one heading unless the reader has just read it."""

    first_day: int
    is_headed: bool
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class RowsView:
    """One stretch of the list, and where to read on."""

    months: tuple[MonthRows, ...]
    earlier: str
    later: str
    key: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Steps:
    """The addresses that the buttons lead to."""

    earlier: str
    later: str
    inward: str
    out: str
    whole: str


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


def rows_view(
    connection: Connection,
    question: Question,
    *,
    view: View,
    after: str = "",
    before: str = "",
    headed: str = "",
) -> tuple[RowsView, TimelinePage]:
    """Return the stretch of the list that begins *after*, or ends *before*, a cursor."""
    page = timeline(
        connection,
        window=window_of(view),
        filters=question.filters,
        known=question.known,
        limit=ROWS_OF_A_PAGE,
        after=after or None,
        before=before or None,
    )
    months = tuple(_months(page.rows, headed=headed))
    key = page.rows[0].position if page.rows else 0
    last = months[-1].first_day if months else 0
    return RowsView(months, page.earlier or "", page.later or "", key, last), page


def window_of(view: View) -> Window | None:
    """Return the days to ask for; the whole is asked without bounds, so open ends count too."""
    return None if view.is_whole else Window(view.first_day, view.last_day)


def timeline_view(
    connection: Connection, question: Question, *, width: int, locale: str, today: date
) -> TimelineView | None:
    """Return the whole view, or None where the archive holds no event yet."""
    held = coverage(connection, known=question.known)
    if not held.events:
        return None
    view = view_of(question, held)
    rows, page = rows_view(connection, question, view=view)
    shown = marks(
        connection, window=window_of(view), filters=question.filters, known=question.known, limit=MOST_MARKS
    )
    found = facets(connection, window=window_of(view), filters=question.filters, known=question.known)
    counts = density(connection, filters=question.filters, known=question.known)
    # A phone has no room for a lane each; there the groups are chips instead.
    lanes = question.lanes or ("one" if width < NARROW else "group")
    drawing = draw(
        _lanes(connection, question, shown, found, kind=lanes, view=view, locale=locale),
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
        shelf=tuple(mark for mark in shown if is_open(mark)),
        total=page.total,
        not_drawn=page.total - len(shown),
        lanes=lanes,
        outside=_outside(question, held),
        busiest=None if page.total else _busiest(connection, question, chips, view=view),
    )


def steps_of(view: View, scale: Scale) -> Steps:
    """Return where each button leads from *view*."""
    return Steps(
        earlier=step_to(panned(view, later=False)),
        later=step_to(panned(view, later=True)),
        inward=step_to(zoomed_in(view, scale)),
        out=step_to(zoomed_out(view)),
        whole=address(**{"from": "", "to": ""}),
    )


def step_to(view: View) -> str:
    """Return the present address with another window."""
    return address(**query_of(view))


def pile_address(view: View, pile: DrawnPile, lane: Lane) -> str:
    """Return the address that shows what is folded in *pile*: a closer window, else the list."""
    closer = around(pile.first_day, pile.last_day, view=view)
    if closer.days < view.days or pile.is_wider:
        return step_to(closer)
    narrowed = {"group": lane.key} if lane.group else {}
    return f"{address(**narrowed)}#list"


def _lanes(
    connection: Connection,
    question: Question,
    shown: Sequence[Mark],
    found: Facets,
    *,
    kind: str,
    view: View,
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
            marks(
                connection,
                window=window_of(view),
                filters=replace(question.filters, entity=ref.id),
                known=question.known,
                limit=MOST_MARKS,
            ),
        )
        for ref in wanted[:LANES_BY_ENTITY]
    )


def _names(found: Facets) -> Mapping[tuple[str, str], str]:
    entities = {("entity", ref.id): words(ref.names) for ref, _ in found.entities}
    return entities | {("source", ref.id): ref.title for ref, _ in found.sources}


def _months(rows: Sequence[EventRow], *, headed: str) -> Iterator[MonthRows]:
    """Group *rows* by the month of their likely day; the one already *headed* has no heading."""
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
    return day_number(day_of(likely).replace(day=1))


def _outside(question: Question, held: Coverage) -> str:
    """Return ``before`` or ``after`` where the days asked for lie wholly outside the archive's."""
    least, most = span_of(held)
    if question.last_day is not None and question.last_day < least:
        return "before"
    if question.first_day is not None and question.first_day > most:
        return "after"
    return ""


def _busiest(
    connection: Connection, question: Question, chips: Sequence[Chip], *, view: View
) -> Chip | None:
    """Return the chip without which most events would be found; None if no single one helps."""
    best, most = None, 0
    for chip in chips:
        page = timeline(
            connection,
            window=None if chip.field == "from" else window_of(view),
            filters=_without(question.filters, chip),
            known=question.known,
            limit=1,
        )
        if page.total > most:
            best, most = replace(chip, count=page.total), page.total
    return best


def _without(filters: Filters, chip: Chip) -> Filters:
    dropped: Mapping[str, Filters] = {
        "kind": replace(filters, kinds=filters.kinds - {chip.value}),
        "group": replace(filters, groups=filters.groups - {chip.value}),
        "entity": replace(filters, entity=""),
        "source": replace(filters, source=""),
        "q": replace(filters, text=""),
        "importance": replace(filters, importance=""),
        "confidence": replace(filters, confidence=""),
        "disputed": replace(filters, disputed=False),
    }
    return dropped.get(chip.field, filters)
