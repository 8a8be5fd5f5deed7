"""Appending: dense, in order, once for each id, all or none, and never over somebody's head."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from archive.errors import KeyReusedError, WrongPositionError
from archive.log import (
    RecordedEvent,
    head,
    position_at,
    read_by_ids,
    read_by_positions,
    read_log,
    read_stream,
    verify,
)
from archive.log.tables import events
from archive.log.writer import Appended, Outcome, append, appending
from archive.storage import reading, writing
from archive.vocabulary import Event
from tests.builders import MORNING, an_event_with, checked, clock_from


def event(name: str, *, org: object = "acme", **changes: object) -> Event:
    return checked(an_event_with("org_founded", {"org": org, **changes}, id=name))


def appended(engine: Engine, *batch: Event, expected_position: int | None = None) -> Appended:
    with writing(engine) as connection:
        return append(connection, batch, recorded_by="tests", expected_position=expected_position)


def whole(engine: Engine) -> list[RecordedEvent]:
    with reading(engine) as connection:
        return list(read_log(connection))


def places(recorded: Sequence[RecordedEvent]) -> list[tuple[int, str, int]]:
    return [(one.position, one.event.stream, one.stream_position) for one in recorded]


def test_positions_are_dense_from_one_in_the_order_of_recording(engine: Engine) -> None:
    appended(engine, event("a"), event("b", org="other"), event("c"))
    appended(engine, event("d"))

    assert places(whole(engine)) == [
        (1, "acme", 1),
        (2, "other", 1),
        (3, "acme", 2),
        (4, "acme", 3),
    ]


def test_what_is_read_is_what_was_recorded(engine: Engine) -> None:
    full = event("a", form="company", seat="北京", initial_capital="US$50m", importance="landmark")

    appended(engine, full)

    read = whole(engine)[0]
    assert read.event == full
    assert read.recorded_by == "tests"
    assert not read.is_masked


def test_one_of_many_pages_is_the_same_log(engine: Engine) -> None:
    appended(engine, *(event(f"e{number}") for number in range(25)))

    with reading(engine) as connection:
        after = [one.position for one in read_log(connection, after=7, limit=5)]
        in_stream = [one.stream_position for one in read_stream(connection, "acme")]

    assert after == [8, 9, 10, 11, 12]
    assert in_stream == list(range(1, 26))


def test_events_are_found_by_id_and_by_position_and_what_is_unknown_is_left_out(
    engine: Engine,
) -> None:
    first, second = appended(engine, event("a"), event("b")).recorded

    with reading(engine) as connection:
        by_id = read_by_ids(connection, ["b", "x", "a\0", "b"])
        by_position = read_by_positions(connection, [1, 99])

    assert by_id == {"b": second}
    assert by_position == {1: first}


def test_one_batch_names_streams_and_kinds_old_and_new(engine: Engine) -> None:
    appended(engine, event("a"), event("b", org="other"))
    again = checked(an_event_with("org_ended", {"org": "acme"}, id="c"))

    appended(engine, again, event("d", org="third"), event("e", org="other"))

    assert places(whole(engine))[2:] == [(3, "acme", 2), (4, "third", 1), (5, "other", 2)]


def test_the_same_event_twice_is_recorded_once(engine: Engine) -> None:
    first = appended(engine, event("a"), event("b"))

    again = appended(engine, event("b"), event("a"))

    assert first.outcome is Outcome.APPENDED
    assert again.outcome is Outcome.ALREADY
    assert again.new == ()
    assert [one.position for one in again.recorded] == [2, 1]
    assert len(whole(engine)) == 2


def test_a_retry_that_brings_more_records_only_what_is_new(engine: Engine) -> None:
    appended(engine, event("a"))

    again = appended(engine, event("a"), event("b"))

    assert [one.position for one in again.recorded] == [1, 2]
    assert [one.event.id for one in again.new] == ["b"]


def test_the_same_event_twice_within_one_batch_is_recorded_once(engine: Engine) -> None:
    batch = appended(engine, event("a"), event("a"))

    assert [one.position for one in batch.recorded] == [1, 1]
    assert len(whole(engine)) == 1


OTHER = {
    "data": {"form": "fund"},
    "date": {"occurred": {"edtf": "2023-07-15"}},
    "stream": {"stream": "elsewhere"},
    "tags": {"tags": ["x"]},
}


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_a_used_id_with_other_content_is_refused_and_keeps_nothing(
    engine: Engine, change: dict[str, object]
) -> None:
    appended(engine, event("a"))

    with pytest.raises(KeyReusedError) as refused:
        appended(engine, event("new"), event("a", **change))

    assert refused.value.parts == {"key": "a", "position": 1}
    assert [one.event.id for one in whole(engine)] == ["a"]


def test_two_contents_for_one_id_within_a_batch_are_refused(engine: Engine) -> None:
    with pytest.raises(KeyReusedError):
        appended(engine, event("a"), event("a", form="fund"))

    assert whole(engine) == []


def test_nothing_appended_is_nothing_recorded(engine: Engine) -> None:
    assert appended(engine).recorded == ()
    with reading(engine) as connection:
        assert head(connection) == (0, 0)


def test_a_writer_that_was_overtaken_is_told_what_came_between(engine: Engine) -> None:
    appended(engine, event("a"))
    appended(engine, event("b"), event("elsewhere", org="other"), event("c"))

    with pytest.raises(WrongPositionError) as refused:
        appended(engine, event("d"), expected_position=1)

    assert refused.value.between == ("b", "c")
    assert refused.value.parts == {"stream": "acme", "expected": 1, "actual": 3}
    assert len(whole(engine)) == 4


def test_a_writer_that_expects_more_than_there_is_is_refused(engine: Engine) -> None:
    appended(engine, event("a"))

    with pytest.raises(WrongPositionError) as refused:
        appended(engine, event("b"), expected_position=2)

    assert refused.value.between == ()
    assert refused.value.parts["actual"] == 1


def test_the_expected_position_of_a_new_stream_is_zero(engine: Engine) -> None:
    appended(engine, event("a"), expected_position=0)

    assert appended(engine, event("b"), expected_position=1).outcome is Outcome.APPENDED


def test_a_retry_is_no_conflict_though_its_stream_is_longer(engine: Engine) -> None:
    appended(engine, event("a"), expected_position=0)

    again = appended(engine, event("a"), expected_position=0)

    assert again.outcome is Outcome.ALREADY


def undone(connection: Connection, *batch: Event) -> list[int]:
    recorded = append(connection, batch, recorded_by="tests").recorded
    return [one.position for one in recorded]


def test_an_append_that_is_rolled_back_gives_its_numbers_back(engine: Engine) -> None:
    appended(engine, event("a"))
    lost: list[int] = []
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:  # noqa: PT012 - one deed
        lost += undone(connection, event("b"), event("c", org="new"))
        _ = 1 / 0

    kept = appended(engine, event("d"), event("e", org="new"))

    assert lost == [2, 3]
    assert places(kept.recorded) == [(2, "acme", 2), (3, "new", 1)]
    assert len(whole(engine)) == 3


def test_two_appends_in_one_transaction_follow_each_other(engine: Engine) -> None:
    with writing(engine) as connection:
        first = undone(connection, event("a"))
        second = undone(connection, event("b"))

    assert (first, second) == ([1], [2])


def test_the_record_time_is_the_clocks_and_never_runs_backwards(engine: Engine) -> None:
    with writing(engine) as connection:
        append(connection, [event("a")], recorded_by="tests", clock=clock_from(MORNING))
    with writing(engine) as connection:
        early = clock_from(MORNING - timedelta(days=1))
        append(connection, [event("b")], recorded_by="tests", clock=early)

    times = [one.recorded_at for one in whole(engine)]

    assert times == [MORNING, MORNING]


def test_a_time_is_looked_up_to_the_last_position_recorded_by_then(engine: Engine) -> None:
    clock = clock_from(MORNING, step=timedelta(microseconds=1))
    with writing(engine) as connection:
        for name in "abc":
            append(connection, [event(name)], recorded_by="tests", clock=clock)
    with reading(engine) as connection:
        instants = list(
            connection.scalars(select(events.c.recorded_at).order_by(events.c.position))
        )

        found = [
            position_at(connection, instant + shift) for instant in instants for shift in (-1, 0)
        ]

    assert found == [0, 1, 1, 2, 2, 3]


def test_a_writer_that_holds_its_connection_records_each_batch_by_itself(engine: Engine) -> None:
    with appending(engine, recorded_by="tests") as append_batch:
        first = append_batch([event("a")])
        several = append_batch([event("b", org="other"), event("c"), event("d", org="other")])
        next_one = append_batch([event("e", org="other")])
        seen = whole(engine)  # by another connection, while this one is held

    assert places(seen) == [
        (1, "acme", 1),
        (2, "other", 1),
        (3, "acme", 2),
        (4, "other", 2),
        (5, "other", 3),
    ]
    assert seen == [*first.new, *several.new, *next_one.new]


def test_a_held_writer_records_what_is_there_once_and_goes_on_after_a_refusal(
    engine: Engine,
) -> None:
    other = event("a", org="another")
    with appending(engine, recorded_by="tests") as append_batch:
        append_batch([event("a")])

        again = append_batch([event("a")])
        more = append_batch([event("b"), event("a"), event("c")])
        with pytest.raises(KeyReusedError):
            append_batch([other])
        with pytest.raises(KeyReusedError):
            append_batch([event("d"), other])
        after = append_batch([event("e")])

    assert again.outcome is Outcome.ALREADY
    assert [one.event.id for one in more.new] == ["b", "c"]
    assert [one.position for one in more.recorded] == [2, 1, 3]
    assert [one.position for one in after.recorded] == [4]
    assert [one.event.id for one in whole(engine)] == ["a", "b", "c", "e"]


@pytest.mark.parametrize("many", [1, 3], ids=["one", "several"])
def test_what_was_appended_in_any_number_verifies(engine: Engine, many: int) -> None:
    with appending(engine, recorded_by="tests") as append_batch:
        for start in range(0, 12, many):
            batch = range(start, start + many)
            append_batch([event(f"e{one}", org=f"org-{one % 5}") for one in batch])

    with reading(engine) as connection:
        assert verify(connection).events == 12
