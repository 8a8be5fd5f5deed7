"""The margin: what held on one day for the entities that the view is about, and beside another."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_of
from archive.languages import Words
from archive.queries import (
    AsOf,
    EntityRef,
    StateRow,
    covered_days,
    state,
    values_in_words,
    viewport,
)
from archive.queries import Window as Days
from archive.queries.known.rows import refs_called
from archive.vocabulary import ENTITY_TYPES
from archive.web.timelines.changing import changes_of
from archive.web.timelines.covering import view_of
from archive.web.timelines.questions import Question

_ENTITIES: Final = 6
_ROWS: Final = 5
_ROWS_ALONE: Final = 40
_MARKS_LOOKED_AT: Final = 120


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One attribute: what was held, and what on the day beside it if that is another.

    ``member`` is None where the value says it.
    """

    label: Words
    member: Words | None
    told: Words | None
    is_possible: bool
    beside: Words | None = None


@dataclass(frozen=True, slots=True)
class HeldEntity:
    """One entity and what it held; ``more`` counts what is not shown."""

    ref: EntityRef
    rows: tuple[HeldRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Holding:
    """The panel: its day, the days of change around it, and the entities."""

    question: Question
    held: int
    beside: int | None
    earlier: int | None
    later: int | None
    entities: tuple[HeldEntity, ...]


def holding(connection: Connection, question: Question) -> Holding | None:
    """Return what held on the day that *question* asks about; None if it asks about none."""
    if question.held is None:
        return None
    changed = changes_of(connection, known=question.known, choice=question.choice)
    before, after = bisect_left(changed, question.held), bisect_right(changed, question.held)
    refs = _entities(connection, question)
    most = _ROWS_ALONE if question.filters.entity else _ROWS
    told = (_told(connection, question, ref, most=most) for ref in refs)
    return Holding(
        question,
        question.held,
        question.beside,
        changed[before - 1] if before else None,
        changed[after] if after < len(changed) else None,
        tuple(one for one in told if one.rows),
    )


def _entities(connection: Connection, question: Question) -> list[EntityRef]:
    """Return the entities of which anything can hold that the window is most about."""
    wanted = (
        [question.filters.entity] if question.filters.entity else _touched(connection, question)
    )
    refs = refs_called(connection, wanted, known=question.known)
    return [refs[id_] for id_ in wanted if id_ in refs]


def _touched(connection: Connection, question: Question) -> list[str]:
    view = view_of(question, covered_days(connection, known=question.known))
    seen = viewport(
        connection,
        window=Days(view.first_day, view.last_day),
        filters=question.choice,
        known=question.known,
        lanes="one",
        most=_MARKS_LOOKED_AT,
    )
    stateful = {name for name, kind in ENTITY_TYPES.items() if kind.attributes}
    counts = Counter(
        mention.id
        for lane in seen.lanes
        for mark in lane.marks
        for mention in mark.entities
        if mention.type in stateful
    )
    return [id_ for id_, _count in counts.most_common(_ENTITIES)]


def _told(connection: Connection, question: Question, ref: EntityRef, *, most: int) -> HeldEntity:
    rows = _rows(connection, question, ref, question.held or 0)
    if question.beside is None:
        told = [_row(row) for row in rows.values()]
        return HeldEntity(ref, tuple(told[:most]), max(len(told) - most, 0))
    others = _rows(connection, question, ref, question.beside)
    keys = [key for key in {**rows, **others} if _words(rows.get(key)) != _words(others.get(key))]
    told = [_row(rows.get(key) or others[key], (rows.get(key), others.get(key))) for key in keys]
    return HeldEntity(ref, tuple(told[:most]), max(len(told) - most, 0))


def _rows(
    connection: Connection, question: Question, ref: EntityRef, day: int
) -> dict[tuple[str, str], StateRow]:
    as_of = AsOf(day_of(day), question.known)
    found = state(connection, as_of=as_of, entity=ref.id, limit=1).rows
    return {(row.attribute, row.member): row for row in found}


def _row(row: StateRow, pair: tuple[StateRow | None, StateRow | None] | None = None) -> HeldRow:
    first = row if pair is None else pair[0]
    says_itself = len(row.values) == 1 and row.values[0].words == row.member_words
    return HeldRow(
        row.attribute_label,
        None if says_itself else row.member_words,
        _words(first),
        row.standing == "possible",
        None if pair is None else _words(pair[1]),
    )


def _words(row: StateRow | None) -> Words | None:
    return values_in_words(row) if row else None
