"""How many cells of an attribute count with each value on a day, as their rows say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    case,
    func,
    not_,
    select,
    union_all,
)
from sqlalchemy import bindparam as given

from archive.dates import day_number
from archive.errors import UnknownNameError
from archive.languages import Words
from archive.projections.tables import attributes, cells, fact_values, facts, tallies
from archive.projections.tallies import GRAINS
from archive.projections.turns import last_of_a_day, steps_in
from archive.queries.as_of import AsOf
from archive.queries.held.cells import cells_on
from archive.queries.held.counting import counted_in, is_told_alone
from archive.queries.held.seeking import known_now, last_first
from archive.queries.held.telling import spoken
from archive.queries.known.asking import among, asked
from archive.queries.known.ground import Ground, ground
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import refs_called
from archive.storage import chunks
from archive.vocabulary import entity_type


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value by its key, in words, and how many cells count with it."""

    key: str
    words: Words
    cells: int


class _Told(NamedTuple):
    """An attribute, and whether a tally of it is kept."""

    id: int
    entity_type: str
    name: str
    is_tallied: bool


def value_counts(
    connection: Connection, *, as_of: AsOf, type_name: str, attribute: str
) -> tuple[ValueCount, ...]:
    """Return the counts of each value of *attribute* on ``as_of.valid``, the largest first.

    Each row of the state counts with the likeliest of its values (see the module ``counting``),
    merged entities as the one that they live on in, without the claims to which another was
    preferred. What is known now of an attribute that is tallied is read from the tally, what was
    known before from the last fact of each cell; where that alone does not say it, as of posts,
    sums, merged entities, settled disputes or several tellings of one day, from the rows.
    """
    known = entity_type(type_name).attributes
    if attribute not in known:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=attribute, known=known, field="attribute")
    told = asked(connection, _attribute(), {"type": type_name, "name": attribute})
    if not told:
        return ()
    row = _Told(*told[0])
    stands, day = ground(connection, known=as_of.known), day_number(as_of.valid)
    if row.is_tallied and stands.is_newest:
        many = _tallied(connection, row, stands, day)
    elif is_told_alone(type_name, attribute) and (row.is_tallied or not stands.named):
        many = _last_told(connection, row, stands, day)
    else:
        many = _counted(connection, stands, day, connection.scalars(_cells(), {"of": row.id}))
    names = {}
    if known[attribute].value.widget == "entity":
        newest = stands.is_newest
        refs = refs_called(connection, many, known=as_of.known, is_newest=newest)
        names = {slug: ref.names for slug, ref in refs.items()}
    counted = [
        ValueCount(key, names.get(key) or spoken(type_name, attribute, key), number)
        for key, number in many.items()
        if number
    ]
    return tuple(sorted(counted, key=lambda one: (-one.cells, one.key)))


def _counted(
    connection: Connection, stands: Ground, day: int, numbers: Iterable[int]
) -> Counter[str]:
    """Return what the cells *numbers* count with, each at home."""
    ids = sorted(numbers)
    if not ids:
        return Counter()
    return counted_in(cells_on(connection, ground=stands, days=(day, day), cell_ids=ids), day)


def _tallied(connection: Connection, row: _Told, stands: Ground, day: int) -> Counter[str]:
    """Return what the tally says; of cells that answer otherwise by now what these do."""
    told: dict[str, int] = dict(
        asked(connection, _from_tally(), {"attribute": row.id} | _runs(day))
    )
    many = Counter(told)
    apart = _apart(connection, row, stands)
    if apart:
        many.subtract(_as_tallied(connection, row, sorted(apart), day))
        many.update(_counted(connection, stands, day, apart))
    return many


def _last_told(connection: Connection, row: _Told, stands: Ground, day: int) -> Counter[str]:
    """Return what the last fact of each cell says, or its row where that does not say it alone."""
    apart = _apart(connection, row, stands)
    query = _from_cells(is_newest=stands.is_newest, on_server=is_server(connection))
    said = {"of": row.id, "day": day, "known": stands.known, "apart": sorted(apart)}
    many = Counter[str]()
    for found, value, number in asked(connection, query, said):
        if value is not None:
            many[value] = number
        elif found is not None:
            apart.add(-found)
    many.update(_counted(connection, stands, day, apart))
    return many


