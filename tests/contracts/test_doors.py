"""One question has one answer, at whichever door of the archive it is asked.

What a row of the state says is held against the reasons for it, the state of its entity alone,
what differs from the day before, the counts by value, the days of change, the files, the terms of
models and the stakes of owners.
"""

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.dates import day_number, day_of
from archive.export import Sealed, state_lines
from archive.log import head
from archive.projections import PER_EVENT
from archive.queries import (
    Asked,
    AsOf,
    Compared,
    Comparison,
    Filters,
    StateRow,
    change_days,
    compare,
    licence_rows,
    log_root,
    ownership_on,
    seal,
    state,
    value_counts,
    whole,
    why,
)
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import read_cells
from archive.queries.held.counting import likeliest
from archive.queries.held.outcomes import outcomes
from archive.queries.held.sensing import sense_of
from archive.vocabulary import DOUBTFUL, ENTITY_TYPES, AttributeClass
from tests.builders import scratch
from tests.contracts.histories import Move, histories_with_masks, played

DAYS = [
    *(date(2022, 6, 1), date(2023, 3, 5), date(2023, 3, 6), date(2023, 3, 8)),
    *(date(2023, 3, 9), date(2023, 3, 15), date(2023, 3, 20), date(2023, 3, 31)),
    *(date(2023, 4, 1), date(2024, 1, 1)),
]
HOLDS = {
    "holds on this day",
    "holds on this day: several events say the same, and together make it certain",
}
NARROWS = "founded only then: what is told vaguely lies no earlier"
MAY_HOLD = "may hold on this day"
STAKES = {"owners", "votes", "profit_shares"}
SUM = AttributeClass.SUM
SORTS = ("added", "ended", "changed", "firmer", "softer")

