"""A date of which nothing is known: ``../..``."""

import pytest

from archive.dates import (
    Bounds,
    Precision,
    Qualifier,
    Style,
    bounds,
    describe,
    ending,
    onset,
    phrase,
)
from archive.errors import UnreadableDateError

UNDATED = "../.."


def test_it_may_mean_any_day() -> None:
    assert bounds(UNDATED) == onset(UNDATED) == Bounds(None, None)
    assert ending(UNDATED) is None


def test_it_is_described_as_open() -> None:
    reading = describe(UNDATED)

    assert (reading.earliest, reading.latest) == (None, None)
    assert (reading.precision, reading.qualifier) == (Precision.OPEN, Qualifier.NONE)


@pytest.mark.parametrize("style", list(Style))
def test_it_is_called_undated(style: Style) -> None:
    assert phrase(UNDATED, locale="zh", style=style) == "日期未定"
    assert phrase(UNDATED, locale="en", style=style) == "undated"


@pytest.mark.parametrize("edtf", ["/", "/..", "../", "..", "[..]", "{..}", "..~/.."])
def test_no_other_form_says_it(edtf: str) -> None:
    with pytest.raises(UnreadableDateError):
        describe(edtf)
