"""Read model: what each event asserts of whom, a row an assertion, never split and never closed.

``cell`` = entity × attribute × member. A fact holds from its day until a later fact of its cell.
A stretch of time (A/B) is two facts: one that begins and one that ends.
"""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.days import Days, told
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


# One assertion, or the end of one: its number, its value from then on, its days.
_Said: TypeAlias = tuple[int, Assertion, str | None, Days]


def apply(connection: Connection, batch: Batch) -> None:
    """Take in what *batch* asserts; end what it corrects or retracts."""
    said: list[_Said] = []
    for effect in batch.effects:
        if effect.event is not None:
            said += _said(effect.event, effect.position)
    keys = _keys(connection, said, batch)
    cells_of = _cells(connection, keys, batch)
    rows.add(connection, facts, _facts(connection, said, cells_of, batch))
    counted = {batch.numbers.attributes.get(one) for one in _COUNTED}
    batch.touched.extend(
        [
            (cell, days.v)
            for (_number, _told, _value, days), key, cell in zip(said, keys, cells_of, strict=True)
            if key[1] in counted
        ]
    )
    _end(connection, batch)


def _said(event: Event, position: int) -> list[_Said]:
    """Return each assertion with its days, and after a finished stretch its end."""
    when, first = told(event.occurred.edtf), position * PER_EVENT
    start, stop = when.start, when.stop
    asserted = assertions(event)
    said: list[_Said] = [
        (number, one, one.value, start) for number, one in enumerate(asserted, start=first)
    ]
    if stop is None:
        return said
    ending = [
        one
        for one in asserted
        if one.value is not None and (one.entity_type, one.attribute) in _LASTING
    ]
    number = first + len(said)
    return said + [(at, one, None, stop) for at, one in enumerate(ending, start=number)]


def _keys(connection: Connection, said: Sequence[_Said], batch: Batch) -> list[_Key]:
    """Return entity, attribute and member of each assertion; new attributes are numbered."""
    numbers, entities = batch.numbers.attributes, batch.numbers.entities
    named = [(one[1].entity_type, one[1].attribute) for one in said]
    fresh = numbers.give_all(connection, list(dict.fromkeys(named)))
    rows.add(
        connection, attributes, [(number, *key, int(key in _COUNTED)) for number, key in fresh]
    )
    return [
        (entities[one[1].entity], numbers[name], one[1].member)
        for one, name in zip(said, named, strict=True)
    ]


def _cells(connection: Connection, keys: Sequence[_Key], batch: Batch) -> list[int]:
    """Return the cells of *keys*; new ones are numbered."""
    numbers = batch.numbers.cells
    fresh = numbers.give_all(connection, keys)
    rows.add(connection, cells, [(number, *key) for number, key in fresh])
    return [numbers[key] for key in keys]


def _facts(
    connection: Connection, said: Sequence[_Said], cells_of: Sequence[int], batch: Batch
) -> list[Line]:
    values, ends = batch.numbers.values, batch.ends
    given = [one[2] for one in said if one[2] is not None]
    rows.add(connection, fact_values, values.give_all(connection, given))
    return [
        (
            number,
            cell,
            lo,
            v,
            hi,
            ends.get(number // PER_EVENT) if ends else None,
            None if value is None else values[value],
            None if value is None else one.number,
        )
        for (number, one, value, (lo, v, hi)), cell in zip(said, cells_of, strict=True)
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
