"""What every read model must keep: a rebuild equals catching up, no order of arrival matters."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Table, select

from archive.commands import record_all
from archive.dates import day_of
from archive.log import head
from archive.projections import ROSTER, lag, rebuild, seen_position
from archive.projections.tables import checkpoints
from archive.queries.cells import held_in, read_cells
from tests.builders import a_source, clock_from, scratch
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
    raws=st.lists(world_events(), min_size=2, max_size=7),
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
