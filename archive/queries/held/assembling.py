"""From lines to cells: whose each is by now, what it is called, and its facts in their turn."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from archive.projections import PER_EVENT
from archive.projections.entities import place_of
from archive.projections.tables import occurrences
from archive.queries.answers import EntityRef
from archive.queries.held.bodies import is_bound
from archive.queries.held.cell import Cell
from archive.queries.held.claims import told_on
from archive.queries.held.rounds import round_names, told_apart
from archive.queries.held.seeking import SUMS
from archive.queries.known.asking import Line, among, asked
from archive.queries.known.ground import Ground
from archive.queries.known.merging import JOINT
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import entity_refs
from archive.vocabulary import ENTITY_TYPES, KINDS, Assertion, Attribute

# Where a line has what, as ``sought`` gives it.
_NUMBER, _NAME, _MEMBER, _FACT, _LO, _V, _HI = range(1, 8)
_VALUE, _CLOCK = 9, 10


def assembled(
    connection: Connection,
    lines: list[Line],
    ground: Ground,
    refs: Mapping[int, EntityRef] = MappingProxyType({}),
    *,
    with_kinds: bool = True,
) -> list[Cell]:
    """Return the cells of which *lines* tell, as ``sought`` gives these, in their order.

    *refs* are the entities that are known already. Without *with_kinds* a fact tells the kind of
    its event only where what is held depends on it.
    """
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
