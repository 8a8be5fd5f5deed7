"""compare: what the world changed between two days, apart from what the archive learned."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.cells import Cell, cells_on, held_in
from archive.queries.held.standing import Held, Standing, candidates
from archive.queries.held.states import StateRow, state_rows
from archive.queries.held.telling import Teller
from archive.queries.held.touching import touched_between, touched_since
from archive.queries.known.ground import Ground, ground


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
_Answer: TypeAlias = tuple[Cell, Held]


def _held(cells: Sequence[Cell], day: int) -> dict[_Key, _Answer]:
    """Return what each of *cells* holds on *day*, by its place."""
    return {
        (cell.entity.id, cell.attribute.name, cell.member): (cell, answer)
        for cell in cells
        if (answer := held_in(cell, day))
    }


def _differing(left: Mapping[_Key, _Answer], right: Mapping[_Key, _Answer]) -> list[_Key]:
    """Return the places where the values or how surely they hold differ."""
    return [key for key in {**left, **right} if _told(left.get(key)) != _told(right.get(key))]


def _told(pair: _Answer | None) -> tuple[frozenset[str], Standing] | None:
    if pair is None:
        return None
    _cell, answer = pair
    shown = (*answer.candidates, *answer.set_aside)
    return frozenset(fact.value or "" for fact in shown), answer.standing


def _rows(
    connection: Connection,
    answers: Mapping[_Key, _Answer],
    keys: Iterable[_Key],
    *,
    day: int,
    ground: Ground,
) -> dict[_Key, StateRow]:
    """Return what is held at *keys* in words, where anything is."""
    there = [key for key in keys if key in answers]
    rows = state_rows(connection, [answers[key] for key in there], day=day, ground=ground)
    return dict(zip(there, rows, strict=True))


def _ends(
    connection: Connection,
    cells: Sequence[Cell],
    gone: Collection[_Key],
    *,
    day: int,
    ground: Ground,
) -> dict[_Key, str]:
    """Return the ids of the events that ended the cells of *gone* by *day*."""
    last: dict[_Key, int] = {}
    for cell in cells:
        key = (cell.entity.id, cell.attribute.name, cell.member)
        if key not in gone:
            continue
        ending = candidates((one for one in cell.facts if not one.is_set_aside), day)
        if ending:
            last[key] = ending[0].id // PER_EVENT
    ids = Teller(connection, set(last.values()), ground=ground).ids if last else {}
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


def _changes(
    left: Mapping[_Key, StateRow],
    right: Mapping[_Key, StateRow],
    ends: Mapping[_Key, str] = MappingProxyType({}),
) -> list[Change]:
    found = []
    for key, row in {**left, **right}.items():
        before, after = left.get(key), right.get(key)
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
    learned is what differs on the left day between the two record positions. Only cells that
    something touched in between are looked at.
    """
    now = ground(connection, known=right.known)
    world = _in_the_world(connection, day_number(left.valid), day_number(right.valid), now)
    learned: list[Change] = []
    if left.known != right.known:
        then = ground(connection, known=left.known)
        learned = _learned(connection, day_number(left.valid), then=then, now=now)
    return Comparison(
        left,
        right,
        tuple(one for one in world if one.before is None),
        tuple(one for one in world if one.after is None),
        tuple(one for one in world if one.before and one.after),
        tuple(learned),
    )


def _in_the_world(connection: Connection, first: int, last: int, now: Ground) -> list[Change]:
    days = (min(first, last), max(first, last))
    touched = sorted(touched_between(connection, days, ground=now))
    cells = cells_on(connection, ground=now, days=days, cell_ids=touched)
    before, after = _held(cells, first), _held(cells, last)
    keys = _differing(before, after)
    gone = {key for key in keys if key not in after}
    return _changes(
        _rows(connection, before, keys, day=first, ground=now),
        _rows(connection, after, keys, day=last, ground=now),
        _ends(connection, cells, gone, day=last, ground=now),
    )


def _learned(connection: Connection, day: int, *, then: Ground, now: Ground) -> list[Change]:
    touched = sorted(touched_since(connection, then=then, now=now))
    before, after = (
        _held(cells_on(connection, ground=one, days=(day, day), cell_ids=touched), day)
        for one in (then, now)
    )
    keys = _differing(before, after)
    return _changes(
        _rows(connection, before, keys, day=day, ground=then),
        _rows(connection, after, keys, day=day, ground=now),
    )
