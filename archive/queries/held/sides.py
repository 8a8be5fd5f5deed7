"""The two sides of a comparison: what each holds that the other does not, found in keys alone."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.projections import PER_EVENT
from archive.queries.held.answering import held_in
from archive.queries.held.bearing import bearing, borne_at
from archive.queries.held.cell import Cell
from archive.queries.held.sensing import Sense, sensed, shown_by
from archive.queries.held.standing import Standing
from archive.queries.known.ground import Ground

# A cell by its entity, its attribute and its member.
Key: TypeAlias = tuple[str, str, str]


class Side(NamedTuple):
    """One of two states: its day, what it stands on, and the cells that hold something there.

    Only those are in it that hold something else on the other side, or nothing.
    """

    day: int
    ground: Ground
    cells: dict[Key, Cell]
    senses: dict[Key, Sense]


class Alike(NamedTuple):
    """A cell that says the same on two sides, as it was read for each."""

    key: Key
    cells: tuple[Cell, Cell]


def turned_to(before: Side, after: Side, key: Key) -> Standing | None:
    """Return how surely the same values hold after as before; None where the values differ."""
    was, became = before.senses.get(key), after.senses.get(key)
    return became[1] if was and became and was[0] == became[0] else None


def is_alone(cell: Cell) -> bool:
    """Tell whether no two facts can have made the same answer of *cell* on two days."""
    return len(cell.facts) == 1 and not cell.posts


def tell_apart(connection: Connection, alike: Iterable[Alike], sides: tuple[Side, Side]) -> None:
    """Put what says the same on both *sides*, and bears something else beside it, on both."""
    shown = []
    for one in alike:
        was, became = (
            shown_by(cell, side.day) for side, cell in zip(sides, one.cells, strict=True)
        )
        if was != became:
            shown.append((one, {number // PER_EVENT for number in was | became}))
    positions = set[int]().union(*(some for _one, some in shown))
    borne = borne_at(connection, positions) if positions else {}
    for one in [one for one, some in shown if not borne.keys().isdisjoint(some)]:
        told = [
            (side, cell, bearing(cell, answer, borne), answer.standing)
            for side, cell in zip(sides, one.cells, strict=True)
            if (answer := held_in(cell, side.day))
        ]
        if len({mark for _side, _cell, mark, _standing in told}) > 1:
            for side, cell, mark, standing in told:
                side.cells[one.key], side.senses[one.key] = cell, (mark, standing)


def senses_of(cells: Mapping[Key, Cell], day: int) -> dict[Key, Sense]:
    """Return what each of *cells* says on *day*, where it says anything."""
    read = ((key, sensed(cell, day)[0]) for key, cell in cells.items())
    return {key: sense for key, sense in read if sense}


def key_of(cell: Cell) -> Key:
    """Return the place of *cell*, the same on both sides."""
    return cell.entity.id, cell.attribute.name, cell.member


def differing(before: Side, after: Side) -> list[Key]:
    """Return the places of both sides, in order of names."""
    both = {**before.cells, **after.cells}
    names = {key[0]: cell.entity.names.en.casefold() for key, cell in both.items()}
    return sorted(both, key=lambda key: (names[key[0]], key[0]))
