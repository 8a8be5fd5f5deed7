"""How many stakes a day has in all, and of whom more than all may be held: counted by SQL.

Counted by the likely reading of the dates, as ``held.tallying`` counts; what is only possible,
merged or settled is for those to tell who look at the stakes themselves.
"""

from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Integer, Select, func, select
from sqlalchemy import bindparam as given

from archive.dates import day_number
from archive.projections.tables import attributes, cells, entities, facts
from archive.queries.as_of import AsOf
from archive.queries.held.seeking import known_now, last_first
from archive.queries.known.ground import is_newest

_ALL: Final = 100


class Holdings(NamedTuple):
    """How many stakes there are, and of whom more than all of one right may be held."""

    stakes: int
    overfull: tuple[str, ...]


def holdings(
    connection: Connection, *, as_of: AsOf, names: tuple[str, ...], most: int
) -> Holdings:
    """Return the holdings told under the attributes *names*; *most* ids at most.

    Those of whom the most is held come first.
    """
    said = {"day": day_number(as_of.valid), "known": as_of.known, "names": names}
    query = _by_owned(is_newest=is_newest(connection, known=as_of.known))
    rows = connection.execute(query, said).all()
    full = sorted((row for row in rows if (row.total or 0) > _ALL), key=lambda row: -row.total)
    wanted = list(dict.fromkeys(row.entity_id for row in full))[:most]
    slugs = connection.execute(
        select(entities.c.id, entities.c.slug).where(entities.c.id.in_(wanted))
    )
    spelt = {row.id: row.slug for row in slugs}
    return Holdings(sum(row.many for row in rows), tuple(spelt[number] for number in wanted))


@cache
def _by_owned(*, is_newest: bool) -> Select[Any]:
    last = facts.alias("last")
    live = known_now(last, is_newest=is_newest)
    best = (
        select(last.c.id)
        .where(last.c.cell_id == cells.c.id, last.c.v <= given("day", type_=Integer), live)
        .order_by(*last_first(last))
        .limit(1)
    )
    return (
        select(
            cells.c.entity_id, func.count().label("many"), func.sum(facts.c.number).label("total")
        )
        .select_from(cells)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .join(facts, facts.c.id == best.scalar_subquery())
        .where(
            attributes.c.name.in_(given("names", expanding=True)), facts.c.value_id.is_not(None)
        )
        .group_by(cells.c.entity_id, cells.c.attribute_id)
    )
