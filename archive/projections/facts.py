"""Read model: what each event asserts of whom, a row an assertion, never split and never closed.

``cell`` = entity × attribute × member. A fact holds from its day until a later fact of its cell.
A stretch of time (A/B) is two facts: one that begins and one that ends.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, insert, select, update

from archive.log import RecordedEvent
from archive.projections.days import Days, starting, stopping
from archive.projections.entities import entity_ids
from archive.projections.history import effect, positions_of
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.vocabulary import ENTITY_TYPES, Assertion, AttributeClass, Event, assertions

NAME = "facts"
VERSION = 1
TABLES = (facts, cells, fact_values, attributes)
PER_EVENT = 1024

_LASTING = frozenset({AttributeClass.SINGLE, AttributeClass.MEMBERS, AttributeClass.PHASE})


def apply(connection: Connection, recorded: RecordedEvent) -> None:
    """Take in what *recorded* asserts; end what it corrects or retracts."""
    change = effect(connection, recorded)
    if change.gone is not None:
        _end(connection, change.gone, recorded.position)
    if change.event is not None:
        _add(connection, change.event, recorded.position)


def _end(connection: Connection, root: int, position: int) -> None:
    for version in positions_of(connection, root, before=position):
        first = version * PER_EVENT
        ended = update(facts).where(
            facts.c.id >= first, facts.c.id < first + PER_EVENT, facts.c.gone.is_(None)
        )
        connection.execute(ended.values(gone=position))


def _spread(event: Event) -> list[tuple[Assertion, Days]]:
    """Return each assertion with its days, and after a finished stretch its end."""
    said = assertions(event)
    start, stop = starting(event.occurred.edtf), stopping(event.occurred.edtf)
    spread = [(one, start) for one in said]
    if stop is None:
        return spread
    ends = [
        (Assertion(one.entity, one.entity_type, one.attribute, one.member, None), stop)
        for one in said
        if one.value is not None
        and ENTITY_TYPES[one.entity_type].attributes[one.attribute].attribute_class in _LASTING
    ]
    return spread + ends


def _add(connection: Connection, event: Event, position: int) -> None:
    spread = _spread(event)
    if not spread:
        return
    numbers = entity_ids(connection, [one.entity for one, _days in spread])
    attribute_ids = _numbered(
        connection,
        attributes,
        [{"entity_type": one.entity_type, "name": one.attribute} for one, _days in spread],
    )
    cell_ids = _numbered(
        connection,
        cells,
        [
            {
                "entity_id": numbers[one.entity],
                "attribute_id": attribute_ids[number],
                "member": one.member,
            }
            for number, (one, _days) in enumerate(spread)
        ],
    )
    kept = [number for number, (one, _days) in enumerate(spread) if one.value is not None]
    value_ids = _numbered(connection, fact_values, [{"value": spread[n][0].value} for n in kept])
    value_of = dict(zip(kept, value_ids, strict=True))
    rows = [
        {
            "id": position * PER_EVENT + number,
            "cell_id": cell_ids[number],
            "value_id": value_of.get(number),
            "number": one.number if one.value is not None else None,
        }
        | days._asdict()
        for number, (one, days) in enumerate(spread)
    ]
    connection.execute(insert(facts), rows)


def _numbered(
    connection: Connection, table: Table, rows: Sequence[dict[str, object]]
) -> list[int]:
    """Return the number of each row in *table*, giving the next number to rows not yet there."""
    return [_number(connection, table, row) for row in rows]


def _number(connection: Connection, table: Table, row: dict[str, object]) -> int:
    same = [table.c[name] == value for name, value in row.items()]
    known = connection.scalar(select(table.c.id).where(*same))
    if known is not None:
        return int(known)
    number = (connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0) + 1
    connection.execute(insert(table), row | {"id": number})
    return number
