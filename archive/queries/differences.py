"""compare: what the world changed between two days, apart from what the archive learned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.cells import held_in, read_cells
from archive.queries.states import StateRow, state_rows


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs; None stands for nothing held. ``event_id`` is what made it so."""

    entity: EntityRef
    attribute: str
    attribute_label: Words
    member_words: Words
    before: Words | None
    after: Words | None
    event_id: str


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


def _rows(connection: Connection, as_of: AsOf) -> dict[_Key, StateRow]:
    day = day_number(as_of.valid)
    read = read_cells(connection, known=as_of.known)
    answers = [(cell, answer) for cell in read if (answer := held_in(cell, day))]
    rows = state_rows(connection, answers, day=day)
    return {(row.entity.id, row.attribute, row.member): row for row in rows}


def _words(row: StateRow | None) -> Words | None:
    if row is None:
        return None
    mark = Words("（可能）", " (possible)") if row.standing == "possible" else Words("", "")
    return Words(
        " / ".join(value.words.zh for value in row.values) + mark.zh,
        " / ".join(value.words.en for value in row.values) + mark.en,
    )


def _same(one: StateRow | None, other: StateRow | None) -> bool:
    if one is None or other is None:
        return one is other
    keys = [{value.key for value in row.values} for row in (one, other)]
    return keys[0] == keys[1] and one.standing == other.standing


def _changes(left: Mapping[_Key, StateRow], right: Mapping[_Key, StateRow]) -> list[Change]:
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
                row.values[0].event_id,
            )
        )
    return sorted(found, key=lambda one: (one.entity.names.en.casefold(), one.entity.id))


def compare(connection: Connection, *, left: AsOf, right: AsOf) -> Comparison:
    """Return what differs between two states.

    The world's changes are those between the two days as known at the right; what the archive
    learned is what differs on the left day between the two record positions.
    """
    now_left = AsOf(left.valid, right.known)
    before, after = _rows(connection, now_left), _rows(connection, right)
    world = _changes(before, after)
    learned: list[Change] = []
    if left.known != right.known:
        learned = _changes(_rows(connection, left), before)
    return Comparison(
        left,
        right,
        tuple(one for one in world if one.before is None),
        tuple(one for one in world if one.after is None),
        tuple(one for one in world if one.before and one.after),
        tuple(learned),
    )
