"""All time, month by month, and the window upon it."""

import pytest

from archive.web.drawing.strips import HEIGHT, Strip, strip
from tests.web.marks import day

COVERAGE = (day("2022-01-01"), day("2023-12-31"))


def a_strip(
    counts: dict[str, int], *, first: str = "2022-01-01", last: str = "2023-12-31"
) -> Strip:
    days = [(day(month), count) for month, count in counts.items()]
    return strip(days, coverage=COVERAGE, window=(day(first), day(last)), locale="en")


def test_there_is_a_bar_for_every_month_empty_or_not() -> None:
    made = a_strip({"2023-07-01": 4})

    assert len(made.bars) == 24
    assert [bar.words for bar in made.bars if bar.count] == ["July 2023"]


def test_heights_grow_with_the_square_root_of_the_count() -> None:
    made = a_strip({"2023-06-01": 4, "2023-07-01": 16})

    low, high = (float(bar.height) for bar in made.bars if bar.count)

    assert high == HEIGHT - 4
    assert low == pytest.approx(high / 2)


def test_the_window_lies_upon_its_months() -> None:
    made = a_strip({}, first="2022-07-01", last="2023-06-30")

    assert (made.first_month, made.end_month) == (6, 18)
    assert (made.window_x, made.window_width, made.after_width) == (
        "25.000%",
        "50.000%",
        "25.000%",
    )


def test_years_are_as_wide_as_their_months() -> None:
    made = a_strip({})

    assert [(year.year, year.width) for year in made.years] == [
        (2022, "50.000%"),
        (2023, "50.000%"),
    ]
