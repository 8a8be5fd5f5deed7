"""compare: what the world changed between two days, apart from what the archive learned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.cells import Cell, held_in, read_cells
from archive.queries.standing import candidates
from archive.queries.states import StateRow, state_rows
from archive.queries.telling import Teller


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs; None stands for nothing held. ``event_id`` is what made it so.

    ``is_firmer`` tells that the same values were only possible before and are certain after.
    """

    entity: EntityRef
    attribute: str
    attribute_label: Words
    member_words: Words
    before: Words | None
    after: Words | None
    event_id: str
    is_firmer: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What began, ended and changed in the world, and what the archive only learned."""

    left: AsOf
    right: AsOf
    added: tuple[Change, ...]
    ended: tuple[Change, ...]
    changed: tuple[Change, ...]
    learned: tuple[Change, ...]


_Key: TypeAlias = tuple[str, str, str]


def _rows(connection: Connection, cells: Sequence[Cell], as_of: AsOf) -> dict[_Key, StateRow]:
    day = day_number(as_of.valid)
    answers = [(cell, answer) for cell in cells if (answer := held_in(cell, day))]
    rows = state_rows(connection, answers, day=day, known=as_of.known)
    return {(row.entity.id, row.attribute, row.member): row for row in rows}


def _ends(
    connection: Connection, cells: Sequence[Cell], as_of: AsOf, gone: Collection[_Key]
) -> dict[_Key, str]:
    """Return the ids of the events that ended the cells of *gone* by *day*."""
    last: dict[_Key, int] = {}
    day = day_number(as_of.valid)
    for cell in cells:
        key = (cell.entity.id, cell.attribute.name, cell.member)
        ending = candidates((one for one in cell.facts if not one.is_set_aside), day)
        if key in gone and ending:
            last[key] = ending[0].id // PER_EVENT
    ids = Teller(connection, set(last.values()), known=as_of.known).ids
    return {key: ids[position] for key, position in last.items()}


def _words(row: StateRow | None) -> Words | None:
    if row is None:
        return None
    mark = Words("（可能）", " (possible)") if row.standing == "possible" else Words("", "")
    return Words(
        " / ".join(value.words.zh for value in row.values) + mark.zh,
        " / ".join(value.words.en for value in row.values) + mark.en,
    )


def _keys(row: StateRow | None) -> set[str]:
    return {value.key for value in row.values} if row else set()


def _same(one: StateRow | None, other: StateRow | None) -> bool:
    if one is None or other is None:
        return one is other
    return _keys(one) == _keys(other) and one.standing == other.standing


def _changes(
    left: Mapping[_Key, StateRow],
    right: Mapping[_Key, StateRow],
    ends: Mapping[_Key, str] = MappingProxyType({}),
) -> list[Change]:
    found = []
    for key, row in {**left, **right}.items():
        before, after = left.get(key), right.get(key)
        if _same(before, after):
            continue
        found.append(
            Change(
                row.entity,
                row.attribute,
                row.attribute_label,
                row.member_words,
                _words(before),
                _words(after),
                ends.get(key, row.values[0].event_id),
                is_firmer=_keys(before) == _keys(after) and row.standing == "certain",
            )
        )
    return sorted(found, key=lambda one: (one.entity.names.en.casefold(), one.entity.id))


def compare(connection: Connection, *, left: AsOf, right: AsOf) -> Comparison:
    """Return what differs between two states.

    The world's changes are those between the two days as known at the right; what the archive
    learned is what differs on the left day between the two record positions.
    """
    cells = read_cells(connection, known=right.known)
    earlier = AsOf(left.valid, right.known)
    before, after = _rows(connection, cells, earlier), _rows(connection, cells, right)
    gone = set(before) - set(after)
    world = _changes(before, after, _ends(connection, cells, right, gone) if gone else {})
    learned: list[Change] = []
    if left.known != right.known:
        then = _rows(connection, read_cells(connection, known=left.known), left)
        learned = _changes(then, before)
    return Comparison(
        left,
        right,
        tuple(one for one in world if one.before is None),
        tuple(one for one in world if one.after is None),
        tuple(one for one in world if one.before and one.after),
        tuple(learned),
    )
