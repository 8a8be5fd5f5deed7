"""compare: what the world changed between two days, apart from what the archive learned.

What differs is found in keys, and only what is told of it is put into words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on
from archive.queries.held.enveloping import addresses
from archive.queries.held.phrasing import StateRow, state_rows, values_in_words
from archive.queries.held.posts import ROLES
from archive.queries.held.qualifying import POSSIBLE
from archive.queries.held.sensing import sensed
from archive.queries.held.sides import (
    Alike,
    Key,
    Side,
    differing,
    is_alone,
    key_of,
    senses_of,
    tell_apart,
    turned_to,
)
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


_ALL: Final = Compared()


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
    keys = differing(before, after)
    added = [key for key in keys if key not in before.cells]
    ended = [key for key in keys if key not in after.cells]
    turned = {key: turned_to(before, after, key) for key in keys}
    both = [key for key in keys if key in before.cells and key in after.cells]
    by = _enders(connection, {key: before.cells[key] for key in ended[:limit]}, day=days[1])
    then = now if left.known == right.known else ground(connection, known=left.known)
    was, became = _learned(connection, days[0], then, now, among)
    learned = differing(was, became)
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


def _untold(found: Mapping[str, Sequence[Key]], limit: int | None) -> dict[str, int]:
    if limit is None:
        return {}
    return {name: len(some) - limit for name, some in found.items() if len(some) > limit}


def _in_the_world(
    connection: Connection, days: tuple[int, int], now: Ground, among: Compared
) -> tuple[Side, Side]:
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
    sides = Side(days[0], now, {}, {}), Side(days[1], now, {}, {})
    alike: list[Alike] = []
    for cell in filter(among.is_meant, read):
        was, became = senses = sensed(cell, *days)
        if was and became and was[0] == became[0] and not is_alone(cell):
            alike.append(Alike(key_of(cell), (cell, cell)))
        if was != became:
            key = key_of(cell)
            for side, sense in zip(sides, senses, strict=True):
                if sense:
                    side.cells[key], side.senses[key] = cell, sense
    tell_apart(connection, alike, sides)
    return sides


def _learned(
    connection: Connection, day: int, then: Ground, now: Ground, among: Compared
) -> tuple[Side, Side]:
    touched = set[int]()
    if then is not now:
        touched = touched_since(connection, then=then, now=now, entity_type=among.entity_type)
    scope: dict[str, Any] = {"cell_ids": sorted(touched), "entity_type": among.entity_type}
    read = partial(cells_on, connection, days=(day, day), with_kinds=False, **scope)
    known = {key_of(cell): cell for cell in filter(among.is_meant, read(ground=then))}
    found = {key_of(cell): cell for cell in filter(among.is_meant, read(ground=now))}
    sides = (
        Side(day, then, {}, senses_of(known, day)),
        Side(day, now, {}, senses_of(found, day)),
    )
    alike = [
        Alike(key, (known[key], found[key]))
        for key, sense in sides[0].senses.items()
        if (other := sides[1].senses.get(key)) and sense and sense[0] == other[0]
    ]
    tell_apart(connection, alike, sides)
    was, became = (side.senses for side in sides)
    differing = [key for key in was | became if was.get(key) != became.get(key)]
    for side, read_there in zip(sides, (known, found), strict=True):
        side.cells.update((key, read_there[key]) for key in differing if key in side.senses)
    return sides


def _enders(connection: Connection, gone: Mapping[Key, Cell], *, day: int) -> dict[Key, str]:
    """Return the ids of the events that ended the cells of *gone* by *day*."""
    last: dict[Key, int] = {}
    for key, cell in gone.items():
        last_of = cell.posts[0] if cell.attribute is ROLES and cell.posts else cell
        ending = candidates((one for one in last_of.facts if not one.is_set_aside), day)
        if ending:
            last[key] = ending[0].id // PER_EVENT
    ids = addresses(connection, set(last.values()))
    return {key: ids[position] for key, position in last.items()}


def _told(
    connection: Connection,
    keys: Sequence[Key],
    before: Side,
    after: Side,
    ended_by: Mapping[Key, str] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """Return the changes at *keys* in words."""
    if not keys:
        return ()
    left, right = (_rows(connection, side, keys) for side in (before, after))
    return tuple(
        _change(
            (left.get(key), right.get(key)), ended_by.get(key, ""), turned_to(before, after, key)
        )
        for key in keys
    )


def _rows(connection: Connection, side: Side, keys: Iterable[Key]) -> dict[Key, StateRow]:
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
