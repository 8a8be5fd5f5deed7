"""What a fold of few events looks up, asked in one question: whom and what they name.

A long run remembers most of it from batch to batch. One event alone would ask for each sort of
number in turn, and a question costs a database more than what it answers.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.entities import named_in
from archive.projections.facts import said_in
from archive.projections.history import Batch
from archive.projections.numbering import Numbering
from archive.vocabulary import Assertion

# From so many events on, what is remembered is many times what is asked.
FEW: Final = 8

_ENTITY, _ATTRIBUTE, _CELL, _VALUE, _LAST = range(5)
_NONE: Final = "CAST(NULL AS INTEGER), CAST(NULL AS INTEGER)"
_QUESTION: Final = (
    f"SELECT {_ENTITY}, one.id, {_NONE}, one.slug, '' FROM {{slugs}} "  # noqa: S608 - own names
    "CROSS JOIN entity AS one WHERE one.slug = {slug} UNION ALL "
    f"SELECT {_ATTRIBUTE}, one.id, {_NONE}, one.entity_type, one.name FROM {{attributes}} "
    "CROSS JOIN attribute AS one WHERE one.entity_type = {of_type} AND one.name = {called} "
    f"UNION ALL SELECT {_CELL}, cell.id, cell.entity_id, cell.attribute_id, cell.member, '' "
    "FROM {cells} CROSS JOIN entity CROSS JOIN attribute CROSS JOIN cell "
    "WHERE entity.slug = {bearer} AND attribute.entity_type = {bearer_type} "
    "AND attribute.name = {borne} AND cell.entity_id = entity.id "
    "AND cell.attribute_id = attribute.id AND cell.member = {member} "
    f"UNION ALL SELECT {_VALUE}, one.id, {_NONE}, one.value, '' FROM {{values}} "
    "CROSS JOIN fact_value AS one WHERE one.value = {value} "
    f"UNION ALL SELECT {_LAST}, (SELECT MAX(id) FROM search_document), "
    "(SELECT MAX(id) FROM cell), (SELECT MAX(id) FROM entity), '', ''"
)
_PARTS: Final = (
    ("slugs", ("slug",)),
    ("attributes", ("of_type", "called")),
    ("cells", ("bearer", "bearer_type", "borne", "member")),
    ("values", ("value",)),
)


def meet(connection: Connection, batch: Batch) -> None:
    """Learn at once the numbers of all that *batch* names, and those given last."""
    numbers, said = batch.numbers, said_in(batch)
    asserted = list(dict.fromkeys(one[1] for one in said))
    slugs = list(dict.fromkeys(named_in(batch)))
    attributes = list(dict.fromkeys((one.entity_type, one.attribute) for one in asserted))
    values = list(dict.fromkeys(one[2] for one in said if one[2] is not None))
    borne = [(one.entity, one.entity_type, one.attribute, one.member) for one in asserted]
    found: tuple[list[Any], ...] = ([], [], [], [], [])
    for sort, *row in rows.ask_all(
        connection, _QUESTION, _PARTS, (slugs, attributes, list(dict.fromkeys(borne)), values)
    ):
        found[sort].append(row)
    numbers.entities.learn({row[3]: row[0] for row in found[_ENTITY]}, asked=slugs)
    numbers.attributes.learn(
        {(row[3], row[4]): row[0] for row in found[_ATTRIBUTE]}, asked=attributes
    )
    numbers.values.learn({row[3]: row[0] for row in found[_VALUE]}, asked=values)
    numbers.cells.learn(
        {(row[1], row[2], row[3]): row[0] for row in found[_CELL]}, asked=_cells(asserted, numbers)
    )
    last_document, last_cell, last_entity, *_names = found[_LAST][0]
    numbers.documents.begin_after(last_document)
    numbers.cells.begin_after(last_cell)
    numbers.entities.begin_after(last_entity)


def _cells(asserted: Sequence[Assertion], numbers: Numbering) -> list[tuple[int, int, str]]:
    """Return the cells that were asked for: those whose entity and attribute have a number."""
    entities, attributes = numbers.entities, numbers.attributes
    return [
        (entities[one.entity], attributes[one.entity_type, one.attribute], one.member)
        for one in asserted
        if one.entity in entities and (one.entity_type, one.attribute) in attributes
    ]
