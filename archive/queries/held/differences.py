"""compare: what the world changed between two days, apart from what the archive learned.

What differs is found in keys, and only what is told of it is put into words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.answering import held_in
from archive.queries.held.bearing import bearing, borne_at
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on
from archive.queries.held.enveloping import addresses
from archive.queries.held.phrasing import StateRow, state_rows, values_in_words
from archive.queries.held.posts import ROLES
from archive.queries.held.qualifying import POSSIBLE
from archive.queries.held.sensing import Sense, sensed, shown_by
from archive.queries.held.standing import Standing, candidates
from archive.queries.held.touching import touched_between, touched_since
from archive.queries.known.ground import Ground, ground


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs; None stands for nothing held. ``event_id`` is what made it so.

    ``is_firmer`` tells that the same values were only possible before and are certain after,
    ``is_softer`` that they were certain before and are only possible after.
    """

    entity: EntityRef
    attribute: str
    attribute_label: Words
    member_words: Words
    before: Words | None
    after: Words | None
    event_id: str
    is_firmer: bool = False
    is_softer: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What began, ended and changed in the world, and what the archive only learned.

    Of what is ``firmer`` or ``softer`` nothing differs but how surely the same values hold.
    ``untold`` says of each of these by its name how many more there are than were asked for.
    """

    left: AsOf
    right: AsOf
    added: tuple[Change, ...]
    ended: tuple[Change, ...]
    changed: tuple[Change, ...]
    firmer: tuple[Change, ...]
    softer: tuple[Change, ...]
    learned: tuple[Change, ...]
    untold: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: all, or only an entity, a type of entities, the attributes of a tab."""

    entity: str = ""
    entity_type: str = ""
    tab: str = ""

    def is_meant(self, cell: Cell) -> bool:
        """Tell whether *cell* is among what is compared."""
        return (
            self.entity in {"", cell.entity.id}
            and self.entity_type in {"", cell.entity.type}
            and self.tab in {"", cell.attribute.tab}
        )


_Key: TypeAlias = tuple[str, str, str]
_ALL: Final = Compared()


class _Side(NamedTuple):
    """One of two states: its day, what it stands on, and the cells that hold something there.

    Only those are in it that hold something else on the other side, or nothing.
    """

    day: int
    ground: Ground
    cells: dict[_Key, Cell]
    senses: dict[_Key, Sense]


class _Alike(NamedTuple):
    """A cell that says the same on two sides, as it was read for each."""

    key: _Key
    cells: tuple[Cell, Cell]


def compare(
    connection: Connection,
    *,
    left: AsOf,
    right: AsOf,
    among: Compared = _ALL,
    limit: int | None = None,
) -> Comparison:
    """Return what differs between two states, in order of the names of the entities.

    The world's changes are those between the two days as known at the right; what the archive
    learned is what differs on the left day between the two record positions. Only cells that
    something touched in between are looked at. Of each sort no more than *limit* are told;
    none at all is a count.
    """
    now = ground(connection, known=right.known)
    days = day_number(left.valid), day_number(right.valid)
    before, after = _in_the_world(connection, days, now, among)
    keys = _differing(before, after)
    added = [key for key in keys if key not in before.cells]
    ended = [key for key in keys if key not in after.cells]
    turned = {key: _turned(before, after, key) for key in keys}
    both = [key for key in keys if key in before.cells and key in after.cells]
    by = _enders(connection, {key: before.cells[key] for key in ended[:limit]}, day=days[1])
    then = now if left.known == right.known else ground(connection, known=left.known)
    was, became = _learned(connection, days[0], then, now, among)
    learned = _differing(was, became)
    found = {
        "added": added,
        "ended": ended,
        "changed": [key for key in both if turned[key] is None],
        "firmer": [key for key in both if turned[key] is Standing.CERTAIN],
        "softer": [key for key in both if turned[key] is Standing.POSSIBLE],
    }
    changes = {
        name: _told(connection, some[:limit], before, after, by) for name, some in found.items()
    }
    return Comparison(
        left,
        right,
        **changes,
        learned=_told(connection, learned[:limit], was, became),
        untold=_untold(found | {"learned": learned}, limit),
    )


def _turned(before: _Side, after: _Side, key: _Key) -> Standing | None:
    """Return how surely the same values hold after as before; None where the values differ."""
    was, became = before.senses.get(key), after.senses.get(key)
    return became[1] if was and became and was[0] == became[0] else None


def _untold(found: Mapping[str, Sequence[_Key]], limit: int | None) -> dict[str, int]:
    if limit is None:
        return {}
    return {name: len(some) - limit for name, some in found.items() if len(some) > limit}


