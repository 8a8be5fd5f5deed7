"""The axis names years, and below them the finest unit that can be read."""

import pytest

from archive.web.drawing.scales import folding, straight
from archive.web.drawing.ticking import Tick, ticks
from tests.web.marks import day


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


def test_the_months_inside_a_fold_are_not_named() -> None:
    busy = [day("2016-01-05"), day("2023-02-07"), day("2024-12-30")]
    scale = folding(day("2016-01-01"), day("2024-12-31"), width=1100, days=busy)

    found = ticks(scale, locale="en")

    assert said(found, is_major=True) == ["2016", "2023", "2024"]
