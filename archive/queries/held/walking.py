"""What is asked on the way through the entities by name: who comes next, and who was renamed."""

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.projections.entities import DISPLAY
from archive.projections.tables import (
    attributes,
    cells,
    entities,
    entity_names,
    fact_values,
    facts,
    occurrences,
)
from archive.queries.held.mentioning import Condition, is_leaving, spelt_as
from archive.queries.known.asking import among
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import beside
from archive.storage import BIG


def told_by(stands: Ground, conditions: Sequence[Condition]) -> dict[str, object]:
    """Return what is to be given with ``by_name`` for some conditions."""
    return {
        key: said
        for number, (attribute, value) in enumerate(conditions)
        for key, said in (
            (f"name_{number}", attribute),
            (f"spelt_{number}", spelt_as(stands, value)),
        )
    }


@cache
def by_name(
    types: int, vacancies: tuple[bool, ...], *, is_falling: bool, on_server: bool
) -> Select[Any] | CompoundSelect[Any]:
    """Return the query for entities in order, of whom all of some conditions were ever told.

    Of each condition *vacancies* says whether it is that a post is vacant. So most of whom a
    condition leaves out are not looked at. Of whom others were merged into, nothing is demanded.
    """
    after, known = given("after", type_=Text), given("known", type_=BIG)
    size = given("size", type_=Integer)
    one = entities.c
    parts = [
        select(one.place, one.id, one.slug, one.type, one.name_zh, one.name_en)
        .where(
            entities.c.type == given(f"type_{number}"),
            entities.c.place < after if is_falling else entities.c.place > after,
            entities.c.position <= known,
            *(
                _was_told(at, is_vacant=is_vacant, on_server=on_server)
                for at, is_vacant in enumerate(vacancies)
            ),
        )
        .order_by(entities.c.place.desc() if is_falling else entities.c.place)
        .limit(size)
        for number in range(types)
    ]
    if types == 1:
        return parts[0]
    each = union_all(*(select(part.subquery()) for part in parts)).subquery()
    place = each.c.place.desc() if is_falling else each.c.place
    return select(each).order_by(place).limit(size)


def _was_told(number: int, *, is_vacant: bool, on_server: bool) -> ColumnElement[bool]:
    """Return the condition that an entity, or one merged into it, may have been told a value."""
    named = select(attributes.c.id).where(attributes.c.name == given(f"name_{number}", type_=Text))
    theirs = cells.c.entity_id == entities.c.id, cells.c.attribute_id.in_(named)
    of_theirs = (
        select(literal(1)).select_from(cells).join(facts, facts.c.cell_id == cells.c.id)
    ).where(*theirs)
    if is_vacant:
        of_theirs = of_theirs.outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        wanted = is_leaving(fact_values.c.value)
    else:
        spelt = partial(among, name=f"spelt_{number}", on_server=on_server)
        values = select(fact_values.c.id).where(spelt(fact_values.c.value))
        wanted = or_(spelt(cells.c.member), facts.c.value_id.in_(values))
    told = of_theirs.where(wanted).limit(1).correlate(entities)
    # A scalar, not EXISTS: beside an OR a server would read all cells into a hash first.
    return or_(
        told.scalar_subquery().is_not(None), among(entities.c.id, "homes", on_server=on_server)
    )


@cache
def renamed(*, on_server: bool) -> Select[Any]:
    """Return the query for those, known by then, that have been called otherwise since."""
    # A name is another one only by an event that gives names, and those are few: to look at the
    # names of every entity of a type takes longer than the whole page.
    known = given("known", type_=BIG)
    theirs = entity_names.c.position == occurrences.c.position, entity_names.c.kind == DISPLAY
    joined, name = beside(occurrences, entity_names, *theirs, lateral=on_server)
    return (
        select(name.c.entity_id)
        .distinct()
        .select_from(joined)
        .join(entities, entities.c.id == name.c.entity_id)
        .where(
            occurrences.c.kind == literal_column("'names_changed'"),
            or_(occurrences.c.position > known, name.c.gone > known),
            entities.c.position <= known,
            among(entities.c.type, "types", on_server=on_server),
        )
    )
