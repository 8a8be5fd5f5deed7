"""What a person typed: EDTF is checked by the package, words are read as ever."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import (
    BeforeYearOneError,
    NoNotationError,
    UnkeptNotationError,
    read,
    read_typed,
)
from archive.errors import UnreadableDateError

REF = date(2023, 8, 15)


@pytest.mark.parametrize(
    "typed",
    [
        "2022", "2022-05", "2022-05-14", "2022-34", "2022-21", "2022-41", "202X", "19XX", "2022?",
        "2022-05~", "2022-05-~14", "~2022", "2022-XX-05", "2022-1X", "1950S2", "2022/2023",
        "2022/..", "../2022", "2022/", "/2022", "[2022..2023]", "[..2022-05]", "{2021,2023}",
        "2021~/2022?",
    ],
)  # fmt: skip
def test_edtf_that_the_package_knows_stands_as_typed(typed: str) -> None:
    assert read_typed(typed, ref=REF).edtf == typed


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("around Q2 2022", "2022-34~"),
        ("possibly summer 2022", "2022-22?"),
        ("around late March 2022", "[2022-03-21~..2022-03-31~]"),
        ("perhaps 2019 or 2020", "[2019?,2020?]"),
        ("about summer 2022 or 2023", "[2022-06~..2022-08~,2023~]"),
    ],
)
def test_what_the_reader_writes_may_be_typed_though_the_standard_lacks_it(
    words: str, typed: str
) -> None:
    assert read_typed(words, ref=REF).edtf == typed
    assert read_typed(typed, ref=REF).edtf == typed


def test_a_span_in_a_set_may_end_more_finely_than_it_begins() -> None:
    assert read_typed("[2022-09..2023-08-02]", ref=REF).latest == date(2023, 8, 2)


@pytest.mark.parametrize(
    "typed",
    ["2022-13", "2022-02-30", "[2022-34]", "2022-33/2022-35", "2022-34-05", "[2022", "2022--05",
     "2022/23"],
)  # fmt: skip
def test_what_looks_like_edtf_and_is_none_is_refused(typed: str) -> None:
    with pytest.raises(NoNotationError) as caught:
        read_typed(typed, ref=REF, field="published")

    for locale in ("zh", "en"):
        sentence = caught.value.words(locale)
        assert typed in sentence
        assert "published" in sentence
        assert "[2023-07..2023-09]" in sentence


@pytest.mark.parametrize(
    "typed",
    [
        "Y12022",
        "Y-17E7",
        "Y3388E2S3",
        "-0044",
        "0000",
        "2023-05/2022-05",
        "9999-24",
        "2022-21/2022-22",
    ],
)
def test_edtf_beyond_what_the_archive_keeps_is_refused_and_told_why(typed: str) -> None:
    with pytest.raises(UnkeptNotationError) as caught:
        read_typed(typed, ref=REF)

    for locale in ("zh", "en"):
        sentence = caught.value.words(locale)
        assert typed in sentence
        assert "0001" in sentence
        assert "9999" in sentence


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2022-5", "2022-05"),
        ("20220514", "2022-05-14"),
        ("2022/3", "2022-03"),
        ("2022-05-14T10:00:00Z", "2022-05-14"),
        ("2020..2021", "[2020..2021]"),
        ("2020..", "[2020..]"),
        ("03/2022", "2022-03"),
    ],
)
def test_figures_that_are_words_are_read_as_words(typed: str, edtf: str) -> None:
    assert read_typed(typed, ref=REF).edtf == edtf


@pytest.mark.parametrize(
    "words", ["soon", "", "../..", "x" * 16_000, "[" * 16_000, "2022" * 4_000]
)
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_typed(words, ref=REF)


def test_where_the_package_stumbles_nothing_reaches_stdout(
    capsys: pytest.CaptureFixture[str],
) -> None:
    read_typed("2021-1X", ref=REF)

    assert capsys.readouterr().out == ""


@given(st.text("0123456789XYES-/.~?%[]{},: T", max_size=24))
def test_the_door_reads_as_the_reader_does_or_refuses(typed: str) -> None:
    try:
        found = read_typed(typed, ref=REF)
    except UnreadableDateError:
        return

    assert found == read(typed, ref=REF)


@pytest.mark.parametrize(
    "words", ["公元前500年", "前221年", "500 BC", "44 B.C.", "BC 44", "500 BCE"]
)
def test_what_lies_before_the_year_one_is_refused_as_that(words: str) -> None:
    with pytest.raises(BeforeYearOneError) as refused:
        read_typed(words, ref=REF)

    assert "0001 to 9999" in refused.value.words("en")
    assert words in refused.value.words("zh")


@pytest.mark.parametrize("words", ["前几年", "bcd", "an ABC 4", "soon"])
def test_what_is_no_date_at_all_is_no_date_before_the_year_one(words: str) -> None:
    with pytest.raises(UnreadableDateError) as refused:
        read_typed(words, ref=REF)

    assert not isinstance(refused.value, BeforeYearOneError)
