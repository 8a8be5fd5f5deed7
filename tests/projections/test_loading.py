"""A long run of events folded in one transaction leaves what a rebuild would."""

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, select

from archive.commands.recording import append_all, checked
from archive.log import head
from archive.projections import ROSTER, Loader, loading, rebuild, runner
from archive.projections.tables import checkpoints
from archive.storage import reading, writing
from tests.builders import a_source, an_entity, an_event, keep

Rows = dict[str, list[tuple[object, ...]]]
EVENTS = 40


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine events are a long run."""
    monkeypatch.setattr(loading, "_MANY", 9)


def told(number: int) -> dict[str, object]:
    org = an_entity(f"org-{number % 7}")
    return an_event(id=f"event-{number}", org=org, when=f"2023-{number % 12 + 1:02}", seat="x")


def take_back(number: int) -> dict[str, object]:
    return {
        "id": f"back-{number}",
        "kind": "claim_retracted",
        "stream": "x",
        "occurred": {"edtf": "2026-01-01"},
        "data": {"target": f"event-{number}", "reason": {"zh": "误", "en": "wrong"}},
    }


def load(connection: Connection, *, pieces: int = 6) -> None:
    """Append what two runs of events tell, with retractions in between, in so many pieces."""
    raws = [a_source(), *map(told, range(EVENTS)), *map(take_back, (3, 17))]
    events = checked(connection, raws)
    loader = Loader(connection, after=head(connection)[0])
    size = len(events) // pieces + 1
    for at in range(0, len(events), size):
        append_all(connection, events[at : at + size], recorded_by="t", loader=loader)
    loader.finish()


def rows(connection: Connection) -> Rows:
    tables = (checkpoints, *(table for one in ROSTER for table in one.tables))
    return {
        table.name: [
            tuple(row)
            for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in tables
    }


def indexes(engine: Engine) -> dict[str, list[str]]:
    seen = inspect(engine)
    return {
        table.name: sorted(str(one["name"]) for one in seen.get_indexes(table.name))
        for one in ROSTER
        for table in one.tables
    }


@pytest.mark.parametrize("pieces", [1, 6, 20])
def test_what_was_loaded_is_what_a_rebuild_makes(engine: Engine, pieces: int) -> None:
    with writing(engine) as connection:
        load(connection, pieces=pieces)

    with writing(engine) as connection:
        loaded = rows(connection)
        rebuild(connection)
        assert loaded == rows(connection)


def test_a_run_said_to_be_long_is_counted_once_at_its_end(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepwise: list[bool] = []
    fold = runner.fold

    def folding(*given: Any, counting: bool) -> None:
        stepwise.append(counting)
        fold(*given, counting=counting)

    monkeypatch.setattr(loading, "fold", folding)
    with writing(engine) as connection:
        events = checked(connection, [a_source(), *map(told, range(5))])
        loader = Loader(connection, after=head(connection)[0])
        loader.expect(EVENTS)
        append_all(connection, events, recorded_by="t", loader=loader)
        loader.finish()

    with writing(engine) as connection:
        loaded = rows(connection)
        rebuild(connection)
        assert loaded == rows(connection)
    assert stepwise == [False]


def test_what_was_there_before_is_counted_with_it(engine: Engine) -> None:
    keep(engine, an_event(id="first", org=an_entity("org-1"), when="2022"))

    with writing(engine) as connection:
        load(connection)

    with writing(engine) as connection:
        loaded = rows(connection)
        rebuild(connection)
        assert loaded == rows(connection)


def test_every_index_is_there_again_afterwards(engine: Engine) -> None:
    before = indexes(engine)

    with writing(engine) as connection:
        load(connection)

    assert indexes(engine) == before


def test_nobody_sees_any_of_it_before_its_end(engine: Engine) -> None:
    keep(engine, an_event(id="first", org=an_entity("org-1"), when="2022"))
    with reading(engine) as connection:
        before = rows(connection)

    with writing(engine) as connection:
        load(connection)
        with reading(engine) as reader:
            assert rows(reader) == before


def test_what_goes_wrong_leaves_all_as_it_was(engine: Engine) -> None:
    before, shape = rows_of(engine), indexes(engine)

    with pytest.raises(RuntimeError), writing(engine) as connection:
        load_and_fail(connection)

    assert rows_of(engine) == before
    assert indexes(engine) == shape


def load_and_fail(connection: Connection) -> None:
    load(connection)
    raise RuntimeError


def rows_of(engine: Engine) -> Rows:
    with reading(engine) as connection:
        return rows(connection)