def _in_the_world(
    connection: Connection, days: tuple[int, int], now: Ground, among: Compared
) -> tuple[_Side, _Side]:
    both = (min(days), max(days))
    touched = touched_between(connection, both, ground=now, entity_type=among.entity_type)
    read = cells_on(
        connection,
        ground=now,
        days=both,
        cell_ids=sorted(touched),
        entity_type=among.entity_type,
        with_kinds=False,
    )
    sides = _Side(days[0], now, {}, {}), _Side(days[1], now, {}, {})
    alike: list[_Alike] = []
    for cell in filter(among.is_meant, read):
        was, became = senses = sensed(cell, *days)
        if was and became and was[0] == became[0] and not _is_alone(cell):
            alike.append(_Alike(_key(cell), (cell, cell)))
        if was != became:
            key = _key(cell)
            for side, sense in zip(sides, senses, strict=True):
                if sense:
                    side.cells[key], side.senses[key] = cell, sense
    _tell_apart(connection, alike, sides)
    return sides


def _is_alone(cell: Cell) -> bool:
    """Tell whether no two facts can have made the same answer of *cell* on two days."""
    return len(cell.facts) == 1 and not cell.posts


def _tell_apart(
    connection: Connection, alike: Iterable[_Alike], sides: tuple[_Side, _Side]
) -> None:
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


def _learned(
    connection: Connection, day: int, then: Ground, now: Ground, among: Compared
) -> tuple[_Side, _Side]:
    touched = set[int]()
    if then is not now:
        touched = touched_since(connection, then=then, now=now, entity_type=among.entity_type)
    scope: dict[str, Any] = {"cell_ids": sorted(touched), "entity_type": among.entity_type}
    read = partial(cells_on, connection, days=(day, day), with_kinds=False, **scope)
    known = {_key(cell): cell for cell in filter(among.is_meant, read(ground=then))}
    found = {_key(cell): cell for cell in filter(among.is_meant, read(ground=now))}
    sides = (
        _Side(day, then, {}, _senses(known, day)),
        _Side(day, now, {}, _senses(found, day)),
    )
    alike = [
        _Alike(key, (known[key], found[key]))
        for key, sense in sides[0].senses.items()
        if (other := sides[1].senses.get(key)) and sense and sense[0] == other[0]
    ]
    _tell_apart(connection, alike, sides)
    was, became = (side.senses for side in sides)
    differing = [key for key in was | became if was.get(key) != became.get(key)]
    for side, read_there in zip(sides, (known, found), strict=True):
        side.cells.update((key, read_there[key]) for key in differing if key in side.senses)
    return sides


def _senses(cells: Mapping[_Key, Cell], day: int) -> dict[_Key, Sense]:
    """Return what each of *cells* says on *day*, where it says anything."""
    read = ((key, sensed(cell, day)[0]) for key, cell in cells.items())
    return {key: sense for key, sense in read if sense}


def _key(cell: Cell) -> _Key:
    return cell.entity.id, cell.attribute.name, cell.member


def _differing(before: _Side, after: _Side) -> list[_Key]:
    """Return the places of both sides, in order of names."""
    both = {**before.cells, **after.cells}
    names = {key[0]: cell.entity.names.en.casefold() for key, cell in both.items()}
    return sorted(both, key=lambda key: (names[key[0]], key[0]))


def _enders(connection: Connection, gone: Mapping[_Key, Cell], *, day: int) -> dict[_Key, str]:
    """Return the ids of the events that ended the cells of *gone* by *day*."""
    last: dict[_Key, int] = {}
    for key, cell in gone.items():
        last_of = cell.posts[0] if cell.attribute is ROLES and cell.posts else cell
        ending = candidates((one for one in last_of.facts if not one.is_set_aside), day)
        if ending:
            last[key] = ending[0].id // PER_EVENT
    ids = addresses(connection, set(last.values()))
    return {key: ids[position] for key, position in last.items()}


def _told(
    connection: Connection,
    keys: Sequence[_Key],
    before: _Side,
    after: _Side,
    ended_by: Mapping[_Key, str] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """Return the changes at *keys* in words."""
    if not keys:
        return ()
    left, right = (_rows(connection, side, keys) for side in (before, after))
    return tuple(
        _change(
            (left.get(key), right.get(key)), ended_by.get(key, ""), _turned(before, after, key)
        )
        for key in keys
    )


def _rows(connection: Connection, side: _Side, keys: Iterable[_Key]) -> dict[_Key, StateRow]:
    """Return what is held at *keys* in words, where anything is."""
    there = [(key, side.cells[key]) for key in keys if key in side.cells]
    held = ((key, cell, held_in(cell, side.day)) for key, cell in there)
    answers = {key: (cell, answer) for key, cell, answer in held if answer}
    rows = state_rows(connection, list(answers.values()), day=side.day, ground=side.ground)
    return dict(zip(answers, rows, strict=True))


def _change(
    rows: tuple[StateRow | None, StateRow | None], ended_by: str, turned: Standing | None
) -> Change:
    before, after = rows
    row = next(one for one in (after, before) if one)
    return Change(
        row.entity,
        row.attribute,
        row.attribute_label,
        row.member_words,
        _words(before),
        _words(after),
        ended_by or row.values[0].event_id,
        is_firmer=turned is Standing.CERTAIN,
        is_softer=turned is Standing.POSSIBLE,
    )


def _words(row: StateRow | None) -> Words | None:
    if row is None:
        return None
    return values_in_words(row, *([POSSIBLE] if row.standing == "possible" else []))
