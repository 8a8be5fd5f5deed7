"""Whose state a page shows: entities in the order of their names, or those that had a value.

A page of the state walks the entities by name and looks at each, until it is full. Where a
condition is met by few, walking would look at too many; then those are looked at, in the same
order, of whom the value was ever told. Which way is the shorter is found by counting what was
told, up to a limit. Either way whoever is shown was looked at, and so the answers are the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection

from archive.languages import Words
from archive.projections.entities import place_of
from archive.queries.answers import EntityRef
from archive.queries.held.answering import held_in
from archive.queries.held.cells import cells_on
from archive.queries.held.mentioning import Condition, few_told, is_tellable, is_vacancy
from archive.queries.held.walking import by_name, renamed, told_by
from archive.queries.known.asking import asked
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import entity_refs

_AT_ONCE: Final = 100


class Candidate(NamedTuple):
    """An entity that a page may show, by its place in the order of names."""

    place: str
    number: int
    ref: EntityRef


@dataclass(frozen=True, slots=True)
class Crowd:
    """Among whom a page is chosen: the types wanted, the conditions to meet on a day.

    ``is_falling`` turns the order of names about.
    """

    ground: Ground
    day: int
    types: tuple[str, ...]
    where: tuple[Condition, ...]
    is_falling: bool = False

    def is_after(self, place: str, start: str) -> bool:
        """Tell whether *place* comes after *start* in the order; all do after an empty one."""
        return not start or (place < start if self.is_falling else place > start)


def place_in_order(ref: EntityRef) -> str:
    """Return by what the order of entities goes."""
    return place_of(ref.names.en, ref.id)


def in_order(
    connection: Connection, crowd: Crowd, *, after: str, wanted: int
) -> Iterator[list[Candidate]]:
    """Yield, batch by batch, the entities after the place *after* that meet the conditions.

    *wanted* is how many are likely to be asked for: it only decides how many are looked at once.
    """
    if not crowd.types:
        return
    told = few_told(connection, crowd.ground, crowd.where) if crowd.where else None
    batches = (
        _walk(connection, crowd, after=after, wanted=wanted)
        if told is None
        else _listed(connection, crowd, told, after=after)
    )
    for batch in batches:
        yield _meeting(connection, crowd, batch)


def meeting(
    connection: Connection, crowd: Crowd, refs: dict[int, EntityRef]
) -> dict[int, EntityRef]:
    """Return those of *refs*, each at home, that hold each of the conditions."""
    left, stands = refs, crowd.ground
    by_id = {ref.id: number for number, ref in refs.items()}
    for attribute, value in crowd.where:
        if not left:
            break
        meant = {value, stands.named.get(value, value)}
        looked_at = cells_on(
            connection,
            ground=stands,
            days=(crowd.day, crowd.day),
            refs=left,
            entities=stands.family(left),
            attribute_names=[attribute],
            with_kinds=False,
        )
        holding = {
            by_id[cell.entity.id]
            for cell in looked_at
            if (answer := held_in(cell, crowd.day))
            and meant & {cell.member, *(fact.value for fact in answer.candidates)}
        }
        left = {number: ref for number, ref in left.items() if number in holding}
    return left


def _meeting(connection: Connection, crowd: Crowd, batch: Sequence[Candidate]) -> list[Candidate]:
    if not crowd.where:
        return list(batch)
    kept = meeting(connection, crowd, {one.number: one.ref for one in batch})
    return [one for one in batch if one.number in kept]


# --- by name ------------------------------------------------------------------------------------

_FEWEST, _MOST = 20, 500
# No name begins with it, and none comes after it.
_BEHIND_ALL: Final = "\U0010ffff"


def _walk(
    connection: Connection, crowd: Crowd, *, after: str, wanted: int
) -> Iterator[list[Candidate]]:
    """Yield the entities of the types by name; after the first half as many, then ever more.

    Where conditions are to be met, twice as many as are wanted are looked at first.
    """
    stands, size = crowd.ground, min(2 * wanted if crowd.where else wanted, _MOST)
    more = max(size // 2, _FEWEST)
    anew = [] if stands.is_newest else _renamed_since(connection, crowd)
    otherwise = {one.number for one in anew}
    tellable = [one for one in crowd.where if is_tellable(stands, one)]
    told = told_by(stands, tellable) | {"homes": sorted(set(stands.homes.values()))}
    query = by_name(
        len(crowd.types),
        tuple(is_vacancy(one) for one in tellable),
        is_falling=crowd.is_falling,
        on_server=is_server(connection),
    )
    while True:
        types = {f"type_{n}": name for n, name in enumerate(crowd.types)}
        start = after or (_BEHIND_ALL if crowd.is_falling else "")
        said = types | told | {"after": start, "known": stands.known, "size": size}
        rows = asked(connection, query, said)
        last = rows[-1][0] if len(rows) == size else None
        batch = [
            Candidate(place, number, EntityRef(slug, kind, Words(zh, en)))
            for place, number, slug, kind, zh, en in rows
            if number not in otherwise and number not in stands.homes
        ]
        batch += [
            one
            for one in anew
            if crowd.is_after(one.place, after) and not (last and crowd.is_after(one.place, last))
        ]
        yield sorted(batch, reverse=crowd.is_falling)
        if last is None:
            return
        after, size, more = last, min(more, _MOST), 2 * more


def _renamed_since(connection: Connection, crowd: Crowd) -> list[Candidate]:
    """Return the entities of the types that were called otherwise then, by their names then."""
    said = {"known": crowd.ground.known, "types": list(crowd.types)}
    found = asked(connection, renamed(on_server=is_server(connection)), said)
    return _placed(connection, crowd, [number for (number,) in found])


def _placed(connection: Connection, crowd: Crowd, numbers: Sequence[int]) -> list[Candidate]:
    """Return the entities of *numbers* that have a home of their own and a type wanted."""
    stands = crowd.ground
    refs = entity_refs(connection, numbers, known=stands.known, is_newest=stands.is_newest)
    return sorted(
        Candidate(place_in_order(ref), number, ref)
        for number, ref in refs.items()
        if ref.type in crowd.types and number not in stands.homes
    )


# --- by what was said ---------------------------------------------------------------------------


def _listed(
    connection: Connection, crowd: Crowd, numbers: Sequence[int], *, after: str
) -> Iterator[list[Candidate]]:
    """Yield the entities of *numbers*, each at home, in order."""
    at_home = {crowd.ground.homes.get(number, number) for number in numbers}
    placed = _placed(connection, crowd, sorted(at_home))
    following = reversed(placed) if crowd.is_falling else placed
    left = [one for one in following if crowd.is_after(one.place, after)]
    for start in range(0, len(left), _AT_ONCE):
        yield left[start : start + _AT_ONCE]
