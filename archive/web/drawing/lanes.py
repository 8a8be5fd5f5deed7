"""The drawing of a window: lanes of marks, as numbers and words that a template writes down.

Pure: the same marks, window, width and language give the same drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from archive.dates import day_of
from archive.languages import Words
from archive.queries import Mark
from archive.vocabulary import GROUPS
from archive.web.drawing.lettering import cut
from archive.web.drawing.marking import (
    DrawnMark,
    DrawnPile,
    drawn_mark,
    drawn_pile,
    in_words,
    is_open,
    item_of,
)
from archive.web.drawing.placing import PILL, place
from archive.web.drawing.scales import Scale, folding, straight
from archive.web.drawing.ticking import Tick, ticks

ROW: Final = 26
LANE_PADDING: Final = 7
CAPTION: Final = 20
AXIS: Final = 44
MOST_ROWS: Final = 6
MOST_ROWS_NARROW: Final = 4
MOST_ROWS_ALONE: Final = 14
MOST_ROWS_ALONE_NARROW: Final = 7
NAME_WIDTH: Final = 116.0
_NAME_SIZE: Final = 14.0
_MARKS_OF_A_ROW: Final = 5
_WIDER_THAN: Final = 0.6

_FOLD: Final = Words("{count} 个月", "{count} mo")
_UNFOLD: Final = Words(
    "{first}至{last}：{count} 个月没有事件；展开",
    "{first} to {last}: {count} months without events; unfold",
)
_WIDER: Final = Words(
    "{count} 件事件的时间范围比窗口更宽；缩小",
    "{count} events whose dates are wider than the window; zoom out",
)


@dataclass(frozen=True, slots=True)
class LaneAsked:
    """One lane to draw: its key, its name, its colour's group, and the marks in it."""

    key: str
    name: str
    group: str
    marks: Sequence[Mark]


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
        """Return for a script which day lies where: pairs of a day and a share of the width."""
        return " ".join(f"{day}:{x / self.width:.5f}" for day, x in self.scale.knots)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every lane of one drawing shares."""

    scale: Scale
    locale: str
    most_rows: int
    caption: int


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
) -> Drawing:
    """Return the drawing of *lanes* between the two days, *width* pixels wide at least."""
    days = [mark.day for lane in lanes for mark in lane.marks]
    scale = straight(first_day, last_day, width=width)
    if not is_unfolded:
        scale = folding(first_day, last_day, width=width, days=days)
    frame = _Frame(
        scale,
        locale,
        _most_rows(lanes, is_narrow=is_narrow),
        CAPTION if is_narrow and len(lanes) > 1 else 0,
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


def by_group(marks: Sequence[Mark], *, locale: str) -> tuple[LaneAsked, ...]:
    """Return a lane for each group that has a mark, in the vocabulary's order."""
    return tuple(
        LaneAsked(str(group), name.in_language(locale), str(group), held)
        for group, name in GROUPS.items()
        if (held := [mark for mark in marks if mark.group == group])
    )


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
    scale, locale = frame.scale, frame.locale
    wider = [mark for mark in asked.marks if _is_wider(mark, scale)]
    marks = {mark.position: mark for mark in asked.marks if not _is_wider(mark, scale)}
    items = {key: item_of(mark, scale, locale=locale) for key, mark in marks.items()}
    rows = min(max(-(-len(marks) // _MARKS_OF_A_ROW), 1), frame.most_rows)
    edge = PILL + 6 if wider else 0.0
    placed, piles = place(list(items.values()), width=scale.width, rows=rows, edge=edge)
    regular = 1 + max((one.row for one in placed if one.row < rows), default=-1)
    has_more = bool(wider or piles or any(one.row == rows for one in placed))
    top = y + LANE_PADDING + frame.caption + ROW // 2
    # Where fewer rows were needed than allowed, what was folded lies right below them.
    things: list[DrawnMark | DrawnPile] = [
        drawn_mark(
            marks[one.key],
            items[one.key],
            one,
            scale,
            y=top + min(one.row, regular) * ROW,
            locale=locale,
        )
        for one in placed
    ]
    below = top + regular * ROW
    things += [
        drawn_pile([marks[key] for key in pile.keys], pile, scale, y=below, locale=locale)
        for pile in piles
    ]
    if wider:
        things.append(_wider_pile(wider, scale, y=below, locale=locale))
    things.sort(key=_in_time)
    height = max(regular + has_more, 1) * ROW + 2 * LANE_PADDING + frame.caption
    name = cut(asked.name, width=NAME_WIDTH, font_size=_NAME_SIZE)
    return Lane(asked.key, name, asked.group, y, height, len(asked.marks), tuple(things))


def _is_wider(mark: Mark, scale: Scale) -> bool:
    """Tell whether the mark's band would hide what the window is there to show."""
    return not is_open(mark) and mark.last_day - mark.first_day + 1 > scale.days * _WIDER_THAN


def _wider_pile(marks: Sequence[Mark], scale: Scale, *, y: int, locale: str) -> DrawnPile:
    spoken = _WIDER.in_language(locale).format(count=len(marks))
    first, last = min(mark.first_day for mark in marks), max(mark.last_day for mark in marks)
    return DrawnPile(
        scale.percent(PILL / 2 + 3), y, len(marks), first, last, spoken, is_wider=True
    )


def _in_time(thing: DrawnMark | DrawnPile) -> tuple[int, int]:
    if isinstance(thing, DrawnMark):
        return thing.day, thing.position
    return thing.first_day, 0


def _folds(scale: Scale, locale: str) -> tuple[DrawnFold, ...]:
    found = []
    for fold in scale.folds:
        left = scale.x(fold.first_day)
        first, last = (day_of(day).isoformat()[:7] for day in (fold.first_day, fold.last_day))
        spoken = _UNFOLD.in_language(locale).format(
            first=in_words(first, locale), last=in_words(last, locale), count=fold.months
        )
        text = _FOLD.in_language(locale).format(count=fold.months)
        middle, width = scale.percent(left + scale.fold_width / 2), scale.percent(scale.fold_width)
        found.append(DrawnFold(scale.percent(left), width, middle, text, spoken))
    return tuple(found)
