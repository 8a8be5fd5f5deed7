"""The three days of an event, and when a stretch stops."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import (
    EARLIEST_DAY,
    LATEST_DAY,
    day_number,
    day_of,
    describe,
    ending,
    onset,
)
from archive.projections.days import Days, starting, stopping, told
from tests.contracts.histories import DATES


def spelt(days: Days | None) -> list[str] | None:
    if days is None:
        return None
    ends = {EARLIEST_DAY: "open", LATEST_DAY: "open"}
    return [ends.get(day) or day_of(day).isoformat() for day in days]


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2023-07-14", ["2023-07-14", "2023-07-14", "2023-07-14"]),
        ("2023-06", ["2023-06-01", "2023-06-01", "2023-06-30"]),
        ("[..2023-06]", ["open", "2023-06-30", "2023-06-30"]),
        ("[2023-06..]", ["2023-06-01", "2023-06-01", "open"]),
        ("2017/2021", ["2017-01-01", "2017-01-01", "2017-12-31"]),
        ("2023-03-05/..", ["2023-03-05", "2023-03-05", "2023-03-05"]),
        ("../2021", ["open", "2021-12-31", "2021-12-31"]),
        ("../..", ["open", "open", "open"]),
    ],
)
def test_an_event_begins_between_its_first_and_its_last_day(edtf: str, days: list[str]) -> None:
    assert spelt(starting(edtf)) == days


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2023-06", None),
        ("2017/2021", ["2021-01-02", "2022-01-01", "2022-01-01"]),
        ("2023-03-05/2023-03-20", ["2023-03-21", "2023-03-21", "2023-03-21"]),
        ("2023-03-05/..", None),
        ("../..", None),
    ],
)
def test_a_stretch_stops_on_the_day_after_its_last(edtf: str, days: list[str] | None) -> None:
    assert spelt(stopping(edtf)) == days


@given(st.sampled_from(DATES))
def test_the_likely_day_lies_between_the_others(edtf: str) -> None:
    for days in (starting(edtf), stopping(edtf)):
        assert days is None or days.lo <= days.v <= days.hi


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_a_whole_day_is_told_as_the_reading_of_its_date_tells_it(day: date) -> None:
    edtf, number = day.isoformat(), day_number(day)

    assert told(edtf) == (
        (number, number, number),
        None,
        (number, number, number),
        describe(edtf).precision.value,
    )
    assert (onset(edtf).earliest, onset(edtf).latest) == (day, day)
    assert ending(edtf) is None


@given(st.sampled_from(DATES))
def test_the_whole_of_a_date_reaches_to_the_day_before_it_stops(edtf: str) -> None:
    known = told(edtf)

    assert (known.start, known.stop) == (starting(edtf), stopping(edtf))
    assert known.whole.hi == max(known.start.hi, known.stop.hi - 1 if known.stop else 0)


@given(st.dates(date(1, 1, 1), date(9999, 12, 30)), st.dates(date(1, 1, 1), date(9999, 12, 30)))
@pytest.mark.parametrize("written", ["[{0}..{1}]", "[..{1}]", "{0}/{1}"])
def test_a_date_of_whole_days_is_told_as_its_reading_tells_it(
    written: str, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    edtf = written.format(first, last)

    known = told(edtf)

    begun, ended = onset(edtf), ending(edtf)
    lo = EARLIEST_DAY if begun.earliest is None else day_number(begun.earliest)
    assert known.start.lo == lo
    assert begun.latest is not None
    assert known.start.hi == day_number(begun.latest)
    assert known.start.v == (known.start.hi if begun.earliest is None else lo)
    after = day_number(last) + 1
    assert known.stop == ((after, after, after) if ended else None)
    assert known.precision == describe(edtf).precision.value
    hi = max(known.start.hi, known.stop.hi - 1 if known.stop else 0)
    assert known.whole == known.start._replace(hi=hi)
