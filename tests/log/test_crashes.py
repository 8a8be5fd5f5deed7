"""Whatever is killed, whenever: what was acknowledged is there, once, and all of it fits."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select

from archive.commands import record
from archive.errors import WrongPositionError
from archive.ingest import Draft, take_in
from archive.log import read_by_ids, read_log, seal_tiles, verify
from archive.log.writer import append
from archive.projections import ROSTER, lag, rebuild
from archive.storage import migrate, open_engine, reading, writing
from tests.builders import an_event, checked, keep, scratch
from tests.log.dying import Say, dies_at, started
from tests.log.sealed_logs import SIGNER
from tests.servers import postgres_database

# More of each by the environment: these are for every day. Another seed, other moments.
KILLS = int(os.environ.get("ARCHIVE_TEST_KILLS", "8"))
SEED = int(os.environ.get("ARCHIVE_TEST_SEED", "7"))
SECONDS = float(os.environ.get("ARCHIVE_TEST_SECONDS", "1"))
STEP = 3 if KILLS < 50 else 1
WRITERS = 8
BATCH = 40
LONGEST_WAIT = 0.05


def record_one_by_one(url: str, name: str, say: Say) -> None:
    """Record event after event, read models with them, and seal now and then."""
    engine = open_engine(url)
    for number in count():
        raw = an_event(id=f"{name}-{number}", org=f"org-{number % 7}")
        with writing(engine) as connection:
            record(connection, raw=raw, recorded_by="tests")
        say(f"{name}-{number}")
        if number % 5 == 0:
            seal_tiles(engine, signer=SIGNER)


def take_batches_in(url: str, name: str, say: Say) -> None:
    """Take in batch after batch, each all or none."""
    engine = open_engine(url)
    for number in count():
        ids = [f"{name}-{number}-{one}" for one in range(BATCH)]
        with writing(engine) as connection:
            drafts = [Draft(one, an_event(id=one)) for one in ids]
            take_in(connection, drafts, recorded_by="tests")
        for one in ids:
            say(one)


def read_models(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for projection in ROSTER for table in projection.tables]
    return {
        table.name: [
            tuple(row)
            for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in tables
    }


def demand_whole(engine: Engine) -> list[str]:
    """Return the ids in the log, once all of it verifies and the read models say what it says."""
    with reading(engine) as connection:
        verify(connection, verifier=SIGNER.verifier)
        assert lag(connection) == 0
        ids = [one.event.id for one in read_log(connection)]
        before = read_models(connection)
    with scratch(engine) as connection:
        rebuild(connection)
        assert read_models(connection) == before
    return ids


@pytest.mark.parametrize("work", [record_one_by_one, take_batches_in], ids=["one by one", "bulk"])
def test_what_was_acknowledged_outlives_whoever_is_killed(
    engine: Engine, database_url: str, work: object
) -> None:
    keep(engine)
    heard = 0
    chance = random.Random(SEED)  # noqa: S311 - the moments shall differ, no more
    for life in range(KILLS):
        engine.dispose()  # nothing open may be shared with a child
        child = started(lambda say: work(database_url, f"w{life}", say))  # type: ignore[operator]  # noqa: B023 - as parametrized; it starts at once
        child.listen(chance.randrange(4) * (BATCH if work is take_batches_in else 1))
        time.sleep(chance.uniform(0, LONGEST_WAIT))
        child.kill()
        acknowledged = child.heard()
        heard += len(acknowledged)

        ids = demand_whole(engine)
        assert set(acknowledged) <= set(ids)
        if work is take_batches_in:
            batches = Counter(one.rpartition("-")[0] for one in ids if "-" in one)
            del batches["add-a"]  # the source
            assert set(batches.values()) <= {BATCH}
    assert heard > KILLS


def test_an_append_killed_at_any_step_and_tried_again_is_there_once(
    engine: Engine, database_url: str
) -> None:
    keep(engine)
    killed, tried, longest = 0, 0, 0
    while killed < KILLS:  # every step in turn, and from the first again
        for step in count(1, STEP):
            tried += 1
            if record_dying_at(step, engine, database_url, name=f"e{tried}"):
                longest = max(longest, step)
                break
            killed += 1

    assert longest > 10
    assert len(demand_whole(engine)) == tried + 1


def record_dying_at(step: int, engine: Engine, url: str, *, name: str) -> bool:
    """Record, die at *step*, record again; tell whether it was over before it died."""
    raw = an_event(id=name)

    def append_one(say: Say) -> None:
        own = open_engine(url)
        with own.connect() as connection:
            connection.scalar(select(1))  # what opening costs is no step
        dies_at(step)
        with writing(own) as connection:
            record(connection, raw=raw, recorded_by="tests")
        say("done")

    engine.dispose()
    is_over = started(append_one).heard() == ["done"]
    with writing(engine) as connection:
        again = record(connection, raw=raw, recorded_by="tests")

    with reading(engine) as connection:
        positions = [one.position for one in read_log(connection) if one.event.id == name]
    assert positions == [again.position]
    return is_over


def write_against_others(url: str, writer: int, say: Say) -> None:
    """Append to a stream of one's own and to one of all, where others may be faster."""
    engine = open_engine(url)
    end, deadline = 0, time.monotonic() + SECONDS
    for number in count():
        if time.monotonic() > deadline:
            return
        own = checked(an_event(id=f"own-{writer}-{number}", stream=f"own-{writer}"))
        shared = checked(an_event(id=f"all-{writer}-{number}", stream="all"))
        with writing(engine) as connection:
            position = append(connection, [own], recorded_by="tests").recorded[0].position
        say(f"{own.id} {position}")
        try:
            with writing(engine) as connection:
                added = append(connection, [shared], recorded_by="tests", expected_position=end)
            say(f"{shared.id} {added.recorded[0].position}")
            end = added.recorded[0].stream_position
        except WrongPositionError as conflict:
            say("conflict")
            end += len(conflict.between)


