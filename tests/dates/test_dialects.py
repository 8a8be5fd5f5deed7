"""Month names of other languages."""

from datetime import date

import pytest

from archive.dates import read

REF = date(2023, 8, 15)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("14 mai 2022", "2022-05-14"),
        ("le 3 août 2021", "2021-08-03"),
        ("mars 2022", "2022-03"),
        ("14. März 2022", "2022-03-14"),
        ("14 de mayo de 2022", "2022-05-14"),
        ("5 ottobre 2021", "2021-10-05"),
        ("14 мая 2022", "2022-05-14"),
        ("3 août", "2023-08-03"),
        ("3 octobre", "2022-10-03"),
        ("2022年5月14日（土）", "2022-05-14"),
    ],
)
def test_dateparser_reads_what_holds_a_foreign_month(words: str, edtf: str) -> None:
    reading = read(words, ref=REF)

    assert reading is not None
    assert reading.edtf == edtf


@pytest.mark.parametrize(
    "words", ["14 mai 22", "32 mai 2022", "30 février 2022", "mars", "5 mai 2022 12", "mai mars 2"]
)
def test_what_dateparser_would_bend_is_refused(words: str) -> None:
    assert read(words, ref=REF) is None


def test_the_language_of_the_source_is_preferred() -> None:
    reading = read("14 mai 2022", ref=REF, lang="de")

    assert reading is not None
    assert reading.edtf == "2022-05-14"
