"""Days along a line, straight or folded."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from archive.dates import day_number
from archive.web.drawing.scales import beyond, folding, month_end, months_between, straight
from tests.web.marks import day

FIRST, LAST = day("2016-01-01"), day("2024-12-31")
DAYS = st.lists(st.integers(FIRST, LAST), max_size=30)


def test_the_line_begins_with_its_first_day_and_ends_after_its_last() -> None:
    scale = straight(FIRST, LAST, width=1000)

    assert scale.x(FIRST) == 0
    assert scale.x(LAST + 1) == 1000
    assert scale.percent(500) == "50%"


def test_a_long_quiet_stretch_is_folded_to_whole_months() -> None:
    busy = [day("2016-03-15"), day("2023-02-07"), day("2023-07-14")]

    scale = folding(FIRST, LAST, width=1100, days=busy)

    longest = max(scale.folds, key=lambda fold: fold.months)
    assert (longest.first_day, longest.last_day) == (day("2016-04-01"), day("2023-01-31"))
    assert longest.months == 82
    assert scale.x(longest.last_day + 1) - scale.x(longest.first_day) == scale.fold_width


def test_a_line_without_events_is_not_folded() -> None:
    assert folding(FIRST, LAST, width=1100, days=[]).folds == ()


def test_the_months_between_two_days_are_all_that_they_touch() -> None:
    months = months_between(day("2023-11-30"), day("2024-02-01"))

    assert months == tuple(map(day, ("2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01")))
    assert month_end(day("2024-02-01")) == day_number(date(2024, 2, 29))


@given(DAYS, st.integers(300, 2000))
def test_a_later_day_never_lies_further_left(days: list[int], width: int) -> None:
    scale = folding(FIRST, LAST, width=width, days=days)

    places = [scale.x(number) for number in range(FIRST, LAST + 2, 7)]

    assert places == sorted(places)
    assert abs(scale.x(LAST + 1) - width) < 0.01


@given(DAYS, st.integers(FIRST, LAST))
def test_the_day_at_the_place_of_a_day_is_that_day(days: list[int], number: int) -> None:
    scale = folding(FIRST, LAST, width=1100, days=days)

    assert scale.day(scale.x(number) + 1e-6) == number


@given(DAYS)
def test_no_day_with_an_event_is_folded_away(days: list[int]) -> None:
    scale = folding(FIRST, LAST, width=1100, days=days)

    folded = [(fold.first_day, fold.last_day) for fold in scale.folds]

    assert not any(first <= number <= last for number in days for first, last in folded)


@given(DAYS, st.integers(FIRST, LAST - 400), st.integers(14, 400))
def test_what_lies_beyond_the_view_goes_on_as_steep_and_leaves_the_view_as_it_was(
    days: list[int], first: int, length: int
) -> None:
    scale = folding(first, first + length, width=1100, days=days)

    wide = beyond(scale, least_day=FIRST, most_day=LAST)

    left, right = wide.view
    assert right - left == 1100
    assert wide.first_day >= FIRST
    assert wide.last_day <= LAST
    assert wide.width <= 2200 + 1
    for number in range(first, first + length, 5):
        assert abs(wide.x(number) - left - scale.x(number)) < 0.01


def test_where_there_are_no_more_days_nothing_lies_beyond() -> None:
    scale = straight(FIRST, LAST, width=1000)

    assert beyond(scale, least_day=FIRST, most_day=LAST) == scale
