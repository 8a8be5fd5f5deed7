"""Every event of the log that changed one cell, or all of an attribute, the newest first.

Told are those that said something of it, those that corrected or retracted one of these, those
that disputed or settled their claims, masked their text, and the merges, splits and new names of
the entity and of those that it names, the end of an organization that may have ended it, and who
else took up a person's post: whatever may make an answer about the cell differ from the one that
a reader saw before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, or_, select, union
from sqlalchemy import bindparam as given

from archive.errors import UnknownNameError
from archive.languages import Words
from archive.log import read_by_positions
from archive.projections import PER_EVENT, entity_ids
from archive.projections.tables import (
    attributes,
    cells,
    disputes,
    entity_merges,
    fact_values,
    facts,
    occurrences,
)
from archive.queries.answers import EntityRef, words_of
from archive.queries.as_of import head
from archive.queries.derived.concerning import concerning
from archive.queries.events.finding import entity_called
from archive.queries.events.recordings import ChangeRow, change_rows
from archive.queries.held.posts import of_a_person, posts_behind
from archive.queries.held.resting import statuses_behind
from archive.queries.held.telling import wording
from archive.queries.known.ground import Ground, ground
from archive.queries.known.rows import MASKED
from archive.vocabulary import ENTITY_TYPES

_ENDS: Final = Words("结束", "ends")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One event that changed a cell; ``said`` is what it says of it, nothing for one about it."""

    row: ChangeRow
    summary: Words
    said: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class CellHistory:
    """What changed an attribute of an entity, or one member of it, as far as was asked for."""

    entity: EntityRef
    attribute_label: Words
    member_words: Words
    changes: tuple[CellChange, ...]


def cell_history(
    connection: Connection, *, entity: str, attribute: str, member: str = "", limit: int
) -> CellHistory:
    """Return the newest *limit* events that changed *attribute* of *entity*.

    Raises NotFoundError or MergedError for the entity, UnknownNameError for the attribute.
    """
    known = head(connection).position
    ref = entity_called(connection, entity, known=known)
    among = ENTITY_TYPES[ref.type].attributes
    if attribute not in among:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=attribute, known=among, field="attribute")
    stands = ground(connection, known=known)
    family = stands.family(entity_ids(connection, [entity]).values())
    spelt = [member, *(one for one, home in stands.named.items() if home == member)]
    mine = _cells(connection, family, attribute, spelt if member else [])
    further = concerning(connection, family=family, mine=mine, attribute=attribute, ground=stands)
    behind = statuses_behind(connection, mine, among[attribute], ground=stands)
    if of_a_person(among[attribute]):
        members = spelt if member else []
        behind += posts_behind(connection, family, members, ground=stands)
    told = further.union(_newest(connection, family, mine + behind, limit=limit))
    newest = sorted(told, reverse=True)[:limit]
    said = _said(connection, mine, newest, ref.type, attribute, stands)
    return CellHistory(
        ref,
        among[attribute].label,
        wording(connection, [member], ground=stands).entity_words(member),
        tuple(changes_at(connection, newest, said)),
    )


def _cells(
    connection: Connection, family: Sequence[int], attribute: str, members: Sequence[str]
) -> list[int]:
    query = (
        select(cells.c.id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(cells.c.entity_id.in_(family), attributes.c.name == attribute)
    )
    return list(connection.scalars(query.where(cells.c.member.in_(members)) if members else query))


def _newest(
    connection: Connection, family: Sequence[int], mine: Sequence[int], *, limit: int
) -> list[int]:
    said = {"cells": mine, "family": family, "limit": limit}
    return [
        position for (position,) in connection.execute(_positions(), said) if position is not None
    ]


@cache
def _positions() -> Select[Any]:
    """Return the query for where in the log the cells were changed, the latest first."""
    mine = facts.c.cell_id.in_(given("cells", expanding=True))
    parts = entity_merges.c.from_id, entity_merges.c.into_id
    merged = or_(*(part.in_(given("family", expanding=True)) for part in parts))
    # A fact's event is the version at its position; a dispute is about the root of versions.
    argued = disputes.c.root.in_(
        select(occurrences.c.root)
        .join(facts, facts.c.id // PER_EVENT == occurrences.c.position)
        .where(mine)
    )
    wanted = union(
        select((facts.c.id // PER_EVENT).label("position")).where(mine),
        select(facts.c.gone).where(mine, facts.c.gone.is_not(None)),
        select(entity_merges.c.position).where(merged),
        select(entity_merges.c.gone).where(merged),
        select(disputes.c.position).where(argued),
        select(disputes.c.settled).where(argued),
    ).subquery()
    return (
        select(wanted.c.position)
        .where(wanted.c.position.is_not(None))
        .order_by(wanted.c.position.desc())
        .limit(given("limit", type_=Integer))
    )


def _said(
    connection: Connection,
    mine: Sequence[int],
    positions: Sequence[int],
    entity_type: str,
    attribute: str,
    stands: Ground,
) -> dict[int, list[Words]]:
    """Return in words what the event at each of *positions* says of the cells *mine*."""
    wanted = [(at * PER_EVENT, (at + 1) * PER_EVENT) for at in positions]
    if not wanted or not mine:
        return {}
    found = connection.execute(
        select(facts.c.id, fact_values.c.value)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(facts.c.cell_id.in_(mine))
        .where(or_(*(facts.c.id.between(low, high - 1) for low, high in wanted)))
    )
    # Not put in order by the database, which might read all facts in their order for it.
    rows = sorted(found, key=itemgetter(0))
    named = wording(connection, {row.value for row in rows if row.value}, ground=stands)
    said: defaultdict[int, list[Words]] = defaultdict(list)
    for row in rows:
        told = _ENDS if row.value is None else named.value(entity_type, attribute, row.value)
        said[row.id // PER_EVENT].append(told)
    return said


def changes_at(
    connection: Connection, positions: Sequence[int], said: Mapping[int, Sequence[Words]]
) -> Iterable[CellChange]:
    """Yield the events of the log at *positions*, each with what it has *said* of a cell."""
    found = read_by_positions(connection, positions)
    recorded = [found[position] for position in positions]
    for one, row in zip(recorded, change_rows(connection, recorded), strict=True):
        summary = MASKED if one.is_masked else words_of(one.event.summary)
        yield CellChange(row, summary, tuple(said.get(row.position, ())))
