"""The timeline's answer: what the queries say, put together for its templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from flask_babel import gettext
from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries import (
    EventRow,
    Mark,
    Viewport,
    ViewportLane,
    Window,
    covered_days,
    density,
    facets,
    timeline,
    viewport,
)
from archive.queries.known.rows import refs_called
from archive.vocabulary import GROUPS, Group
from archive.web.drawing.lanes import Drawing, LaneAsked, draw
from archive.web.drawing.scales import BEYOND, month_end, months_between
from archive.web.drawing.strips import Strip, strip
from archive.web.frame.filters import day, label, words
from archive.web.frame.keeping import remembered
from archive.web.timelines.changing import changes_of
from archive.web.timelines.chips import Chip, chips_of
from archive.web.timelines.listing import window_of
from archive.web.timelines.moving import Steps, steps_of
from archive.web.timelines.questions import Question
from archive.web.timelines.relaxing import busiest
from archive.web.timelines.windows import View, clamped

Days: TypeAlias = tuple[int, int]

LANES_BY_ENTITY: Final = 7
EPOCH: Final = day_number(date(2000, 1, 1))
NARROW: Final = 640
GUTTER: Final = 133
# What is drawn beyond the view travels too: fewer marks then, and the answer stays small.
_MOST_MARKS, _MOST_MARKS_WIDE, _MOST_MARKS_NARROW = 100, 84, 80
# On a phone what lies too close is folded once more, and stands the nearer to where it belongs.
_PIXELS_OF_A_COLUMN, _PIXELS_OF_A_COLUMN_NARROW = 32, 10
_SLIDER: Final = 1000
_GROUPS: Final = tuple(str(group) for group in GROUPS if group is not Group.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a drawing is for: width, language, day; one that ``is_still`` cannot be moved."""

    width: int
    locale: str
    today: date
    is_narrow: bool = False
    is_still: bool = False


def fitted(frame: int, *, locale: str, today: date, is_still: bool = False) -> Screen:
    """Return the screen for a frame so wide: beside the names of lanes, or on a phone without."""
    is_narrow = frame < NARROW + GUTTER
    width = frame if is_narrow else frame - GUTTER
    return Screen(width, locale, today, is_narrow, is_still)


@dataclass(frozen=True, slots=True)
class Margin:
    """The slider below the drawing, in thousandths of its width; ``ticks`` is an SVG path."""

    place: int
    words: str
    ticks: str


@dataclass(frozen=True, slots=True)
class Outside:
    """That nothing is covered of the days asked for, and the event nearest to them, if any."""

    nearest: EventRow | None


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
    lanes: str
    outside: Outside | None
    busiest: Chip | None
    margin: Margin
    groups: tuple[str, ...] = _GROUPS


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
    seen = _seen(connection, question, view, lanes=lanes, screen=screen)
    drawing = draw(
        _named(connection, seen, question, lanes=lanes),
        first_day=view.first_day,
        last_day=view.last_day,
        width=screen.width,
        locale=screen.locale,
        today=day_number(screen.today),
        is_narrow=screen.is_narrow,
        is_unfolded=question.is_unfolded,
        whole=None if screen.is_still else (view.least_day, view.most_day),
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
            _months(connection, question),
            coverage=(view.least_day, view.most_day),
            window=(view.first_day, view.last_day),
            locale=screen.locale,
        ),
        chips=chips,
        shelf=seen.shelf,
        undated=seen.undated,
        total=total,
        lanes=lanes,
        outside=_nearest(connection, question, held),
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


def _seen(
    connection: Connection, question: Question, view: View, *, lanes: str, screen: Screen
) -> Viewport:
    """Return what is drawn: the window, and where it can be moved, half as much on either side."""
    more = 0 if screen.is_still else int(view.days * BEYOND)
    window = Window(
        max(view.first_day - more, view.least_day), min(view.last_day + more, view.most_day)
    )
    inside = Window(view.first_day, view.last_day)
    pixels = _PIXELS_OF_A_COLUMN_NARROW if screen.is_narrow else _PIXELS_OF_A_COLUMN
    wide = screen.width * (window.last_day - window.first_day + 1) // view.days
    return viewport(
        connection,
        window=window,
        filters=question.choice,
        known=question.known,
        lanes=lanes,
        entities=_entities(connection, question, view) if lanes == "entity" else (),
        most=_most(screen, is_wide=lanes == "entity" or window != inside),
        columns=max(wide // pixels, 1),
        counted=None if inside == window else inside,
    )


def _most(screen: Screen, *, is_wide: bool) -> int:
    if screen.is_narrow:
        return _MOST_MARKS_NARROW
    return _MOST_MARKS_WIDE if is_wide else _MOST_MARKS


def _entities(connection: Connection, question: Question, view: View) -> tuple[str, ...]:
    """Return the entities that have lanes: the one asked for, else those most written about."""
    if question.filters.entity:
        return (question.filters.entity,)
    window = window_of(view)
    found = facets(connection, window=window, filters=question.choice, known=question.known)
    return tuple(ref.id for ref, _ in found.entities[:LANES_BY_ENTITY])


def _named(
    connection: Connection, seen: Viewport, question: Question, *, lanes: str
) -> Sequence[LaneAsked]:
    names: Mapping[str, str] = {"all": gettext("All events")}
    if lanes == "entity":
        ids = [lane.key for lane in seen.lanes]
        refs = refs_called(connection, ids, known=question.known)
        names = {id_: words(ref.names) for id_, ref in refs.items()}
    return [_lane(lane, names, is_group=lanes == "group") for lane in seen.lanes]


def _lane(lane: ViewportLane, names: Mapping[str, str], *, is_group: bool) -> LaneAsked:
    name = label("group", lane.key) if is_group else names.get(lane.key, lane.key)
    return LaneAsked(
        lane.key, name, lane.key if is_group else "", lane.marks, lane.clusters, lane.inside
    )


def outside_of(question: Question, held: Days | None) -> str:
    """Return ``before`` or ``after`` where the days asked for lie wholly outside the archive's."""
    least, most = span_of(held)
    if question.last_day is not None and question.last_day < least:
        return "before"
    if question.first_day is not None and question.first_day > most:
        return "after"
    return ""


def _nearest(connection: Connection, question: Question, held: Days) -> Outside | None:
    """Return the event nearest to the days asked for, where they lie wholly outside."""
    outside = outside_of(question, held)
    if not outside:
        return None
    page = timeline(
        connection,
        filters=question.choice,
        known=question.known,
        limit=1,
        before=f"{question.first_day}.0.0" if outside == "after" else None,
        at=question.last_day if outside == "before" else None,
        is_counted=False,
    )
    return Outside(page.rows[0] if page.rows else None)
