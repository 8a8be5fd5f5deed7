"""The window moves, grows and shrinks, and never leaves what there is."""

from hypothesis import given
from hypothesis import strategies as st

from archive.web.drawing.scales import straight
from archive.web.timelines.windows import (
    LEAST_DAYS,
    View,
    around,
    clamped,
    panned,
    query_of,
    zoomed_in,
    zoomed_out,
)
from tests.web.marks import day

LEAST, MOST = day("2016-01-01"), day("2024-12-31")
NUMBERS = st.integers(LEAST - 4000, MOST + 4000)
WHOLE = clamped(LEAST, MOST, least_day=LEAST, most_day=MOST)


def test_the_whole_needs_no_words_in_the_address() -> None:
    assert query_of(WHOLE) == {"from": "", "to": ""}


def test_a_part_is_written_as_its_two_days() -> None:
    view = clamped(day("2023-03-01"), day("2023-08-31"), least_day=LEAST, most_day=MOST)

    assert query_of(view) == {"from": "2023-03-01", "to": "2023-08-31"}


def test_in_and_out_again_shows_about_the_same_days() -> None:
    view = clamped(day("2020-01-01"), day("2021-12-31"), least_day=LEAST, most_day=MOST)
    scale = straight(view.first_day, view.last_day, width=1000)

    again = zoomed_out(zoomed_in(view, scale))

    assert abs(again.first_day - view.first_day) <= 3
    assert abs(again.last_day - view.last_day) <= 3


def test_at_the_end_of_time_there_is_nothing_later() -> None:
    view = clamped(day("2024-07-01"), MOST, least_day=LEAST, most_day=MOST)

    assert panned(view, later=True) == view


def test_a_day_asked_for_alone_is_followed_by_the_next_one() -> None:
    one = clamped(day("2023-06-29"), day("2023-06-29"), least_day=LEAST, most_day=MOST, shortest=1)

    later = panned(one, later=True)

    assert one.days == 1
    assert (later.first_day, later.last_day) == (day("2023-06-30"), day("2023-06-30"))


def test_a_single_day_is_shown_with_room_around_it() -> None:
    found = around(day("2023-07-14"), day("2023-07-14"), view=WHOLE)

    assert found.first_day < day("2023-07-14") < found.last_day
    assert found.days == LEAST_DAYS


@given(NUMBERS, NUMBERS)
def test_a_window_always_lies_inside_what_there_is(one: int, other: int) -> None:
    view = clamped(min(one, other), max(one, other), least_day=LEAST, most_day=MOST)

    moved: list[View] = [
        view,
        panned(view, later=True),
        panned(view, later=False),
        zoomed_out(view),
        zoomed_in(view, straight(view.first_day, view.last_day, width=1000)),
    ]

    assert all(LEAST <= each.first_day <= each.last_day <= MOST for each in moved)
    assert all(each.days >= LEAST_DAYS for each in moved)
