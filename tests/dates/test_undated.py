"""A date of which nothing is known: ``../..``, or a year without a digit."""

from datetime import date

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
    read_typed,
)
from archive.errors import UnreadableDateError

UNDATED = "../.."
ANY_YEAR = (
    UNDATED,
    "XXXX",
    "XXXX-XX",
    "XXXX-XX-XX",
    "XXXX-05-12",
    "XXXX~",
    "XXXX/..",
    "XXXX/XXXX",
)
REF = date(2023, 8, 15)


@pytest.mark.parametrize("edtf", ANY_YEAR)
def test_it_may_mean_any_day(edtf: str) -> None:
    assert bounds(edtf) == onset(edtf) == Bounds(None, None)
    assert ending(edtf) is None


@pytest.mark.parametrize("edtf", ANY_YEAR)
def test_it_is_described_as_open(edtf: str) -> None:
    reading = describe(edtf)

    assert reading.edtf == edtf
    assert (reading.earliest, reading.latest) == (None, None)
    assert (reading.precision, reading.qualifier) == (Precision.OPEN, Qualifier.NONE)


@pytest.mark.parametrize("style", list(Style))
def test_it_is_called_unknown(style: Style) -> None:
    for edtf in ANY_YEAR:
        assert phrase(edtf, locale="zh", style=style) == "日期不详"
        assert phrase(edtf, locale="en", style=style) == "date unknown"


@pytest.mark.parametrize("edtf", ["/", "/..", "../", "..", "[..]", "{..}", "..~/.."])
def test_no_other_form_says_it(edtf: str) -> None:
    with pytest.raises(UnreadableDateError):
        describe(edtf)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("XXXX/2020", Bounds(None, date(2020, 12, 31))),
        ("2020/XXXX", Bounds(date(2020, 1, 1), None)),
        ("[XXXX..2020]", Bounds(None, date(2020, 12, 31))),
        ("202X", Bounds(date(2020, 1, 1), date(2029, 12, 31))),
    ],
)
def test_an_end_in_any_year_is_an_open_one(edtf: str, days: Bounds) -> None:
    assert bounds(edtf) == days


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        *((words, UNDATED) for words in ("unknown", "Date unknown", "undated", "..", "../..")),
        *((words, UNDATED) for words in ("日期不详", "日期未知", " 日期不详。", "不详")),
        ("XXXX", "XXXX"),
        ("XXXX-05-12", "XXXX-05-12"),
    ],
)
def test_words_say_it_where_it_may_be_said(words: str, edtf: str) -> None:
    assert read_typed(words, ref=REF, may_be_unknown=True) == describe(edtf)
    with pytest.raises(UnreadableDateError):
        read_typed(words, ref=REF)


@pytest.mark.parametrize("words", ["", "soon", "/", "[..]", "XXXX-13-45"])
def test_what_says_less_is_refused_there_too(words: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_typed(words, ref=REF, may_be_unknown=True)
