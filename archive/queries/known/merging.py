"""Where merged entities live on: what was said of them, and names them, counts for their home."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, select

from archive.projections.tables import entities, entity_merges
from archive.queries.known.narrowing import is_known

# What stands between the parts of a member.
JOINT: Final = " · "


def homes(connection: Connection, *, known: int) -> dict[int, int]:
    """Return where each merged entity has gone, followed to the end of its chain."""
    rows = connection.execute(
        select(entity_merges.c.from_id, entity_merges.c.into_id)
        .where(is_known(entity_merges.c.position, entity_merges.c.gone, known))
        .order_by(entity_merges.c.position)
    )
    return followed({row.from_id: row.into_id for row in rows})


def followed(into: Mapping[int, int]) -> dict[int, int]:
    """Return the end of the chain that begins at each number of *into*."""

    def end(number: int) -> int:
        seen = {number}
        while number in into and into[number] not in seen:
            number = into[number]
            seen.add(number)
        return number

    return {number: end(number) for number in into}


def named_homes(connection: Connection, *, known: int) -> dict[str, str]:
    """Return the id of the home of each merged entity, by the id of that."""
    ends = homes(connection, known=known)
    if not ends:
        return {}
    part = entity_merges.c.from_id, entity_merges.c.into_id
    concerned = select(entities.c.id, entities.c.slug).where(
        entities.c.id.in_(select(part[0])) | entities.c.id.in_(select(part[1]))
    )
    slugs = {row.id: row.slug for row in connection.execute(concerned)}
    return {slugs[number]: slugs[end] for number, end in ends.items()}


def merged_away(known: int) -> Select[Any]:
    """Return the query for the numbers of the entities that live on in another."""
    return select(entity_merges.c.from_id).where(
        is_known(entity_merges.c.position, entity_merges.c.gone, known)
    )


def at_home(number: Any, ends: Mapping[int, int]) -> ColumnElement[int]:
    """Return the number of an entity, that of its home for a merged one, as a column."""
    if not ends:
        return number  # type: ignore[no-any-return]  # the column as it came
    return case(dict(ends), value=number, else_=number)