def test_eight_processes_at_once_lose_repeat_and_reorder_nothing(
    engine: Engine, database_url: str
) -> None:
    engine.dispose()

    children = [
        started(lambda say, writer=writer: write_against_others(database_url, writer, say))  # type: ignore[misc]  # a default binds it
        for writer in range(WRITERS)
    ]
    said = [child.heard() for child in children]

    told = [[tuple(one.split()) for one in each if one != "conflict"] for each in said]
    assert all(told)
    positions = [[int(position) for _id, position in each] for each in told]
    assert all(each == sorted(each) for each in positions)
    with reading(engine) as connection:
        log = {one.event.id: str(one.position) for one in read_log(connection)}
        assert verify(connection).events == len(log)
    assert sorted(log.items()) == sorted(one for each in told for one in each)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, on each database in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with postgres_database(request.getfixturevalue("postgres")) as url:
        yield url


def test_eight_processes_start_at_once_on_an_empty_database(empty_url: str) -> None:
    def begin(say: Say, writer: int) -> None:
        engine = open_engine(empty_url)
        migrate(engine)
        with writing(engine) as connection:
            append(connection, [checked(an_event(id=f"e{writer}"))], recorded_by="tests")
        seal_tiles(engine, signer=SIGNER)
        say("started")

    children = [
        started(lambda say, writer=writer: begin(say, writer))  # type: ignore[misc]  # as above
        for writer in range(WRITERS)
    ]
    said = [child.heard() for child in children]

    assert said == [["started"]] * WRITERS
    engine = open_engine(empty_url)
    with reading(engine) as connection:
        assert verify(connection, verifier=SIGNER.verifier).sealed == WRITERS
    engine.dispose()


def test_a_killed_migration_leaves_nothing_half_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    for step in (3, 40, 90, 10_000):

        def make(say: Say, step: int = step) -> None:
            dies_at(step)
            migrate(open_engine(url))
            say("done")

        started(make).heard()

    engine = open_engine(url)
    migrate(engine)
    keep(engine, an_event(id="one"))
    with reading(engine) as connection:
        assert read_by_ids(connection, ["one"])
    engine.dispose()
