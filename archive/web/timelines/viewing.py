"""The timeline's answer: what the queries say, put together for its templates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries import Mark, Viewport, density
from archive.vocabulary import GROUPS, Group
from archive.web.drawing.folds import Begun
from archive.web.drawing.scales import Scale
from archive.web.drawing.strips import Strip, strip
from archive.web.drawing.windows import Drawing, draw
from archive.web.frame.keeping import remembered
from archive.web.timelines.chips import Chip, chips_of
from archive.web.timelines.covering import Days, Outside, held_days, nearest_outside, view_of
from archive.web.timelines.listing import window_of
from archive.web.timelines.margins import Margin, margin
from archive.web.timelines.moving import Steps, others_address, steps_of
from archive.web.timelines.questions import Question
from archive.web.timelines.relaxing import busiest
from archive.web.timelines.screens import Screen
from archive.web.timelines.seeing import named_lanes, seen_in
from archive.web.timelines.windows import View

_GROUPS: Final = tuple(str(group) for group in GROUPS if group is not Group.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Others:
    """How many events the lanes of some entities leave out, and the address that shows them."""

    count: int
    address: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Everything that the drawing's fragment writes down."""

    question: Question
    covered: Days
    view: View
    drawing: Drawing
    steps: Steps
    strip: Strip
    chips: tuple[Chip, ...]
    shelf: tuple[Mark, ...]
    undated: int
    total: int
    others: Others | None
    lanes: str
    outside: Outside | None
    busiest: Chip | None
    margin: Margin
    groups: tuple[str, ...] = _GROUPS


def timeline_view(
    connection: Connection, question: Question, *, screen: Screen
) -> TimelineView | None:
    """Return the whole view, or None where the archive holds no dated event yet."""
    held = held_days(connection, known=question.known)
    if held is None:
        return None
    view = view_of(question, held)
    lanes = _lanes(question, screen)
    seen, drawing = _drawn(connection, question, view, screen)
    months = _months(connection, question)
    chips = chips_of(connection, question)
    total = seen.inside + seen.undated
    return TimelineView(
        question=question,
        covered=held,
        view=view,
        drawing=drawing,
        steps=steps_of(view, drawing.scale),
        strip=strip(
            months,
            coverage=(view.least_day, view.most_day),
            window=(view.first_day, view.last_day),
            locale=screen.locale,
        ),
        chips=chips,
        shelf=seen.shelf,
        undated=seen.undated,
        total=total,
        others=Others(seen.others, others_address(question, drawing.lanes))
        if seen.others
        else None,
        lanes=lanes,
        outside=nearest_outside(connection, question, held),
        busiest=None if total else busiest(connection, question, chips, window=window_of(view)),
        margin=margin(connection, question, _scale(question, view, screen, lambda: drawing)),
    )


def _months(connection: Connection, question: Question) -> tuple[Days, ...]:
    """Return the number of events by month: the same at every step, and so found at the first."""
    return remembered(
        ("months", question.known, question.choice),
        lambda: density(connection, filters=question.choice, known=question.known),
    )


def margin_of(connection: Connection, question: Question, *, screen: Screen) -> Margin | None:
    """Return the slider below the drawing of *question*; None where nothing can be drawn."""
    held = held_days(connection, known=question.known)
    if held is None:
        return None
    view = view_of(question, held)

    def drawing() -> Drawing:
        return _drawn(connection, question, view, screen)[1]

    return margin(connection, question, _scale(question, view, screen, drawing))


def _scale(
    question: Question, view: View, screen: Screen, drawing: Callable[[], Drawing]
) -> Scale:
    """Return where the days lie in the drawing: of one that was drawn before it is known still."""
    asked = (question.known, question.choice, question.lanes, question.is_unfolded)
    return remembered(("scale", *asked, view, screen), lambda: (drawing().scale,))[0]


def _drawn(
    connection: Connection, question: Question, view: View, screen: Screen
) -> tuple[Viewport, Drawing]:
    lanes = _lanes(question, screen)
    seen = seen_in(connection, question, view, lanes=lanes, screen=screen)
    is_part = lanes == "entity" and not question.filters.entity
    return seen, draw(
        named_lanes(connection, seen, question, lanes=lanes),
        first_day=view.first_day,
        last_day=view.last_day,
        width=screen.width,
        locale=screen.locale,
        today=day_number(screen.today),
        is_narrow=screen.is_narrow,
        is_unfolded=question.is_unfolded,
        whole=None if screen.is_still else (view.least_day, view.most_day),
        begun=Begun(_months(connection, question), is_part=is_part),
    )


def _lanes(question: Question, screen: Screen) -> str:
    """Return how lanes are drawn: a phone has no room for a lane each, there groups are chips."""
    return question.lanes or ("one" if screen.is_narrow else "group")
