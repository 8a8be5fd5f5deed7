"""compare: what the world changed between two days, apart from what the archive learned.

What differs is found in keys, and only what is told of it is put into words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.cells import Cell, cells_on, held_in
from archive.queries.held.phrasing import StateRow, state_rows
from archive.queries.held.standing import Held, Standing, candidates
from archive.queries.held.telling import addresses
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
    """What began, ended and changed in the world, and what the archive only learned.

    ``untold`` says of each of these by its name how many more there are than were asked for.
    """

    left: AsOf
    right: AsOf
    added: tuple[Change, ...]
    ended: tuple[Change, ...]
    changed: tuple[Change, ...]
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
    """One of two states: its day, what it stands on, and what the cells looked at hold."""

    day: int
    ground: Ground
    held: Mapping[_Key, tuple[Cell, Held]]


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
    before, after, cells = _in_the_world(connection, days, now, among)
    keys = _differing(before, after)
    added = [key for key in keys if key not in before.held]
    ended = [key for key in keys if key not in after.held]
    changed = [key for key in keys if key in before.held and key in after.held]
    by = _enders(connection, cells, ended[:limit], day=days[1])
    then = now if left.known == right.known else ground(connection, known=left.known)
    was, became = _learned(connection, days[0], then, now, among)
    learned = _differing(was, became)
    told = {"added": added, "ended": ended, "changed": changed, "learned": learned}
    return Comparison(
        left,
        right,
        _told(connection, added[:limit], before, after),
        _told(connection, ended[:limit], before, after, by),
        _told(connection, changed[:limit], before, after),
        _told(connection, learned[:limit], was, became),
        _untold(told, limit),
    )


def _untold(found: Mapping[str, Sequence[_Key]], limit: int | None) -> dict[str, int]:
    if limit is None:
        return {}
    return {name: len(some) - limit for name, some in found.items() if len(some) > limit}


def _in_the_world(
    connection: Connection, days: tuple[int, int], now: Ground, among: Compared
) -> tuple[_Side, _Side, Sequence[Cell]]:
    both = (min(days), max(days))
    touched = sorted(touched_between(connection, both, ground=now))
    read = cells_on(
        connection,
        ground=now,
        days=both,
        cell_ids=touched,
        entity_type=among.entity_type,
        with_kinds=False,
    )
    kept = [cell for cell in read if among.is_meant(cell)]
    first, last = (_Side(day, now, _held(kept, day)) for day in days)
    return first, last, kept


def _learned(
    connection: Connection, day: int, then: Ground, now: Ground, among: Compared
) -> tuple[_Side, _Side]:
    touched = sorted(touched_since(connection, then=then, now=now)) if then is not now else []
    read = partial(cells_on, connection, days=(day, day), cell_ids=touched, with_kinds=False)
    before, after = (
        _Side(day, one, _held(filter(among.is_meant, read(ground=one)), day))
        for one in (then, now)
    )
    return before, after


def _held(cells: Iterable[Cell], day: int) -> dict[_Key, tuple[Cell, Held]]:
    """Return what each of *cells* holds on *day*, by its place."""
    return {
        (cell.entity.id, cell.attribute.name, cell.member): (cell, answer)
        for cell in cells
        if (answer := held_in(cell, day))
    }


def _differing(before: _Side, after: _Side) -> list[_Key]:
    """Return the places where the values or how surely they hold differ, in order of names."""
    left, right = before.held, after.held
    keys = [
        key for key in {**left, **right} if _meaning(left.get(key)) != _meaning(right.get(key))
    ]
    entities = {key[0]: (left.get(key) or right[key])[0].entity for key in keys}
    return sorted(keys, key=lambda key: (entities[key[0]].names.en.casefold(), key[0]))


def _meaning(pair: tuple[Cell, Held] | None) -> tuple[object, Standing] | None:
    """Return the values that are shown, and how surely they hold; one value for itself."""
    if pair is None:
        return None
    answer = pair[1]
    shown = answer.candidates + answer.set_aside
    if len(shown) == 1:
        return shown[0].value or "", answer.standing
    values = frozenset([fact.value or "" for fact in shown])
    return next(iter(values)) if len(values) == 1 else values, answer.standing


def _enders(
    connection: Connection, cells: Sequence[Cell], gone: Iterable[_Key], *, day: int
) -> dict[_Key, str]:
    """Return the ids of the events that ended the cells of *gone* by *day*."""
    wanted = set(gone)
    last: dict[_Key, int] = {}
    for cell in cells if wanted else ():
        key = (cell.entity.id, cell.attribute.name, cell.member)
        if key not in wanted:
            continue
        ending = candidates((one for one in cell.facts if not one.is_set_aside), day)
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
        _change(right.get(key) or left[key], left.get(key), right.get(key), ended_by.get(key, ""))
        for key in keys
    )


def _rows(connection: Connection, side: _Side, keys: Iterable[_Key]) -> dict[_Key, StateRow]:
    """Return what is held at *keys* in words, where anything is."""
    there = [key for key in keys if key in side.held]
    answers = [side.held[key] for key in there]
    rows = state_rows(connection, answers, day=side.day, ground=side.ground)
    return dict(zip(there, rows, strict=True))


def _change(
    row: StateRow, before: StateRow | None, after: StateRow | None, ended_by: str
) -> Change:
    return Change(
        row.entity,
        row.attribute,
        row.attribute_label,
        row.member_words,
        _words(before),
        _words(after),
        ended_by or row.values[0].event_id,
        is_firmer=_keys(before) == _keys(after) and row.standing == Standing.CERTAIN,
    )


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
