"""State as of: what held on X, as known on K, how surely and since when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.projections.tables import facts, occurrences
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.cells import Cell, held_in, read_cells
from archive.queries.merging import named_homes
from archive.queries.narrowing import Filters, conditions, is_known
from archive.queries.standing import Held, Standing
from archive.queries.telling import StateValue, Teller
from archive.vocabulary import ENTITY_TYPES, AttributeClass


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


@dataclass(frozen=True, slots=True)
class State:
    """A page of the state; the counts are of the whole answer, ``next`` a cursor."""

    as_of: AsOf
    rows: tuple[StateRow, ...]
    certain: int
    possible: int
    disputed: int
    next: str | None


def _in_tab(tab: str) -> list[str]:
    """Return the names of the attributes that a tab shows for some type of entity."""
    return sorted(
        {
            attribute.name
            for one in ENTITY_TYPES.values()
            for attribute in one.attributes.values()
            if attribute.tab == tab
        }
    )


def state(
    connection: Connection,
    *,
    as_of: AsOf,
    entity: str = "",
    entity_type: str = "",
    tab: str = "",
    where: Sequence[tuple[str, str]] = (),
    limit: int = 50,
    after: str | None = None,
) -> State:
    """Return what held on ``as_of.valid``, as known on ``as_of.known``.

    *limit* counts entities, in order of their English names; *after* is the cursor of the page
    before. *where* keeps the entities that hold, certainly or possibly, each (attribute, value).
    """
    day = day_number(as_of.valid)
    wanted = _meeting(connection, where, day, as_of.known) if where else None
    read = read_cells(
        connection,
        known=as_of.known,
        entity=entity,
        entity_type=entity_type,
        attribute_names=_in_tab(tab) if tab else (),
    )
    answers = [
        (cell, answer)
        for cell in read
        if (wanted is None or cell.entity.id in wanted)
        and (not tab or cell.attribute.tab == tab)
        and (answer := held_in(cell, day))
    ]
    ids = list(dict.fromkeys(cell.entity.id for cell, _answer in answers))
    start = ids.index(after) + 1 if after in ids else 0
    page = set(ids[start : start + limit])
    shown = [(cell, answer) for cell, answer in answers if cell.entity.id in page]
    standings = [answer.standing for _cell, answer in answers]
    return State(
        as_of,
        state_rows(connection, shown, day=day, known=as_of.known),
        standings.count(Standing.CERTAIN),
        standings.count(Standing.POSSIBLE),
        sum(answer.is_disputed for _cell, answer in answers),
        ids[start + limit - 1] if len(ids) > start + limit else None,
    )


def _meeting(
    connection: Connection, where: Sequence[tuple[str, str]], day: int, known: int
) -> set[str]:
    """Return the ids of the entities that hold each of the pairs."""
    holding: list[set[str]] = []
    homes = named_homes(connection, known=known)
    for attribute, value in where:
        meant = {value, homes.get(value, value)}
        read = read_cells(connection, known=known, attribute_names=[attribute])
        holding.append(
            {
                cell.entity.id
                for cell in read
                if (answer := held_in(cell, day))
                and meant & {cell.member, *(fact.value for fact in answer.candidates)}
            }
        )
    return set.intersection(*holding)


def state_rows(
    connection: Connection, answers: Sequence[tuple[Cell, Held]], *, day: int, known: int
) -> tuple[StateRow, ...]:
    """Return the answers in words, with the events and sources behind each value."""
    told = [(*answer.candidates, *answer.set_aside) for _cell, answer in answers]
    positions = {fact.id // PER_EVENT for each in told for fact in each}
    teller = Teller(connection, positions, known=known)
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
        member_words=teller.member(cell, best) if cell.member else Words("", ""),
        values=tuple(seen.values()),
        standing=answer.standing.value,
        reason=answer.reason,
        is_disputed=answer.is_disputed,
        changed_today=answer.is_changed_today,
        age_days=max(0, day - best.v) if is_measured and is_dated else None,
    )


def change_days(
    connection: Connection, *, known: int, filters: Filters | None = None
) -> tuple[date, ...]:
    """Return the days, rising, on which some cell changed, as known on *known*."""
    asserting = (
        select(facts.c.v)
        .distinct()
        .where(
            is_known(facts.c.id // PER_EVENT, facts.c.gone, known),
            facts.c.v > EARLIEST_DAY,
            facts.c.v < LATEST_DAY,
        )
    )
    if filters:
        wanted = conditions(connection, filters=filters, window=None, known=known)
        among = select(occurrences.c.position).where(*wanted)
        asserting = asserting.where((facts.c.id // PER_EVENT).in_(among))
    return tuple(day_of(day) for day in sorted(connection.scalars(asserting)))
