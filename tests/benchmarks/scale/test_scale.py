"""The benchmark at scale, small: a true log, and every target measured on both databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from archive.log import read_log, verify
from archive.log.codec import encode
from archive.storage import open_engine, reading
from archive.vocabulary import nested_event
from tests.benchmarks.places import POSTGRES, SQLITE, Place
from tests.benchmarks.reporting import markdown
from tests.benchmarks.scale.keeping import archive_of, kept_log
from tests.benchmarks.scale.running import Scale, measure
from tests.benchmarks.scale.targets import TARGETS

EVENTS = 1000


@pytest.fixture
def places(sqlite_template: Path, postgres: str, postgres_template: str) -> tuple[Place, ...]:
    return (
        Place(SQLITE, str(sqlite_template), ""),
        Place(POSTGRES, postgres_template, postgres),
    )


@pytest.fixture
def log(sqlite_template: Path) -> Iterator[Path]:
    with kept_log(EVENTS, template=sqlite_template, keep=False) as made:
        yield made


def test_a_long_log_is_what_the_archive_itself_would_have_written(
    log: Path, places: tuple[Place, ...]
) -> None:
    with closing(sqlite3.connect(log)) as file:
        payloads = dict(file.execute("SELECT position, payload FROM event"))

    for place in places:
        with archive_of(log, place) as engine, reading(engine) as connection:
            verified = verify(connection)
            recorded = list(read_log(connection))

        assert verified.events == EVENTS
        assert all(encode(one.event) == payloads[one.position] for one in recorded)


def test_some_events_of_a_long_log_are_corrected_and_retracted(log: Path) -> None:
    engine = open_engine(str(make_url(f"sqlite:///{log}")))
    with reading(engine) as connection:
        events = {one.event.id: one.event for one in read_log(connection)}
    engine.dispose()

    amended = [one for one in events.values() if one.kind.startswith("claim_")]
    corrected = [inner for one in amended if (inner := nested_event(one))]

    assert EVENTS * 0.01 < len(amended) < EVENTS * 0.03
    assert corrected
    assert len(corrected) < len(amended)
    assert all(inner.data == events[inner.id].data for inner in corrected)


def test_every_target_is_measured_on_both_databases(
    sqlite_template: Path, places: tuple[Place, ...]
) -> None:
    section = measure(Scale((EVENTS,), places, rounds=1, template=sqlite_template, visits=1))

    told = section.tables[0].rows
    assert len(told) == len(places) * len(TARGETS)
    assert {row[1] for row in told} == {SQLITE, POSTGRES}
    assert {row[-1] for row in told} <= {"reached", "not reached"}
    assert "| to reach | database |" in markdown(section)
