"""Whose state a page shows: entities in the order of their names, or those that had a value.

A page of the state walks the entities by name and looks at each, until it is full. Where a
condition is met by few, walking would look at too many; then those are looked at, in the same
order, of whom the value was ever told. Which way is the shorter is found by counting what was
told, up to a limit. Either way whoever is shown was looked at, and so the answers are the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.languages import Words
from archive.projections.entities import DISPLAY, place_of
from archive.projections.tables import (
    attributes,
    cells,
    entities,
    entity_names,
    fact_values,
    facts,
)
from archive.queries.answers import EntityRef
from archive.queries.held.cells import cells_on, held_in
from archive.queries.held.mentioning import Condition, few_told, is_tellable, spelt_as
from archive.queries.known.asking import among, asked
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import entity_refs
from archive.storage import BIG

_AT_ONCE: Final = 100


class Candidate(NamedTuple):
    """An entity that a page may show, by its place in the order of names."""

    place: str
    number: int
    ref: EntityRef


@dataclass(frozen=True, slots=True)
class Crowd:
    """Among whom a page is chosen: the types wanted, the conditions to meet on a day."""

    ground: Ground
    day: int
    types: tuple[str, ...]
    where: tuple[Condition, ...]


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


def _walk(
    connection: Connection, crowd: Crowd, *, after: str, wanted: int
) -> Iterator[list[Candidate]]:
    """Yield the entities of the types by name; after the first half as many, then ever more.

    Where conditions are to be met, twice as many as are wanted are looked at first.
    """
    stands, size = crowd.ground, min(2 * wanted if crowd.where else wanted, _MOST)
    more = max(size // 2, _FEWEST)
    renamed = [] if stands.is_newest else _renamed_since(connection, crowd)
    otherwise = {one.number for one in renamed}
    tellable = [one for one in crowd.where if is_tellable(stands, one)]
    told = _told_by(stands, tellable) | {"homes": sorted(set(stands.homes.values()))}
    query = _by_name(len(crowd.types), len(tellable), on_server=is_server(connection))
    while True:
        types = {f"type_{n}": name for n, name in enumerate(crowd.types)}
        said = types | told | {"after": after, "known": stands.known, "size": size}
        rows = asked(connection, query, said)
        last = rows[-1][0] if len(rows) == size else None
        batch = [
            Candidate(place, number, EntityRef(slug, kind, Words(zh, en)))
            for place, number, slug, kind, zh, en in rows
            if number not in otherwise and number not in stands.homes
        ]
        batch += [one for one in renamed if after < one.place and (not last or one.place <= last)]
        yield sorted(batch)
        if last is None:
            return
        after, size, more = last, min(more, _MOST), 2 * more


def _told_by(stands: Ground, conditions: Sequence[Condition]) -> dict[str, object]:
    return {
        key: said
        for number, (attribute, value) in enumerate(conditions)
        for key, said in (
            (f"name_{number}", attribute),
            (f"spelt_{number}", spelt_as(stands, value)),
        )
    }


@cache
def _by_name(types: int, conditions: int, *, on_server: bool) -> Select[Any] | CompoundSelect[Any]:
    """Return the query for entities in order, of whom all of some conditions were ever told.

    So most of whom a condition leaves out are not looked at. Of whom others were merged into,
    nothing is demanded here.
    """
    after, known = given("after", type_=Text), given("known", type_=BIG)
    size = given("size", type_=Integer)
    one = entities.c
    parts = [
        select(one.place, one.id, one.slug, one.type, one.name_zh, one.name_en)
        .where(
            entities.c.type == given(f"type_{number}"),
            entities.c.place > after,
            entities.c.position <= known,
            *(_was_told(at, on_server=on_server) for at in range(conditions)),
        )
        .order_by(entities.c.place)
        .limit(size)
        for number in range(types)
    ]
    if types == 1:
        return parts[0]
    each = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(each).order_by(each.c.place).limit(size)


def _was_told(number: int, *, on_server: bool) -> ColumnElement[bool]:
    """Return the condition that an entity, or one merged into it, may have been told a value."""
    spelt = partial(among, name=f"spelt_{number}", on_server=on_server)
    named = select(attributes.c.id).where(attributes.c.name == given(f"name_{number}", type_=Text))
    values = select(fact_values.c.id).where(spelt(fact_values.c.value))
    told = (
        select(literal(1))
        .select_from(cells)
        .join(facts, facts.c.cell_id == cells.c.id)
        .where(
            cells.c.entity_id == entities.c.id,
            cells.c.attribute_id.in_(named),
            or_(spelt(cells.c.member), facts.c.value_id.in_(values)),
        )
        .limit(1)
        .correlate(entities)
    )
    # A scalar, not EXISTS: beside an OR a server would read all cells into a hash first.
    return or_(
        told.scalar_subquery().is_not(None), among(entities.c.id, "homes", on_server=on_server)
    )


def _renamed_since(connection: Connection, crowd: Crowd) -> list[Candidate]:
    """Return the entities of the types that were called otherwise then, by their names then."""
    known = crowd.ground.known
    later = or_(entity_names.c.position > known, entity_names.c.gone > known)
    numbers = connection.scalars(
        select(entity_names.c.entity_id)
        .distinct()
        .join(entities, entities.c.id == entity_names.c.entity_id)
        .where(entity_names.c.kind == DISPLAY, later, entities.c.position <= known)
        .where(entities.c.type.in_(crowd.types))
    )
    return _placed(connection, crowd, list(numbers))


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
    left = [one for one in placed if one.place > after]
    for start in range(0, len(left), _AT_ONCE):
        yield left[start : start + _AT_ONCE]
