"""The bounds of a day that is not exactly known, in a sentence."""

from datetime import date

import pytest

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.queries.held.spanning import span

MAY, JUNE = (day_number(date(2023, month, 5)) for month in (5, 6))


@pytest.mark.parametrize(
    ("lo", "hi", "chinese", "english"),
    [
        (EARLIEST_DAY, LATEST_DAY, "于未知日期", "on a day that is not known"),
        (EARLIEST_DAY, MAY, "不晚于2023年5月5日", "no later than 5 May 2023"),
        (MAY, LATEST_DAY, "不早于2023年5月5日", "no earlier than 5 May 2023"),
        (MAY, MAY, "于2023年5月5日", "on 5 May 2023"),
        (MAY, JUNE, "于2023年5月5日至2023年6月5日之间", "between 5 May 2023 and 5 June 2023"),
    ],
)
def test_each_bound_that_is_known_is_said(lo: int, hi: int, chinese: str, english: str) -> None:
    said = span(lo, hi)

    assert (said.zh, said.en) == (chinese, english)
