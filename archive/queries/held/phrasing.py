"""What cells hold put into words, row by row, with the events and sources behind each value."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.languages import Words
from archive.projections import CONFIDENCES
from archive.queries.answers import EntityRef
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.qualifying import in_brackets, qualities
from archive.queries.held.standing import Held, Standing
from archive.queries.held.summing import unit_of
from archive.queries.held.telling import StateValue, Teller
from archive.queries.known.ground import Ground
from archive.vocabulary import AttributeClass


class StateRow(msgspec.Struct, frozen=True, gc=False):
    """One cell on a day. Several values are alternatives, or rivals where it is disputed.

    Those of a sum are its parts, one a currency, and all of them hold.
    """

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

    @property
    def is_sum(self) -> bool:
        """Tell whether several values are parts of one sum."""
        return self.attribute_class == _ADDED


def values_in_words(row: StateRow, *marks: Words) -> Words:
    """Return all values of *row* in one line, each with its settlement and what it bears.

    The *marks* of the row stand with what each value bears, or once, behind the parts of a sum.
    """
    between = _AND if row.is_sum else _BESIDE
    of_one, of_all = ((), marks) if row.is_sum and len(row.values) > 1 else (marks, ())
    said = [
        (value.words, _settled(value), in_brackets(*qualities(value), *of_one))
        for value in row.values
    ]
    behind = in_brackets(*of_all)
    return Words(
        between.zh.join("".join(part.zh for part in parts) for parts in said) + behind.zh,
        between.en.join("".join(part.en for part in parts) for parts in said) + behind.en,
    )


def _settled(value: StateValue) -> Words:
    if value.is_set_aside:
        return _SET_ASIDE
    return _PREFERRED if value.is_preferred else _UNSETTLED


def state_rows(
    connection: Connection, answers: Sequence[tuple[Cell, Held]], *, day: int, ground: Ground
) -> tuple[StateRow, ...]:
    """Return the answers in words, with the events and sources behind each value."""
    told = [
        (cell, fact)
        for cell, answer in answers
        for fact in (*answer.candidates, *answer.set_aside, *_parts(cell, answer))
    ]
    teller = Teller(connection, told, ground=ground)
    return tuple(_row(teller, cell, answer, day) for cell, answer in answers)


def _parts(cell: Cell, answer: Held) -> tuple[Fact, ...]:
    """Return what a sum was added up from."""
    return answer.alive if cell.attribute.attribute_class is _ADDED else ()


def _row(teller: Teller, cell: Cell, answer: Held, day: int) -> StateRow:
    best, attribute = answer.candidates[0], cell.attribute
    is_measured = attribute.attribute_class is _MEASURED
    is_dated = EARLIEST_DAY < best.v < LATEST_DAY
    return StateRow(
        cell.entity,
        attribute.name,
        attribute.label,
        str(attribute.attribute_class),
        cell.member,
        teller.member(cell, best),
        _values(teller, cell, answer),
        "certain" if answer.standing is _CERTAIN else "possible",
        answer.reason,
        answer.is_disputed,
        answer.is_changed_today,
        max(0, day - best.v) if is_measured and is_dated else None,
    )


def _values(teller: Teller, cell: Cell, answer: Held) -> tuple[StateValue, ...]:
    """Return each value once, with the sources of all who say it."""
    shown = (*answer.candidates, *answer.set_aside)
    parts = _parts(cell, answer)
    if parts:
        return tuple(_of_sum(teller, cell, fact, parts) for fact in shown)
    if len(shown) == 1:
        return (teller.value(cell, shown[0]),)
    seen: dict[str, StateValue] = {}
    for fact in shown:
        value = teller.value(cell, fact)
        first = seen.setdefault(value.key, value)
        if first is not value:
            seen[value.key] = msgspec.structs.replace(
                first,
                sources=tuple(dict.fromkeys((*first.sources, *value.sources))),
                confidence=min(first.confidence, value.confidence, key=_surest),
            )
    return tuple(seen.values())


def _of_sum(teller: Teller, cell: Cell, total: Fact, parts: Sequence[Fact]) -> StateValue:
    """Return the value of a sum, which rests on no more than its weakest part does."""
    unit = unit_of(total)
    told = [teller.confidence(one) for one in parts if unit_of(one) == unit]
    return msgspec.structs.replace(
        teller.value(cell, total), confidence=max(told, key=_surest, default="high")
    )


def _surest(confidence: str) -> int:
    return CONFIDENCES[confidence]


# Met once for each row: an enumeration takes long to name its members.
_CERTAIN: Final = Standing.CERTAIN
_MEASURED: Final = AttributeClass.MEASURED
_ADDED: Final = AttributeClass.SUM
_AND: Final = Words(" 和 ", " and ")
_BESIDE: Final = Words(" / ", " / ")
_PREFERRED: Final = Words("（采信）", " (preferred)")
_SET_ASIDE: Final = Words("（未获采信）", " (set aside)")
_UNSETTLED: Final = Words("", "")
