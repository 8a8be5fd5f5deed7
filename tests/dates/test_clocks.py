"""A time of day: how it is read, spoken, and told apart from another of its day."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import (
    UNTIMED,
    UnreadableTimeError,
    came_later,
    clock_number,
    read_time,
    time_in_words,
)

_OFFSETS = ["", "Z", "+08:00", "-05:30", "+14:00"]
times = st.builds(
    lambda hour, minute, second, offset: f"{hour:02}:{minute:02}{second}{offset}",
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["", ":00", ":30", ":59"]),
    st.sampled_from(_OFFSETS),
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:30", "14:30"),
        ("9:05", "09:05"),
        ("14：30", "14:30"),
        (" 14:30:05 ", "14:30:05"),
        ("14:30+08:00", "14:30+08:00"),
        ("14:30 +0800", "14:30+08:00"),
        ("14:30 UTC+8", "14:30+08:00"),
        ("14:30z", "14:30Z"),
        ("14:30+00:00", "14:30Z"),
        ("14:30−05:30", "14:30-05:30"),
    ],
)
def test_a_time_is_kept_in_one_notation(typed: str, kept: str) -> None:
    assert read_time(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "noon", "24:00", "14:60", "14:30:60", "14.30", "1430", "14:30+15:00", "14:30+14:30",
     "14:30 PST", "-14:30", "14:30" + " " * 50],
)  # fmt: skip
def test_what_is_no_time_is_refused_by_its_field(typed: str) -> None:
    with pytest.raises(UnreadableTimeError) as refused:
        read_time(typed, field="occurred.time")

    assert refused.value.field == "occurred.time"
    assert "14:30+08:00" in refused.value.words("zh")


@given(time=times)
def test_the_notation_of_a_time_reads_as_itself(time: str) -> None:
    assert read_time(time) == time


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14:31", "14:30"),
        ("14:30:01", "14:30:00"),
        ("14:31:00", "14:30"),
        ("14:30+08:00", "13:30+08:00"),
        ("09:00-05:00", "14:30+08:00"),
        ("06:31Z", "14:30+08:00"),
    ],
)
def test_of_two_times_of_one_sort_one_came_later(one: str, other: str) -> None:
    assert came_later(clock_number(one), clock_number(other))
    assert not came_later(clock_number(other), clock_number(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14:30", "14:30"),
        ("14:30", "14:30:59"),
        ("14:30", "09:00Z"),
        ("06:30Z", "14:30+08:00"),
        ("14:30", ""),
        ("", ""),
    ],
)
def test_of_others_it_is_not_known_which_came_later(one: str, other: str) -> None:
    assert not came_later(clock_number(one), clock_number(other))
    assert not came_later(clock_number(other), clock_number(one))


@given(some=st.lists(times, min_size=3, max_size=3))
def test_later_is_an_order_and_greater_numbers_keep_to_it(some: list[str]) -> None:
    numbers = [clock_number(one) for one in some]

    assert min(numbers) > UNTIMED
    for one, two, three in permutations(numbers):
        assert not came_later(one, two) or one > two
        assert not (came_later(one, two) and came_later(two, three)) or came_later(one, three)


def test_a_time_is_spoken_with_its_offset() -> None:
    assert time_in_words("14:30+08:00").zh == "14:30（UTC+08:00）"
    assert time_in_words("14:30+08:00").en == "14:30 (UTC+08:00)"
    assert time_in_words("06:30Z").en == "06:30 (UTC)"
    assert time_in_words("14:30:05").zh == "14:30:05"
    assert time_in_words("").en == ""
