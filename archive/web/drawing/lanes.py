"""One lane of a drawing laid out: what has room stands as marks, the rest is folded into piles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.queries import Cluster, Mark
from archive.web.drawing.lettering import cut
from archive.web.drawing.marking import (
    DrawnMark,
    DrawnPile,
    drawn_mark,
    drawn_pile,
    is_open,
    item_of,
)
from archive.web.drawing.placing import (
    BREATH,
    PILL,
    REACH,
    Crumb,
    Item,
    Placed,
    Room,
    fold,
    is_single,
    place,
)
from archive.web.drawing.scales import Scale
from archive.web.drawing.wider import is_wider, too_wide, wider_pile

ROW: Final = 26
LANE_PADDING: Final = 7
NAME_WIDTH: Final = 116.0
EDGE: Final = PILL + 6
_NAME_SIZE: Final = 14.0
_MARKS_OF_A_ROW: Final = 5


@dataclass(frozen=True, slots=True)
class LaneAsked:
    """One lane to draw: its key, its name, its colour's group, what is in it.

    ``inside`` says how many events to tell, where more is drawn than lies in the view.
    """

    key: str
    name: str
    group: str
    marks: Sequence[Mark]
    clusters: Sequence[Cluster] = ()
    inside: int | None = None

    @property
    def count(self) -> int:
        """Return how many events it is said to hold."""
        if self.inside is not None:
            return self.inside
        return len(self.marks) + sum(cluster.count for cluster in self.clusters)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane and what lies in it, in the order of time; ``name`` is cut to its room."""

    key: str
    spoken: str
    name: str
    group: str
    y: int
    height: int
    count: int
    things: tuple[DrawnMark | DrawnPile, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every lane of one drawing shares; ``days`` are the first and the last in view."""

    scale: Scale
    days: tuple[int, int]
    locale: str
    most_rows: int
    caption: int
    least_height: int


def laid_out(asked: LaneAsked, frame: Frame, *, y: int) -> Lane:
    """Return the lane that was *asked* for, its upper edge at *y*."""
    scale = frame.scale
    seen = [mark for mark in asked.marks if _is_seen(mark, frame)]
    wide_clusters = [cluster for cluster in asked.clusters if cluster.is_wide]
    wide = too_wide(seen, scale, most=frame.most_rows // 2) if _is_whole(asked, frame) else []
    room = _room(scale, edge=EDGE if wide or wide_clusters else 0.0)
    beyond = [one for one in asked.marks if not _is_seen(one, frame) and _has_room(one, frame)]
    piled = {mark.position for mark in wide}
    marks = {one.position: one for one in (*seen, *beyond) if one.position not in piled}
    items = {key: _item(mark, frame) for key, mark in marks.items()}
    most = frame.most_rows - bool(asked.clusters)
    rows = min(_rows(marks.values(), scale), most)
    placed = place(list(items.values()), room=room, rows=rows)
    left = [(marks[key], item.at) for key, item in items.items() if key not in placed]
    crumbs = [_crumb(mark, at, frame) for mark, at in left]
    narrow = (cluster for cluster in asked.clusters if not cluster.is_wide)
    crumbs += [_crumb_of(one, scale) for one in narrow if _has_room(one, frame)]
    piles = fold(crumbs, room=room, items=items)
    # Where fewer rows were needed than allowed, what was folded lies right below them.
    below = 1 + max((one.row for one in placed.values()), default=-1)
    alone = {one.crumbs[0].key: one.middle for one in piles if is_single(one)}
    items |= {key: replace(items[key], at=middle) for key, middle in alone.items()}
    places = [*placed.values(), *(Placed(key, below) for key in alone)]
    top = y + LANE_PADDING + frame.caption + ROW // 2
    line = top + below * ROW
    things: list[DrawnMark | DrawnPile] = [
        _drawn(marks[one.key], items[one.key], one, frame, y=top + one.row * ROW) for one in places
    ]
    things += [
        drawn_pile(pile, scale, y=line, locale=frame.locale)
        for pile in piles
        if not is_single(pile)
    ]
    if wide or wide_clusters:
        things.append(wider_pile(wide, wide_clusters, scale, y=line, locale=frame.locale))
    things.sort(key=_in_time)
    is_full = len(things) > len(placed)
    rows_high = max(below + is_full, 1) * ROW + 2 * LANE_PADDING + frame.caption
    height = max(rows_high, frame.least_height)
    name = cut(asked.name, width=NAME_WIDTH, font_size=_NAME_SIZE)
    return Lane(asked.key, asked.name, name, asked.group, y, height, asked.count, tuple(things))


def _drawn(mark: Mark, item: Item, placed: Placed, frame: Frame, *, y: int) -> DrawnMark:
    return drawn_mark(mark, item, placed, frame.scale, y=y, locale=frame.locale)


def _room(scale: Scale, *, edge: float) -> Room:
    """Return the parts of the drawing; at the left of the view *edge* is kept free.

    What lies beyond the view keeps off it, so that no sliver of it is seen.
    """
    left, right = scale.view
    before, after = (0.0, left - BREATH), (right + BREATH, float(scale.width))
    parts = (before, (left + edge, right), after)
    return Room(tuple(part for part in parts if part[1] - part[0] > PILL))


def _item(mark: Mark, frame: Frame) -> Item:
    is_seen = _is_seen(mark, frame)
    return item_of(mark, frame.scale, locale=frame.locale, is_seen=is_seen)


def _crumb(mark: Mark, at: float, frame: Frame) -> Crumb:
    day = max(mark.day, frame.days[0]) if _is_seen(mark, frame) else mark.day
    return Crumb(at, 1, day, day, mark.position)


def _crumb_of(cluster: Cluster, scale: Scale) -> Crumb:
    first, last = cluster.first_day, cluster.last_day
    at = scale.inside((scale.x(first) + scale.x(last + 1)) / 2, room=REACH, at=scale.x(first))
    return Crumb(at, cluster.count, first, last)


def _rows(marks: Collection[Mark], scale: Scale) -> int:
    """Return how many rows the marks want: a band across the view one of its own."""
    across = sum(is_wider(mark, scale) for mark in marks)
    return max(across - (across - len(marks)) // _MARKS_OF_A_ROW, 1)


def _is_seen(mark: Mark, frame: Frame) -> bool:
    """Tell whether the mark is one of those that the view holds, by their number too."""
    first, last = frame.days
    return first <= mark.day <= last or mark.reaches(first)


def _is_whole(asked: LaneAsked, frame: Frame) -> bool:
    """Tell whether all that is no coarser than a column stands as a mark in the view."""
    first, last = frame.days
    return not any(first <= one.first_day <= last for one in asked.clusters if not one.is_wide)


def _has_room(thing: Mark | Cluster, frame: Frame) -> bool:
    """Tell whether it lies in the view, or where enough is drawn beyond it.

    Less is drawn where quiet months are folded, and a hem too narrow for a pill holds nothing.
    """
    scale, (first, last) = frame.scale, frame.days
    begins, ends = _days_of(thing)
    if ends < first:
        return ends >= scale.first_day and scale.view[0] > PILL + BREATH
    if begins > last:
        hem = scale.width - scale.view[1]
        return begins <= scale.last_day and hem > PILL + BREATH
    return True


def _days_of(thing: Mark | Cluster) -> tuple[int, int]:
    """Return the days that it takes up in a drawing: of one whose end is open, the known one."""
    if isinstance(thing, Mark) and is_open(thing):
        return thing.day, thing.day
    return thing.first_day, thing.last_day


def _in_time(thing: DrawnMark | DrawnPile) -> tuple[int, int]:
    if isinstance(thing, DrawnMark):
        return thing.day, thing.position
    return thing.first_day, 0
