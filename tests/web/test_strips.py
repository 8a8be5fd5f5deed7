"""All time, month by month, and the window upon it."""

import re

import pytest

from archive.web.drawing.strips import HEIGHT, Strip, strip
from tests.web.marks import day

COVERAGE = (day("2022-01-01"), day("2023-12-31"))
CENTURIES = (day("1500-01-01"), day("2023-12-31"))


def a_strip(
    counts: dict[str, int],
    *,
    first: str = "2022-01-01",
    last: str = "2023-12-31",
    coverage: tuple[int, int] = COVERAGE,
) -> Strip:
    days = [(day(month), count) for month, count in counts.items()]
    return strip(days, coverage=coverage, window=(day(first), day(last)), locale="en")


def heights(made: Strip) -> list[float]:
    return [float(tall) for tall in re.findall(r"v-([\d.]+)", made.bars)]


def test_there_is_a_bar_for_every_month_with_events() -> None:
    made = a_strip({"2023-07-01": 4, "2022-01-01": 1})

    assert made.days == 730
    assert re.findall(r"M(\d+) ", made.bars) == ["16", "562"]


def test_heights_grow_with_the_square_root_of_the_count() -> None:
    low, high = heights(a_strip({"2023-06-01": 4, "2023-07-01": 16}))

    assert high == HEIGHT - 4
    assert low == pytest.approx(high / 2)


def test_the_window_lies_upon_its_months() -> None:
    made = a_strip({}, first="2022-07-01", last="2023-06-30")

    assert made.window == (day("2022-07-01"), day("2023-07-01"))
    assert made.words == ("1 July 2022", "30 June 2023")
    assert (made.window_x, made.window_width) == ("24.8%", "50%")


def test_each_year_has_its_place_and_its_count() -> None:
    made = a_strip({"2022-03-01": 2, "2022-04-01": 3})

    assert [(one.year, one.last_year, one.x, one.count) for one in made.years] == [
        (2022, 2022, "0%", 5),
        (2023, 2023, "50%", 0),
    ]


def test_centuries_are_drawn_with_few_bars_and_few_names() -> None:
    months = {f"{year}-01-01": 1 for year in range(1500, 2023)}

    made = a_strip(months, coverage=CENTURIES)

    assert len(heights(made)) <= 400
    assert len(made.years) <= 14
    assert sum(one.count for one in made.years) == len(months)
