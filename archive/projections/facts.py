"""Read model: what each event asserts of whom, a row an assertion, never split and never closed.

``cell`` = entity × attribute × member. A fact holds from its day until a later fact of its cell.
A stretch of time (A/B) is two facts: one that begins and one that ends.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.days import Days, starting, stopping
from archive.projections.history import Batch
from archive.projections.rows import Line
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.vocabulary import ENTITY_TYPES, Assertion, AttributeClass, Event, assertions

NAME = "facts"
VERSION = 1
TABLES = (facts, cells, fact_values, attributes)
PER_EVENT = 1024

_Key: TypeAlias = tuple[int, int, str]

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
    """One assertion, or the end of one: its number, its value from then on, its days."""

    id: int
    told: Assertion
    value: str | None
    days: Days


def apply(connection: Connection, batch: Batch) -> None:
    """Take in what *batch* asserts; end what it corrects or retracts."""
    said = [
        one
        for effect in batch.effects
        if effect.event is not None
        for one in _said(effect.event, effect.position)
    ]
    keys = _keys(connection, said, batch)
    cells_of = _cells(connection, keys, batch)
    rows.add(connection, facts, _facts(connection, said, cells_of, batch))
    counted = {batch.numbers.attributes.get(one) for one in _COUNTED}
    batch.touched.extend(
        (cell, one.days.v)
        for one, key, cell in zip(said, keys, cells_of, strict=True)
        if key[1] in counted
    )
    _end(connection, batch)


def _said(event: Event, position: int) -> Sequence[Said]:
    """Return each assertion with its days, and after a finished stretch its end."""
    start, stop = starting(event.occurred.edtf), stopping(event.occurred.edtf)
    first, told = position * PER_EVENT, assertions(event)
    said = [Said(number, one, one.value, start) for number, one in enumerate(told, start=first)]
    if stop is None:
        return said
    ending = [
        one
        for one in told
        if one.value is not None and (one.entity_type, one.attribute) in _LASTING
    ]
    return said + [
        Said(number, one, None, stop) for number, one in enumerate(ending, start=first + len(said))
    ]


def _keys(connection: Connection, said: Sequence[Said], batch: Batch) -> list[_Key]:
    """Return entity, attribute and member of each assertion; new attributes are numbered."""
    numbers, entities = batch.numbers.attributes, batch.numbers.entities
    named = [(one.told.entity_type, one.told.attribute) for one in said]
    fresh = numbers.give_all(connection, list(dict.fromkeys(named)))
    rows.add(
        connection, attributes, [(number, *key, int(key in _COUNTED)) for number, key in fresh]
    )
    return [
        (entities[one.told.entity], numbers[name], one.told.member)
        for one, name in zip(said, named, strict=True)
    ]


def _cells(connection: Connection, keys: Sequence[_Key], batch: Batch) -> list[int]:
    """Return the cells of *keys*; new ones are numbered."""
    numbers = batch.numbers.cells
    fresh = numbers.give_all(connection, keys)
    rows.add(connection, cells, [(number, *key) for number, key in fresh])
    return [numbers[key] for key in keys]


def _facts(
    connection: Connection, said: Sequence[Said], cells_of: Sequence[int], batch: Batch
) -> list[Line]:
    values, ends = batch.numbers.values, batch.ends
    told = [one.value for one in said if one.value is not None]
    rows.add(connection, fact_values, values.give_all(connection, told))
    return [
        (
            number,
            cell,
            *days,
            ends.get(number // PER_EVENT),
            None if value is None else values[value],
            None if value is None else one.number,
        )
        for (number, one, value, days), cell in zip(said, cells_of, strict=True)
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
