"""The axis names years, and below them the finest unit that can be read."""

import pytest

from archive.web.drawing.scales import Scale, beyond, folding, straight
from archive.web.drawing.ticking import Tick, ticks
from tests.web.marks import day

ROOM_OF_A_YEAR = 30


def said(found: tuple[Tick, ...], *, is_major: bool) -> list[str]:
    return [tick.text for tick in found if tick.text and tick.is_major is is_major]


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [
        pytest.param("zh", ["2022年", "2023年"], ["1月", "4月", "7月", "10月"], id="Chinese"),
        pytest.param("en", ["2022", "2023"], ["Jan", "Apr", "Jul", "Oct"], id="English"),
    ],
)
def test_two_years_are_told_in_quarters(locale: str, first: list[str], second: list[str]) -> None:
    scale = straight(day("2022-01-01"), day("2023-12-31"), width=370)

    found = ticks(scale, locale=locale)

    assert said(found, is_major=True) == first
    assert said(found, is_major=False) == [*second, *second]


def test_a_month_is_told_in_days() -> None:
    found = ticks(straight(day("2023-07-01"), day("2023-07-31"), width=1100), locale="en")

    assert said(found, is_major=True) == ["2023"]
    assert said(found, is_major=False)[:2] == ["1 Jul", "3 Jul"]


def test_a_year_that_begins_before_the_line_is_named_at_its_edge() -> None:
    found = ticks(straight(day("2022-05-10"), day("2023-12-31"), width=900), locale="en")

    assert (found[0].x, found[0].text) == ("0%", "2022")


def years_in_sight(scale: Scale) -> list[str]:
    """Return the years that are wholly read in the view of *scale*, by their room on the axis."""
    left, right = scale.view
    named = [tick for tick in ticks(scale, locale="en") if tick.text and tick.is_major]
    places = [float(tick.x.removesuffix("%")) / 100 * scale.width for tick in named]
    return [
        tick.text
        for tick, x in zip(named, places, strict=True)
        if left - 2 <= x <= right - ROOM_OF_A_YEAR
    ]


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        pytest.param("2023-03-05", "2023-06-20", ["2023"], id="within a year"),
        pytest.param("2020-01-26", "2020-05-20", ["2020"], id="begun a little before"),
        pytest.param("2022-12-30", "2023-12-20", ["2023"], id="right before another"),
        pytest.param("2022-11-01", "2023-10-20", ["2022", "2023"], id="well before another"),
        pytest.param("2022-10-05", "2024-01-03", ["2022", "2023"], id="cut off at the end"),
    ],
)
def test_a_year_is_read_in_sight_in_any_window(first: str, last: str, years: list[str]) -> None:
    scale = straight(day(first), day(last), width=1253)
    scale = beyond(scale, least_day=day("2016-01-01"), most_day=day("2026-10-01"))

    assert years_in_sight(scale) == years


def test_a_year_whose_months_in_sight_begin_folded_is_read_behind_them() -> None:
    scale = folding(day("2023-03-01"), day("2023-12-31"), width=1253, days=[day("2023-11-05")])
    scale = beyond(scale, least_day=day("2016-01-01"), most_day=day("2026-10-01"))

    assert scale.folds
    assert years_in_sight(scale) == ["2023"]


def test_no_line_is_drawn_where_no_year_begins() -> None:
    scale = straight(day("2020-01-26"), day("2020-05-20"), width=1253)
    scale = beyond(scale, least_day=day("2016-01-01"), most_day=day("2026-10-01"))

    lines = [tick.x for tick in ticks(scale, locale="en") if tick.is_major and tick.is_lined]

    assert lines == ["0%", scale.percent(scale.x(day("2020-01-01")))]


def test_the_months_inside_a_fold_are_not_named() -> None:
    busy = [day("2016-01-05"), day("2023-02-07"), day("2024-12-30")]
    scale = folding(day("2016-01-01"), day("2024-12-31"), width=1100, days=busy)

    found = ticks(scale, locale="en")

    assert said(found, is_major=True) == ["2016", "2023", "2024"]
