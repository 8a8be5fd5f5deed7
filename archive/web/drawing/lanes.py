"""The drawing of a window: lanes of marks, as numbers and words that a template writes down.

Pure: the same marks, window, width and language give the same drawing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from archive.dates import day_of
from archive.languages import Words
from archive.queries import Cluster, Mark
from archive.web.drawing.lettering import cut
from archive.web.drawing.marking import (
    DrawnMark,
    DrawnPile,
    drawn_mark,
    drawn_pile,
    events_in_words,
    in_words,
    is_open,
    item_of,
)
from archive.web.drawing.placing import (
    BREATH,
    PILL,
    Crumb,
    Item,
    Placed,
    Room,
    fold,
    is_single,
    place,
)
from archive.web.drawing.scales import Scale, beyond, folding, months_between, straight
from archive.web.drawing.ticking import Tick, ticks

ROW: Final = 26
LANE_PADDING: Final = 7
CAPTION: Final = 20
AXIS: Final = 44
MOST_ROWS: Final = 4
MOST_ROWS_NARROW: Final = 4
MOST_ROWS_ALONE: Final = 14
MOST_ROWS_ALONE_NARROW: Final = 7
NAME_WIDTH: Final = 116.0
# Beside the lane stand its name and its count, one below the other.
LEAST_LANE: Final = 50
EDGE: Final = PILL + 6
_NAME_SIZE: Final = 14.0
_MARKS_OF_A_ROW: Final = 5
_WIDER_THAN: Final = 0.6

_FOLD: Final = Words("{count} 个月", "{count} mo")
_FOLDED_YEARS: Final = Words("{count} 年", "{count} yr")
_MANY_MONTHS, _OF_A_YEAR = 60, 12
_UNFOLD: Final = Words(
    "{first}至{last}：{count} 个月没有事件；展开",
    "{first} to {last}: {count} months without events; unfold",
)
_WIDER: Final = Words(
    "日期范围宽于窗口：{events}；列出", "Dates wider than the window: {events}; list them"
)
_COARSE: Final = Words(
    "日期较粗略：{events}；列出", "Dates known less exactly: {events}; list them"
)


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
    """One lane and what lies in it, in the order of time."""

    key: str
    name: str
    group: str
    y: int
    height: int
    count: int
    things: tuple[DrawnMark | DrawnPile, ...]


@dataclass(frozen=True, slots=True)
class DrawnFold:
    """A quiet stretch folded into a narrow break, and the words for its length."""

    x: str
    width: str
    middle: str
    text: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template writes down."""

    scale: Scale
    width: int
    height: int
    is_narrow: bool
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    folds: tuple[DrawnFold, ...]
    today: str
    shown: int
    folded: int

    @property
    def knots(self) -> str:
        """Return for a script which day lies where: pairs of a day and a share of the view."""
        left = self.scale.view[0]
        return " ".join(f"{day}:{(x - left) / self.width:.5f}" for day, x in self.scale.knots)

    @property
    def layer(self) -> tuple[str, str]:
        """Return where all that is drawn begins, and how wide it is, as shares of the view."""
        left, wide = self.scale.view[0], self.scale.width
        return f"{-left / self.width * 100:.2f}%", f"{wide / self.width * 100:.2f}%"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every lane of one drawing shares."""

    scale: Scale
    locale: str
    most_rows: int
    caption: int
    least_height: int


def draw(
    lanes: Sequence[LaneAsked],
    *,
    first_day: int,
    last_day: int,
    width: int,
    locale: str,
    today: int,
    is_narrow: bool = False,
    is_unfolded: bool = False,
    whole: tuple[int, int] | None = None,
) -> Drawing:
    """Return the drawing of *lanes* between the two days, *width* pixels wide.

    Where *whole* says which days there are, it goes on beyond the view as far as they do.
    """
    scale = straight(first_day, last_day, width=width)
    if not is_unfolded:
        scale = folding(first_day, last_day, width=width, days=_busy(lanes))
    if whole:
        scale = beyond(scale, least_day=whole[0], most_day=whole[1])
    frame = _Frame(
        scale,
        locale,
        _most_rows(lanes, is_narrow=is_narrow),
        CAPTION if is_narrow and len(lanes) > 1 else 0,
        0 if is_narrow else LEAST_LANE,
    )
    drawn, height = _lanes(lanes, frame)
    things = list(chain.from_iterable(lane.things for lane in drawn))
    return Drawing(
        scale=scale,
        width=width,
        height=height,
        is_narrow=is_narrow,
        ticks=ticks(scale, locale=locale),
        lanes=drawn,
        folds=_folds(scale, locale),
        today=scale.percent(scale.x(today + 0.5)) if first_day <= today <= last_day else "",
        shown=sum(isinstance(thing, DrawnMark) for thing in things),
        folded=sum(thing.count for thing in things if isinstance(thing, DrawnPile)),
    )


def _busy(lanes: Sequence[LaneAsked]) -> Iterator[int]:
    """Yield days of the months in which events begin; a wide cluster's are not known."""
    for lane in lanes:
        yield from (mark.day for mark in lane.marks)
        for cluster in lane.clusters:
            if not cluster.is_wide:
                yield from months_between(cluster.first_day, cluster.last_day)
                yield cluster.first_day


def _most_rows(lanes: Sequence[LaneAsked], *, is_narrow: bool) -> int:
    if len(lanes) == 1:
        return MOST_ROWS_ALONE_NARROW if is_narrow else MOST_ROWS_ALONE
    return MOST_ROWS_NARROW if is_narrow else MOST_ROWS


def _lanes(asked: Sequence[LaneAsked], frame: _Frame) -> tuple[tuple[Lane, ...], int]:
    drawn: list[Lane] = []
    y = AXIS
    for one in asked:
        drawn.append(_lane(one, frame, y=y))
        y += drawn[-1].height
    return tuple(drawn), y


