"""Amounts in another currency: by the mean of their own month, and of no other."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.queries import Converted, converted, rates_until
from archive.queries.derived.exchange import TARGETS, monthly_rate

JUNE = (day_number(date(2023, 6, 1)), day_number(date(2023, 6, 30)))
MONTHS = st.tuples(st.integers(2006, 2025), st.integers(1, 12))
CURRENCIES = st.sampled_from(sorted(TARGETS))


def into(key: str, target: str, days: tuple[int, int] = JUNE) -> Converted | None:
    return converted(key, target=target, days=days)


def test_an_amount_is_converted_at_the_mean_of_its_month() -> None:
    found = into("2065000000 CNY", "USD")

    assert found is not None
    assert found.words.en == "288.3 million USD"
    assert found.words.zh == "2.883亿美元"
    assert (found.unit, found.target, found.rate, found.month) == (
        "CNY",
        "USD",
        Decimal("0.1396"),
        "2023-06",
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (">=1000000 USD", "at least 7.164 million CNY"),
        ("<=1000000 USD", "at most 7.164 million CNY"),
        ("1000000..2000000 USD", "7.164 million–14.33 million CNY"),
        ("~1000000 USD", "about 7.164 million CNY"),
    ],
)
def test_a_bound_stays_a_bound(key: str, words: str) -> None:
    found = into(key, "CNY")

    assert found is not None
    assert found.words.en == words


@pytest.mark.parametrize(
    ("key", "days"),
    [
        pytest.param("5 CNY", JUNE, id="told in that currency"),
        pytest.param("5 XAU", JUNE, id="no rate at all"),
        pytest.param("5 RUB", (day_number(date(2022, 3, 1)),) * 2, id="told no more in its month"),
        pytest.param("5 USD", (day_number(date(1998, 6, 1)),) * 2, id="before the first rate"),
        pytest.param("5 USD", (day_number(date(2023, 6, 1)), LATEST_DAY), id="open to the end"),
        pytest.param("5 USD", (EARLIEST_DAY, day_number(date(2023, 6, 1))), id="open before"),
        pytest.param("5 USD", (JUNE[0], JUNE[1] + 1), id="two months"),
        pytest.param("unknown", JUNE, id="unknown"),
        pytest.param("", JUNE, id="none"),
    ],
)
def test_where_no_month_has_a_rate_nothing_is_converted(key: str, days: tuple[int, int]) -> None:
    assert into(key, "CNY", days) is None


def test_a_month_that_is_not_over_in_the_file_has_no_rate() -> None:
    last = rates_until()
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)

    assert monthly_rate("USD", "CNY", month=(after.year, after.month)) is None
    assert monthly_rate("USD", "EUR", month=(last.year - 1, 12)) is not None


@given(month=MONTHS, one=CURRENCIES, other=CURRENCIES, third=CURRENCIES)
def test_rates_agree_with_each_other(
    month: tuple[int, int], one: str, other: str, third: str
) -> None:
    there, back, on, whole = (
        monthly_rate(unit, target, month=month)
        for unit, target in ((one, other), (other, one), (other, third), (one, third))
    )

    assert there is not None
    assert back is not None
    assert on is not None
    assert whole is not None
    assert abs(there * back - 1) < Decimal("1e-20")
    assert abs(there * on - whole) < Decimal("1e-20")
