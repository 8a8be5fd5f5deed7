"""What is recorded elsewhere and changes how cells read: names, merges, masked text, old parts."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, func, or_, select, union
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.log.tables import erasures, events, kinds, streams
from archive.projections import PER_EVENT, entity_ids
from archive.projections.entities import DISPLAY
from archive.projections.tables import (
    attributes,
    cells,
    entities,
    entity_merges,
    entity_names,
    fact_values,
    facts,
)
from archive.queries.known.ground import Ground
from archive.queries.known.merging import JOINT
from archive.storage import chunks

_RENAMING: Final = ("names_changed", "claim_corrected", "claim_retracted")


def concerning(
    connection: Connection,
    *,
    family: Sequence[int],
    mine: Sequence[int],
    attribute: str,
    ground: Ground,
) -> set[int]:
    """Return where in the log it is told what the cells *mine* read differently for.

    That is where those that the cells name were called otherwise, merged or split since; where a
    text of the stream of one of *family* was masked, for nobody can tell any more of which cells
    it spoke; and what was said of the same *attribute* of a part while it was joined to one.
    """
    named = sorted(_named(connection, mine, ground))
    found = set[int]()
    for some in chunks(named):
        found.update(connection.scalars(_merged(), {"numbers": some}))
        found.update(connection.scalars(_renamed(), {"numbers": some}))
    began = min(
        (connection.scalar(_first(), {"cells": some}) or 0 for some in chunks(sorted(mine))),
        default=0,
    )
    since = {position for position in found if position > began}
    return since | masked_in(connection, family) | _joined(connection, family, attribute)


def masked_in(connection: Connection, family: Iterable[int]) -> set[int]:
    """Return where in the log a text of the stream of one of *family* was masked."""
    return set(connection.scalars(_masked(), {"numbers": sorted(family)}))


def _named(connection: Connection, mine: Sequence[int], ground: Ground) -> set[int]:
    """Return the numbers of the entities that the cells name, and of those they were or became."""
    slugs = set[str]()
    for some in chunks(sorted(mine)):
        slugs.update(connection.scalars(_values(), {"cells": some}))
        members = connection.scalars(_members(), {"cells": some})
        slugs.update(part for member in members for part in member.split(JOINT))
    numbers = {
        number
        for some in chunks(sorted(slugs))
        for number in entity_ids(connection, some).values()
    }
    return set(ground.family({*numbers, *(ground.homes.get(one, one) for one in numbers)}))


def _joined(connection: Connection, family: Iterable[int], attribute: str) -> set[int]:
    """Return what was said of *attribute* of former parts of *family* while they were parts."""
    found, wanted, seen = set[int](), set(family), set[int]()
    while wanted - seen:
        parts = connection.execute(_parts(), {"numbers": sorted(wanted - seen)}).all()
        seen |= wanted
        for part in parts:
            said = {"number": part.from_id, "name": attribute}
            said |= {"from": part.position * PER_EVENT, "until": part.gone * PER_EVENT}
            found.update(connection.scalars(_said_between(), said))
            wanted = wanted | {part.from_id}
    return found


@cache
def _first() -> Select[Any]:
    mine = facts.c.cell_id.in_(given("cells", expanding=True))
    return select(func.min(facts.c.id) // PER_EVENT).where(mine)


@cache
def _values() -> Select[Any]:
    told = select(fact_values.c.value).join(facts, facts.c.value_id == fact_values.c.id)
    return told.where(facts.c.cell_id.in_(given("cells", expanding=True))).distinct()


@cache
def _members() -> Select[Any]:
    mine = cells.c.id.in_(given("cells", expanding=True))
    return select(cells.c.member).where(mine, cells.c.member != "")


@cache
def _masked() -> Select[Any]:
    slugs = select(entities.c.slug).where(entities.c.id.in_(given("numbers", expanding=True)))
    theirs = select(streams.c.id).where(streams.c.name.in_(slugs))
    # Few texts are masked, a stream may be long: an outer join keeps to its order.
    return (
        select(erasures.c.masked_by)
        .distinct()
        .outerjoin(events, events.c.position == erasures.c.position)
        .where(func.coalesce(events.c.stream_id, 0).in_(theirs))
    )


@cache
def _merged() -> CompoundSelect[Any]:
    merges = entity_merges.c
    numbers: BindParameter[Any] = given("numbers", expanding=True)
    theirs = or_(merges.from_id.in_(numbers), merges.into_id.in_(numbers))
    ended = select(merges.gone).where(theirs, merges.gone.is_not(None))
    return union(select(merges.position).where(theirs), ended)


@cache
def _renamed() -> Select[Any]:
    names = entity_names.c
    theirs = names.entity_id.in_(given("numbers", expanding=True)), names.kind == DISPLAY
    told = union(select(names.position).where(*theirs), select(names.gone).where(*theirs))
    return (
        select(events.c.position)
        .join(kinds, kinds.c.id == events.c.kind_id)
        .where(events.c.position.in_(told), kinds.c.name.in_(_RENAMING))
    )


@cache
def _parts() -> Select[Any]:
    into = entity_merges.c.into_id.in_(given("numbers", expanding=True))
    return select(entity_merges).where(into, entity_merges.c.gone.is_not(None))


@cache
def _said_between() -> Select[Any]:
    return (
        select(facts.c.id // PER_EVENT)
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(
            cells.c.entity_id == given("number"),
            attributes.c.name == given("name"),
            facts.c.id >= given("from"),
            facts.c.id < given("until"),
        )
    )
