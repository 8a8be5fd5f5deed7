"""What cells hold put into words, row by row, with the events and sources behind each value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.languages import Words
from archive.queries.answers import EntityRef
from archive.queries.held.cells import Cell
from archive.queries.held.standing import Held
from archive.queries.held.telling import StateValue, Teller
from archive.queries.known.ground import Ground
from archive.vocabulary import AttributeClass


@dataclass(frozen=True, slots=True)
class StateRow:
    """One cell on a day. Several values are alternatives, or rivals where it is disputed."""

    entity: EntityRef
    attribute: str
    attribute_label: Words
    attribute_class: str
    member: str
    member_words: Words
    values: tuple[StateValue, ...]
    standing: str
    reason: Words | None
    is_disputed: bool
    changed_today: bool
    age_days: int | None


def state_rows(
    connection: Connection, answers: Sequence[tuple[Cell, Held]], *, day: int, ground: Ground
) -> tuple[StateRow, ...]:
    """Return the answers in words, with the events and sources behind each value."""
    told = [
        (cell, fact)
        for cell, answer in answers
        for fact in (*answer.candidates, *answer.set_aside)
    ]
    teller = Teller(connection, told, ground=ground)
    return tuple(_row(teller, cell, answer, day) for cell, answer in answers)


def _row(teller: Teller, cell: Cell, answer: Held, day: int) -> StateRow:
    best = answer.candidates[0]
    seen: dict[str, StateValue] = {}
    for fact in (*answer.candidates, *answer.set_aside):
        value = teller.value(cell, fact)
        first = seen.setdefault(value.key, value)
        if first is not value:
            merged = tuple(dict.fromkeys((*first.sources, *value.sources)))
            seen[value.key] = replace(first, sources=merged)
    is_measured = cell.attribute.attribute_class is AttributeClass.MEASURED
    is_dated = EARLIEST_DAY < best.v < LATEST_DAY
    return StateRow(
        entity=cell.entity,
        attribute=cell.attribute.name,
        attribute_label=cell.attribute.label,
        attribute_class=cell.attribute.attribute_class.value,
        member=cell.member,
        member_words=teller.member(cell, best),
        values=tuple(seen.values()),
        standing=answer.standing.value,
        reason=answer.reason,
        is_disputed=answer.is_disputed,
        changed_today=answer.is_changed_today,
        age_days=max(0, day - best.v) if is_measured and is_dated else None,
    )
