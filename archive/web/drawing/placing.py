"""Where marks and their labels go in a lane, so that no two can be mistaken for one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from archive.web.drawing.lettering import cut, text_width

RADIUS: Final = 8.0
LABEL_GAP: Final = 7.0
BREATH: Final = 6.0
LEAST_LABEL: Final = 58.0
MOST_LABEL: Final = 300.0
PILL: Final = 34.0
_SHARES: Final = (1.0, 0.7, 0.5)
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
class Pile:
    """Marks that found no room, folded into one at the first of them."""

    keys: tuple[int, ...]
    middle: float


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


def place(
    items: Sequence[Item], *, width: int, rows: int, edge: float = 0.0
) -> tuple[tuple[Placed, ...], tuple[Pile, ...]]:
    """Return each of *items* either placed in one of *rows* rows or folded into a pile.

    The first rank is placed with its labels before all others, so that it is named at any zoom.
    What is folded alone stands in the row below the others; *edge* is kept free at its left.
    """
    lines = [_Row() for _ in range(rows)]
    placed: dict[int, Placed] = {}
    ordered = sorted(items, key=lambda item: (item.rank, item.left, item.key))
    first = [item for item in ordered if item.rank == 0]
    for item in first:
        _put(item, lines, placed)
        _name(item, lines, placed, width=width)
    others = ordered[len(first) :]
    for item in sorted(others, key=lambda item: (item.left, item.key)):
        _put(item, lines, placed)
    for item in others:
        _name(item, lines, placed, width=width)
    left_over = {item.key: item for item in ordered if item.key not in placed}
    piles = _piles(left_over.values(), width=width, edge=edge)
    alone = {pile.keys[0] for pile in piles if _stands_alone(pile, piles, left_over, edge=edge)}
    singles = tuple(Placed(key, rows) for key in sorted(alone))
    folded = tuple(pile for pile in piles if pile.keys[0] not in alone)
    return (*placed.values(), *singles), folded


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


def _name(item: Item, lines: Sequence[_Row], placed: dict[int, Placed], *, width: int) -> None:
    """Give *item* the longest label for which its row has room, on the right rather than left."""
    mine = placed.get(item.key)
    if mine is None:
        return
    row = lines[mine.row]
    others = _Row(
        [stretch for stretch in row.taken if stretch != item.core],
        [band for band in row.bands if band != (item.left, item.right)],
    )
    full = min(text_width(item.text), MOST_LABEL)
    for share in _SHARES:
        room = full * share
        if share < 1 and room < LEAST_LABEL:
            return
        for is_left in (False, True):
            left, right = _label_span(item, room, is_left=is_left)
            if is_left and not item.ends_at_glyph:
                continue
            if left >= 0 and right <= width + BREATH and others.is_clear(left, right):
                row.taken.append((left, right))
                placed[item.key] = Placed(
                    item.key, mine.row, cut(item.text, width=room + 1), is_left
                )
                return


def _label_span(item: Item, room: float, *, is_left: bool) -> tuple[float, float]:
    if is_left:
        return item.at - RADIUS - LABEL_GAP - room - BREATH, item.at - RADIUS
    start = item.at + RADIUS + LABEL_GAP
    return start, start + room + BREATH


def _piles(items: Iterable[Item], *, width: int, edge: float) -> tuple[Pile, ...]:
    """Fold *items* where their pills would touch; each pill lies inside the width."""
    piles: list[tuple[list[int], float]] = []
    for item in sorted(items, key=lambda item: (item.at, item.key)):
        middle = min(max(item.at, edge + PILL / 2), width - PILL / 2)
        if piles and middle - piles[-1][1] < PILL + BREATH:
            piles[-1][0].append(item.key)
        else:
            piles.append(([item.key], middle))
    return tuple(Pile(tuple(keys), middle) for keys, middle in piles)


def _stands_alone(
    pile: Pile, piles: Sequence[Pile], items: Mapping[int, Item], *, edge: float
) -> bool:
    """Tell whether the pile is a single one whose glyph touches no pill."""
    item = items[pile.keys[0]]
    left, right = item.core
    if len(pile.keys) > 1 or left < edge:
        return False
    others = (other.middle for other in piles if other is not pile)
    return all(right <= at - PILL / 2 or left >= at + PILL / 2 for at in others)
