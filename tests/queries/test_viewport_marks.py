"""What a viewport draws: a handful as marks, a crowd folded, never more than it may."""

import pytest
from sqlalchemy import Connection

from archive.commands import record_all
from archive.dates import day_of
from archive.queries import Choice, Filters, Without
from archive.vocabulary import IMPORTANCE
from tests.builders import a_source, an_event
from tests.queries.plans import counted
from tests.queries.views import LANES, lane_of, names, view, window

LEVELS = list(IMPORTANCE)
# What lies after this one alone lies on any day.
EARLY = an_event(id="early", when="[..2019-01]")
MOST_STATEMENTS = 10


def keep_all(connection: Connection, raws: list[dict[str, object]]) -> None:
    record_all(connection, [a_source(), *raws], recorded_by="tests")


def crowd(
    count: int, *, when: str = "2023-03-{day:02}", **changes: object
) -> list[dict[str, object]]:
    return [
        an_event("org_founded", id=f"e{number}", when=when.format(day=number % 28 + 1), **changes)  # type: ignore[arg-type]  # as an event has them
        for number in range(count)
    ]


def test_a_handful_stands_as_marks_in_order_of_date(connection: Connection) -> None:
    keep_all(connection, crowd(5))

    found = view(connection, window("2023-01-01", "2023-12-31"), Filters())

    assert names(found.lanes[0].marks) == ["e0", "e1", "e2", "e3", "e4"]
    assert (found.lanes[0].clusters, found.unit) == ((), "month")


def test_a_crowd_is_folded_by_the_calendar_and_the_most_important_stand(
    connection: Connection,
) -> None:
    landmark = an_event(id="big", when="2023-03-27", importance="landmark")
    keep_all(connection, [*crowd(80), landmark])

    found = view(
        connection, window("2023-03-05", "2023-03-31"), Filters(), most=28, columns=3, lanes="one"
    )

    lane = lane_of(found, "all")
    folded = [(day_of(one.first_day).day, day_of(one.last_day).day) for one in lane.clusters]
    assert (found.unit, folded) == ("third", [(5, 10), (11, 20), (21, 31)])
    assert "big" in names(lane.marks)


def test_dates_coarser_than_a_column_are_folded_into_one(connection: Connection) -> None:
    coarse = [an_event(id=f"m{n}", when="2023-03") for n in range(12)]
    years = [an_event(id=f"y{n}", when="2023") for n in range(3)]
    keep_all(connection, [*crowd(80), *coarse, *years])

    found = view(connection, window("2023-03-01", "2023-03-20"), Filters(), most=50, lanes="one")

    wide, *others = found.lanes[0].clusters
    assert wide.is_wide
    assert (wide.count, dict(wide.precisions)) == (15, {"month": 12, "year": 3})
    assert not any(one.is_wide for one in others)


def test_what_is_not_dated_lies_on_the_shelf(connection: Connection) -> None:
    undated = [
        an_event(id=f"u{n}", importance=level) | {"occurred": {"after": "early"}}
        for n, level in enumerate(LEVELS[::-1])
    ]
    keep_all(connection, [EARLY, *crowd(2), *undated])

    found = view(connection, window("2023-03-01", "2023-03-20"), Filters())

    assert (names(found.shelf), found.undated, found.total) == (["u2", "u1", "u0"], 3, 2)


@pytest.mark.parametrize("most", [8, 20, 40, 120, 400])
@pytest.mark.parametrize("lanes", ["group", "one", "entity"])
def test_no_view_draws_more_than_it_may(connection: Connection, most: int, lanes: str) -> None:
    kinds = ("org_founded", "model_released", "funding_round", "role_started")
    keep_all(
        connection,
        [
            an_event(kinds[n % 4], id=f"e{n}", when=f"20{17 + n % 7}-{n % 12 + 1:02}")
            for n in range(600)
        ],
    )

    found = view(
        connection,
        window("2016-01-01", "2024-12-31"),
        Filters(),
        most=most,
        lanes=lanes,
        entities=["org-founded-org", "model-released-model"],
    )

    drawn = sum(len(lane.marks) + len(lane.clusters) for lane in found.lanes)
    assert 0 < drawn <= max(most, 2 * 7 * 2)
    assert all(lane.shown + lane.folded == lane.total for lane in found.lanes)


def test_what_is_named_when_far_stays_named_when_near(connection: Connection) -> None:
    keep_all(
        connection,
        [
            an_event(
                id=f"e{n}",
                when=f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}",
                importance=LEVELS[n % 3],
            )
            for n in range(400)
        ],
    )

    far = view(connection, window("2023-01-01", "2023-12-31"), Filters(), most=40, lanes="one")
    near = view(connection, window("2023-05-01", "2023-05-31"), Filters(), most=40, lanes="one")

    inside = {mark.id for mark in far.lanes[0].marks if "2023-05" in mark.edtf}
    assert inside
    assert inside <= set(names(near.lanes[0].marks))


CHOICES: dict[str, Filters | Choice] = {
    "all": Filters(),
    "an entity": Filters(entity="org-founded-org"),
    "a kind": Filters(kinds=frozenset({"org_founded"})),
    "words": Filters(text="org"),
    "a source": Filters(source="a-source"),
    "not a kind": Choice(without=Without(kinds=frozenset({"org_founded"}))),
    "not an entity": Choice(without=Without(entities=frozenset({"org-founded-org"}))),
    "to the day": Choice(precisions=frozenset({"day"})),
}


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize("lanes", LANES)
def test_ten_times_the_events_cost_no_more_statements(
    connection: Connection, choice: Filters | Choice, lanes: str
) -> None:
    days = window("2023-01-01", "2023-12-31")
    undated = an_event(id="u") | {"occurred": {"after": "early"}}
    keep_all(connection, [EARLY, an_event(id="first", when="2023-03-03"), undated])
    with counted(connection) as before:
        view(connection, days, choice, lanes=lanes)
    record_all(connection, crowd(600), recorded_by="tests")

    with counted(connection) as after:
        found = view(connection, days, choice, lanes=lanes)

    assert len(after) <= max(len(before), MOST_STATEMENTS)
    assert found.total in {0, 601}
