"""What a stretch of the log changes: the days, before and after; equal to comparing the states."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import Connection, Engine

from archive.commands import record_all, retract
from archive.queries import Asked, AsOf, Effect, effect, head, seal, whole
from archive.storage import open_engine, rehearsing
from tests.builders import an_entity, an_event, keep

TODAY = date(2026, 11, 22)
HOLDER = an_entity("holder")
TARGET = an_entity("target")


def founded(when: str, name: str = "an-event") -> dict[str, object]:
    return an_event("org_founded", id=name, when=when, org=TARGET)


def told(engine: Engine, *, when: str) -> tuple[Effect, dict[date, bool]]:
    """Return the effect of one more founding, and whether the seals of the days around differ."""
    with rehearsing(engine) as connection:
        before = head(connection).position
        record_all(connection, [founded(when, "another")], recorded_by="tests")
        after = head(connection).position
        days = [date(2023, 5, 1) + timedelta(days=number) for number in range(40)]
        differs = {
            day: rows_of(connection, day, before) != rows_of(connection, day, after)
            for day in days
        }
        return effect(connection, before=before, after=after, today=TODAY), differs


def rows_of(connection: Connection, day: date, known: int) -> str:
    """Return the seal of a day's rows, as though both had been known at the same time."""
    return seal(Asked(AsOf(day, 1)), whole(connection, Asked(AsOf(day, known))))


def covers(found: Effect, day: date) -> bool:
    return any(
        one.first <= day and (one.last is None or day <= one.last) for one in found.stretches
    )


def test_what_is_taken_back_ends_on_every_day_since(engine: Engine) -> None:
    keep(engine, founded("2023-05-17"))

    with rehearsing(engine) as connection:
        before = head(connection).position
        retract(connection, target="an-event", reason="no", recorded_by="tests")
        found = effect(connection, before=before, after=head(connection).position, today=TODAY)

    assert [one.day for one in found.days] == [date(2023, 5, 17)]
    assert all(one.after is None and one.before for one in found.today.cells)
    assert [(one.first, one.last) for one in found.stretches] == [(date(2023, 5, 17), None)]
    assert found.is_whole


def test_nothing_of_a_rehearsal_is_kept(engine: Engine) -> None:
    keep(engine)

    with rehearsing(engine) as connection:
        record_all(connection, [founded("2023-05-17")], recorded_by="tests")
        there = head(connection).position

    with rehearsing(engine) as connection:
        assert head(connection).position == there - 1


@settings(max_examples=12, deadline=None)
@given(
    when=some.sampled_from(["2023-05-10", "2023-05-20", "2023-05-17~", "2023-05", "2023-06-05"])
)
def test_the_days_told_are_just_those_whose_seals_differ(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, when: str
) -> None:
    path = tmp_path_factory.mktemp("effects") / "archive.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    keep(engine, founded("2023-05-17"))

    found, differs = told(engine, when=when)

    engine.dispose()
    assert {day: covers(found, day) for day in differs} == differs
