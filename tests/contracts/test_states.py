"""The state as of any date: what is read by index is what reading all gives, and what may be.

Some dozens of histories are played in a common run. ``ARCHIVE_HISTORIES=10000`` before the
command plays so many on each database.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from archive.dates import day_number
from archive.log import head, read_log
from archive.projections import PER_EVENT
from archive.projections.tables import cells as cell_table
from archive.queries import AsOf, State, StateRow, compare, state, value_counts
from archive.queries.held import choosing, differences, mentioning, seeking, states
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on, read_cells
from archive.queries.held.phrasing import state_rows
from archive.queries.held.standing import Held
from archive.queries.known.ground import Ground, ground
from archive.vocabulary import ENTITY_TYPES, TABS, AttributeClass
from tests.builders import an_event_with, scratch
from tests.contracts.adding import read_amount
from tests.contracts.drawing import EVERYONE, ORGS, PEOPLE, SOURCES
from tests.contracts.expected import Expected
from tests.contracts.histories import Move, histories_with_masks, played
from tests.contracts.interpreter import held_among
from tests.contracts.likely import likely_counts
from tests.contracts.telling import cells_of, past

DAYS = [
    *(date(2021, 6, 1), date(2022, 6, 1), date(2023, 3, 5), date(2023, 3, 6), date(2023, 3, 8)),
    *(date(2023, 3, 15), date(2023, 3, 31), date(2024, 1, 1)),
]
SLUGS = [str(one["id"]) for some in EVERYONE.values() for one in some]
CONDITIONS = [
    [("developer", "org-a")],
    [("licence", "MIT")],
    [("owners", "org-b")],
    [("status", "active")],
    [("commercial_use", "free"), ("licence", "Apache-2.0")],
    [("roles", "ceo ·  · org-a")],
    [("officers", "vacant")],
    [("parent", "org-c")],
]
many = settings(
    max_examples=int(os.environ.get("ARCHIVE_HISTORIES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
# What is held against the interpreter costs least, and tells most.
most = settings(many, max_examples=int(os.environ.get("ARCHIVE_HISTORIES", "40")))
days = st.sampled_from(DAYS)


@pytest.fixture(params=["walking", "listing"])
def at_scale(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large archive: no whole is read, and pages are found in either way."""
    monkeypatch.setattr(states, "_SMALL", 0)
    monkeypatch.setattr(choosing, "_FEWEST", 2)
    monkeypatch.setattr(choosing, "_MOST", 3)
    monkeypatch.setattr(mentioning, "_WORTH", 0 if request.param == "walking" else 500)
    monkeypatch.setattr(seeking, "_FEW", 1 if request.param == "walking" else 200)


