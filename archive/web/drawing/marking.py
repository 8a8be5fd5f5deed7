"""One mark of the drawing: its shape says how exactly the day is known, its words say the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive.dates import EARLIEST_DAY, LATEST_DAY, Style, day_of, phrase
from archive.errors import UnreadableDateError
from archive.languages import Words
from archive.queries import Mark
from archive.web.drawing.placing import RADIUS, Item, Pile, Placed
from archive.web.drawing.scales import Scale

RANKS: Final = {"landmark": 0, "major": 1}
LAST_RANK: Final = 2
OPEN_END: Final = 40.0
_LONGEST_SOLID: Final = 93
_LEAST_BAND: Final = 2 * RADIUS

_DOUBTS: Final = {
    "disputed": Words("有争议", "disputed"),
    "announced": Words("已宣布，未完成", "announced, not closed"),
    "retracted": Words("已撤回", "retracted"),
}
_EVENTS: Final = Words("{count} 条事件", "{count} events")
_EVENT: Final = Words("1 条事件", "1 event")
_PILE: Final = Words("{events}，{first}至{last}；放大", "{events}, {first} to {last}; zoom in")
_PILE_OF_A_MONTH: Final = Words("{events}，{first}；放大", "{events}, {first}; zoom in")


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """One mark: where, of what shape, and what it says to eyes and to ears."""

    id: str
    position: int
    group: str
    x: str
    y: int
    shape: str
    band_x: str
    band_width: str
    fades: str
    label: str
    is_left: bool
    spoken: str
    doubts: tuple[str, ...]
    day: int
    is_landmark: bool


@dataclass(frozen=True, slots=True)
class DrawnPile:
    """Marks folded into one that says how many they are; a click zooms to their span.

    One that ``is_wider`` no zoom would part: it is listed, by the ``precisions`` of its dates.
    """

    x: str
    y: int
    count: int
    first_day: int
    last_day: int
    spoken: str
    is_wider: bool
    precisions: tuple[str, ...] = ()


def shape_of(mark: Mark) -> str:
    """Return how exactly the day is known: ``dot``, ``bar`` or ``faded``."""
    if is_open(mark):
        return "faded"
    days = mark.last_day - mark.first_day + 1
    if days == 1:
        return "dot"
    return "bar" if days <= _LONGEST_SOLID else "faded"


def is_open(mark: Mark) -> bool:
    """Tell whether the earliest or the latest day is not known at all."""
    return mark.first_day == EARLIEST_DAY or mark.last_day == LATEST_DAY


def fades_of(mark: Mark) -> str:
    """Return on which side the band dissolves: ``before``, ``after``, ``both`` or nowhere."""
    if mark.first_day == EARLIEST_DAY:
        return "before"
    if mark.last_day == LATEST_DAY:
        return "after"
    return "both" if shape_of(mark) == "faded" else ""


def span_of(mark: Mark, scale: Scale, *, is_seen: bool) -> tuple[float, float]:
    """Return the pixels of the band at its true width, even where they lie outside the window.

    One too narrow to be drawn so lies in the view if it ``is_seen`` there.
    """
    if mark.first_day == EARLIEST_DAY:
        return scale.x(mark.last_day + 1) - OPEN_END, scale.x(mark.last_day + 1)
    if mark.last_day == LATEST_DAY:
        return scale.x(mark.first_day), scale.x(mark.first_day) + OPEN_END
    left, right = scale.x(mark.first_day), scale.x(mark.last_day + 1)
    if shape_of(mark) == "dot" or right - left < _LEAST_BAND:
        at = max(left, scale.view[0]) if is_seen else left
        middle = scale.inside((left + right) / 2, room=RADIUS, at=at)
        return middle - RADIUS, middle + RADIUS
    return left, right


def item_of(mark: Mark, scale: Scale, *, locale: str, is_seen: bool) -> Item:
    """Return what placing needs; the glyph stands where the mark begins, else where it ends.

    That of a mark which ``is_seen`` stands in the view all the same.
    """
    left, right = span_of(mark, scale, is_seen=is_seen)
    at = right - RADIUS if mark.first_day == EARLIEST_DAY else left + RADIUS
    low, high = scale.view
    anchor = min(max(at, low), high - 1) if is_seen else at
    return Item(
        key=mark.position,
        left=left,
        right=right,
        at=scale.inside(at, room=RADIUS, at=anchor),
        text=mark.title.in_language(locale),
        rank=RANKS.get(mark.importance, LAST_RANK),
    )


def drawn_mark(
    mark: Mark, item: Item, placed: Placed, scale: Scale, *, y: int, locale: str
) -> DrawnMark:
    """Return the mark as the template writes it; no band is wider than what is drawn.

    An end that is open is as long as its glyph is far from it, however the drawing is stretched.
    """
    left, right = max(item.left, -OPEN_END), min(item.right, scale.width + OPEN_END)
    is_fixed = is_open(mark)
    return DrawnMark(
        id=mark.id,
        position=mark.position,
        group=mark.group,
        x=scale.percent(item.at),
        y=y,
        shape=shape_of(mark),
        band_x=f"{left - item.at:.3g}",
        band_width=f"{right - left:.3g}" if is_fixed else scale.percent(right - left),
        fades=fades_of(mark),
        label=placed.label,
        is_left=placed.is_left,
        spoken=_spoken(mark, locale),
        doubts=_doubts(mark),
        day=mark.day,
        is_landmark=mark.importance == "landmark",
    )


def drawn_pile(pile: Pile, scale: Scale, *, y: int, locale: str) -> DrawnPile:
    """Return the pile as the template writes it."""
    first, last = (min(max(day, scale.first_day), scale.last_day) for day in pile.days)
    from_month, to_month = _month(first, locale), _month(last, locale)
    words = _PILE_OF_A_MONTH if from_month == to_month else _PILE
    events = events_in_words(pile.count, locale)
    spoken = words.in_language(locale).format(events=events, first=from_month, last=to_month)
    at = scale.percent(pile.middle)
    return DrawnPile(at, y, pile.count, first, last, spoken, is_wider=False)


def events_in_words(count: int, locale: str) -> str:
    """Return how many events there are."""
    return (_EVENT if count == 1 else _EVENTS).in_language(locale).format(count=count)


def in_words(edtf: str, locale: str, style: Style = Style.SPOKEN) -> str:
    """Return the date in words, or as it stands where it is no EDTF."""
    try:
        return phrase(edtf, locale=locale, style=style)
    except UnreadableDateError:
        return edtf


def _month(day: int, locale: str) -> str:
    return in_words(day_of(day).isoformat()[:7], locale)


def _doubts(mark: Mark) -> tuple[str, ...]:
    said: Mapping[str, bool] = {
        "disputed": mark.is_disputed,
        "announced": mark.phase == "announced",
        "retracted": mark.is_retracted,
        "about": "~" in mark.edtf or "%" in mark.edtf,
    }
    return tuple(name for name, holds in said.items() if holds)


def _spoken(mark: Mark, locale: str) -> str:
    words = [_DOUBTS[name].in_language(locale) for name in _doubts(mark) if name in _DOUBTS]
    parts = [mark.title.in_language(locale), in_words(mark.edtf, locale), *words]
    return ("，" if locale.startswith("zh") else ", ").join(parts)
