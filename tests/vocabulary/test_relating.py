"""What a date may be that lies after one event and before another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import Bounds, describe
from archive.vocabulary import Occurred, between, is_crossed, narrowed, notation_of, unhung


def days(earliest: str | None, latest: str | None) -> Bounds:
    return Bounds(*(date.fromisoformat(one) if one else None for one in (earliest, latest)))


FREE = days(None, None)
SPRING = days("2023-03-05", "2023-04-10")
SINCE = days("2023-03-05", None)
UNTIL = days(None, "2023-04-10")
ONE_DAY = days("2023-03-05", "2023-03-05")


def test_two_events_leave_the_earliest_of_one_to_the_latest_of_the_other() -> None:
    announced = Occurred("2023-03", earliest="2023-03-01", latest="2023-03-31")
    closed = Occurred("2023-04", earliest="2023-04-01", latest="2023-04-30")

    assert between(announced, closed) == days("2023-03-01", "2023-04-30")
    assert between(announced, None) == days("2023-03-01", None)
    assert between(None, closed) == days(None, "2023-04-30")
    assert between(None, None) == FREE


@pytest.mark.parametrize(
    ("bounds", "edtf"),
    [
        (SPRING, "[2023-03-05..2023-04-10]"),
        (SINCE, "[2023-03-05..]"),
        (UNTIL, "[..2023-04-10]"),
        (ONE_DAY, "2023-03-05"),
        (FREE, "../.."),
    ],
)
def test_bounds_are_written_as_one_unknown_moment(bounds: Bounds, edtf: str) -> None:
    assert notation_of(bounds) == edtf
    assert narrowed("", bounds) == edtf
    assert narrowed("../..", bounds) == edtf


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("2023-03-20", "2023-03-20"),
        ("2023-03-20~", "2023-03-20~"),
        ("2023-03", "[2023-03-05..2023-03-31]"),
        ("2023", "[2023-03-05..2023-04-10]"),
        ("2023-21", "[2023-03-05..2023-04-10]"),
        ("[2023-04..]", "[2023-04-01..2023-04-10]"),
        ("[..2023-03-05]", "2023-03-05"),
        ("[2023-03-10..2023-03-20]", "[2023-03-10..2023-03-20]"),
        ("[2023-02-08,2023-03-08]", "2023-03-08"),
        ("[2023-03-06,2023-04-06]", "[2023-03-06,2023-04-06]"),
        ("[2023-02,2023-03,2023-04]", "[2023-03-05..2023-04-10]"),
        ("[2023-01..2023-02,2023-03-07..2023-03-09]", "[2023-03-07..2023-03-09]"),
        ("2022/2023", "2022/2023"),
        ("2023-04/..", "2023-04/.."),
        ("{2023-03-01,2023-03-20}", "{2023-03-01,2023-03-20}"),
    ],
)
def test_a_typed_date_stands_as_far_as_the_others_allow(typed: str, left: str) -> None:
    assert narrowed(typed, SPRING) == left


@pytest.mark.parametrize(
    "typed",
    ["2023-03-04", "2022", "[2023-05..]", "[2023-02-08,2023-08-02]", "2021/2022", "2024/.."],
)
def test_nothing_is_left_where_a_typed_date_lies_outside(typed: str) -> None:
    assert narrowed(typed, SPRING) is None


def test_nothing_is_left_between_events_in_the_wrong_order() -> None:
    assert narrowed("", days("2023-04-10", "2023-03-05")) is None


@pytest.mark.parametrize(
    ("edtf", "then", "typed"),
    [
        ("[2023-03-05..2023-04-10]", SPRING, ""),
        ("2023-03-05", ONE_DAY, ""),
        ("../..", FREE, ""),
        ("[2023-03-05..2023-03-31]", SPRING, "[..2023-03-31]"),
        ("[2023-04-01..2023-04-10]", SPRING, "[2023-04-01..]"),
        ("[2023-03-10..2023-03-20]", SPRING, "[2023-03-10..2023-03-20]"),
        ("2023-03-20", SPRING, "2023-03-20"),
        ("2022/2023", SPRING, "2022/2023"),
        ("[2023-03-05,2023-04-10]", SPRING, "[2023-03-05,2023-04-10]"),
    ],
)
def test_ends_that_the_others_gave_can_be_told_from_those_typed(
    edtf: str, then: Bounds, typed: str
) -> None:
    assert unhung(edtf, then) == typed


near = st.dates(date(2023, 1, 1), date(2023, 12, 31))
ends = st.none() | near
some_bounds = st.builds(Bounds, ends, ends).filter(lambda one: not is_crossed(one))
typed_dates = st.one_of(
    near.map(date.isoformat),
    near.map(lambda day: day.isoformat()[:7]),
    near.map(lambda day: f"[{day}..{day + timedelta(20)}]"),
    near.map(lambda day: f"[..{day}]"),
    near.map(lambda day: f"[{day}..]"),
    near.map(lambda day: f"[{day},{day + timedelta(40)}]"),
    st.just(""),
)


@given(typed_dates, some_bounds)
def test_what_is_left_lies_inside_both_and_is_left_again(typed: str, bounds: Bounds) -> None:
    left = narrowed(typed, bounds)

    if left is None:
        return
    found = describe(left)
    outer = describe(typed) if typed else bounds
    for one in (Bounds(outer.earliest, outer.latest), bounds):
        assert one.earliest is None or (found.earliest and found.earliest >= one.earliest)
        assert one.latest is None or (found.latest and found.latest <= one.latest)
    assert narrowed(left, bounds) == left


@given(some_bounds, some_bounds)
def test_a_date_that_was_never_typed_follows_the_others(then: Bounds, now: Bounds) -> None:
    assert narrowed(unhung(notation_of(then), then), now) == notation_of(now)
