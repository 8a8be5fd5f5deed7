"""What is typed for one date is the date and nothing more; prose may say more."""

import pytest

from archive.dates import read, read_article, read_typed
from archive.errors import UnreadableDateError
from tests.dates import test_conventions, test_relative_conventions
from tests.dates.conventions import REF, rows_of

MORE = [
    "not 2023-07-20",
    "不是2023年7月20日",
    "nonsense 2023-07-20 words",
    "2023-07-20<script>",
    "rumour of 2026-11-23",
    "xx 2023-01-01 yy",
    "bla 20 July 2023 bla",
    "胡说2023年7月20日",
    "2023-07-20;DROP",
    "NOT, 2023-07-20",
    "By Rumour 2023-07-20",
    "来源胡说八道2023年7月20日",
    "will eat nonsense on 2023-07-20",
    "will go on sale on September 21",
]


@pytest.mark.parametrize("words", MORE)
def test_words_that_say_more_are_prose_and_no_whole_date(words: str) -> None:
    assert read(words, ref=REF) is not None
    assert read(words, ref=REF, whole=True) is None


@pytest.mark.parametrize("words", [*MORE, "about nonsense 2023-02-01"])
def test_the_door_for_what_is_typed_asks_for_a_whole_date(words: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_typed(words, ref=REF)


@pytest.mark.parametrize("sign", ["-", "--", "- ", "−", "—", "+", "/ ", "| ", "• ", "<", "≤", "#"])
@pytest.mark.parametrize("date", ["2023-07-20", "20 juillet 2023", "July 2023"])
def test_no_sign_before_a_date_is_passed_over(sign: str, date: str) -> None:
    assert read(date, ref=REF, whole=True) is not None
    assert read(f"{sign}{date}", ref=REF, whole=True) is None


@pytest.mark.parametrize(
    "words", ["2019 -", "2019 –", "July 2023 /", "May 2023..", "20 mai 2023 $"]
)
def test_no_sign_behind_a_date_is_passed_over(words: str) -> None:
    assert read(words, ref=REF, whole=True) is None


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("  2023-07-20 ", "2023-07-20"),
        ("2023-07-20.", "2023-07-20"),
        ("2023年7月20日。", "2023-07-20"),
        ("(2023-07-20)", "2023-07-20"),
        ("“20 July 2023”", "2023-07-20"),
        ("【2023年7月20日】", "2023-07-20"),
        ("on 2023-07-20", "2023-07-20"),
        ("in July 2023", "2023-07"),
        ("as of 20 July 2023", "[..2023-07-20]"),
        ("since July 2023", "2023-07/.."),
        ("by 2023-07-20", "[..2023-07-20]"),
        ("于2023年7月20日", "2023-07-20"),
        ("在2023年7月", "2023-07"),
        ("截至2023年7月20日", "[..2023-07-20]"),
        ("自2023年7月1日起施行", "2023-07-01/.."),
        ("公告日期：2023年7月20日", "2023-07-20"),
        ("sometime later this year", "[2023-08-15..2023-12-31]"),
        ("July 20 (Reuters)", "2023-07-20"),
        ("Updated - July 20, 2023, 10:30 UTC", "2023-07-20"),
        ("le 20 juillet 2023", "2023-07-20"),
    ],
)
def test_what_goes_with_a_date_is_passed_over(words: str, edtf: str) -> None:
    found = read(words, ref=REF, whole=True)

    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("words", "edtf"),
    [*rows_of(test_conventions.CONVENTIONS), *rows_of(test_relative_conventions.CONVENTIONS)],
)
def test_every_phrase_of_the_conventions_is_whole(words: str, edtf: str | None) -> None:
    found = read(words, ref=REF, whole=True)

    assert (found.edtf if found else None) == edtf


def test_an_article_is_read_as_ever() -> None:
    found = read_article(["It was not 2023-07-20 but 21 July 2023 that mattered."], ref=REF)

    assert [one.reading.edtf for one in found] == ["2023-07-20", "2023-07-21"]
