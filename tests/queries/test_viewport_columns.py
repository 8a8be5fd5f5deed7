"""The columns of a view are as fine as what is really there allows, and no cluster is of one."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import record_all
from archive.dates import day_number
from archive.log import head
from archive.queries import Filters, Viewport, Window, viewport
from tests.builders import a_source, an_event

KINDS = ("org_founded", "model_released", "funding_round")
YEARS = Window(day_number(date(2016, 1, 1)), day_number(date(2024, 4, 30)))
SUMMER = Window(day_number(date(2023, 6, 1)), day_number(date(2023, 8, 31)))
MOST, COLUMNS = 106, 34


@pytest.fixture
def busy(connection: Connection) -> Connection:
    """An archive of which almost all lies in two months, and a little in another year."""
    dates = [f"2023-{6 + number % 2:02}-{number % 28 + 1:02}" for number in range(150)]
    raws = [
        an_event(KINDS[number % 3], id=f"e{number}", when=when)
        for number, when in enumerate([*dates, "2019-05-05", "2019-06-06"])
    ]
    record_all(connection, [a_source(), *raws], recorded_by="tests")
    return connection


def view(connection: Connection, days: Window, **more: object) -> Viewport:
    options = {"filters": Filters(), "most": MOST, "columns": COLUMNS} | more
    known = head(connection)[0]
    return viewport(connection, window=days, known=known, **options)  # type: ignore[arg-type]  # as in viewport


def test_where_most_is_empty_the_columns_are_fine_and_nothing_stands_where_nothing_was(
    busy: Connection,
) -> None:
    found = view(busy, YEARS)

    clusters = [cluster for lane in found.lanes for cluster in lane.clusters]
    assert found.unit == "quarter"
    assert sum(cluster.count for cluster in clusters) > 40
    assert all(cluster.last_day - cluster.first_day < 92 for cluster in clusters)
    assert {date.fromordinal(cluster.first_day - 1721425).year for cluster in clusters} == {2023}


def test_a_full_archive_has_the_columns_for_which_there_is_room_at_any_rate(
    connection: Connection,
) -> None:
    raws = [
        an_event(KINDS[number % 3], id=f"e{number}", when=f"20{16 + number % 8}-{month:02}-03")
        for month in range(1, 13)
        for number in range(24 * month, 24 * month + 24)
    ]
    record_all(connection, [a_source(), *raws], recorded_by="tests")

    found = view(connection, YEARS, most=40)

    assert found.unit == "decade"
    assert sum(len(lane.marks) + len(lane.clusters) for lane in found.lanes) <= 40


@pytest.mark.parametrize("most", [20, 41, 42, 60, MOST])
@pytest.mark.parametrize("lanes", ["group", "one"])
def test_no_cluster_is_of_one(busy: Connection, most: int, lanes: str) -> None:
    found = view(busy, YEARS, most=most, lanes=lanes)

    clusters = [cluster for lane in found.lanes for cluster in lane.clusters]
    assert all(cluster.count > 1 for cluster in clusters if not cluster.is_wide)
    assert found.shown + found.folded == found.total == 152


@pytest.mark.parametrize("words", ["", "Reaching"])
@pytest.mark.parametrize("lanes", ["group", "one"])
def test_what_alone_reaches_into_the_first_column_stands_there_as_a_mark(
    busy: Connection, lanes: str, words: str
) -> None:
    title = {"en": "Reaching in", "zh": "Reaching in"}
    near = [f"2023-06-{day:02}" for day in range(1, 29)] if words else []
    raws = [
        an_event("org_founded", id=f"r{number}", when=when, title=title)
        for number, when in enumerate(["2015-10-01/2016-03-01", *near])
    ]
    record_all(busy, raws, recorded_by="tests")

    found = view(busy, YEARS, lanes=lanes, most=20, filters=Filters(text=words))

    clusters = [cluster for lane in found.lanes for cluster in lane.clusters]
    marks = [mark for lane in found.lanes for mark in lane.marks]
    assert clusters
    assert all(cluster.count > 1 for cluster in clusters)
    assert [mark.id for mark in marks if mark.day < YEARS.first_day] == ["r0"]
    assert found.shown + found.folded == found.total


@pytest.mark.parametrize("lanes", ["group", "one", "entity"])
def test_what_lies_inside_is_counted_as_if_it_had_been_asked_for_alone(
    busy: Connection, lanes: str
) -> None:
    entities = ["org-founded-org", "model-released-model"]

    wide = view(busy, YEARS, lanes=lanes, entities=entities, counted=SUMMER)
    alone = view(busy, SUMMER, lanes=lanes, entities=entities)

    inside = {lane.key: lane.inside for lane in wide.lanes if lane.inside}
    assert wide.inside == alone.total == 150
    assert inside == {lane.key: lane.total for lane in alone.lanes if lane.total}
    assert all(lane.inside == lane.total for lane in alone.lanes)
