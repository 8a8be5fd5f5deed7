"""The cells of the facts' read model, read for a question: whole, or as far as matters."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, select

from archive.projections import PER_EVENT
from archive.projections.entities import place_of
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.answers import EntityRef
from archive.queries.held.ending import of_fact
from archive.queries.held.seeking import sought
from archive.queries.held.standing import Fact, Held, Standing, held, held_alone
from archive.queries.held.summing import summed
from archive.queries.known.asking import Line, among, asked
from archive.queries.known.ground import Ground, ground
from archive.queries.known.merging import JOINT
from archive.queries.known.narrowing import family, is_known
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import entity_refs
from archive.vocabulary import ENTITY_TYPES, KINDS, Assertion, Attribute, AttributeClass

# Where a line has what, as ``sought`` gives it.
_NUMBER, _NAME, _MEMBER, _FACT, _LO, _V, _HI = range(1, 8)


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
            attributes.c.name.label("attribute"),
            cells.c.member,
            *of_fact(facts),
        )
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(is_known(facts.c.id // PER_EVENT, facts.c.gone, known))
    )
    if entity:
        query = query.where(cells.c.entity_id.in_(family(connection, entity, known=known)))
    if entity_type:
        query = query.where(attributes.c.entity_type == entity_type)
    if attribute_names:
        query = query.where(attributes.c.name.in_(attribute_names))
    lines = [tuple(row) for row in connection.execute(query)]
    return _cells(connection, lines, stands)


def cells_on(
    connection: Connection,
    *,
    ground: Ground,
    days: tuple[int, int],
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
    with_kinds: bool = True,
    **scope: Any,
) -> list[Cell]:
    """Return the cells of *scope*, as ``sought`` takes it, with the facts that matter on *days*.

    The order is that of ``read_cells``; *refs* are the entities that are known already. Without
    *with_kinds* a fact tells the kind of its event only where what is held depends on it.
    """
    lines = sought(connection, ground=ground, days=days, **scope)
    return _cells(connection, lines, ground, refs, with_kinds=with_kinds)


def _cells(
    connection: Connection,
    lines: list[Line],
    ground: Ground,
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
    *,
    with_kinds: bool = True,
) -> list[Cell]:
    by_cell: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_cell[line[0]].append(line)
    groups: Collection[list[Line]] = by_cell.values()
    if ground.homes:
        groups = _at_home(connection, groups, ground)
    kinds = _kinds(connection, lines if with_kinds else _alike(groups))
    missing = {some[0][_NUMBER] for some in groups}.difference(refs)
    found = dict(refs)
    if missing:
        found |= entity_refs(connection, missing, known=ground.known, is_newest=ground.is_newest)
    places = {number: place_of(one.names.en, one.id) for number, one in found.items()}
    is_plain = not (ground.disputed.versions or ground.named)
    read = []
    for some in groups:
        _cell, number, name, member, *_fact = some[0]
        entity = found[number]
        known = _ATTRIBUTES.get((entity.type, name))
        if known is None:
            continue
        turn, attribute = known
        if len(some) > 1:
            some.sort(key=_TURN)
        is_simple = is_plain and not (kinds and (with_kinds or len(some) > 1))
        told = _plain(some) if is_simple else _facts(some, kinds, ground, attribute)
        read.append((places[number], turn, member, Cell(entity, attribute, member, told)))
    read.sort()
    return [cell for _entity, _attribute, _member, cell in read]


def _at_home(
    connection: Connection, groups: Collection[list[Line]], ground: Ground
) -> list[list[Line]]:
    """Return the lines of cells as of the entities that live on, in what they are of and name.

    Cells that a merge made one are one.
    """
    homes, named = ground.homes, ground.named
    moved = [some for some in groups if not named.keys().isdisjoint(_parts(some[0]))]
    kinds = _kinds(connection, chain.from_iterable(moved))
    at_home: defaultdict[tuple[int, str, str], list[Line]] = defaultdict(list)
    for some in groups:
        is_moved = not named.keys().isdisjoint(_parts(some[0]))
        for cell, number, name, member, *fact in some:
            spelt = member
            if is_moved:
                said = KINDS[kinds[fact[0] // PER_EVENT]]
                spelt = Assertion.at_home(member, kind=said, attribute=name, homes=named)
            home = homes.get(number, number)
            at_home[home, name, spelt].append((cell, home, name, spelt, *fact))
    return list(at_home.values())


def _parts(line: Line) -> list[str]:
    return str(line[_MEMBER]).split(JOINT)


def _alike(groups: Iterable[list[Line]]) -> Iterator[Line]:
    """Yield the lines of which others of their cell have the very same date."""
    for some in groups:
        if len(some) == 1:
            continue
        if len({(line[_LO], line[_HI]) for line in some}) < len(some):
            dates = Counter((line[_LO], line[_HI]) for line in some)
            yield from (line for line in some if dates[line[_LO], line[_HI]] > 1)


def _kinds(connection: Connection, lines: Iterable[Line]) -> dict[int, str]:
    """Return the kind of the event at the position of each fact."""
    positions = {line[_FACT] // PER_EVENT for line in lines}
    if not positions:
        return {}
    query = _kinds_at(on_server=is_server(connection))
    return dict(asked(connection, query, {"positions": sorted(positions)}))


@cache
def _kinds_at(*, on_server: bool) -> Select[Any]:
    position = occurrences.c.position
    wanted = among(position, "positions", on_server=on_server)
    return select(position, occurrences.c.kind).where(wanted)


def _plain(lines: list[Line]) -> tuple[Fact, ...]:
    """Return the facts of which nothing more is to be told."""
    if len(lines) == 1:
        _cell, _entity, _name, _member, fact, lo, v, hi, number, value = lines[0]
        return (Fact(fact, lo, v, hi, value, number),)
    return tuple(
        [
            Fact(fact, lo, v, hi, value, number)
            for _cell, _entity, _name, _member, fact, lo, v, hi, number, value in lines
        ]
    )


def _facts(
    lines: list[Line], kinds: Mapping[int, str], ground: Ground, attribute: Attribute
) -> tuple[Fact, ...]:
    versions = ground.disputed.versions
    named = ground.named if attribute.value.widget == "entity" else {}
    disputed, rivals = ground.disputed, ground.disputed.rivals
    roots = [versions.get(line[_FACT] // PER_EVENT, 0) for line in lines]
    speaking = set(roots) if rivals else frozenset()
    return tuple(
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
            kinds.get(fact // PER_EVENT, ""),
        )
        for root, (*_cell, fact, lo, v, hi, number, value) in zip(roots, lines, strict=True)
    )


# Facts of a cell in their turn: by their likely day, the vaguer and the later recorded after.
_TURN: Final = itemgetter(_V, _HI, _FACT)
_ATTRIBUTES: Final = {
    (one.name, name): (place, attribute)
    for one in ENTITY_TYPES.values()
    for place, (name, attribute) in enumerate(one.attributes.items())
}


def held_in(cell: Cell, day: int) -> Held | None:
    """Return what *cell* holds on *day* by its attribute's class, or None."""
    facts = cell.facts
    if cell.attribute.attribute_class is AttributeClass.SUM:
        return _summed(cell, day)
    if len(facts) == 1:
        return held_alone(facts[0], day)
    return held(facts, day, steps=steps_of(cell.attribute))


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
