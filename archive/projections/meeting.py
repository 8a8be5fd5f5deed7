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
from archive.storage import SERVER
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
    f"UNION ALL SELECT {_CELL}, found.id, found.entity_id, found.attribute_id, found.member, '' "
    # First whose, then which: a server that joins at will walks all cells of an attribute.
    "FROM (WITH sought AS MATERIALIZED (SELECT "
    "(SELECT id FROM entity WHERE slug = {bearer}) AS entity_id, (SELECT id FROM attribute "
    "WHERE entity_type = {bearer_type} AND name = {borne}) AS attribute_id, "
    "{member} AS member FROM {cells}) SELECT cell.id, cell.entity_id, cell.attribute_id, "
    "cell.member FROM sought CROSS JOIN cell WHERE cell.entity_id = sought.entity_id "
    "AND cell.attribute_id = sought.attribute_id AND cell.member = sought.member) AS found "
    f"UNION ALL SELECT {_VALUE}, one.id, {_NONE}, one.value, '' FROM {{values}} "
    "CROSS JOIN fact_value AS one WHERE one.value = {value} "
    f"UNION ALL SELECT {_LAST}, (SELECT MAX(id) FROM search_document), "
    "(SELECT MAX(id) FROM cell), (SELECT MAX(id) FROM entity), '', ''"
)
# A server takes an index of attribute and member for as good, and walks all that have no member.
_ASKED_OF_A_SERVER: Final = _QUESTION.replace("cell.member = ", "cell.member || '' = ")
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
    is_server = connection.dialect.name == SERVER
    question = _ASKED_OF_A_SERVER if is_server else _QUESTION
    for sort, *row in rows.ask_all(
        connection, question, _PARTS, (slugs, attributes, list(dict.fromkeys(borne)), values)
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
