"""Who owns whom, drawn as a tree: a line an organization, set in under the one that holds it.

A tree set in like this is read from above to below on a narrow screen as on a wide one. Who has
several owners stands once with what it owns, and is named again under each of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive.queries import EntityRef, Stake
from archive.web.drawing.lettering import cut

WIDTH: Final = 272
# Two links a row, one above the other, each as high as a finger needs.
TARGET: Final = 28
ROW: Final = 2 * TARGET + 4
_STEP: Final = 18
_FIRST: Final = 10
_KNOT: Final = 8
_NAME: Final = 13.0
_SMALL: Final = 12.0
_DEEPEST: Final = 7


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One organization or person in the tree, and the stake by which it hangs there.

    ``path`` leads from its holder to it; empty for one that nobody holds. ``is_again`` says that
    it stands in full above.
    """

    entity: EntityRef
    stake: Stake | None
    name: str
    told: str
    x: float
    y: float
    text_x: float
    text_y: float
    path: str
    is_again: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """The drawing of all rows; ``left_out`` counts those for which there was no room."""

    rows: tuple[TreeRow, ...]
    left_out: int
    height: int
    width: int = WIDTH


def tree(stakes: Sequence[Stake], *, told: Mapping[Stake, str], locale: str, most: int) -> Tree:
    """Return the tree of *stakes*, the largest first; *told* is what stands under each name."""
    held: defaultdict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        held[stake.holder.id].append(stake)
    placed = list(_placed(held, _roots(stakes, held)))
    rows = tuple(_drawn(placed[:most], told=told, locale=locale))
    return Tree(rows, max(0, len(placed) - most), len(rows) * ROW + _KNOT)


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
    for number, place in enumerate(placed):
        x = float(_FIRST + min(place.depth, _DEEPEST) * _STEP)
        y = float(number * ROW + ROW / 2)
        text_x = x + _KNOT + 4
        room = WIDTH - text_x
        name = place.entity.names.in_language(locale) or place.entity.id
        said = told[place.stake] if place.stake else ""
        yield TreeRow(
            entity=place.entity,
            stake=place.stake,
            name=cut(name, width=room - (_NAME * 1.5 if place.is_again else 0), font_size=_NAME),
            told=cut(said, width=room, font_size=_SMALL),
            x=x,
            y=y,
            text_x=text_x,
            text_y=y - TARGET / 2 if said else y,
            path=_path(place, x, y),
            is_again=place.is_again,
        )


def _path(place: _Place, x: float, y: float) -> str:
    """Return the line from the holder, down and then to the right."""
    if place.above < 0:
        return ""
    from_y = place.above * ROW + ROW / 2 + _KNOT / 2
    from_x = _FIRST + min(place.depth - 1, _DEEPEST) * _STEP
    return f"M{from_x:g} {from_y:g}V{y:g}H{x - _KNOT / 2:g}"
