"""The drawing of a window: lanes of marks, as numbers and words that a template writes down.

Pure: the same marks, window, width and language give the same drawing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from archive.web.drawing.folds import Begun, DrawnFold, folds_of
from archive.web.drawing.lanes import Frame, Lane, LaneAsked, laid_out
from archive.web.drawing.marking import DrawnMark, DrawnPile
from archive.web.drawing.scales import Scale, beyond, folding, months_between, straight
from archive.web.drawing.ticking import Tick, ticks

CAPTION: Final = 20
AXIS: Final = 44
MOST_ROWS: Final = 4
MOST_ROWS_NARROW: Final = 4
MOST_ROWS_ALONE: Final = 14
MOST_ROWS_ALONE_NARROW: Final = 7
# Beside the lane stand its name and its count, one below the other.
LEAST_LANE: Final = 50
_NOTHING: Final = Begun()


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
        shares = ((day, round((x - left) / self.width, 4)) for day, x in self.scale.knots)
        return " ".join(f"{day}:{share:g}" for day, share in shares)

    @property
    def layer(self) -> tuple[str, str]:
        """Return where all that is drawn begins, and how wide it is, as shares of the view."""
        left, wide = self.scale.view[0], self.scale.width
        return _share(-left / self.width), _share(wide / self.width)


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
    begun: Begun = _NOTHING,
) -> Drawing:
    """Return the drawing of *lanes* between the two days, *width* pixels wide.

    Where quiet months are folded, *begun* says what is known to begin in them all the same.
    Where *whole* says which days there are, it goes on beyond the view as far as they do.
    """
    scale = straight(first_day, last_day, width=width)
    if not is_unfolded:
        scale = folding(first_day, last_day, width=width, days=_busy(lanes))
    if whole:
        scale = beyond(scale, least_day=whole[0], most_day=whole[1])
    frame = Frame(
        scale,
        (first_day, last_day),
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
        folds=folds_of(scale, locale, begun=begun),
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


def _share(of: float) -> str:
    return f"{round(of * 100, 2) + 0:g}%"


def _most_rows(lanes: Sequence[LaneAsked], *, is_narrow: bool) -> int:
    if len(lanes) == 1:
        return MOST_ROWS_ALONE_NARROW if is_narrow else MOST_ROWS_ALONE
    return MOST_ROWS_NARROW if is_narrow else MOST_ROWS


def _lanes(asked: Sequence[LaneAsked], frame: Frame) -> tuple[tuple[Lane, ...], int]:
    drawn: list[Lane] = []
    y = AXIS
    for one in asked:
        drawn.append(laid_out(one, frame, y=y))
        y += drawn[-1].height
    return tuple(drawn), y
