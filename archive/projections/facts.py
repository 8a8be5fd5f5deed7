"""Read model: what each event asserts of whom, a row an assertion, never split and never closed.

``cell`` = entity × attribute × member. A fact holds from its day until a later fact of its cell.
A stretch of time (A/B) is two facts: one that begins and one that ends.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.days import Days, starting, stopping
from archive.projections.history import Batch
from archive.projections.rows import Line
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.vocabulary import ENTITY_TYPES, AttributeClass, Event, assertions

NAME = "facts"
VERSION = 1
TABLES = (facts, cells, fact_values, attributes)
PER_EVENT = 1024

_ATTRIBUTES = {
    (entity_type.name, attribute.name): attribute
    for entity_type in ENTITY_TYPES.values()
    for attribute in entity_type.attributes.values()
}
_LASTING = frozenset(
    key
    for key, attribute in _ATTRIBUTES.items()
    if attribute.attribute_class
    in {AttributeClass.SINGLE, AttributeClass.MEMBERS, AttributeClass.PHASE}
)
_COUNTED = frozenset(key for key, attribute in _ATTRIBUTES.items() if attribute.is_counted)


class Said(NamedTuple):
    """One assertion, or the end of one, as the table of facts takes it."""

    id: int
    entity: str
    attribute: tuple[str, str]
    member: str
    value: str | None
    number: float | None
    days: Days


def apply(connection: Connection, batch: Batch) -> None:
    """Take in what *batch* asserts; end what it corrects or retracts."""
    said = [
        one
        for effect in batch.effects
        if effect.event is not None
        for one in _said(effect.event, effect.position)
    ]
    cells_of = _cells(connection, said, batch)
    rows.add(connection, facts, _facts(said, cells_of, batch))
    batch.touched.extend(
        (cell, one.days.v)
        for one, cell in zip(said, cells_of, strict=True)
        if one.attribute in _COUNTED
    )
    _end(connection, batch)


def _said(event: Event, position: int) -> Sequence[Said]:
    """Return each assertion with its days, and after a finished stretch its end."""
    start, stop = starting(event.occurred.edtf), stopping(event.occurred.edtf)
    first = position * PER_EVENT
    said = [
        Said(
            number,
            one.entity,
            (one.entity_type, one.attribute),
            one.member,
            one.value,
            one.number if one.value is not None else None,
            start,
        )
        for number, one in enumerate(assertions(event), start=first)
    ]
    if stop is None:
        return said
    ending = [one for one in said if one.value is not None and one.attribute in _LASTING]
    return said + [
        one._replace(id=number, value=None, number=None, days=stop)
        for number, one in enumerate(ending, start=first + len(said))
    ]


def _cells(connection: Connection, said: Sequence[Said], batch: Batch) -> list[int]:
    """Return the cell of each assertion; attributes, cells and values new to us are numbered."""
    numbers, entities = batch.numbers, batch.numbers.entities
    fresh = numbers.attributes.give_all(connection, [one.attribute for one in said])
    rows.add(
        connection, attributes, [(number, *key, int(key in _COUNTED)) for number, key in fresh]
    )
    keys = [(entities[one.entity], numbers.attributes[one.attribute], one.member) for one in said]
    fresh = numbers.cells.give_all(connection, keys)
    rows.add(connection, cells, [(number, *key) for number, key in fresh])
    values = [one.value for one in said if one.value is not None]
    rows.add(connection, fact_values, numbers.values.give_all(connection, values))
    return [numbers.cells[key] for key in keys]


def _facts(said: Sequence[Said], cells_of: Sequence[int], batch: Batch) -> list[Line]:
    values, ends = batch.numbers.values, batch.ends
    return [
        (
            one.id,
            cell,
            *one.days,
            ends.get(one.id // PER_EVENT),
            None if one.value is None else values[one.value],
            one.number,
        )
        for one, cell in zip(said, cells_of, strict=True)
    ]


def _end(connection: Connection, batch: Batch) -> None:
    """End the facts of the versions from before the batch that end here."""
    ended = batch.ended_before
    over = rows.find(
        connection,
        facts,
        ("id", "cell_id", "v"),
        by=("id",),
        keys=list(ended),
        unset="gone",
        within=PER_EVENT,
    )
    changes = [(ended[number // PER_EVENT], number) for number, _cell, _day in over]
    rows.change(connection, facts, ("gone",), changes, by=("id",))
    batch.touched.extend((cell, day) for _number, cell, day in over)