some = settings(
    max_examples=int(os.environ.get("ARCHIVE_HISTORIES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
days = st.sampled_from(DAYS)
Rows: TypeAlias = Mapping[tuple[str, str, str], StateRow]


def moments(connection: Connection, valid: date) -> Iterator[AsOf]:
    now = head(connection)[0]
    yield from (AsOf(valid, known) for known in sorted({now, max(1, now * 2 // 3)}))


def rows_on(connection: Connection, as_of: AsOf) -> Rows:
    rows = state(connection, as_of=as_of, limit=500).rows
    return {(row.entity.id, row.attribute, row.member): row for row in rows}


def heard(row: StateRow) -> list[str]:
    return [one.key for one in row.values if not one.is_set_aside]


@some
@given(history=histories_with_masks, valid=days)
def test_the_reasons_for_a_row_come_to_its_verdict(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            rows = rows_on(connection, as_of)
            for cell in read_cells(connection, known=as_of.known):
                place = entity, attribute, member = (
                    cell.entity.id,
                    cell.attribute.name,
                    cell.member,
                )
                row = rows.get(place)
                answer = why(
                    connection, entity=entity, attribute=attribute, member=member, as_of=as_of
                )
                assert not member or answer.rows == (() if row is None else (row,)), place
                told = outcomes(cell, day_number(valid))
                effects = {told(fact).en for fact in cell.facts if fact.value is not None}
                mine = {fact.id // PER_EVENT for fact in cell.facts}
                shown = {one.effect.en for one in answer.steps if one.event.position in mine}
                assert effects <= shown | {NARROWS}
                hold_against(row, effects)


def hold_against(row: StateRow | None, effects: set[str]) -> None:
    """Hold what became of the values that events told of a cell against its *row*."""
    if row is None:
        assert not effects & {*HOLDS, MAY_HOLD}
    elif row.standing == "certain":
        assert effects & HOLDS
        assert MAY_HOLD not in effects
    else:
        assert MAY_HOLD in effects
        assert row.is_sum or not effects & HOLDS  # of a sum some parts are sure


@some
@given(history=histories_with_masks, valid=days)
def test_what_differs_from_the_day_before_is_what_the_rows_of_both_say(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            eve = AsOf(valid - timedelta(days=1), as_of.known)
            before, after = rows_on(connection, eve), rows_on(connection, as_of)

            found = compare(connection, left=eve, right=as_of)

            assert not found.learned
            assert told_by(found) == differing(before, after)
            for entity in {place[0] for place in (*before, *after)}:
                among = Compared(entity=entity)
                alone = compare(connection, left=eve, right=as_of, among=among)
                theirs = {one for one in told_by(found).elements() if one[1] == entity}
                assert set(told_by(alone)) == theirs


def told_by(found: Comparison) -> Counter[tuple[object, ...]]:
    return Counter(
        (sort, one.entity.id, one.attribute, one.member_words)
        for sort in SORTS
        for one in getattr(found, sort)
    )


def differing(before: Rows, after: Rows) -> Counter[tuple[object, ...]]:
    told: Counter[tuple[object, ...]] = Counter()
    for place in before.keys() | after.keys():
        was, became = before.get(place), after.get(place)
        row = became or was
        if row and (sort := sort_of(was, became)):
            told[sort, row.entity.id, row.attribute, row.member_words] += 1
    return told


def sort_of(was: StateRow | None, became: StateRow | None) -> str:
    if was is became:
        return ""
    if was is None or became is None:
        return "added" if was is None else "ended"
    if visible(was) != visible(became):
        return "changed"
    if was.standing == became.standing:
        return ""
    return "firmer" if became.standing == "certain" else "softer"


def visible(row: StateRow) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (one.key, one.is_interim, one.confidence if one.confidence in DOUBTFUL else "")
        for one in row.values
    )


@some
@given(history=histories_with_masks, valid=days)
def test_when_a_value_last_changed_it_differs_from_the_eve_and_never_since(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        known = head(connection)[0]
        for cell in read_cells(connection, known=known):
            place = entity, attribute, member = cell.entity.id, cell.attribute.name, cell.member
            told = why(
                connection,
                entity=entity,
                attribute=attribute,
                member=member,
                as_of=AsOf(valid, known),
            )
            last, following = told.previous_change, told.next_change
            for day in [one for one in (last, following) if one and member]:
                eve = AsOf(day - timedelta(days=1), known)
                before, after = rows_on(connection, eve), rows_on(connection, AsOf(day, known))
                assert sort_of(before.get(place), after.get(place)), (place, day)
            since = max(day_number(last) if last else 0, day_number(valid) - 20)
            until = min(day_number(following) if following else day_number(valid) + 20, since + 40)
            if member and is_exact(cell):
                senses = {sense_of(held_in(cell, day)) for day in range(since, until)}
                assert len(senses) < 2, place


def is_exact(cell: Cell) -> bool:
    """Tell whether all is of known days that is told of *cell* and of others it rests on."""
    others = (*cell.bodies, *cell.posts)
    return all(fact.lo == fact.hi for fact in cell.facts) and all(map(is_exact, others))


@some
@given(history=histories_with_masks, valid=days)
def test_counts_are_of_what_rows_say(shared: Engine, history: list[Move], valid: date) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            sure: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
            any_of: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
            for row in rows_on(connection, as_of).values():
                place = row.entity.type, row.attribute
                any_of[place].update({*heard(row)})
                if row.standing == "certain" and len({*heard(row)}) == 1:
                    sure[place].update({*heard(row)})
            for name, kind in ENTITY_TYPES.items():
                for attribute in kind.attributes:
                    found = Counter(
                        {
                            one.key: one.cells
                            for one in value_counts(
                                connection, as_of=as_of, type_name=name, attribute=attribute
                            )
                        }
                    )
                    place = name, attribute
                    assert sure[place] <= found <= any_of[place], place


def ends_what_it_begins(cell: Cell) -> bool:
    """Tell whether a cell both ends and begins by one telling, as where one sells to oneself."""
    ended = {fact.telling for fact in cell.facts if fact.value is None}
    return any(fact.telling in ended for fact in cell.facts if fact.value is not None)


@some
@given(history=histories_with_masks, valid=days)
def test_what_a_cell_counts_with_changes_on_days_of_change(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        now, last = head(connection)[0], day_number(valid)
        cells = read_cells(connection, known=now)
        every = set(change_days(connection, known=now))
        for entity in {cell.entity.id for cell in cells}:
            theirs = change_days(connection, known=now, filters=Filters(entity=entity))
            for cell in [one for one in cells if one.entity.id == entity]:
                # The bounds of a sum meet when a vague day is over, as standings grow certain.
                if ends_what_it_begins(cell) or cell.attribute.attribute_class is SUM:
                    continue
                for day in range(last - 4, last + 1):
                    if likeliest(cell, day - 1) != likeliest(cell, day):
                        assert day_of(day) in theirs, (entity, cell.attribute.name, cell.member)
                        assert day_of(day) in every


@some
@given(history=histories_with_masks, valid=days)
def test_files_terms_and_stakes_are_of_the_rows(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            rows = rows_on(connection, as_of)
            assert filed(connection, as_of) == [
                (*place, value.key, "set_aside" if value.is_set_aside else row.standing)
                for place, row in rows.items()
                for value in row.values
            ]
            for model in licence_rows(connection, as_of=as_of):
                for name, told in model.cells.items():
                    row = rows[model.entity.id, name, ""]
                    assert (told.standing, told.is_disputed) == (row.standing, row.is_disputed)
                    assert [one.key for one in told.values] == heard(row)
            stakes = ownership_on(connection, as_of=as_of).stakes
            held = [one for one in stakes if not one.is_announced and not one.is_planned]
            assert {(one.owned.id, one.holder.id) for one in held} == owning(rows.values())
            for stake in held:
                for told in stake.rows:
                    row = rows[told.entity.id, told.attribute, told.member]
                    assert (told.standing, heard(told)) == (row.standing, heard(row))


def filed(connection: Connection, as_of: AsOf) -> list[tuple[str, ...]]:
    asked = Asked(as_of)
    told = whole(connection, asked)
    root = log_root(connection, position=as_of.known)
    text = "".join(state_lines(Sealed(asked, told, seal(asked, told), root)))
    columns = ("entity", "attribute", "member", "value", "standing")
    lines = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    return [tuple(line[name] for name in columns) for line in lines]


def owning(rows: Iterable[StateRow]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for row in rows:
        if row.attribute in STAKES:
            found.add((row.entity.id, row.member))
        elif row.attribute == "parent":
            found |= {(row.entity.id, key) for key in heard(row)}
    return {(owned, holder) for owned, holder in found if holder != "unknown"}
