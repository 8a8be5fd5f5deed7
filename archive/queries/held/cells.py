"""The cells of the facts' read model, read for a question: whole, or as far as matters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, select

from archive.projections import PER_EVENT
from archive.projections.entities import place_of
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.answers import EntityRef
from archive.queries.held.seeking import of_fact, sought
from archive.queries.held.standing import Fact, Held, Standing, held, why_possible
from archive.queries.held.summing import summed
from archive.queries.known.ground import Ground, ground
from archive.queries.known.narrowing import family, is_known
from archive.queries.known.rows import entity_refs
from archive.vocabulary import ENTITY_TYPES, KINDS, Assertion, Attribute, AttributeClass

_Place: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its facts as known: of whom, what, and for which member."""

    entity: EntityRef
    attribute: Attribute
    member: str
    facts: tuple[Fact, ...]


def read_cells(
    connection: Connection,
    *,
    known: int,
    entity: str = "",
    entity_type: str = "",
    attribute_names: Sequence[str] = (),
) -> list[Cell]:
    """Return the cells asked for with every fact known, whatever its day, in order.

    The order is that of the names of the entities, then that of the vocabulary. Merged entities
    answer under the one they were merged into, and are named so too. A claim is set aside only in
    the cells of which the claim preferred to it speaks as well.
    """
    stands = ground(connection, known=known)
    query = (
        select(
            cells.c.entity_id,
            cells.c.member,
            attributes.c.entity_type,
            attributes.c.name.label("attribute"),
            *of_fact(facts),
        )
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .join(occurrences, occurrences.c.position == facts.c.id // PER_EVENT)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(is_known(facts.c.id // PER_EVENT, facts.c.gone, known))
    )
    if entity:
        query = query.where(cells.c.entity_id.in_(family(connection, entity, known=known)))
    if entity_type:
        query = query.where(attributes.c.entity_type == entity_type)
    if attribute_names:
        query = query.where(attributes.c.name.in_(attribute_names))
    return _cells(connection, connection.execute(query), stands)


def cells_on(
    connection: Connection,
    *,
    ground: Ground,
    days: tuple[int, int],
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
    **scope: Any,
) -> list[Cell]:
    """Return the cells of *scope*, as ``sought`` takes it, with the facts that matter on *days*.

    The order is that of ``read_cells``; *refs* are the entities that are known already.
    """
    return _cells(connection, sought(connection, ground=ground, days=days, **scope), ground, refs)


def _cells(
    connection: Connection,
    rows: Iterable[Row[Any]],
    ground: Ground,
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
) -> list[Cell]:
    grouped: defaultdict[_Place, list[Row[Any]]] = defaultdict(list)
    homes, named = ground.homes, ground.named
    for row in rows:
        home = homes.get(row.entity_id, row.entity_id)
        grouped[home, row.attribute, _member(row, named)].append(row)
    missing = {number for number, _name, _member in grouped}.difference(refs)
    found = {**refs}
    if missing:
        found |= entity_refs(connection, missing, known=ground.known, is_newest=ground.is_newest)
    read = [
        Cell(found[number], attribute, member, _facts(said, ground, attribute))
        for (number, name, member), said in grouped.items()
        if (attribute := ENTITY_TYPES[found[number].type].attributes.get(name))
    ]
    return sorted(read, key=_order)


def _member(row: Row[Any], named: Mapping[str, str]) -> str:
    if not named:
        return str(row.member)
    said_by, attribute = KINDS[row.kind], row.attribute
    return Assertion.at_home(row.member, kind=said_by, attribute=attribute, homes=named)


def _facts(rows: Sequence[Row[Any]], ground: Ground, attribute: Attribute) -> tuple[Fact, ...]:
    speaking, disputed = {row.root for row in rows}, ground.disputed
    named = ground.named if attribute.value.widget == "entity" else {}
    said = [
        Fact(
            row.fact,
            row.lo,
            row.v,
            row.hi,
            named.get(row.value, row.value),
            row.number,
            row.root in disputed.open,
            row.root in disputed.preferred,
            disputed.rivals.get(row.root) in speaking,
            row.kind,
        )
        for row in rows
    ]
    return tuple(sorted(said, key=_TURN))


_TURN = attrgetter("v", "hi", "id")
_PLACES: Final = {
    (one.name, attribute): place
    for one in ENTITY_TYPES.values()
    for place, attribute in enumerate(one.attributes)
}


def _order(cell: Cell) -> tuple[str, int, str]:
    entity = cell.entity
    place = _PLACES[entity.type, cell.attribute.name]
    return (place_of(entity.names.en, entity.id), place, cell.member)


def held_in(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds on *day* by its attribute's class, or None."""
    if cell.attribute.attribute_class is AttributeClass.SUM:
        return _summed(cell, day)
    return held(cell.facts, day, steps=steps_of(cell.attribute))


def steps_of(attribute: Attribute) -> Mapping[str, int]:
    """Return the order in which the values of a phase follow each other."""
    if attribute.attribute_class is not AttributeClass.PHASE:
        return {}
    options = getattr(attribute.value, "options", {})
    return {name: number for number, name in enumerate(options)}


def _summed(cell: Cell, day: int) -> Held | None:
    """Return the sums of what was said, by currency.

    Certain when all has surely begun, and nothing in it is disputed or told twice.
    """
    begun = [fact for fact in cell.facts if fact.lo <= day and not fact.is_set_aside]
    by_unit: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in begun:
        _number, _blank, unit = (fact.value or "").rpartition(" ")
        by_unit[unit].append(fact)
    if not by_unit:
        return None
    told = [summed(said, cell.attribute.value) for _unit, said in sorted(by_unit.items())]
    is_disputed = any(one.is_disputed for one in told)
    certain = not is_disputed and all(fact.hi <= day for fact in begun)
    return Held(
        candidates=tuple(told),
        set_aside=(),
        standing=Standing.CERTAIN if certain else Standing.POSSIBLE,
        reason=None if certain else why_possible(begun, day, rivals=is_disputed),
        is_disputed=is_disputed,
        is_changed_today=any(fact.lo == day == fact.hi for fact in begun),
    )
