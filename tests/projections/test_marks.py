"""Marks and their counts: what stands is told once under each subject, and counted by runs."""

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from archive.dates import LATEST_DAY, day_number, day_of
from archive.projections import BEGUN, EVERY, LASTING, Grain, runs_of
from archive.projections.tables import (
    entities,
    mark_counts,
    marks,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from tests.builders import scratch
from tests.contracts.histories import Move, histories, played

some = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31)).map(day_number)


@given(day=DAYS)
def test_each_run_holds_the_day_and_lies_in_the_next_longer_one(day: int) -> None:
    runs = runs_of(day)

    assert runs[Grain.DAY] == day
    assert all(run <= day for run in runs)
    assert all(runs_of(run)[grain:] == runs[grain:] for grain, run in enumerate(runs))
    assert day_of(runs[Grain.THIRD]).day in {1, 11, 21}
    assert day_of(runs[Grain.YEAR]) == day_of(day).replace(month=1, day=1)


@some
@given(history=histories)
def test_what_stands_is_told_under_all_whom_it_concerns(
    shared: Engine, history: list[Move]
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        live = standing(connection)
        told = Counter((row.subject, row.position) for row in connection.execute(select(marks)))
        numbers = {row.slug: row.id for row in connection.execute(select(entities))}
        links = connection.execute(select(occurrence_entities)).all()
        cited = connection.execute(select(occurrence_sources)).all()

    wanted = {(EVERY, position) for position in live}
    wanted |= {(row.entity_id, row.position) for row in links if row.position in live}
    wanted |= {(-numbers[row.source], row.position) for row in cited if row.position in live}
    assert told == Counter(wanted)


@some
@given(history=histories, day=st.sampled_from([2459000, 2459600, 2460100, 2460300]))
def test_counts_are_those_of_the_events_that_stand(
    shared: Engine, history: list[Move], day: int
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        live = standing(connection)
        counts = connection.execute(select(mark_counts)).all()

    for grain in Grain:
        begun = [row for row in counts if (row.edge, row.grain) == (BEGUN, grain)]
        assert summed(begun) == Counter(runs_of(v)[grain] for v, _hi in live.values())
        assert all(row.n for row in begun)
    lasting = [row for row in counts if (row.edge, row.grain) == (LASTING, Grain.DAY)]
    reaching = [v for v, hi in live.values() if v < day <= hi < LATEST_DAY]
    assert sum(row.n for row in lasting if row.day <= day) == len(reaching)


def standing(connection: Connection) -> dict[int, tuple[int, int]]:
    query = select(occurrences).where(
        occurrences.c.gone.is_(None), occurrences.c.kind_group != "archive"
    )
    return {row.position: (row.v, row.hi) for row in connection.execute(query)}


def summed(rows: list[Any]) -> Counter[int]:
    counted: Counter[int] = Counter()
    for row in rows:
        counted[row.day] += row.n
    return counted
