"""The terms of every model in outline: by SQL, in keys, wherever no two facts can contend.

A cell is **plain** on day X when just one of its facts can matter there and that one has surely
begun: the same facts that ``held.seeking`` proves to be enough, counted instead of read. Of a
model whose terms are all plain, what holds is known from the keys alone. The others (vague on that
very day, merged, settled) are few; of them it is only said that they must be looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import (
    CTE,
    Connection,
    Integer,
    Row,
    Select,
    case,
    func,
    select,
    union_all,
)
from sqlalchemy import bindparam as given

from archive.dates import day_number
from archive.projections.tables import attributes, cells, entities, fact_values, facts
from archive.queries.as_of import AsOf
from archive.queries.held.seeking import BEFORE_ALL, known_now, latest_start
from archive.queries.known.ground import Ground
from archive.storage import chunks

TYPE: Final = "model"
PHASE: Final = "status"
_DAY: Final = given("day", type_=Integer)

_Keys: TypeAlias = tuple[tuple[str, str], ...]


class Outline(NamedTuple):
    """What a model's cells hold, key by attribute; None where that must be looked at."""

    slug: str
    keys: _Keys | None


def outlines(
    connection: Connection, *, as_of: AsOf, stands: Ground, names: tuple[str, ...]
) -> Iterator[Outline]:
    """Yield each model that holds, or may hold, anything under *names*, in order of names.

    A model of which nothing but its phase is vague is told without it.
    """
    told, contended = _told(connection, as_of, stands, names)
    spelt = _spelt(connection, {key for keys in told.values() for key in keys.values()})
    apart = contended | _apart(connection, stands)
    homes = select(entities.c.id, entities.c.slug).where(entities.c.type == TYPE)
    for number, slug in connection.execute(homes.order_by(entities.c.place)):
        if number in stands.homes:
            continue
        if number in apart:
            yield Outline(slug, None)
        elif number in told:
            yield Outline(slug, tuple((name, spelt[key]) for name, key in told[number].items()))


def _told(
    connection: Connection, as_of: AsOf, stands: Ground, names: tuple[str, ...]
) -> tuple[dict[int, dict[str, int]], set[int]]:
    """Return by model what its plain cells hold, and the models with a cell that is not plain."""
    day = day_number(as_of.valid)
    said = {"day": day, "first": day, "known": as_of.known, "names": names}
    rows = connection.execute(_by_cell(is_newest=stands.is_newest), said).all()
    told: defaultdict[int, dict[str, int]] = defaultdict(dict)
    contended, perhaps = set[int](), set[int]()
    stretches = _with_ends(connection, (row for row in rows if row.many == 1 and row.is_vague))
    for row in rows:
        if row.low == BEFORE_ALL or row.many > 1 or row.id in stretches:
            (perhaps if row.name == PHASE else contended).add(row.entity_id)
        elif row.value_id is not None:
            told[row.entity_id][row.name] = row.value_id
    return told, contended | (perhaps - told.keys())


def _with_ends(connection: Connection, rows: Iterable[Row[Any]]) -> set[int]:
    """Return the cells among *rows* that end anywhere: that may be the end of a stretch."""
    asked = sorted(row.id for row in rows)
    ends = select(facts.c.cell_id).distinct().where(facts.c.value_id.is_(None))
    return {
        cell
        for some in chunks(asked)
        for cell in connection.scalars(ends.where(facts.c.cell_id.in_(some)))
    }


def _spelt(connection: Connection, numbers: set[int]) -> dict[int, str]:
    spelling = select(fact_values.c.id, fact_values.c.value)
    return {
        number: value
        for some in chunks(sorted(numbers))
        for number, value in connection.execute(spelling.where(fact_values.c.id.in_(some)))
    }


def _apart(connection: Connection, stands: Ground) -> frozenset[int]:
    """Return the models into which others were merged, or on whose cells a settlement bears."""
    settled = {
        number
        for some in chunks(sorted(stands.settled_cells))
        for number in connection.scalars(select(cells.c.entity_id).where(cells.c.id.in_(some)))
    }
    return frozenset({stands.homes.get(one, one) for one in settled}.union(stands.homes.values()))


@cache
def _by_cell(*, is_newest: bool) -> Select[Any]:
    """Return the query for how many facts of each cell can matter, and what the last of them says.

    Materialized, or SQLite would seek the first day anew wherever it is named.
    """
    scope = (
        select(
            cells.c.id,
            cells.c.entity_id,
            attributes.c.name,
            latest_start(is_newest=is_newest).label("low"),
        )
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(
            attributes.c.entity_type == TYPE,
            attributes.c.name.in_(given("names", expanding=True)),
        )
        .cte("scope")
        .prefix_with("MATERIALIZED")
    )
    later, vague = facts.alias("later"), facts.alias("vague")
    reaching = union_all(
        _of(scope, later, is_newest=is_newest).where(
            later.c.lo >= scope.c.low, later.c.lo <= _DAY
        ),
        _of(scope, vague, is_newest=is_newest).where(
            vague.c.lo < vague.c.hi, vague.c.hi >= scope.c.low, vague.c.lo < scope.c.low
        ),
    ).subquery()
    return select(
        reaching.c.id,
        reaching.c.entity_id,
        reaching.c.name,
        reaching.c.low,
        func.count().label("many"),
        func.max(reaching.c.value_id).label("value_id"),
        func.max(reaching.c.is_vague).label("is_vague"),
    ).group_by(reaching.c.id, reaching.c.entity_id, reaching.c.name, reaching.c.low)


def _of(scope: CTE, fact: Any, *, is_newest: bool) -> Select[Any]:
    return (
        select(
            scope.c.id,
            scope.c.entity_id,
            scope.c.name,
            scope.c.low,
            fact.c.value_id,
            case((fact.c.lo < fact.c.hi, 1), else_=0).label("is_vague"),
        )
        .join_from(scope, fact, fact.c.cell_id == scope.c.id)
        .where(known_now(fact, is_newest=is_newest))
    )
