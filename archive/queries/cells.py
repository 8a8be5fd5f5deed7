"""The cells of the facts' read model, read for a question: every known fact, cell by cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, select

from archive.projections import PER_EVENT
from archive.projections.tables import (
    attributes,
    cells,
    disputes,
    fact_values,
    facts,
    occurrences,
)
from archive.queries.answers import EntityRef
from archive.queries.merging import homes, named_homes
from archive.queries.narrowing import family, is_known
from archive.queries.rows import entity_refs
from archive.queries.standing import Fact, Held, Standing, held, why_possible
from archive.queries.summing import summed
from archive.vocabulary import ENTITY_TYPES, KINDS, Assertion, Attribute, AttributeClass

_Place: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its facts as known: of whom, what, and for which member."""

    entity: EntityRef
    attribute: Attribute
    member: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Disputed:
    """Where each claim stands, by its root position, as known.

    ``open`` are in open dispute, ``preferred`` were; ``rivals`` gives for each of the others the
    claim that was preferred to it.
    """

    open: frozenset[int]
    preferred: frozenset[int]
    rivals: Mapping[int, int]


def _disputed(connection: Connection, known: int) -> _Disputed:
    """Return where each claim stands: its last settlement decides, until it is disputed again."""
    rows = connection.execute(select(disputes).where(disputes.c.position <= known)).all()
    opened = frozenset(row.root for row in rows if row.settled is None or row.settled > known)
    chosen = {row.settled: row.root for row in rows if row.chosen}
    settled = sorted((row for row in rows if row.root not in opened), key=lambda row: row.settled)
    last = {row.root: row.settled for row in settled}
    preferred = frozenset(root for root, when in last.items() if chosen.get(when) == root)
    rivals = {
        root: chosen[when]
        for root, when in last.items()
        if when in chosen and root not in preferred
    }
    return _Disputed(opened, preferred, rivals)


def read_cells(
    connection: Connection,
    *,
    known: int,
    entity: str = "",
    entity_type: str = "",
    attribute_names: Sequence[str] = (),
) -> list[Cell]:
    """Return the cells asked for, ordered by type and name of the entity, then the vocabulary.

    Merged entities answer under the one they were merged into, and are named so too. A claim is
    set aside only in the cells of which the claim preferred to it speaks as well.
    """
    query = (
        select(
            facts,
            cells.c.entity_id,
            cells.c.member,
            attributes.c.name.label("attribute"),
            attributes.c.entity_type,
            fact_values.c.value,
            occurrences.c.root,
            occurrences.c.kind,
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
    ends, named = homes(connection, known=known), named_homes(connection, known=known)
    grouped: defaultdict[_Place, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        home = ends.get(row.entity_id, row.entity_id)
        grouped[home, row.attribute, _member(row, named)].append(row)
    disputed = _disputed(connection, known)
    told = {place: _facts(rows, disputed, named) for place, rows in grouped.items()}
    return _in_order(connection, told, known)


def _member(row: Row[Any], named: Mapping[str, str]) -> str:
    if not named:
        return str(row.member)
    said_by, attribute = KINDS[row.kind], row.attribute
    return Assertion.at_home(row.member, kind=said_by, attribute=attribute, homes=named)


def _facts(rows: Sequence[Row[Any]], disputed: _Disputed, named: Mapping[str, str]) -> list[Fact]:
    speaking = {row.root for row in rows}
    return [
        Fact(
            row.id,
            row.lo,
            row.v,
            row.hi,
            named.get(row.value, row.value) if _names_entities(row) else row.value,
            row.number,
            row.root in disputed.open,
            row.root in disputed.preferred,
            disputed.rivals.get(row.root) in speaking,
            row.kind,
        )
        for row in rows
    ]


def _names_entities(row: Row[Any]) -> bool:
    attribute = ENTITY_TYPES[row.entity_type].attributes.get(row.attribute)
    return attribute is not None and attribute.value.widget == "entity"


def _in_order(
    connection: Connection, grouped: Mapping[_Place, Sequence[Fact]], known: int
) -> list[Cell]:
    refs = entity_refs(connection, {number for number, _name, _member in grouped}, known=known)
    found = [
        Cell(
            refs[number],
            ENTITY_TYPES[refs[number].type].attributes[attribute],
            member,
            tuple(sorted(said, key=lambda fact: (fact.v, fact.hi, fact.id))),
        )
        for (number, attribute, member), said in grouped.items()
        if attribute in ENTITY_TYPES[refs[number].type].attributes
    ]
    return sorted(found, key=_order)


def _order(cell: Cell) -> tuple[str, str, int, str]:
    known = list(ENTITY_TYPES[cell.entity.type].attributes)
    return (
        cell.entity.names.en.casefold(),
        cell.entity.id,
        known.index(cell.attribute.name),
        cell.member,
    )


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
