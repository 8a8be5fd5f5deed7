"""The cells of the facts' read model, read for a question: whole, or as far as matters."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, select

from archive.projections import PER_EVENT
from archive.projections.entities import place_of
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.answers import EntityRef
from archive.queries.held.bodies import (
    STATUS,
    bodies_of,
    bound_by,
    is_bound,
    may_have_ended,
)
from archive.queries.held.cell import Cell
from archive.queries.held.claims import told_on
from archive.queries.held.ending import of_fact
from archive.queries.held.founding import founding_days, since_founded
from archive.queries.held.posts import with_posts
from archive.queries.held.resting import ended_at_all
from archive.queries.held.rounds import round_names, told_apart
from archive.queries.held.seeking import SUMS, sought
from archive.queries.known.asking import Line, among, asked
from archive.queries.known.ground import Ground, ground
from archive.queries.known.merging import JOINT
from archive.queries.known.narrowing import family, is_known
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import entity_refs
from archive.vocabulary import ENTITY_TYPES, KINDS, Assertion, Attribute

# Where a line has what, as ``sought`` gives it.
_NUMBER, _NAME, _MEMBER, _FACT, _LO, _V, _HI = range(1, 8)
_VALUE, _CLOCK = 9, 10


def read_cells(
    connection: Connection,
    *,
    known: int,
    entity: str = "",
    entity_type: str = "",
    attribute_names: Sequence[str] = (),
    cell_ids: Sequence[int] = (),
) -> list[Cell]:
    """Return the cells asked for with every fact known, whatever its day, in order.

    The order is that of the names of the entities, then that of the vocabulary. Merged entities
    answer under the one they were merged into, and are named so too. A claim is set aside only in
    the cells of which the claim preferred to it speaks as well.
    """
    stands = ground(connection, known=known)
    wanted: list[ColumnElement[bool]] = []
    if entity:
        wanted.append(cells.c.entity_id.in_(family(connection, entity, known=known)))
    if entity_type:
        wanted.append(attributes.c.entity_type == entity_type)
    if attribute_names:
        wanted.append(attributes.c.name.in_(attribute_names))
    if cell_ids:
        wanted.append(cells.c.id.in_(cell_ids))
    read = _cells(connection, _whole(connection, wanted, known), stands)

    def lines_of(
        *,
        entities: Sequence[int] = (),
        cell_ids: Sequence[int] = (),
        attribute_names: Sequence[str] = (),
    ) -> list[Line]:
        theirs = [cells.c.entity_id.in_(entities)] if entities else [cells.c.id.in_(cell_ids)]
        if attribute_names:
            theirs.append(attributes.c.name.in_(attribute_names))
        return _whole(connection, theirs, known)

    return _beside_others(connection, read, stands, lines_of)


def _whole(
    connection: Connection, wanted: Iterable[ColumnElement[bool]], known: int
) -> list[Line]:
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
        .where(is_known(facts.c.id // PER_EVENT, facts.c.gone, known), *wanted)
    )
    return [tuple(row) for row in connection.execute(query)]


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
    read = _cells(connection, lines, ground, refs, with_kinds=with_kinds)
    lines_of = partial(sought, connection, ground=ground, days=days)
    return _beside_others(connection, read, ground, lines_of)


def _beside_others(
    connection: Connection, read: list[Cell], ground: Ground, lines_of: Callable[..., list[Line]]
) -> list[Cell]:
    """Return *read* with the cells of others by which they are answered."""

    def cells_of(**scope: Any) -> list[Cell]:
        found = _cells(connection, lines_of(**scope), ground)
        return _with_bodies(connection, found, ground, lines_of)

    return with_posts(
        connection, _with_bodies(connection, read, ground, lines_of), ground, cells_of
    )


def _with_bodies(
    connection: Connection, read: list[Cell], ground: Ground, lines_of: Callable[..., list[Line]]
) -> list[Cell]:
    """Return *read*, those cells with their bodies that what is held in may have ended with.

    What they tell vaguely lies after the founding of these.
    """
    read = _since_founded(connection, read, ground)
    resting = {
        at: bodies
        for at, cell in enumerate(read)
        if (bodies := bodies_of(cell.entity.id, cell.attribute, cell.member, cell.facts))
    }
    if not resting:
        return read
    here = [cell for cell in read if cell.attribute is STATUS]
    missing = set().union(*resting.values()).difference(cell.entity.id for cell in here)
    ended = ended_at_all(connection, missing, ground=ground) if missing else []
    told = lines_of(entities=ended, attribute_names=[STATUS.name]) if ended else []
    found = _cells(connection, told, ground) if ended else []
    status = {cell.entity.id: cell for cell in here + found if may_have_ended(cell.facts)}
    for at, bodies in resting.items():
        theirs = tuple([status[slug] for slug in sorted(bodies) if slug in status])
        if theirs:
            read[at] = msgspec.structs.replace(read[at], bodies=theirs)
    return read


def _since_founded(connection: Connection, read: list[Cell], ground: Ground) -> list[Cell]:
    resting = {
        at: bodies
        for at, cell in enumerate(read)
        if is_bound(cell.attribute.name)
        and any(fact.lo < fact.hi for fact in cell.facts)
        and (bodies := bodies_of(cell.entity.id, cell.attribute, cell.member, cell.facts))
    }
    if not resting:
        return read
    days = founding_days(connection, set().union(*resting.values()), ground=ground)
    found = list(read)
    for at, bodies in resting.items():
        if days.keys().isdisjoint(bodies):
            continue
        cell = read[at]
        always, is_naming = bound_by(cell.entity.id, cell.attribute, cell.member)
        told = since_founded(cell.facts, always, days, is_naming=is_naming)
        found[at] = msgspec.structs.replace(cell, facts=told)
    return found


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
    alike = list(_alike(groups))
    kinds = _kinds(connection, lines if with_kinds else alike)
    names = round_names(
        connection, (one[_FACT] // PER_EVENT for one in alike if one[_NAME] in SUMS)
    )
    missing = {some[0][_NUMBER] for some in groups}.difference(refs)
    found = dict(refs)
    if missing:
        found |= entity_refs(connection, missing, known=ground.known, is_newest=ground.is_newest)
    places = {number: place_of(one.names.en, one.id) for number, one in found.items()}
    told = told_on(ground, kinds)
    read = []
    for some in groups:
        number, name, member = some[0][1:4]
        entity = found[number]
        turn, attribute = _ATTRIBUTES.get((entity.type, name), _UNHEARD_OF)
        if attribute is None:
            continue
        if len(some) > 1:
            some.sort(key=_TURN)
        facts_told = told(some, attribute)
        if names and name in SUMS:
            facts_told = told_apart(facts_told, names)
        cell = Cell(entity, attribute, member, facts_told)
        read.append((places[number], turn, member, cell))
    read.sort(key=_PLACE)
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
        _cell, number, name, member = some[0][:_FACT]
        home = homes.get(number, number)
        if home == number and named.keys().isdisjoint(_parts(some[0])):
            at_home[number, name, member] += some
            continue
        for cell, _number, _name, _member, *fact in some:
            spelt = member
            if fact[0] // PER_EVENT in kinds:
                said = KINDS[kinds[fact[0] // PER_EVENT]]
                spelt = Assertion.at_home(member, kind=said, attribute=name, homes=named)
            at_home[home, name, spelt].append((cell, home, name, spelt, *fact))
    return list(at_home.values())


def _parts(line: Line) -> list[str]:
    return str(line[_MEMBER]).split(JOINT)


def _alike(groups: Iterable[list[Line]]) -> Iterator[Line]:
    """Yield the lines of which others of their cell have the very same date.

    Where all say the same there can be no rivals among them; sums are of each that was said.
    """
    for some in groups:
        if len(some) == 1:
            continue
        if some[0][_NAME] not in SUMS and len({line[_VALUE] for line in some}) == 1:
            continue
        # A founding may give one beginning to all that may have begun before it.
        is_one = is_bound(some[0][_NAME])
        dates = [
            (None if is_one and line[_LO] < line[_HI] else line[_LO], line[_HI]) for line in some
        ]
        many = Counter(dates)
        if len(many) < len(dates):
            yield from [line for line, date in zip(some, dates, strict=True) if many[date] > 1]


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


# Facts of a cell in their turn: by their likely day, the vaguer, the later by the time stated, and
# the later recorded after.
_TURN: Final = itemgetter(_V, _HI, _CLOCK, _FACT)
_PLACE: Final = itemgetter(0, 1, 2)
_UNHEARD_OF: Final[tuple[int, Attribute | None]] = (0, None)
_ATTRIBUTES: Final[Mapping[tuple[str, str], tuple[int, Attribute | None]]] = {
    (one.name, name): (place, attribute)
    for one in ENTITY_TYPES.values()
    for place, (name, attribute) in enumerate(one.attributes.items())
}
