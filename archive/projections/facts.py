"""Read model: what each event asserts of whom, a row an assertion, never split and never closed.

``cell`` = entity × attribute × member. A fact holds from its day until a later fact of its cell.
A stretch of time (A/B) is two facts: one that begins and one that ends. Of the very same day a
fact has the number of the time that is stated, by which it comes after others of that day.
"""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from archive.dates import UNTIMED, clock_number
from archive.projections import rows
from archive.projections.days import Days, told
from archive.projections.history import Batch
from archive.projections.rows import Line
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.vocabulary import (
    ENTITY_TYPES,
    Assertion,
    AttributeClass,
    Event,
    assertions,
    leaver_of,
)

NAME = "facts"
VERSION = 6
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
# What is told of a stretch as a whole: it has come to that once the stretch is over.
_REACHED = frozenset(
    key
    for key, attribute in _ATTRIBUTES.items()
    if attribute.attribute_class is AttributeClass.SUM or attribute.name == "figures"
)
_COUNTED = frozenset(key for key, attribute in _ATTRIBUTES.items() if attribute.is_counted)


# One assertion, or the end of one: its number, its value from then on, its days, when it was taken
# back, and its time of day.
Said: TypeAlias = tuple[int, Assertion, str | None, Days, int | None, int]


def apply(connection: Connection, batch: Batch) -> None:
    """Take in what *batch* asserts; end what it corrects or retracts."""
    said = said_in(batch)
    keys = _keys(connection, [one[1] for one in said], batch)
    cells_of, fresh = batch.numbers.cells.give_all(connection, keys)
    rows.add(connection, cells, [(number, *key) for number, key in fresh])
    rows.add(connection, facts, _facts(connection, said, cells_of, batch))
    if batch.is_counting:
        counted = {batch.numbers.attributes.get(one) for one in _COUNTED}
        batch.touched.extend(
            [
                (cell, one[3].v)
                for one, key, cell in zip(said, keys, cells_of, strict=True)
                if key[1] in counted
            ]
        )
    _end(connection, batch)


def said_in(batch: Batch) -> list[Said]:
    """Return each assertion of *batch* with its days, in their order; read out once."""
    if not batch.said:
        ends = batch.ends
        for effect in batch.effects:
            if effect.event is not None:
                batch.said.extend(_said(effect.event, effect.position, ends.get(effect.position)))
    return batch.said


def _said(event: Event, position: int, gone: int | None) -> list[Said]:
    """Return each assertion with its days, and after a finished stretch its end."""
    when, first = told(event.occurred.edtf), position * PER_EVENT
    start, stop, clock = when.start, when.stop, clock_number(event.occurred.clock)
    asserted = assertions(event)
    said: list[Said] = [
        (number, one, one.value, start, gone, clock) for number, one in enumerate(asserted, first)
    ]
    if stop is None:
        return said
    over = Days(start.lo, stop.lo - 1, stop.hi - 1)
    said = [
        (number, one, value, over if _key_of(one) in _REACHED else days, gone, clock)
        for number, one, value, days, gone, clock in said
    ]
    ending = [
        one
        for one in asserted
        if one.value is not None and _key_of(one) in _LASTING
        # Nothing ends with the days in which somebody left.
        if not leaver_of(one.value)
    ]
    number = first + len(said)
    return said + [(at, one, None, stop, gone, UNTIMED) for at, one in enumerate(ending, number)]


def _key_of(assertion: Assertion) -> tuple[str, str]:
    return assertion.entity_type, assertion.attribute


def _keys(connection: Connection, asserted: Sequence[Assertion], batch: Batch) -> list[_Key]:
    """Return entity, attribute and member of each assertion; new attributes are numbered."""
    entities = batch.numbers.entities
    named = [(one.entity_type, one.attribute) for one in asserted]
    numbers, fresh = batch.numbers.attributes.give_all(connection, named)
    rows.add(
        connection, attributes, [(number, *key, int(key in _COUNTED)) for number, key in fresh]
    )
    return [
        (entities[one.entity], attribute, one.member)
        for one, attribute in zip(asserted, numbers, strict=True)
    ]


def _facts(
    connection: Connection, said: Sequence[Said], cells_of: Sequence[int], batch: Batch
) -> list[Line]:
    values = batch.numbers.values
    _numbers, fresh = values.give_all(connection, [one[2] for one in said if one[2] is not None])
    rows.add(connection, fact_values, fresh)
    return [
        (number, cell, lo, v, hi, gone, None, None, clock)
        if value is None
        else (number, cell, lo, v, hi, gone, values[value], one.number, clock)
        for each, cell in zip(said, cells_of, strict=True)
        for number, one, value, (lo, v, hi), gone, clock in [each]
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
