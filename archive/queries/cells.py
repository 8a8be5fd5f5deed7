"""The cells of the facts' read model, read for a question: every known fact, cell by cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from archive.projections import PER_EVENT
from archive.projections.tables import (
    attributes,
    cells,
    disputes,
    entities,
    entity_merges,
    fact_values,
    facts,
    occurrences,
)
from archive.queries.answers import EntityRef
from archive.queries.narrowing import family, is_known
from archive.queries.rows import entity_ref
from archive.queries.standing import Fact, Held, Standing, held
from archive.storage import chunks
from archive.vocabulary import ENTITY_TYPES, Attribute, AttributeClass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its facts as known: of whom, what, and for which member."""

    entity: EntityRef
    attribute: Attribute
    member: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Disputed:
    """The root positions in open dispute, preferred, and set aside, as known."""

    open: frozenset[int]
    preferred: frozenset[int]
    aside: frozenset[int]


def _disputed(connection: Connection, known: int) -> _Disputed:
    """Return where each claim stands: its last settlement decides, until it is disputed again."""
    rows = connection.execute(select(disputes).where(disputes.c.position <= known)).all()
    opened = frozenset(row.root for row in rows if row.settled is None or row.settled > known)
    settled = sorted((row for row in rows if row.root not in opened), key=lambda row: row.settled)
    last = {row.root: bool(row.chosen) for row in settled}
    preferred = frozenset(root for root, is_chosen in last.items() if is_chosen)
    return _Disputed(opened, preferred, frozenset(last) - preferred)


def _homes(connection: Connection, known: int) -> dict[int, int]:
    """Return where each merged entity has gone, followed to the end of its chain."""
    rows = connection.execute(
        select(entity_merges.c.from_id, entity_merges.c.into_id)
        .where(is_known(entity_merges.c.position, entity_merges.c.gone, known))
        .order_by(entity_merges.c.position)
    )
    into = {row.from_id: row.into_id for row in rows}

    def end(number: int) -> int:
        seen = {number}
        while number in into and into[number] not in seen:
            number = into[number]
            seen.add(number)
        return number

    return {number: end(number) for number in into}


def read_cells(
    connection: Connection,
    *,
    known: int,
    entity: str = "",
    entity_type: str = "",
    attribute_names: Sequence[str] = (),
) -> list[Cell]:
    """Return the cells asked for, ordered by type and name of the entity, then the vocabulary.

    Merged entities answer under the one they were merged into.
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
    homes, disputed = _homes(connection, known), _disputed(connection, known)
    grouped: defaultdict[tuple[int, str, str], list[Fact]] = defaultdict(list)
    for row in connection.execute(query):
        home = homes.get(row.entity_id, row.entity_id)
        fact = Fact(
            row.id,
            row.lo,
            row.v,
            row.hi,
            row.value,
            row.number,
            row.root in disputed.open,
            row.root in disputed.preferred,
            row.root in disputed.aside,
            row.kind,
        )
        grouped[home, row.attribute, row.member].append(fact)
    return _in_order(connection, grouped)


def _in_order(
    connection: Connection, grouped: Mapping[tuple[int, str, str], list[Fact]]
) -> list[Cell]:
    numbers = {number for number, _attribute, _member in grouped}
    refs = {
        row.id: entity_ref(row)
        for some in chunks(numbers)
        for row in connection.execute(select(entities).where(entities.c.id.in_(some)))
    }
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
    return sorted(found, key=_place)


def _place(cell: Cell) -> tuple[str, str, int, str]:
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
    """Return the sums of what was said, by currency; certain when all has surely begun."""
    begun = [fact for fact in cell.facts if fact.lo <= day and not fact.is_set_aside]
    by_unit: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in begun:
        _number, _blank, unit = (fact.value or "").rpartition(" ")
        by_unit[unit].append(fact)
    sums = tuple(_sum(said, unit) for unit, said in sorted(by_unit.items()))
    if not sums:
        return None
    certain = all(fact.hi <= day for fact in begun)
    return Held(
        candidates=sums,
        set_aside=(),
        standing=Standing.CERTAIN if certain else Standing.POSSIBLE,
        reason=None,
        is_disputed=any(fact.is_disputed for fact in begun),
        is_changed_today=any(fact.lo == day == fact.hi for fact in begun),
    )


def _sum(said: Sequence[Fact], unit: str) -> Fact:
    total = sum((Decimal(str(fact.number or 0)) for fact in said), Decimal(0))
    is_exact = all(
        (fact.value or "")[:1].isdigit() and ".." not in (fact.value or "") for fact in said
    )
    newest = max(said, key=lambda fact: (fact.v, fact.hi, fact.id))
    plain = format(total.normalize(), "f")
    value = f"{plain} {unit}" if is_exact else f">={plain} {unit}"
    return Fact(newest.id, newest.lo, newest.v, newest.hi, value, float(total))
