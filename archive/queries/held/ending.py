"""The ends of stretches that begin vaguely, read beside the facts that days lead to."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, null, select

from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.known.asking import Line, among, asked, is_own
from archive.queries.known.nesting import beside, is_server, of_event

# Precisions of dates that may be stretches, as the read model of the timeline calls them.
_STRETCHES: Final = ("range", "open")


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
    ]


def ends(connection: Connection, lines: Sequence[Line], *, besides: frozenset[str]) -> list[Line]:
    """Return the ends, not among *lines*, of the stretches that begin vaguely in them.

    *besides* are the attributes of which all is among *lines* that matters.
    """
    beginnings = {
        (fact // PER_EVENT, cell)
        for cell, _entity, name, _member, fact, lo, _v, hi, _number, value in lines
        if lo < hi and value is not None and name not in besides
    }
    if not beginnings:
        return []
    on_server = is_server(connection)
    positions = sorted({position for position, _cell in beginnings})
    found = asked(connection, _endings(on_server=on_server), {"positions": positions})
    read = {line[4] for line in lines} if found else set()
    return [
        end
        for end in found
        if end[4] is not None
        and end[4] not in read
        and (end[4] // PER_EVENT, end[0]) in beginnings
    ]


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
