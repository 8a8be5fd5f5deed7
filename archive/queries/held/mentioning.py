"""Of whom a value was ever told: few, where a condition is rare."""

from collections.abc import Sequence
from functools import cache
from math import isqrt
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Integer, Select, Text, func, literal, select
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.projections.tables import attributes, cells, fact_values, facts
from archive.queries.known.asking import among, asked
from archive.queries.known.ground import Ground
from archive.queries.known.merging import JOINT
from archive.queries.known.nesting import is_server
from archive.vocabulary import POSTS, VACANT

Condition: TypeAlias = tuple[str, str]

# To put an entity in order costs some three times what it costs to find by name that a value was
# told of it; a page shows fifty.
_WORTH: Final = 15


def is_tellable(stands: Ground, condition: Condition) -> bool:
    """Tell whether who meets *condition* was told the value by this very name, or merged ones.

    That a post is vacant is told by the name of whoever left it.
    """
    attribute, value = condition
    if attribute in POSTS and value == VACANT:
        return False
    return not (stands.named and JOINT in value)


def spelt_as(stands: Ground, value: str) -> list[str]:
    """Return what *value* may be told as: itself, its home, and what was merged into that."""
    meant = {value, stands.named.get(value, value)}
    return sorted(meant | {slug for slug, home in stands.named.items() if home in meant})


def few_told(
    connection: Connection, stands: Ground, conditions: Sequence[Condition]
) -> list[int] | None:
    """Return the entities of which the rarest value was ever told; None if it was too often."""
    most = isqrt(_WORTH * max(1, stands.entities))
    known = [_told(connection, stands, one, most=most) for one in conditions]
    return min((one for one in known if one is not None), key=len, default=None)


def _told(
    connection: Connection, stands: Ground, condition: Condition, *, most: int
) -> list[int] | None:
    """Return the entities of which a value was ever told, or a member is called so, if few."""
    attribute, value = condition
    if not is_tellable(stands, condition):  # parts of it may live on elsewhere
        return None
    said = {"name": attribute, "spelt": spelt_as(stands, value), "most": most + 1}
    on_server = is_server(connection)
    ((many,),) = asked(connection, _mentions(on_server=on_server), said)
    if many > most:
        return None
    return [number for (number,) in asked(connection, _tellers(on_server=on_server), said)]


@cache
def _mentions(*, on_server: bool) -> Select[Any]:
    """Return the query for how many facts and cells there are of a value, counted so far."""
    most = given("most", type_=Integer)
    said = select(literal(1).label("one")).where(
        facts.c.value_id.in_(_values(on_server=on_server))
    )
    called = select(literal(1).label("one")).where(*_called(on_server=on_server)).limit(most)
    both = select(said.limit(most).subquery()).union_all(select(called.subquery()))
    return select(func.count()).select_from(both.subquery())


@cache
def _tellers(*, on_server: bool) -> CompoundSelect[Any]:
    named = select(attributes.c.id).where(attributes.c.name == given("name", type_=Text))
    said = (
        select(cells.c.entity_id)
        .join(facts, facts.c.cell_id == cells.c.id)
        .where(facts.c.value_id.in_(_values(on_server=on_server)), cells.c.attribute_id.in_(named))
    )
    return said.union(select(cells.c.entity_id).where(*_called(on_server=on_server)))


def _values(*, on_server: bool) -> Select[Any]:
    return select(fact_values.c.id).where(among(fact_values.c.value, "spelt", on_server=on_server))


def _called(*, on_server: bool) -> tuple[Any, Any]:
    named = select(attributes.c.id).where(attributes.c.name == given("name", type_=Text))
    return cells.c.attribute_id.in_(named), among(cells.c.member, "spelt", on_server=on_server)
