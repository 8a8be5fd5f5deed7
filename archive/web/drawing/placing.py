"""Where marks and their labels go in a lane, so that no two can be mistaken for one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from archive.web.drawing.lettering import cut, text_width

RADIUS: Final = 8.0
LABEL_GAP: Final = 7.0
BREATH: Final = 6.0
LEAST_LABEL: Final = 58.0
MOST_LABEL: Final = 360.0
PILL: Final = 34.0
# How far a pill reaches from its middle: with its outline, and what rounding its place may add.
REACH: Final = PILL / 2 + 2
_SHARES: Final = (1.0, 0.85, 0.7, 0.55, 0.42)
_COMFORT: Final = 150.0
# Between cores of one row: a finger must be able to tell them apart.
_APART: Final = 24.0


@dataclass(frozen=True, slots=True)
class Item:
    """One mark to be placed, in pixels: its band or dot, its glyph; text and rank (0 first)."""

    key: int
    left: float
    right: float
    at: float
    text: str
    rank: int

    @property
    def core(self) -> tuple[float, float]:
        """Return the stretch of the glyph, which nothing else may touch."""
        return self.at - _APART / 2, self.at + _APART / 2

    @property
    def is_band(self) -> bool:
        """Tell whether it is wider than its glyph."""
        return self.right - self.left > 2 * RADIUS + 1

    @property
    def ends_at_glyph(self) -> bool:
        """Tell whether nothing of the band lies right of the glyph."""
        return self.right <= self.at + RADIUS + 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its row, with as much of its label as fits, to the right or to the left."""

    key: int
    row: int
    label: str = ""
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """What is folded: one mark that found no room (its *key*), or many of one stretch of days."""

    at: float
    count: int
    first_day: int
    last_day: int
    key: int = 0


@dataclass(frozen=True, slots=True)
class Pile:
    """Neighbours folded into one pill."""

    crumbs: tuple[Crumb, ...]
    middle: float

    @property
    def count(self) -> int:
        """Return how many events it holds."""
        return sum(crumb.count for crumb in self.crumbs)

    @property
    def days(self) -> tuple[int, int]:
        """Return the first and the last day of what it holds."""
        return min(one.first_day for one in self.crumbs), max(one.last_day for one in self.crumbs)


@dataclass(frozen=True, slots=True)
class Room:
    """The stretches that nothing may cross, from left to right: before, in and after the view."""

    parts: tuple[tuple[float, float], ...]

    def around(self, x: float) -> tuple[float, float]:
        """Return the stretch in which the pixel lies, or the nearest."""
        found = (part for part in self.parts if x < part[1])
        return next(found, self.parts[-1])


@dataclass(slots=True)
class _Row:
    """The stretches of a row that are taken: by glyphs and labels, and by bands."""

    taken: list[tuple[float, float]] = field(default_factory=list)
    bands: list[tuple[float, float]] = field(default_factory=list)

    def is_free(self, left: float, right: float) -> bool:
        """Tell whether no glyph and no label lies between the two pixels."""
        return _free(self.taken, left, right)

    def is_clear(self, left: float, right: float) -> bool:
        """Tell whether no band lies there either."""
        return self.is_free(left, right) and _free(self.bands, left, right)

    def distance(self, left: float, right: float) -> float:
        """Return how far the nearest glyph, label or band is."""
        both = [*self.taken, *self.bands]
        return min((max(start - right, left - end) for start, end in both), default=1e9)


def _free(taken: Iterable[tuple[float, float]], left: float, right: float) -> bool:
    return all(right <= start or left >= end for start, end in taken)


def place(items: Sequence[Item], *, room: Room, rows: int) -> dict[int, Placed]:
    """Return where each of *items* stands that finds a place in one of *rows* rows.

    The first rank is placed with its labels before all others, so that it is named at any zoom.
    """
    lines = [_Row() for _ in range(rows)]
    placed: dict[int, Placed] = {}
    ordered = sorted(items, key=lambda item: (item.rank, item.left, item.key))
    first = [item for item in ordered if item.rank == 0]
    for item in first:
        _put(item, lines, placed)
        _name(item, lines, placed, room=room)
    others = ordered[len(first) :]
    for item in sorted(others, key=lambda item: (item.left, item.key)):
        _put(item, lines, placed)
    for item in others:
        _name(item, lines, placed, room=room)
    return placed


