"""Days and their numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of


@pytest.mark.parametrize(
    ("day", "number"),
    [
        pytest.param(date(2000, 1, 1), 2451545, id="astronomers' epoch"),
        pytest.param(date(1970, 1, 1), 2440588, id="Unix epoch"),
        pytest.param(date(9999, 12, 31), LATEST_DAY, id="last day"),
    ],
)
def test_a_day_has_the_number_that_astronomers_give_it(day: date, number: int) -> None:
    assert day_number(day) == number


@given(st.dates())
def test_a_number_gives_its_day_back(day: date) -> None:
    assert day_of(day_number(day)) == day


@given(st.dates(), st.dates())
def test_numbers_order_as_days_do(one: date, other: date) -> None:
    assert (day_number(one) < day_number(other)) == (one < other)


@given(st.dates())
def test_open_ends_lie_outside_every_day(day: date) -> None:
    assert EARLIEST_DAY < day_number(day) <= LATEST_DAY


def test_a_number_past_the_calendar_is_its_nearest_day() -> None:
    assert (day_of(EARLIEST_DAY), day_of(LATEST_DAY + 1)) == (date.min, date.max)
