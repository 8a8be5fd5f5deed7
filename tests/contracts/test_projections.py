"""What every read model must keep: a rebuild equals catching up, no order of arrival matters."""

from collections import Counter
from collections.abc import Sequence
from itertools import cycle, groupby, islice
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Table, func, or_, select

from archive.commands import record_all
from archive.dates import came_later, day_of
from archive.log import head, read_log
from archive.projections import ROSTER, apply, lag, rebuild, seen_position
from archive.projections.runner import empty
from archive.projections.tables import attributes, cells, checkpoints, fact_values, facts, tallies
from archive.queries.held.answering import held_in
from archive.queries.held.cells import read_cells
from archive.vocabulary import ENTITY_TYPES, UNKNOWN
from tests.builders import a_source, clock_from, scratch
from tests.contracts.drawing import is_of_two_sides
from tests.contracts.histories import SOURCES, Move, histories, played, world_events

some = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
TABLES = {f"{one.name}.{table.name}": table for one in ROSTER for table in one.tables}
START = 2460000  # 25 February 2023


def rows(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [tuple(row) for row in connection.execute(query)]


def read_models(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = TABLES | {"checkpoint": checkpoints}
    return {name: rows(connection, table) for name, table in tables.items()}


@some
@given(history=histories)
def test_a_rebuild_equals_catching_up_row_for_row(shared: Engine, history: list[Move]) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        incremental = read_models(connection)

        last = rebuild(connection)

        assert last == head(connection)[0]
        once = read_models(connection)
        for name, found in once.items():
            assert found == incremental[name], name
        rebuild(connection)
        assert read_models(connection) == once


@some
@given(history=histories, cuts=st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_the_rows_are_the_same_however_the_log_is_cut_into_batches(
    shared: Engine, history: list[Move], cuts: list[int]
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        one_by_one = read_models(connection)
        sizes, log = cycle(cuts), iter(list(read_log(connection)))

        empty(connection)
        while batch := list(islice(log, next(sizes))):
            apply(connection, batch)

        for name, found in read_models(connection).items():
            assert found == one_by_one[name], name


def tallied(connection: Connection, day: int) -> dict[tuple[int, int], int]:
    """Return how many cells of an attribute hold each value on *day*: three ranges of sums."""
    run, long_run = day // 32 * 32, day // 1024 * 1024
    at, grain = tallies.c.day, tallies.c.grain
    reached = or_(
        (grain == 2) & (at < long_run),
        (grain == 1) & (at >= long_run) & (at < run),
        (grain == 0) & (at >= run) & (at <= day),
    )
    key = (tallies.c.attribute_id, tallies.c.value_id)
    query = select(*key, func.sum(tallies.c.n)).where(reached).group_by(*key)
    return {(row[0], row[1]): row[2] for row in connection.execute(query) if row[2]}


def counted(connection: Connection, day: int) -> dict[tuple[int, int], int]:
    """Return the same, by asking each cell for what of its last likely day counts."""
    columns = (cells.c.attribute_id, attributes.c.entity_type, attributes.c.name, *facts.columns)
    query = (
        select(*columns, fact_values.c.value)
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(facts.c.gone.is_(None), facts.c.v <= day, attributes.c.counted == 1)
        .order_by(facts.c.cell_id, facts.c.v, facts.c.hi, facts.c.clock, facts.c.id)
    )
    found: Counter[tuple[int, int]] = Counter()
    for _cell, told in groupby(connection.execute(query), attrgetter("cell_id")):
        *_before, last = (list(some) for _day, some in groupby(told, attrgetter("v")))
        one = counting(last)
        found.update([] if one.value_id is None else [(one.attribute_id, one.value_id)])
    return found


def counting(told: Sequence[Any]) -> Any:
    """Return which of all *told* of a cell for one day counts: the last that is not outdone."""
    values = ENTITY_TYPES[told[0].entity_type].attributes[told[0].name]
    steps = list(getattr(values.value, "options", {})) if values.attribute_class == "P" else []
    kept = [one for one in told if not any(outdoes(two, one) for two in told)]
    exact = [one for one in kept if one.lo == one.hi and one.value in steps]
    furthest = max((steps.index(one.value) for one in exact), default=0)
    return [one for one in kept if one not in exact or steps.index(one.value) == furthest][-1]


def outdoes(one: Any, other: Any) -> bool:
    """Tell whether *one* puts *other* of its date out: by its time, or as what is known does."""
    is_of_date = (one.lo, one.hi) == (other.lo, other.hi)
    is_timed = is_of_date and one.lo == one.hi and bool(one.clock) and bool(other.clock)
    if other.value == UNKNOWN and one.value not in (None, UNKNOWN) and is_of_date:
        return not (is_timed and came_later(other.clock, one.clock))
    return is_timed and came_later(one.clock, other.clock)


@some
@given(history=histories)
def test_the_tally_equals_counting(shared: Engine, history: list[Move]) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        days = sorted({day for row in connection.execute(select(facts.c.v)) for day in row})

        for day in {0, *days, *(day + 1 for day in days), *(day - 1 for day in days if day)}:
            assert tallied(connection, day) == counted(connection, day), day_of(day)


def test_the_read_models_have_seen_the_whole_log(shared: Engine) -> None:
    with scratch(shared) as connection:
        assert (seen_position(connection), lag(connection)) == (0, 0)

        played(connection, [])

        assert (seen_position(connection), lag(connection)) == (len(SOURCES), 0)


def answers(connection: Connection, days: Sequence[int]) -> dict[object, object]:
    """Return what each cell holds on each day, by value: no ids, no positions."""
    known = head(connection)[0]
    found: dict[object, object] = {}
    for cell in read_cells(connection, known=known):
        for day in days:
            answer = held_in(cell, day)
            if answer:
                found[cell.entity.id, cell.attribute.name, cell.member, day_of(day)] = (
                    frozenset(fact.value for fact in answer.candidates),
                    answer.standing,
                    answer.is_disputed,
                    answer.is_changed_today,
                )
    return found


@some
@given(
    raws=st.lists(world_events().filter(is_of_two_sides), min_size=2, max_size=7),
    days=st.lists(st.integers(START, START + 120), min_size=1, max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_the_order_in_which_events_arrive_changes_no_state(
    shared: Engine, raws: list[dict[str, object]], days: list[int], order: object
) -> None:
    drafts = [{**raw, "id": f"event-{number}"} for number, raw in enumerate(raws)]
    shuffled = list(drafts)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    states = []
    for batch in (drafts, shuffled):
        with scratch(shared) as connection:
            sources = [a_source(one) for one in SOURCES]
            record_all(connection, [*sources, *batch], recorded_by="tests", clock=clock_from())
            states.append(answers(connection, days))

    assert states[0] == states[1]


@pytest.mark.parametrize("room", ROSTER, ids=lambda room: room.name)
def test_a_read_model_names_its_tables_and_none_is_anothers(room: object) -> None:
    owners = [one.name for one in ROSTER for table in one.tables]

    assert room in ROSTER
    assert len(owners) == len({table.name for one in ROSTER for table in one.tables})