def fold(crumbs: Iterable[Crumb], *, room: Room, items: Mapping[int, Item]) -> tuple[Pile, ...]:
    """Fold *crumbs* where their pills would touch; what stands alone is left where it is.

    A pile of one crumb with a key is a mark in the row below the others, moved aside as a pill is
    where it would touch one.
    """
    piles: list[tuple[list[Crumb], float]] = []
    for crumb in sorted(crumbs, key=lambda crumb: (crumb.at, crumb.key)):
        low, high = room.around(crumb.at)
        middle = max(min(crumb.at, high - REACH), low + REACH)
        if piles and piles[-1][1] >= low and middle - piles[-1][1] < PILL + BREATH:
            piles[-1][0].append(crumb)
        else:
            piles.append(([crumb], middle))
    folded = tuple(Pile(tuple(held), middle) for held, middle in piles)
    return tuple(
        replace(pile, middle=items[pile.crumbs[0].key].at)
        if is_single(pile) and _stands_clear(pile, folded, items, room=room)
        else pile
        for pile in folded
    )


def is_single(pile: Pile) -> bool:
    """Tell whether the pile is one mark and no more."""
    return len(pile.crumbs) == 1 and bool(pile.crumbs[0].key)


def _put(item: Item, lines: Sequence[_Row], placed: dict[int, Placed]) -> None:
    """Take the first row with room; bands may be crossed only where no row is clear."""
    left, right = item.core
    start, end = min(item.left, left), max(item.right, right)
    clear = [number for number, row in enumerate(lines) if row.is_clear(start, end)]
    free = clear or [number for number, row in enumerate(lines) if row.is_free(left, right)]
    if not free:
        return
    comfortable = [number for number in free if lines[number].distance(start, end) >= _COMFORT]
    row = (
        comfortable[0]
        if comfortable
        else max(free, key=lambda number: lines[number].distance(start, end))
    )
    lines[row].taken.append((left, right))
    if item.is_band:
        lines[row].bands.append((item.left, item.right))
    placed[item.key] = Placed(item.key, row)


def _name(item: Item, lines: Sequence[_Row], placed: dict[int, Placed], *, room: Room) -> None:
    """Give *item* the longest label for which its row has room, on the right rather than left."""
    mine = placed.get(item.key)
    if mine is None:
        return
    row = lines[mine.row]
    others = _Row(
        [stretch for stretch in row.taken if stretch != item.core],
        [band for band in row.bands if band != (item.left, item.right)],
    )
    low, high = room.around(item.at)
    full = min(text_width(item.text), MOST_LABEL)
    for share in _SHARES:
        long = full * share
        if share < 1 and long < LEAST_LABEL:
            return
        for is_left in (False, True):
            left, right = _label_span(item, long, is_left=is_left)
            if is_left and not item.ends_at_glyph:
                continue
            if left >= low and right <= high + BREATH and others.is_clear(left, right):
                row.taken.append((left, right))
                label = cut(item.text, width=long + 1)
                placed[item.key] = Placed(item.key, mine.row, label, is_left)
                return


def _label_span(item: Item, room: float, *, is_left: bool) -> tuple[float, float]:
    if is_left:
        return item.at - RADIUS - LABEL_GAP - room - BREATH, item.at - RADIUS
    start = item.at + RADIUS + LABEL_GAP
    return start, start + room + BREATH


def _stands_clear(
    pile: Pile, piles: Sequence[Pile], items: Mapping[int, Item], *, room: Room
) -> bool:
    """Tell whether the glyph of the one mark touches no pill and no wall."""
    left, right = items[pile.crumbs[0].key].core
    low, high = room.around(pile.middle)
    others = (other.middle for other in piles if other is not pile)
    is_inside = low <= left + _APART / 2 and right - _APART / 2 <= high
    return is_inside and all(right <= at - PILL / 2 or left >= at + PILL / 2 for at in others)
