"""How many holdings a day has in all, and of whom more than all may be held: counted by SQL.

Counted by the likely reading of the dates, each cell by itself: a share of each right, and the
parent. What is only possible, merged or settled is for those to tell who look at the stakes
themselves, as must be done of all of whom more than all may be held. More than what is surely held
is likely so; where a merge put two together, or a settlement another claim in its place, it may
not be, and ``reshaped`` names those.
"""

from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Integer, Select, func, select
from sqlalchemy import bindparam as given

from archive.dates import day_number
from archive.projections.tables import attributes, cells, entities, facts
from archive.queries.as_of import AsOf
from archive.queries.held.seeking import known_now, last_first
from archive.queries.known.ground import Ground, is_newest
from archive.storage import chunks

_ALL: Final = 100


class Holdings(NamedTuple):
    """How many cells tell of a stake, and of whom more than all of one right may be held."""

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


def reshaped(connection: Connection, *, stands: Ground, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of those of whom merges and settlements may have more held, as they are now.

    That are the homes of merged entities, and those of whom settled claims tell under *names*.
    """
    settled = {
        slug
        for some in chunks(sorted(stands.settled_cells))
        for slug in connection.scalars(_owned_by(), {"numbers": some, "names": names})
    }
    homes = {stands.named.get(slug, slug) for slug in (*stands.named, *settled)}
    return tuple(sorted(homes))


@cache
def _owned_by() -> Select[Any]:
    return (
        select(entities.c.slug)
        .join(cells, cells.c.entity_id == entities.c.id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(
            cells.c.id.in_(given("numbers", expanding=True)),
            attributes.c.name.in_(given("names", expanding=True)),
        )
    )


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
