"""The cells of the facts' read model, read for a question: whole, or as far as matters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import msgspec
from sqlalchemy import Connection, select

from archive.projections import PER_EVENT
from archive.projections.entities import place_of
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.answers import EntityRef
from archive.queries.held.seeking import of_fact, sought
from archive.queries.held.standing import Fact, Held, Standing, held
from archive.queries.held.summing import summed
from archive.queries.known.ground import Ground, ground
from archive.queries.known.narrowing import family, is_known
from archive.queries.known.rows import entity_refs
from archive.vocabulary import ENTITY_TYPES, KINDS, Assertion, Attribute, AttributeClass

# A row as ``sought`` yields it.
_Line: TypeAlias = Sequence[Any]
_Place: TypeAlias = tuple[int, str, str]


class Cell(msgspec.Struct, frozen=True, gc=False):
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
            cells.c.id,
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
    rows: Iterable[_Line],
    ground: Ground,
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
) -> list[Cell]:
    grouped: defaultdict[_Place, list[_Line]] = defaultdict(list)
    homes, named = ground.homes, ground.named
    for row in rows:
        _cell, number, member, _type, attribute, *_fact, kind, _precision = row
        if named:
            member = Assertion.at_home(member, kind=KINDS[kind], attribute=attribute, homes=named)
        grouped[homes.get(number, number), attribute, member].append(row)
    missing = {number for number, _name, _member in grouped}.difference(refs)
    found = {**refs}
    if missing:
        found |= entity_refs(connection, missing, known=ground.known, is_newest=ground.is_newest)
    places = {number: place_of(one.names.en, one.id) for number, one in found.items()}
    read = []
    for (number, name, member), said in grouped.items():
        entity = found[number]
        if attribute := ENTITY_TYPES[entity.type].attributes.get(name):
            cell = Cell(entity, attribute, member, _facts(said, ground, attribute))
            read.append((places[number], _PLACES[entity.type, name], member, cell))
    read.sort()
    return [cell for _entity, _attribute, _member, cell in read]


def _facts(rows: Sequence[_Line], ground: Ground, attribute: Attribute) -> tuple[Fact, ...]:
    disputed, rivals = ground.disputed, ground.disputed.rivals
    speaking = {root for *_fact, root, _kind, _precision in rows} if rivals else frozenset()
    named = ground.named if attribute.value.widget == "entity" else {}
    said = [
        Fact(
            fact,
            lo,
            v,
            hi,
            named.get(value, value),
            number,
            root in disputed.open,
            root in disputed.preferred,
            bool(rivals) and rivals.get(root) in speaking,
            kind,
        )
        for *_cell, fact, lo, v, hi, number, _value, value, root, kind, _precision in rows
    ]
    if len(said) > 1:
        said.sort(key=_TURN)
    return tuple(said)


_TURN = attrgetter("v", "hi", "id")
_PLACES: Final = {
    (one.name, attribute): place
    for one in ENTITY_TYPES.values()
    for place, attribute in enumerate(one.attributes)
}


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
        is_disputed=is_disputed,
        is_changed_today=any(fact.lo == day == fact.hi for fact in begun),
        day=day,
        alive=tuple(begun),
        has_rivals=is_disputed,
    )
