"""The ends of stretches that begin vaguely, read beside the facts that days lead to."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, null, select

from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.known.asking import Line, among, asked, is_own
from archive.queries.known.nesting import beside, is_server, of_event
from archive.vocabulary import ENTITY_TYPES, AttributeClass

# Precisions of dates that may be stretches, as the read model of the timeline calls them.
_STRETCHES: Final = ("range", "open")
# Where a line has what.
_CELL, _NAME, _FACT, _HI, _VALUE, _IS_EARLY = 0, 2, 4, 7, 9, 11
# Of whatever type, what bears these names is told of a day, and never of a stretch.
_DAILY: Final = {AttributeClass.MEASURED, AttributeClass.SUM}
_ATTRIBUTES: Final = [one for kind in ENTITY_TYPES.values() for one in kind.attributes.values()]
_ENDLESS: Final = frozenset(one.name for one in _ATTRIBUTES) - frozenset(
    one.name for one in _ATTRIBUTES if one.attribute_class not in _DAILY
)


def of_fact(
    fact: Any, *, value: ColumnElement[Any] = fact_values.c.value
) -> list[ColumnElement[Any]]:
    """Return the columns that tell of a fact, the same wherever it is sought."""
    return [
        fact.c.id.label("fact"),
        fact.c.lo,
        fact.c.v,
        fact.c.hi,
        fact.c.number,
        value.label("value"),
        fact.c.clock,
    ]


def ends(connection: Connection, lines: Sequence[Line]) -> list[Line]:
    """Return the ends, not among *lines*, of the stretches whose beginnings were told as early.

    Of these a line says last that the fact may have begun before all others that matter.
    """
    beginnings = {
        (line[_FACT] // PER_EVENT, line[_CELL])
        for line in lines
        if line[_IS_EARLY] and line[_VALUE] is not None and line[_NAME] not in _ENDLESS
    }
    if not beginnings:
        return []
    on_server = is_server(connection)
    positions = sorted({position for position, _cell in beginnings})
    found = asked(connection, _endings(on_server=on_server), {"positions": positions})
    read = {line[_FACT] for line in lines} if found else set()
    return [
        end
        for end in found
        if end[_FACT] is not None
        and end[_FACT] not in read
        and (end[_FACT] // PER_EVENT, end[_CELL]) in beginnings
    ]


def last_days(connection: Connection, positions: Iterable[int]) -> dict[tuple[int, str], int]:
    """Return the last day on which each stretch told at *positions* may have ended.

    It is found by the position of its event and the name of an attribute.
    """
    wanted = sorted(set(positions))
    if not wanted:
        return {}
    query = _endings(on_server=is_server(connection))
    return {
        (end[_FACT] // PER_EVENT, end[_NAME]): end[_HI]
        for end in asked(connection, query, {"positions": wanted})
        if end[_FACT] is not None
    }


@cache
def _endings(*, on_server: bool) -> Select[Any]:
    theirs = of_event(facts, occurrences.c.position)
    joined, end = beside(
        occurrences, facts, *theirs, facts.c.value_id.is_(None), lateral=on_server
    )
    return (
        select(
            cells.c.id,
            cells.c.entity_id,
            attributes.c.name.label("attribute"),
            cells.c.member,
            *of_fact(end, value=null()),
        )
        .select_from(joined)
        .outerjoin(cells, cells.c.id == end.c.cell_id)
        .outerjoin(attributes, attributes.c.id == cells.c.attribute_id)
        .where(
            among(occurrences.c.position, "positions", on_server=on_server),
            # Not the bare column: no index of it is meant.
            is_own(func.coalesce(occurrences.c.precision, ""), _STRETCHES),
        )
    )
