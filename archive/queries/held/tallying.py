"""How many cells of an attribute hold each value on a day, by the likely reading of the dates."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, func, select, union_all
from sqlalchemy import bindparam as given

from archive.dates import day_number
from archive.errors import UnknownNameError
from archive.languages import Words
from archive.projections.tables import attributes, cells, fact_values, facts, tallies
from archive.projections.tallies import GRAINS
from archive.queries.as_of import AsOf
from archive.queries.held.counting import is_told_in_turn, likely_values
from archive.queries.held.seeking import known_now, last_first
from archive.queries.held.telling import spoken
from archive.queries.known.ground import is_newest
from archive.queries.known.rows import refs_called
from archive.vocabulary import entity_type


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value by its key, in words, and of how many cells it is the likely one."""

    key: str
    words: Words
    cells: int


def value_counts(
    connection: Connection, *, as_of: AsOf, type_name: str, attribute: str
) -> tuple[ValueCount, ...]:
    """Return the counts of each value of *attribute* on ``as_of.valid``, the largest first.

    A cell counts with the last of its facts by their likely days; posts, those of people too,
    parents and affiliations as the module ``counting`` tells. What is only possible, merges and
    settlements are left to ``state``. What is known now is read from the tally, what was known
    before from the cells themselves: the counts are the same.
    """
    known = entity_type(type_name).attributes
    if attribute not in known:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=attribute, known=known, field="attribute")
    is_now = is_newest(connection, known=as_of.known)
    said = {"type": type_name, "name": attribute}
    row = connection.execute(_attribute(), said).one_or_none()
    if row is None:
        return ()
    asked = {"attribute": row.id, "known": as_of.known} | _runs(day_number(as_of.valid))
    if is_told_in_turn(type_name, attribute):
        many = likely_values(
            connection,
            type_name=type_name,
            attribute=attribute,
            day=asked["day"],
            known=as_of.known,
            is_newest=is_now,
        )
    else:
        query = _from_tally() if row.counted and is_now else _from_cells(is_newest=is_now)
        told = connection.execute(query, asked)
        many = Counter({one.value: one.many for one in told})
    names = {}
    if known[attribute].value.widget == "entity":
        refs = refs_called(connection, many, known=as_of.known, is_newest=is_now)
        names = {slug: ref.names for slug, ref in refs.items()}
    counted = [
        ValueCount(key, names.get(key) or spoken(type_name, attribute, key), number)
        for key, number in many.items()
    ]
    return tuple(sorted(counted, key=lambda one: (-one.cells, one.key)))


def _runs(day: int) -> dict[str, int]:
    """Return where the runs of each grain that reach up to *day* begin."""
    _single, middle, long = GRAINS
    return {"day": day, "middle": day // middle * middle, "long": day // long * long}


@cache
def _attribute() -> Select[Any]:
    return select(attributes).where(
        attributes.c.entity_type == given("type"), attributes.c.name == given("name")
    )


@cache
def _from_tally() -> Select[Any]:
    # Three ranges of the key, each for itself: joined by OR they would be a walk over all days.
    last, middle, long = (given(name, type_=Integer) for name in ("day", "middle", "long"))
    day = tallies.c.day
    runs = ((day >= middle, day <= last), (day >= long, day < middle), (day < long,))
    parts = [
        select(tallies.c.value_id, tallies.c.n).where(
            tallies.c.attribute_id == given("attribute", type_=Integer),
            tallies.c.grain == grain,
            *run,
        )
        for grain, run in enumerate(runs)
    ]
    each = union_all(*parts).subquery()
    many = func.sum(each.c.n)
    return (
        select(fact_values.c.value, many.label("many"))
        .join_from(each, fact_values, fact_values.c.id == each.c.value_id)
        .group_by(fact_values.c.value)
        .having(many > 0)
    )


@cache
def _from_cells(*, is_newest: bool) -> Select[Any]:
    last = facts.alias("last")
    # The value of the last fact as a scalar, and words only for what was counted: one seek a cell.
    value = (
        select(last.c.value_id)
        .where(
            last.c.cell_id == cells.c.id,
            last.c.v <= given("day", type_=Integer),
            known_now(last, is_newest=is_newest),
        )
        .order_by(*last_first(last))
        .limit(1)
        .scalar_subquery()
    )
    each = (
        select(value.label("value_id"))
        .where(cells.c.attribute_id == given("attribute", type_=Integer))
        .subquery()
    )
    counted = select(each.c.value_id, func.count().label("many")).group_by(each.c.value_id)
    told = counted.subquery()
    return select(fact_values.c.value, told.c.many).join_from(
        told, fact_values, fact_values.c.id == told.c.value_id
    )
