"""What is drawn of a window: its marks, as many as a screen has room for, in named lanes."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask_babel import gettext
from sqlalchemy import Connection

from archive.queries import Viewport, ViewportLane, Window, facets, viewport
from archive.queries.known.rows import refs_called
from archive.web.drawing.lanes import LaneAsked
from archive.web.drawing.scales import BEYOND
from archive.web.frame.filters import label, words
from archive.web.timelines.listing import window_of
from archive.web.timelines.questions import Question
from archive.web.timelines.screens import Screen
from archive.web.timelines.windows import View

LANES_BY_ENTITY: Final = 7
# What is drawn beyond the view travels too: fewer marks then, and the answer stays small.
_MOST_MARKS, _MOST_MARKS_WIDE, _MOST_MARKS_NARROW = 100, 84, 80
# On a phone what lies too close is folded once more, and stands the nearer to where it belongs.
_PIXELS_OF_A_COLUMN, _PIXELS_OF_A_COLUMN_NARROW = 32, 10


def seen_in(
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


def named_lanes(
    connection: Connection, seen: Viewport, question: Question, *, lanes: str
) -> Sequence[LaneAsked]:
    """Return what was seen as lanes to be drawn, named in the reader's language."""
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
