"""Known on: a position, a day, an instant, now; and what is no answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from archive.errors import FieldError
from archive.queries import Head, head, known_position, recorded_at
from tests.builders import an_event, clock_from, recorded

START = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def days(connection: Connection) -> Connection:
    """An archive that took in one event at noon on each of the first four days of March 2024."""
    events = [an_event(id=f"e{number}") for number in range(3)]
    recorded(connection, events, clock=clock_from(START, step=timedelta(days=1)))
    return connection


MEANT = {
    None: 4,
    "": 4,
    "  ": 4,
    "1": 1,
    "3": 3,
    "2024-03-01": 1,
    "2024-03-02": 2,
    "20240302": 2,
    "2024-03-02T11:59": 1,
    "2024-03-02T12:00": 2,
    "2024-03-02T12:00:00Z": 2,
    "2024-03-02T20:00:00+08:00": 2,
    "2024-03-02T19:59:59+08:00": 1,
    "2024-03": 4,
    "2024年3月2日": 2,
    "3 March 2024": 3,
    "2024": 4,
}


@pytest.mark.parametrize(("words", "position"), MEANT.items(), ids=str)
def test_words_mean_the_last_position_recorded_by_then(
    days: Connection, words: str | None, position: int
) -> None:
    assert known_position(days, words=words) == position


NOTHING = [
    "0",
    "5",
    "99",
    "-1",
    "2024-02-29",
    "1999",
    "2999-01-01",
    "soon",
    "1e3",
    "2024-13-01",
    "rumour of 2024-03-02",
    "2024-03-02<script>",
    "²",
]


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_unreadable_or_outside_the_archive_is_refused(
    days: Connection, words: str
) -> None:
    with pytest.raises(FieldError) as refused:
        known_position(days, words=words)

    assert refused.value.field == "known"
    assert words in refused.value.words("zh")


def test_an_empty_archive_knows_nothing_whenever_it_is_asked(connection: Connection) -> None:
    assert known_position(connection, words="2024-03-01") == 0
    assert head(connection) == Head(0, None)


def test_today_is_not_the_future(days: Connection) -> None:
    assert known_position(days, words=datetime.now(UTC).date().isoformat()) == 4


def test_the_instant_of_a_position_is_told(days: Connection) -> None:
    assert head(days) == Head(4, START + timedelta(days=3))
    assert recorded_at(days, 2) == START + timedelta(days=1)
    assert recorded_at(days, 9) is None
    assert START.date() == date(2024, 3, 1)
