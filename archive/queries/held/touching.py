"""Which cells may differ: between two days as known at one position, or between two positions.

What a cell holds changes only on a day that is the ``lo`` or the ``hi`` of one of its facts: on no
other day does a fact begin to be possible or come to have surely begun. What the archive knows of
it changes only with a fact recorded or taken back, with a dispute or a settlement about one of its
claims, and with a merge or a split of an entity that it is of or that its facts name. What may
have ended with an organization changes with that one's status as well.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, and_, or_, select
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.projections import PER_EVENT
from archive.projections.tables import cells, disputes, facts, occurrence_entities
from archive.queries.held.bodies import BODY, PERSON
from archive.queries.held.posts import answered_by
from archive.queries.held.resting import resting_on
from archive.queries.held.seeking import known_now
from archive.queries.known.asking import asked
from archive.queries.known.ground import Ground, cells_of
from archive.queries.known.merging import JOINT
from archive.queries.known.nesting import beside, is_server, of_event
from archive.storage import BIG, chunks

_AFTER: Final = given("after", type_=BIG)
_UP_TO: Final = given("up_to", type_=BIG)


def touched_between(
    connection: Connection, days: tuple[int, int], *, ground: Ground, entity_type: str = ""
) -> set[int]:
    """Return the cells with a known fact that begins, or may, after the first day by the last.

    With an *entity_type* only those of such entities are sure to be all there.
    """
    said = {"known": ground.known, "after": days[0], "up_to": days[1]}
    lines = asked(connection, _changing(is_newest=ground.is_newest), said)
    found = {cell for (cell,) in lines}
    found |= _resting_on(connection, found, ground, entity_type)
    return _with_siblings(connection, found, ground)


def _resting_on(
    connection: Connection, found: set[int], ground: Ground, entity_type: str
) -> set[int]:
    """Return the cells that are answered beside some of those *found*, of *entity_type* if any."""
    resting = set[int]()
    if entity_type in {"", BODY, PERSON}:
        resting |= resting_on(connection, found, ground=ground)
    if entity_type in {"", PERSON}:
        resting |= answered_by(connection, found | resting, ground=ground)
    return resting


@cache
def _changing(*, is_newest: bool) -> CompoundSelect[Any]:
    known = known_now(facts, is_newest=is_newest)
    lo, v, hi = facts.c.lo, facts.c.v, facts.c.hi
    likely, from_, until = (
        select(facts.c.cell_id).where(day > _AFTER, day <= _UP_TO, *vague, known)
        for day, vague in ((v, ()), (lo, (lo < v,)), (hi, (v < hi,)))
    )
    return likely.union(from_, until)


def touched_since(
    connection: Connection, *, then: Ground, now: Ground, entity_type: str = ""
) -> set[int]:
    """Return the cells of which something was recorded, taken back or argued after *then*.

    With an *entity_type* only those of such entities are sure to be all there.
    """
    first, last = sorted((then.known, now.known))
    said = {"after": first, "up_to": last}
    said |= {"from": (first + 1) * PER_EVENT, "beyond": (last + 1) * PER_EVENT}
    found = set(connection.scalars(_RECORDED, said))
    found |= cells_of(connection, connection.scalars(_ARGUED, said))
    reshaped = {
        number
        for number in then.homes.keys() | now.homes.keys()
        if then.homes.get(number) != now.homes.get(number)
    }
    for some in chunks(sorted(reshaped)):
        query = _naming(lateral=is_server(connection))
        named = connection.scalars(query, {"numbers": some})
        found.update(cell for cell in named if cell is not None)
    for stands in (then, now):
        found |= _resting_on(connection, found, stands, entity_type)
    return _with_siblings(connection, _with_siblings(connection, found, then), now)


_RECORDED: Final = (
    select(facts.c.cell_id)
    .where(facts.c.id >= given("from", type_=BIG), facts.c.id < given("beyond", type_=BIG))
    .union(select(facts.c.cell_id).where(facts.c.gone > _AFTER, facts.c.gone <= _UP_TO))
)
_ARGUED: Final = select(disputes.c.root).where(
    or_(
        and_(disputes.c.position > _AFTER, disputes.c.position <= _UP_TO),
        and_(disputes.c.settled > _AFTER, disputes.c.settled <= _UP_TO),
    )
)


@cache
def _naming(*, lateral: bool) -> Select[Any]:
    """Return the query for the cells of which an event speaks that touches some entities."""
    links = occurrence_entities
    joined, fact = beside(links, facts, *of_event(facts, links.c.position), lateral=lateral)
    theirs = links.c.entity_id.in_(given("numbers", expanding=True))
    return select(fact.c.cell_id).distinct().select_from(joined).where(theirs)


def _with_siblings(connection: Connection, numbers: Iterable[int], ground: Ground) -> set[int]:
    """Return the cells with those that a merge makes one with them."""
    found = set(numbers)
    if not ground.homes:
        return found
    merged = {*ground.homes, *ground.homes.values()}
    called = {*ground.named, *ground.named.values()}
    shared = {
        (row.attribute_id, ground.homes.get(row.entity_id, row.entity_id))
        for some in chunks(sorted(found))
        for row in connection.execute(_PLACES, {"ids": some})
        if row.entity_id in merged or not called.isdisjoint(row.member.split(JOINT))
    }
    for attribute, home in sorted(shared):
        theirs = {"attribute": attribute, "numbers": ground.family([home])}
        found.update(connection.scalars(_SIBLINGS, theirs))
    return found


_PLACES: Final = select(cells).where(cells.c.id.in_(given("ids", expanding=True)))
_SIBLINGS: Final = select(cells.c.id).where(
    cells.c.attribute_id == given("attribute", type_=Integer),
    cells.c.entity_id.in_(given("numbers", expanding=True)),
)
