from datetime import date

import pytest

from archive.errors import FieldError, UnreadableDateError
from archive.ingest.dating import (
    AmbiguousDateError,
    UnanchoredDateError,
    dated,
    day_of_publication,
    read_words,
)

JULY = date(2023, 7, 28)


def test_words_are_read_against_the_day_given() -> None:
    assert read_words("去年10月", ref=JULY).edtf == "2022-10"


def test_words_that_say_their_year_need_no_day() -> None:
    assert read_words("2023年3月下旬", ref=None).edtf == "[2023-03-21..2023-03-31]"


def test_words_that_mean_another_date_each_day_need_one() -> None:
    with pytest.raises(UnanchoredDateError) as caught:
        read_words("yesterday", ref=None)

    assert "ref" in caught.value.words("en")
    assert "ref" in caught.value.words("zh")


def test_an_ambiguous_date_is_refused_with_both_its_readings() -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        read_words("02/08/2022", ref=JULY)

    for locale in ("zh", "en"):
        assert "2022-02-08" in caught.value.words(locale)
        assert "2022-08-02" in caught.value.words(locale)


def test_words_that_are_no_date_are_refused() -> None:
    with pytest.raises(UnreadableDateError):
        read_words("soon", ref=JULY)


def test_words_become_edtf_and_stay_as_stated() -> None:
    read = dated({"when": "去年10月", "place": "CN"}, ref=JULY)

    assert read == {"edtf": "2022-10", "stated": "去年10月", "place": "CN"}


def test_the_day_of_the_row_outweighs_the_other() -> None:
    assert dated({"when": "去年", "ref": "2020-01-01"}, ref=JULY)["edtf"] == "2019"


def test_edtf_outweighs_words() -> None:
    assert dated({"when": "去年", "edtf": "2001"}, ref=JULY) == {"edtf": "2001"}


def test_a_day_of_the_row_that_is_none_is_refused() -> None:
    with pytest.raises(FieldError, match="ref"):
        dated({"when": "去年", "ref": "July"}, ref=JULY)


@pytest.mark.parametrize(
    ("published", "day"),
    [("", None), ("2023-07-28", JULY), ("2023-07~", date(2023, 7, 31)), ("2023-07-28/..", JULY)],
    ids=["none", "day", "month", "open"],
)
def test_a_source_is_read_against_its_last_day(published: str, day: date | None) -> None:
    assert day_of_publication(published) == day


@pytest.mark.parametrize(("order", "edtf"), [(True, "2022-08-02"), (False, "2022-02-08")])
def test_an_order_chosen_before_decides(order: bool, edtf: str) -> None:  # noqa: FBT001 - a row
    read = dated({"when": "02/08/2022"}, ref=JULY, day_first=order)

    assert read == {"edtf": edtf, "stated": "02/08/2022"}


@pytest.mark.parametrize("words", ["2022-13", "Y12022"])
def test_edtf_that_cannot_be_taken_is_refused(words: str) -> None:
    with pytest.raises(UnreadableDateError, match="EDTF"):
        read_words(words, ref=JULY)


def test_edtf_needs_no_day_and_stands_as_typed() -> None:
    assert dated({"when": "2022-34~"}, ref=None) == {"edtf": "2022-34~"}


def test_words_that_say_more_than_a_date_are_refused() -> None:
    with pytest.raises(UnreadableDateError, match="bla 2023-02-01 bla"):
        dated({"when": "bla 2023-02-01 bla"}, ref=JULY)
