"""The slider: every move of it, however small, leads to a day on which something changed."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from archive.dates import day_number
from archive.web.states.sliding import nearest_change, slider

DAYS = st.dates(date(2016, 1, 1), date(2025, 12, 31))
CHANGES = st.lists(DAYS, min_size=1, unique=True).map(sorted)


@given(held=DAYS, wanted=DAYS, changed=CHANGES)
def test_a_move_leads_to_the_nearest_change_on_its_side(
    held: date, wanted: date, changed: list[date]
) -> None:
    assume(wanted != held)

    found = nearest_change(held, day_number(wanted), changed=changed)

    beyond = [day for day in changed if (day > held) == (wanted > held) and day != held]
    if not beyond:
        assert found == held
    else:
        assert found in beyond
        assert abs(found - wanted) == min(abs(day - wanted) for day in beyond)


@given(held=DAYS, changed=CHANGES)
def test_one_step_of_the_keyboard_is_the_next_change(held: date, changed: list[date]) -> None:
    later = [day for day in changed if day > held]

    found = nearest_change(held, day_number(held) + 1, changed=changed)

    assert found == (later[0] if later else held)


@given(held=DAYS, changed=CHANGES)
def test_the_slider_holds_every_change_and_never_leaves_its_ends(
    held: date, changed: list[date]
) -> None:
    made = slider(held, changed=changed, width=100)

    assert made is not None
    assert made.first <= day_number(changed[0]) <= day_number(changed[-1]) <= made.last
    assert made.first <= made.value <= made.last
    assert 1 <= made.ticks.count("M") <= len(changed)


def test_without_a_change_there_is_no_slider() -> None:
    assert slider(date(2023, 1, 1), changed=[], width=100) is None


def test_where_the_slider_is_nothing_moves() -> None:
    held = date(2023, 1, 1)

    changed = [held - timedelta(1), held + timedelta(1)]

    assert nearest_change(held, day_number(held), changed=changed) == held
