"""Who owns whom, drawn as a tree: a line an organization, set in under the one that holds it.

A tree set in like this is read from above to below on a narrow screen as on a wide one. Who has
several owners stands once with what it owns, and is named again under each of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive.queries import EntityRef, Stake
from archive.web.drawing.lettering import broken

WIDTH: Final = 272
# What a finger needs: a link of one line is as high as this.
TARGET: Final = 28
# Stands after the name of one that is told in full above.
AGAIN: Final = "↑"
_BETWEEN: Final = 4
_STEP: Final = 18
_FIRST: Final = 10
_KNOT: Final = 8
_NAME: Final = 13.0
_SMALL: Final = 12.0
_LINE: Final = 17
_NAME_SUNK: Final = 21
_TOLD_SUNK: Final = 14.5
_HALF_A_LETTER: Final = 4.5
_MOST_LINES: Final = 6
_DEEPEST: Final = 7


@dataclass(frozen=True, slots=True)
class Caption:
    """A text of one row, in as many lines as it takes, and the box that a finger presses of it.

    ``sunk`` is how far below the top of that box the first line stands: a name stands low and what
    is told of it high, so that the two are read as one.
    """

    lines: tuple[str, ...]
    x: float
    top: float
    sunk: float

    @property
    def height(self) -> float:
        """Return what it takes from above to below."""
        return TARGET + (len(self.lines) - 1) * _LINE

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.top + self.height

    @property
    def width(self) -> float:
        """Return the room that it has to the right."""
        return WIDTH - self.x

    def baseline(self, line: int) -> float:
        """Return where the letters of a line stand, counted from zero."""
        return self.top + self.sunk + line * _LINE


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One organization or person in the tree, and the stake by which it hangs there.

    ``told`` says what the stake is; none for one that nobody holds, to which no ``path`` leads
    either. ``is_again`` says that it stands in full above.
    """

    entity: EntityRef
    stake: Stake | None
    name: Caption
    told: Caption | None
    x: float
    y: float
    path: str
    is_again: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """The drawing of all rows; ``left_out`` counts those for which there was no room."""

    rows: tuple[TreeRow, ...]
    left_out: int
    height: float
    width: int = WIDTH


def tree(stakes: Sequence[Stake], *, told: Mapping[Stake, str], locale: str, most: int) -> Tree:
    """Return the tree of *stakes*, the largest first; *told* is what stands under each name."""
    held: defaultdict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        held[stake.holder.id].append(stake)
    placed = list(_placed(held, _roots(stakes, held)))
    rows = tuple(_drawn(placed[:most], told=told, locale=locale))
    height = (rows[-1].told or rows[-1].name).bottom + _BETWEEN if rows else 0.0
    return Tree(rows, max(0, len(placed) - most), height)


def _roots(stakes: Sequence[Stake], held: Mapping[str, Sequence[Stake]]) -> list[EntityRef]:
    """Return whom nobody holds, then one of each circle that none of them reaches."""
    names = {one.id: one for stake in stakes for one in (stake.holder, stake.owned)}
    owned = {stake.owned.id for stake in stakes}
    order = sorted(names, key=lambda one: (-len(_reached(one, held)), names[one].names.en, one))
    roots = [one for one in order if one not in owned]
    seen = {two for one in roots for two in (one, *_reached(one, held))}
    for one in order:
        if one not in seen:
            roots.append(one)
            seen |= {one, *_reached(one, held)}
    return [names[one] for one in roots]


def _reached(start: str, held: Mapping[str, Sequence[Stake]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for stake in held.get(waiting.pop(), ()):
            if stake.owned.id not in reached:
                reached.add(stake.owned.id)
                waiting.append(stake.owned.id)
    return reached


@dataclass(frozen=True, slots=True)
class _Place:
    entity: EntityRef
    stake: Stake | None
    depth: int
    above: int
    is_again: bool


def _placed(held: Mapping[str, Sequence[Stake]], roots: Iterable[EntityRef]) -> Iterator[_Place]:
    """Yield each row in order, with its depth and the number of the row that it hangs from."""
    seen: set[str] = set()
    number = 0
    for root in roots:
        waiting: list[tuple[EntityRef, Stake | None, int, int]] = [(root, None, 0, -1)]
        while waiting:
            entity, stake, depth, above = waiting.pop()
            is_again = entity.id in seen
            yield _Place(entity, stake, depth, above, is_again)
            if not is_again:
                seen.add(entity.id)
                below = sorted(held.get(entity.id, ()), key=_order, reverse=True)
                waiting += [(one.owned, one, depth + 1, number) for one in below]
            number += 1


def _order(stake: Stake) -> tuple[bool, float, str]:
    """Sort what is owned before what is announced, the greater share first."""
    least = float(stake.share.least) if stake.share else 0.0
    return (stake.is_announced, -least, stake.owned.names.en)


def _drawn(
    placed: Sequence[_Place], *, told: Mapping[Stake, str], locale: str
) -> Iterator[TreeRow]:
    ys: list[float] = []
    top = 0.0
    for place in placed:
        x = _across(place.depth)
        shown = place.entity.names.in_language(locale) or place.entity.id
        shown = f"{shown} {AGAIN}" if place.is_again else shown
        name = _caption(shown, x=x, top=top, font_size=_NAME, sunk=_NAME_SUNK)
        said = None
        if place.stake:
            text = told[place.stake]
            said = _caption(text, x=x, top=name.bottom, font_size=_SMALL, sunk=_TOLD_SUNK)
        ys.append(name.baseline(0) - _HALF_A_LETTER)
        yield TreeRow(
            entity=place.entity,
            stake=place.stake,
            name=name,
            told=said,
            x=x,
            y=ys[-1],
            path="" if place.above < 0 else _path(place.depth, ys[place.above], ys[-1]),
            is_again=place.is_again,
        )
        top = (said or name).bottom + _BETWEEN


def _across(depth: int) -> float:
    return float(_FIRST + min(depth, _DEEPEST) * _STEP)


def _caption(text: str, *, x: float, top: float, font_size: float, sunk: float) -> Caption:
    left = x + _KNOT + 4
    lines = broken(text, width=WIDTH - left, font_size=font_size, most=_MOST_LINES)
    return Caption(lines, left, top, sunk)


def _path(depth: int, above: float, y: float) -> str:
    """Return the line from the holder, down and then to the right."""
    return f"M{_across(depth - 1):g} {above + _KNOT / 2:g}V{y:g}H{_across(depth) - _KNOT / 2:g}"