def _apart(connection: Connection, row: _Told, stands: Ground) -> set[int]:
    """Return the cells of an attribute that merges or settlements have answer otherwise."""
    families = sorted({*stands.into, *stands.into.values()})
    apart = {
        number
        for some in chunks(families)
        for number in connection.scalars(_cells_of(), {"of": row.id, "numbers": some})
    }
    for some in chunks(sorted(stands.settled_cells)):
        apart |= set(connection.scalars(_among_cells(), {"of": row.id, "numbers": some}))
    return apart


def _as_tallied(
    connection: Connection, row: _Told, numbers: Sequence[int], day: int
) -> Counter[str]:
    """Return what the tally has of the cells *numbers*."""
    steps, found = steps_in(row.entity_type, row.name), Counter[str]()
    for some in chunks(numbers):
        told = sorted(connection.execute(_told(), {"numbers": some, "day": day}), key=_TURN)
        for _cell, of_cell in groupby(told, key=attrgetter("cell_id")):
            *_before, last = (list(some) for _day, some in groupby(of_cell, attrgetter("v")))
            value = last_of_a_day(last, steps).value
            found.update([] if value is None else [value])
    return found


_TURN: Final = attrgetter("cell_id", "v", "hi", "clock", "id")


def _runs(day: int) -> dict[str, int]:
    """Return where the runs of each grain that reach up to *day* begin."""
    _single, middle, long = GRAINS
    return {"day": day, "middle": day // middle * middle, "long": day // long * long}


@cache
def _attribute() -> Select[Any]:
    one = attributes.c
    told = select(one.id, one.entity_type, one.name, one.counted)
    return told.where(one.entity_type == given("type"), one.name == given("name"))


@cache
def _cells() -> Select[Any]:
    return select(cells.c.id).where(cells.c.attribute_id == given("of", type_=Integer))


@cache
def _cells_of() -> Select[Any]:
    return _cells().where(cells.c.entity_id.in_(given("numbers", expanding=True)))


@cache
def _among_cells() -> Select[Any]:
    return _cells().where(cells.c.id.in_(given("numbers", expanding=True)))


@cache
def _from_cells(*, is_newest: bool, on_server: bool) -> Select[Any]:
    """Return the query for how many cells, not ``apart``, were told each value last.

    A cell that was told another value of that same likely day is named by its number, below 0.
    """
    last, other = facts.alias("last"), facts.alias("other")
    # Of a column that the index of days has: for all of them SQLite would take another index.
    is_told_again = (
        select(other.c.v)
        .where(
            other.c.cell_id == last.c.cell_id,
            other.c.v == last.c.v,
            func.coalesce(other.c.value_id, 0) != func.coalesce(last.c.value_id, 0),
            known_now(other, is_newest=is_newest),
        )
        .exists()
    )
    # As a scalar, and words only for what was counted: one seek a cell. Any condition on it, that
    # it is there too, would have SQLite seek once more.
    found = (
        select(case((is_told_again, -cells.c.id), else_=last.c.value_id))
        .where(
            last.c.cell_id == cells.c.id,
            last.c.v <= given("day", type_=Integer),
            known_now(last, is_newest=is_newest),
        )
        .order_by(*last_first(last))
        .limit(1)
        .correlate(cells)
        .scalar_subquery()
    )
    each = (
        select(found.label("found"))
        .where(
            cells.c.attribute_id == given("of", type_=Integer),
            not_(among(cells.c.id, "apart", on_server=on_server)),
        )
        .subquery()
    )
    many = select(each.c.found, func.count().label("many")).group_by(each.c.found).subquery()
    return select(many.c.found, fact_values.c.value, many.c.many).outerjoin_from(
        many, fact_values, fact_values.c.id == many.c.found
    )


@cache
def _told() -> Select[Any]:
    columns = [getattr(facts.c, name) for name in ("cell_id", "v", "lo", "hi", "clock", "id")]
    return (
        select(*columns, fact_values.c.value)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(
            facts.c.cell_id.in_(given("numbers", expanding=True)),
            facts.c.v <= given("day", type_=Integer),
            facts.c.gone.is_(None),
        )
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