def _lane(asked: LaneAsked, frame: _Frame, *, y: int) -> Lane:
    scale = frame.scale
    wide = [mark for mark in asked.marks if _reaches(mark, scale) and _is_wider(mark, scale)]
    wide_clusters = [cluster for cluster in asked.clusters if cluster.is_wide]
    marks = {mark.position: mark for mark in asked.marks if _is_drawn(mark, scale)}
    items = {key: item_of(mark, scale, locale=frame.locale) for key, mark in marks.items()}
    room = _room(scale, edge=EDGE if wide or wide_clusters else 0.0)
    most = frame.most_rows - bool(asked.clusters)
    rows = min(max(-(-len(marks) // _MARKS_OF_A_ROW), 1), most)
    placed = place(list(items.values()), room=room, rows=rows)
    crumbs = [_crumb(marks[key], item.at) for key, item in items.items() if key not in placed]
    narrow = (cluster for cluster in asked.clusters if not cluster.is_wide)
    crumbs += [_crumb_of(one, scale) for one in narrow if _reaches(one, scale)]
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
        things.append(_wider_pile(wide, wide_clusters, frame, y=line))
    things.sort(key=_in_time)
    is_full = len(things) > len(placed)
    rows_high = max(below + is_full, 1) * ROW + 2 * LANE_PADDING + frame.caption
    height = max(rows_high, frame.least_height)
    name = cut(asked.name, width=NAME_WIDTH, font_size=_NAME_SIZE)
    return Lane(asked.key, name, asked.group, y, height, asked.count, tuple(things))


def _drawn(mark: Mark, item: Item, placed: Placed, frame: _Frame, *, y: int) -> DrawnMark:
    return drawn_mark(mark, item, placed, frame.scale, y=y, locale=frame.locale)


def _room(scale: Scale, *, edge: float) -> Room:
    """Return the parts of the drawing; at the left of the view *edge* is kept free.

    What lies beyond the view keeps off it, so that no sliver of it is seen.
    """
    left, right = scale.view
    before, after = (0.0, left - BREATH), (right + BREATH, float(scale.width))
    parts = (before, (left + edge, right), after)
    return Room(tuple(part for part in parts if part[1] - part[0] > PILL))


def _crumb(mark: Mark, at: float) -> Crumb:
    return Crumb(at, 1, mark.day, mark.day, mark.position)


def _crumb_of(cluster: Cluster, scale: Scale) -> Crumb:
    first, last = cluster.first_day, cluster.last_day
    at = scale.inside((scale.x(first) + scale.x(last + 1)) / 2, room=PILL / 2, at=scale.x(first))
    return Crumb(at, cluster.count, first, last)


def _is_drawn(mark: Mark, scale: Scale) -> bool:
    return _reaches(mark, scale) and not _is_wider(mark, scale)


def _reaches(thing: Mark | Cluster, scale: Scale) -> bool:
    """Tell whether any of it lies on what is drawn: less, where quiet months are folded."""
    return thing.first_day <= scale.last_day and thing.last_day >= scale.first_day


def _is_wider(mark: Mark, scale: Scale) -> bool:
    """Tell whether the mark's band would hide what the window is there to show.

    A day has no band, however few are shown.
    """
    days = mark.last_day - mark.first_day + 1
    left, right = scale.view
    is_long = days * scale.pixels_of_a_day > (right - left) * _WIDER_THAN
    return is_long and days > 1 and not is_open(mark)


def _wider_pile(
    marks: Sequence[Mark], clusters: Sequence[Cluster], frame: _Frame, *, y: int
) -> DrawnPile:
    count = len(marks) + sum(cluster.count for cluster in clusters)
    words = _COARSE if clusters else _WIDER
    events = events_in_words(count, frame.locale)
    spoken = words.in_language(frame.locale).format(events=events)
    precisions = dict.fromkeys(chain.from_iterable(one.precisions for one in clusters))
    names = dict.fromkeys(name for name, _number in precisions)
    names |= dict.fromkeys(mark.precision for mark in marks)
    held: list[Mark | Cluster] = [*marks, *clusters]
    days = [(one.first_day, one.last_day) for one in held]
    first, last = min(day for day, _last in days), max(day for _first, day in days)
    at = frame.scale.percent(frame.scale.view[0] + PILL / 2 + 3)
    return DrawnPile(at, y, count, first, last, spoken, True, tuple(names))  # noqa: FBT003 - its name stands in the class


def _in_time(thing: DrawnMark | DrawnPile) -> tuple[int, int]:
    if isinstance(thing, DrawnMark):
        return thing.day, thing.position
    return thing.first_day, 0


def _folds(scale: Scale, locale: str) -> tuple[DrawnFold, ...]:
    found = []
    for quiet in scale.folds:
        left = scale.x(quiet.first_day)
        first, last = (day_of(day).isoformat()[:7] for day in (quiet.first_day, quiet.last_day))
        spoken = _UNFOLD.in_language(locale).format(
            first=in_words(first, locale), last=in_words(last, locale), count=quiet.months
        )
        text = _length(quiet.months, locale)
        middle, width = scale.percent(left + scale.fold_width / 2), scale.percent(scale.fold_width)
        found.append(DrawnFold(scale.percent(left), width, middle, text, spoken))
    return tuple(found)


def _length(months: int, locale: str) -> str:
    """Return so many months in few words: what lasts five years and more, in years."""
    if months >= _MANY_MONTHS:
        return _FOLDED_YEARS.in_language(locale).format(count=round(months / _OF_A_YEAR))
    return _FOLD.in_language(locale).format(count=months)
