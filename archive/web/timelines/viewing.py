"""The timeline's answer: what the queries say, put together for its templates."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries import Mark, density
from archive.vocabulary import GROUPS, Group
from archive.web.drawing.folds import Begun
from archive.web.drawing.strips import Strip, strip
from archive.web.drawing.windows import Drawing, draw
from archive.web.frame.filters import day
from archive.web.frame.keeping import remembered
from archive.web.timelines.changing import changes_of
from archive.web.timelines.chips import Chip, chips_of
from archive.web.timelines.covering import Days, Outside, held_days, nearest_outside, view_of
from archive.web.timelines.listing import window_of
from archive.web.timelines.moving import Steps, others_address, steps_of
from archive.web.timelines.questions import Question
from archive.web.timelines.relaxing import busiest
from archive.web.timelines.screens import Screen
from archive.web.timelines.seeing import named_lanes, seen_in
from archive.web.timelines.windows import View

_SLIDER: Final = 1000
_GROUPS: Final = tuple(str(group) for group in GROUPS if group is not Group.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Margin:
    """The slider below the drawing, in thousandths of its width; ``ticks`` is an SVG path."""

    place: int
    words: str
    ticks: str


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
    # A phone has no room for a lane each; there the groups are chips instead.
    lanes = question.lanes or ("one" if screen.is_narrow else "group")
    seen = seen_in(connection, question, view, lanes=lanes, screen=screen)
    months = _months(connection, question)
    drawing = draw(
        named_lanes(connection, seen, question, lanes=lanes),
        first_day=view.first_day,
        last_day=view.last_day,
        width=screen.width,
        locale=screen.locale,
        today=day_number(screen.today),
        is_narrow=screen.is_narrow,
        is_unfolded=question.is_unfolded,
        whole=None if screen.is_still else (view.least_day, view.most_day),
        begun=Begun(months, is_part=lanes == "entity" and not question.filters.entity),
    )
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
        margin=_margin(connection, question, drawing),
    )


def _months(connection: Connection, question: Question) -> tuple[Days, ...]:
    """Return the number of events by month: the same at every step, and so found at the first."""
    return remembered(
        ("months", question.known, question.choice),
        lambda: density(connection, filters=question.choice, known=question.known),
    )


def _margin(connection: Connection, question: Question, drawing: Drawing) -> Margin:
    """Return the slider; the days of change are looked up only once somebody asked for a state."""
    if question.held is None:
        return Margin(_SLIDER, "", "")
    left, width = drawing.scale.view[0], drawing.width
    changed = changes_of(connection, known=question.known, entity=question.filters.entity)
    places = (round((drawing.scale.x(day) - left) / width * _SLIDER) for day in changed)
    seen = dict.fromkeys(place for place in places if 0 <= place <= _SLIDER)
    at = round((drawing.scale.x(question.held) - left) / width * _SLIDER)
    ticks = "".join(f"M{place} 0v8" for place in seen)
    return Margin(min(max(at, 0), _SLIDER), day(question.held), ticks)