@pytest.fixture(params=[1, 200], ids=["much told", "little told"])
def much_told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts of one entity are sought, as of which there are many, or read whole."""
    monkeypatch.setattr(seeking, "_FEW", request.param)


def reference(
    connection: Connection,
    as_of: AsOf,
    *,
    entity: str = "",
    entity_type: str = "",
    tab: str = "",
    where: Sequence[tuple[str, str]] = (),
) -> tuple[StateRow, ...]:
    """Return the whole state by reading every fact of every cell."""
    day, stands = day_number(as_of.valid), ground(connection, known=as_of.known)
    every = [
        (cell, answer)
        for cell in read_cells(connection, known=as_of.known)
        if (answer := held_in(cell, day))
    ]
    wanted = {cell.entity.id for cell, _answer in every}
    for name, value in where:
        meant = {value, stands.named.get(value, value)}
        wanted &= {
            cell.entity.id
            for cell, answer in every
            if cell.attribute.name == name
            and meant & {cell.member, *(fact.value for fact in answer.candidates)}
        }
    if entity:
        theirs = read_cells(connection, known=as_of.known, entity=entity)
        every = [(cell, answer) for cell in theirs if (answer := held_in(cell, day))]
    kept = [
        (cell, answer)
        for cell, answer in every
        if cell.entity.id in wanted
        and entity_type in {"", cell.entity.type}
        and tab in {"", cell.attribute.tab}
    ]
    return state_rows(connection, kept, day=day, ground=stands)


def pages(connection: Connection, as_of: AsOf, **narrowed: Any) -> Iterator[State]:
    after: str | None = None
    while True:
        page = state(connection, as_of=as_of, limit=2, after=after, **narrowed)
        yield page
        after = page.next
        if after is None:
            return


def moments(connection: Connection, valid: date) -> list[AsOf]:
    now = head(connection)[0]
    return [AsOf(valid, known) for known in sorted({now, max(1, now * 2 // 3), max(1, now // 3)})]


# One stretch in a post, told twice and argued about: the end of what is set aside is no answer.
TOLD_TWICE = an_event_with(
    "role_started",
    {"person": PEOPLE[0], "org": ORGS[0], "role": "ceo"},
    when="2023/2023-03",
    source=SOURCES[0],
)
ARGUED = [
    Move("record", TOLD_TWICE),
    Move("record", TOLD_TWICE),
    Move("dispute", numbers=(-1, -2)),
    Move("settle", numbers=(-1, -2)),
]


@most
@given(history=histories_with_masks, valid=days)
@example(history=ARGUED, valid=date(2023, 3, 5))
def test_a_state_is_what_holds_in_all_possible_pasts(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        log = list(read_log(connection))
        for as_of in moments(connection, valid):
            found = {
                (cell.entity.id, cell.attribute.name, cell.member): told(cell, answer)
                for cell in every_cell(connection, as_of)
                if (answer := held_in(cell, day_number(valid)))
            }
            cells = cells_of(past(log, as_of.known))
            for place in cells:
                expected = held_among(cells, place, day_number(valid))
                if isinstance(expected, str):
                    found.pop(place, None)
                else:
                    assert found.pop(place, None) == expected, place
            assert not found


def told(cell: Cell, answer: Held) -> Expected:
    """Return an answer as the interpreter puts it."""
    candidates: list[tuple[object, object]] = []
    for fact in answer.candidates:
        if cell.attribute.attribute_class is AttributeClass.SUM:
            low, high, unit, is_rough = read_amount(cell.attribute, fact.value)
            candidates.append(((unit, is_rough), (low, high)))
        else:
            candidates.append((fact.id // PER_EVENT, fact.value))
    return Expected(
        answer.standing.value,
        frozenset(candidates),
        frozenset((fact.id // PER_EVENT, fact.value) for fact in answer.set_aside),
        answer.is_disputed,
        answer.is_changed_today,
    )


def every_cell(connection: Connection, as_of: AsOf) -> list[Cell]:
    """Return every cell, as far as its facts matter on the day."""
    day = day_number(as_of.valid)
    return cells_on(
        connection,
        ground=ground(connection, known=as_of.known),
        days=(day, day),
        cell_ids=list(connection.scalars(select(cell_table.c.id))),
    )


@most
@given(history=histories_with_masks, valid=days)
def test_of_a_post_the_pages_of_both_give_one_verdict(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            rows = state(connection, as_of=as_of, limit=500).rows
            theirs = {
                (value.key, f"{row.member} ·  · {row.entity.id}"): row.standing
                for row in rows
                if row.attribute == "officers"
                for value in row.values
                if value.key != "vacant" and not value.is_set_aside
            }
            mine = {
                (row.entity.id, row.member): row.standing
                for row in rows
                if row.attribute == "roles" and row.member.startswith(("ceo", "chair"))
            }
            assert mine == theirs


@many
@given(history=histories_with_masks, valid=days)
@pytest.mark.usefixtures("at_scale")
def test_pages_found_by_index_are_those_of_the_whole(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            asked: list[dict[str, Any]] = [
                {},
                *({"tab": tab} for tab in TABS),
                *({"entity_type": name} for name in ENTITY_TYPES),
                *({"where": where} for where in CONDITIONS),
                {"where": CONDITIONS[0], "tab": "models", "entity_type": "model"},
            ]
            for narrowed in asked:
                expected = reference(connection, as_of, **narrowed)
                found = list(pages(connection, as_of, **narrowed))
                assert tuple(row for page in found for row in page.rows) == expected, narrowed
                assert [len({row.entity.id for row in page.rows}) for page in found[:-1]] == [
                    2 for _page in found[:-1]
                ]


@many
@given(history=histories_with_masks, valid=days)
@pytest.mark.usefixtures("much_told")
def test_the_state_of_one_entity_is_that_of_the_whole(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for as_of in moments(connection, valid):
            for slug in SLUGS:
                for narrowed in ({}, {"where": CONDITIONS[0]}, {"tab": "ownership"}):
                    found = state(connection, as_of=as_of, entity=slug, **narrowed)
                    expected = reference(connection, as_of, entity=slug, **narrowed)
                    assert found.rows == expected, slug
            whole = state(connection, as_of=as_of, limit=1)
            expected = reference(connection, as_of)
            standings = Counter(row.standing for row in expected)
            assert (whole.certain, whole.possible) == (standings["certain"], standings["possible"])
            assert whole.disputed == sum(row.is_disputed for row in expected)


@many
@given(history=histories_with_masks, valid=st.tuples(days, days))
def test_a_difference_is_that_of_two_whole_states(
    shared: Engine, history: list[Move], valid: tuple[date, date]
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for then, now in pairwise([1, *(one.known for one in moments(connection, valid[0]))]):
            left, right = AsOf(valid[0], then), AsOf(valid[1], now)
            for one, other in ((left, right), (right, left)):
                found = compare(connection, left=one, right=other)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(differences, "touched_between", every_number)
                    patch.setattr(differences, "touched_since", every_number)
                    patch.setattr(differences, "cells_on", whole_cells)
                    assert found == compare(connection, left=one, right=other)


def every_number(connection: Connection, *_days: object, **_grounds: object) -> set[int]:
    return set(connection.scalars(select(cell_table.c.id)))


def whole_cells(connection: Connection, *, ground: Ground, **_scope: object) -> list[Cell]:
    return read_cells(connection, known=ground.known)


@most
@given(history=histories_with_masks, valid=days)
def test_counts_are_those_of_the_likely_days_told_one_by_one(
    shared: Engine, history: list[Move], valid: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        log = list(read_log(connection))
        for as_of in moments(connection, valid):
            expected = likely_counts(past(log, as_of.known), day_number(valid))
            for name, kind in ENTITY_TYPES.items():
                for attribute, its in kind.attributes.items():
                    if its.attribute_class is AttributeClass.SUM:
                        continue
                    counted = value_counts(
                        connection, as_of=as_of, type_name=name, attribute=attribute
                    )
                    found = {one.key: one.cells for one in counted}
                    assert found == expected[name, attribute], (name, attribute)
