"""Holidays fall on the days that calendars print."""

from datetime import date

import pytest

from archive.dates import read


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2020年春节", date(2020, 1, 25)),
        ("2024年春节", date(2024, 2, 10)),
        ("2025年春节", date(2025, 1, 29)),
        ("2024年除夕", date(2024, 2, 9)),
        ("2023年元宵节", date(2023, 2, 5)),
        ("2024年清明节", date(2024, 4, 4)),
        ("2023年清明", date(2023, 4, 5)),
        ("2023年端午节", date(2023, 6, 22)),
        ("2025年中秋节", date(2025, 10, 6)),
        ("2023年重阳节", date(2023, 10, 23)),
        ("2023年腊月廿三", date(2024, 2, 2)),
        ("2023年农历八月十五", date(2023, 9, 29)),
        ("Easter 2024", date(2024, 3, 31)),
        ("Good Friday 2023", date(2023, 4, 7)),
        ("Thanksgiving 2021", date(2021, 11, 25)),
        ("Cyber Monday 2022", date(2022, 11, 28)),
        ("Labor Day 2023", date(2023, 9, 4)),
        ("Memorial Day 2022", date(2022, 5, 30)),
        ("International Labour Day 2022", date(2022, 5, 1)),
        ("Independence Day 2022", date(2022, 7, 4)),
    ],
)
def test_a_holiday_is_the_day_of_its_year(words: str, day: date) -> None:
    reading = read(words, ref=date(2023, 8, 15))

    assert reading is not None
    assert (reading.earliest, reading.latest) == (day, day)


def test_a_holiday_of_a_year_beyond_the_lunar_tables_is_no_date() -> None:
    assert read("2500年春节", ref=date(2023, 8, 15)) is None
