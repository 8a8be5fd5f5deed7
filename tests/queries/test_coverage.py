"""What the archive covers: its ends are those of its known events, however they are sought."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.commands import retract
from archive.dates import day_number
from archive.log import head
from archive.queries import Filters, covered_days, maskings_after, timeline
from archive.queries.events import counting
from tests.builders import an_event, recorded, scratch

DAYS = st.lists(st.dates(date(2016, 1, 1), date(2025, 12, 31)), min_size=1, max_size=6)


def told(connection: Connection, *, known: int) -> tuple[int, int] | None:
    """Return the ends as the slow way has them: every event read."""
    rows = timeline(connection, filters=Filters(), known=known, limit=500).rows
    days = [row.first_day for row in rows]
    return (min(days), max(days)) if days else None


@pytest.mark.parametrize("few", [0, 2048], ids=["sought by index", "a young archive"])
@given(days=DAYS, gone=st.integers(0, 5))
def test_the_ends_are_those_of_the_events_known(
    shared: Engine, few: int, days: list[date], gone: int
) -> None:
    with scratch(shared) as connection, pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "_FEW_POSITIONS", few)
        recorded(
            connection,
            [an_event(id=f"e{n}", when=day.isoformat()) for n, day in enumerate(days)],
        )
        retract(connection, target=f"e{gone % len(days)}", reason="x", recorded_by="tests")
        newest = head(connection)[0]

        found = [covered_days(connection, known=known) for known in range(newest + 1)]

        assert found == [told(connection, known=known) for known in range(newest + 1)]


def test_days_may_lie_on_either_side_of_what_came_first(connection: Connection) -> None:
    first = date(2023, 5, 1)
    days = [first + timedelta(lag) for lag in (0, -400, 30)]
    recorded(connection, [an_event(id=f"e{n}", when=str(day)) for n, day in enumerate(days)])

    ends = covered_days(connection, known=head(connection)[0])

    assert ends == (day_number(min(days)), day_number(max(days)))


def test_maskings_are_counted_from_a_position_on(connection: Connection) -> None:
    recorded(connection, [an_event(id="secret"), an_event(id="other")])
    before = head(connection)[0]
    recorded(
        connection,
        [an_event("text_masked", id="masking", target="secret", stream="x", reason="private")],
    )

    after = head(connection)[0]

    assert maskings_after(connection, position=before) == 1
    assert maskings_after(connection, position=after) == 0
