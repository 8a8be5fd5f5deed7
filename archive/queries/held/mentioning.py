"""Of whom a value was ever told: few, where a condition is rare.

That a post is vacant is told by the name of whoever left it: of whom that was ever told, the
events that tell of leavings know.
"""

from collections.abc import Sequence
from functools import cache
from math import isqrt
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    func,
    literal,
    select,
)
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect, GenerativeSelect

from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.ground import Ground
from archive.queries.known.merging import JOINT
from archive.queries.known.nesting import beside, is_server, of_event
from archive.vocabulary import KINDS, LEFT_BY, POSTS, VACANT

Condition: TypeAlias = tuple[str, str]

# To put an entity in order costs some three times what it costs to find by name that a value was
# told of it; a page shows fifty.
_WORTH: Final = 15


def is_tellable(stands: Ground, condition: Condition) -> bool:
    """Tell whether who meets *condition* was told the value by this very name, or merged ones.

    Or, where a post is to be vacant, that somebody left one.
    """
    _attribute, value = condition
    return not (stands.named and JOINT in value)


def is_vacancy(condition: Condition) -> bool:
    """Tell whether *condition* is that a post is vacant."""
    attribute, value = condition
    return attribute in POSTS and value == VACANT


def is_leaving(value: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that *value* tells that somebody left a post."""
    # Not the bare column, of values joined from outside: a server would begin with all values.
    return func.coalesce(value, "").like(f"{LEFT_BY}%")


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
    said: dict[str, object] = {"name": attribute, "most": most + 1}
    on_server = is_server(connection)
    counting = _mentions(on_server=on_server)
    telling: GenerativeSelect = _tellers(on_server=on_server)
    if is_vacancy(condition):
        counting, telling = _leavings(attribute), _left(attribute, on_server=on_server)
    else:
        said["spelt"] = spelt_as(stands, value)
    ((many,),) = asked(connection, counting, said)
    if many > most:
        return None
    return [number for (number,) in asked(connection, telling, said)]


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


# --- vacancies ----------------------------------------------------------------------------------


@cache
def _leavings(attribute: str) -> Select[Any]:
    """Return the query for how many events tell of leavings, counted so far."""
    told = select(literal(1).label("one")).where(_tells_of_leaving(attribute))
    some = told.limit(given("most", type_=Integer)).subquery()
    return select(func.count()).select_from(some)


@cache
def _left(attribute: str, *, on_server: bool) -> Select[Any]:
    theirs = of_event(facts, occurrences.c.position)
    joined, fact = beside(occurrences, facts, *theirs, lateral=on_server)
    named = select(attributes.c.id).where(attributes.c.name == given("name", type_=Text))
    return (
        select(cells.c.entity_id)
        .distinct()
        .select_from(joined)
        .outerjoin(fact_values, fact_values.c.id == fact.c.value_id)
        .join(cells, cells.c.id == fact.c.cell_id)
        .where(
            _tells_of_leaving(attribute),
            is_leaving(fact_values.c.value),
            cells.c.attribute_id.in_(named),
        )
    )


def _tells_of_leaving(attribute: str) -> ColumnElement[bool]:
    kinds = [
        one.name
        for one in KINDS.values()
        if any(rule.leaving and rule.attribute == attribute for rule in one.asserts)
    ]
    return is_own(occurrences.c.kind, sorted(kinds))
