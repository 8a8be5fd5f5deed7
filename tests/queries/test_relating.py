"""What an event page asks of the events that bound it, and of those that it bounds."""

import pytest
from sqlalchemy import Connection

from archive.commands import correct, retract
from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.log import head
from archive.queries import (
    Filters,
    Relations,
    Window,
    coverage,
    event,
    facets,
    timeline,
)
from tests.builders import an_event, recorded
from tests.queries.stating import on, row

DEALS = [
    an_event("deal_announced", id="announced", when="2023-03-05"),
    an_event("deal_closed", id="closed", when="2023-04-30"),
]
HUNG = an_event("org_founded", id="hung") | {
    "occurred": {"after": "announced", "before": "closed"}
}
EARLY = an_event("org_founded", id="early", when="[..2023-01]", org="early-org")
UNDATED = an_event(
    "licence_set", id="undated", licence="MIT", commercial_use="free", model="m"
) | {"occurred": {"after": "early"}}


@pytest.fixture
def archive(connection: Connection) -> Connection:
    recorded(connection, [*DEALS, HUNG])
    return connection


def moved(connection: Connection, target: str, day: str) -> None:
    correct(
        connection,
        target=target,
        raw={"occurred": {"edtf": day}},
        reason_kind="source_error",
        reason="the source erred",
        recorded_by="tests",
    )


def related(connection: Connection, name: str = "hung", *, known: int | None = None) -> Relations:
    position = head(connection)[0] if known is None else known
    return event(connection, id=name, known=position).relations


def test_an_event_names_those_that_bound_it(archive: Connection) -> None:
    found = related(archive)

    assert found.after is not None
    assert found.before is not None
    assert (found.after.id, found.before.id) == ("announced", "closed")
    assert (found.would_be, found.is_contrary, found.hanging) == ("", False, ())


def test_an_event_names_those_that_hang_on_it(archive: Connection) -> None:
    (one,) = related(archive, "announced").hanging
    (other,) = related(archive, "closed").hanging

    assert (one.side, one.row.id) == ("after", "hung")
    assert (other.side, other.row.id) == ("before", "hung")


def test_a_corrected_bound_tells_what_the_date_would_be(archive: Connection) -> None:
    before = head(archive)[0]
    moved(archive, "announced", "2023-03-15")

    assert related(archive).would_be == "[2023-03-15..2023-04-30]"
    assert related(archive, known=before).would_be == ""


def test_a_corrected_bound_may_leave_no_day(archive: Connection) -> None:
    moved(archive, "announced", "2023-05-15")

    assert (related(archive).would_be, related(archive).is_contrary) == ("", True)


def test_nothing_is_told_once_the_date_was_resolved_again(archive: Connection) -> None:
    moved(archive, "announced", "2023-03-15")
    correct(
        archive,
        target="hung",
        raw={},
        reason_kind="source_error",
        reason="resolved again",
        recorded_by="tests",
    )

    assert related(archive).would_be == ""


def test_a_retracted_bound_is_shown_as_such(archive: Connection) -> None:
    retract(archive, target="announced", reason="never said", recorded_by="tests")

    found = related(archive)

    assert found.after is not None
    assert found.after.is_retracted
    assert (found.would_be, found.is_contrary) == ("", False)


def test_a_retracted_event_hangs_on_nothing(archive: Connection) -> None:
    before = head(archive)[0]
    retract(archive, target="hung", reason="never said", recorded_by="tests")

    assert related(archive, "announced").hanging == ()
    assert [one.row.id for one in related(archive, "announced", known=before).hanging] == ["hung"]


@pytest.fixture
def undated(connection: Connection) -> Connection:
    recorded(connection, [EARLY, UNDATED])
    return connection


def test_an_undated_event_stands_last_and_in_every_window(undated: Connection) -> None:
    known = head(undated)[0]
    days = Window(2460000, 2460001)

    whole = timeline(undated, filters=Filters(), known=known)
    window = timeline(undated, window=days, filters=Filters(), known=known)

    assert [one.id for one in whole.rows] == ["early", "undated"]
    assert (whole.rows[-1].first_day, whole.rows[-1].last_day) == (EARLIEST_DAY, LATEST_DAY)
    assert [one.id for one in window.rows] == ["undated"]
    assert facets(undated, filters=Filters(), known=known).kinds == (
        ("licence_set", 1),
        ("org_founded", 1),
    )
    assert coverage(undated, known=known).events == 2


@pytest.mark.parametrize("day", ["1950-01-01", "2023-06-01", "2090-01-01"])
def test_what_is_undated_is_possible_on_any_day(undated: Connection, day: str) -> None:
    licence = row(on(undated, day), "licence")

    assert licence.standing == "possible"
    assert licence.reason is not None
    assert licence.reason.en == "starts on a day that is not known"
    assert licence.reason.zh == "于未知日期开始"


def test_what_is_undated_has_no_neighbours_in_time(undated: Connection) -> None:
    known = head(undated)[0]

    alone = event(undated, id="undated", known=known)
    early = event(undated, id="early", known=known)

    assert (alone.previous, alone.next) == (None, None)
    assert early.next is None
