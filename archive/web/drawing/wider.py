"""What is dated more widely than a window shows: told apart, and piled up at its edge."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final

from archive.languages import Words
from archive.queries import Cluster, Mark
from archive.web.drawing.marking import DrawnPile, events_in_words, is_open
from archive.web.drawing.placing import PILL
from archive.web.drawing.scales import Scale

_WIDER_THAN: Final = 0.6
# Pixels by which a sum of shares may be off.
_HAIR: Final = 0.5
_WIDER: Final = Words(
    "日期范围宽于窗口：{events}；列出", "Dates wider than the window: {events}; list them"
)
_COARSE: Final = Words("日期较粗：{events}；列出", "Dates known less exactly: {events}; list them")


def too_wide(marks: Sequence[Mark], scale: Scale, *, most: int) -> list[Mark]:
    """Return which of *marks* have no place of their own: those dated more widely than the view.

    With them go all others of the same precision, by which they are listed. Those whose days all
    lie in the view say there when it was, and so do those that are not all of their precision; but
    *most* at most: more would hide what the window is there to show.
    """
    wide = [mark for mark in marks if is_wider(mark, scale)]
    numbers, room, folded = Counter(mark.precision for mark in marks), most, set[str]()
    for precision, number in Counter(mark.precision for mark in wide).items():
        some = (mark for mark in wide if mark.precision == precision)
        is_part = number < numbers[precision] or all(_lies_in_view(one, scale) for one in some)
        if is_part and number <= room:
            room -= number
        else:
            folded.add(precision)
    return [mark for mark in marks if mark.precision in folded]


def is_wider(mark: Mark, scale: Scale) -> bool:
    """Tell whether the mark's band, as wide as it would be drawn, takes up most of the view.

    A day has no band, however few are shown.
    """
    left, right = scale.view
    wide = scale.x(mark.last_day + 1) - scale.x(mark.first_day)
    is_long = wide > (right - left) * _WIDER_THAN
    return is_long and mark.last_day > mark.first_day and not is_open(mark)


def _lies_in_view(mark: Mark, scale: Scale) -> bool:
    left, right = scale.view
    start, end = scale.x(mark.first_day), scale.x(mark.last_day + 1)
    return left <= start + _HAIR and end <= right + _HAIR


def wider_pile(
    marks: Sequence[Mark], clusters: Sequence[Cluster], scale: Scale, *, y: int, locale: str
) -> DrawnPile:
    """Return the one pile, at the left of the view, for all that is wider than it."""
    count = len(marks) + sum(cluster.count for cluster in clusters)
    words = _WIDER if not clusters and all(is_wider(one, scale) for one in marks) else _COARSE
    events = events_in_words(count, locale)
    spoken = words.in_language(locale).format(events=events)
    precisions = dict.fromkeys(chain.from_iterable(one.precisions for one in clusters))
    names = dict.fromkeys(name for name, _number in precisions)
    names |= dict.fromkeys(mark.precision for mark in marks)
    held: list[Mark | Cluster] = [*marks, *clusters]
    days = [(one.first_day, one.last_day) for one in held]
    first, last = min(day for day, _last in days), max(day for _first, day in days)
    at = scale.percent(scale.view[0] + PILL / 2 + 3)
    return DrawnPile(at, y, count, first, last, spoken, True, tuple(names))  # noqa: FBT003 - its name stands in the class
