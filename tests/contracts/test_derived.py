"""What is computed from several cells in a short way is what reading them all gives."""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.log import head, read_log
from archive.queries import (
    AsOf,
    MergedError,
    StateRow,
    cell_history,
    judged_models,
    judged_rows,
    licence_rows,
    ownership_around,
    ownership_on,
    state,
)
from tests.builders import scratch
from tests.contracts.histories import Move, histories_with_masks, played

DAYS = [date(2022, 6, 1), date(2023, 3, 6), date(2023, 3, 15), date(2024, 1, 1)]
some = settings(
    max_examples=int(os.environ.get("ARCHIVE_HISTORIES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)


@some
@given(history=histories_with_masks, day=st.sampled_from(DAYS))
def test_verdicts_told_in_outline_are_those_of_every_fact(
    shared: Engine, history: Sequence[Move], day: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        last = head(connection)[0]
        for known in {last, (last + 1) // 2}:
            as_of = AsOf(day, known)

            judged = judged_models(connection, as_of=as_of)

            assert judged == judged_rows(licence_rows(connection, as_of=as_of))


@some
@given(history=histories_with_masks, day=st.sampled_from(DAYS))
def test_stakes_around_all_entities_are_all_stakes(
    shared: Engine, history: Sequence[Move], day: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        last = head(connection)[0]
        for known in {last, (last + 1) // 2}:
            as_of = AsOf(day, known)
            whole = ownership_on(connection, as_of=as_of)
            everyone = sorted(
                {one.id for stake in whole.stakes for one in (stake.holder, stake.owned)}
            )

            around = ownership_around(connection, as_of=as_of, entities=everyone, is_counted=True)

            assert set(around.stakes) == set(whole.stakes)
            assert Counter((one.owned.id, one.total) for one in around.overfull) == Counter(
                (one.owned.id, one.total) for one in whole.overfull
            )


@some
@given(history=histories_with_masks, day=st.sampled_from(DAYS))
def test_whoever_follows_a_cell_hears_of_every_change(
    shared: Engine, history: Sequence[Move], day: date
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        told = {one.position: one.event.kind for one in read_log(connection)}
        before, heard = keys(connection, day, 1), dict[tuple[str, str], set[int] | None]()
        for position in sorted(told)[1:]:
            after = keys(connection, day, position)
            changed = {key[:2] for key in before | after if before.get(key) != after.get(key)}
            before = after
            if told[position] == "text_masked":
                continue  # what it spoke of nobody can tell, but for the entity of its stream
            for cell in changed - heard.keys():
                heard[cell] = followed(connection, *cell)
            told_of = [heard[cell] for cell in changed]
            assert all(position in one for one in told_of if one is not None), told[position]


def keys(connection: Connection, day: date, known: int) -> dict[tuple[str, str, str], object]:
    rows = state(connection, as_of=AsOf(day, known), limit=1000).rows
    return {(row.entity.id, row.attribute, row.member): _keys(row) for row in rows}


def _keys(row: StateRow) -> object:
    values = [(one.event_id, one.key, one.is_preferred, one.since) for one in row.values]
    return (row.standing, row.is_disputed, values)


def followed(connection: Connection, entity: str, attribute: str) -> set[int] | None:
    """Return the positions that a feed of the cell tells; None of one merged away since."""
    try:
        found = cell_history(connection, entity=entity, attribute=attribute, limit=1000)
    except MergedError:
        return None
    return {one.row.position for one in found.changes}
