import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import document, run


def answers(*rows: object, raw: bytes = b"") -> list[Any]:
    text = b"".join(json.dumps(row).encode() + b"\n" for row in rows) + raw
    result = run("read-date", "--jsonl", url="", stdin=text)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_words_are_read_and_phrased() -> None:
    result = run("read-date", "2023年3月下旬", url="", locale="zh_CN.UTF-8")

    assert result.stdout.splitlines() == [
        "[2023-03-21..2023-03-31]",
        "2023-03-21 … 2023-03-31",
        "2023年3月下旬",
    ]


def test_several_words_are_one_text() -> None:
    result = run("read-date", "last", "month", "--ref", "2023-08-15", "--json", url="")

    assert document(result) == {
        "edtf": "2023-07",
        "earliest": "2023-07-01",
        "latest": "2023-07-31",
        "words": "July 2023",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [("soon", "soon"), ("02/08/2022", "2022-08-02"), ("日" * 100_000, "日")],
    ids=["no-date", "ambiguous", "long"],
)
def test_words_that_are_no_one_date_are_refused(words: str, said: str) -> None:
    result = run("read-date", words, url="")

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr) < 1000


def test_each_line_is_answered_in_the_shape_of_the_contract() -> None:
    found = answers(
        {"id": "a", "text": "10月8日", "ref": "2023-08-15", "lang": "zh"},
        {"id": "b", "text": "recently", "ref": "2023-08-15", "lang": "en"},
        {"id": "c", "text": "截至5月28日", "ref": "2023-08-15", "lang": "zh"},
    )

    assert found == [
        {"id": "a", "edtf": "2022-10-08", "earliest": "2022-10-08", "latest": "2022-10-08"},
        {"id": "b", "edtf": None, "earliest": None, "latest": None},
        {"id": "c", "edtf": "[..2023-05-28]", "earliest": None, "latest": "2023-05-28"},
    ]
    assert list(found[0]) == ["id", "edtf", "earliest", "latest"]


def test_bad_lines_are_answered_with_nulls_and_the_rest_goes_on() -> None:
    nothing = {"edtf": None, "earliest": None, "latest": None}

    found = answers(
        {"id": 1, "text": None},
        {"id": 2, "text": "2023", "ref": "nonsense"},
        {"id": 3, "text": 5},
        ["a list"],
        {"text": "2023", "ref": "2023-01-01"},
        {"id": 4, "text": "x" * 100_000, "ref": "2023-01-01"},
        {"id": 5, "text": "\ud800 2023", "ref": "2023-01-01"},
        raw=b"{broken\n\xff\xfe\n\n" + b'{"id": 6, "text": "2023", "lang": "fr"}',
    )

    assert [one["id"] for one in found] == [1, 2, 3, None, None, 4, 5, None, None, 6]
    assert found[0] == {"id": 1, **nothing}
    assert found[4]["edtf"] == found[-1]["edtf"] == "2023"


@given(st.lists(st.text(max_size=40), max_size=4))
def test_there_is_an_answer_for_each_line(texts: list[str]) -> None:
    rows = [{"id": n, "text": text, "ref": "2023-08-15"} for n, text in enumerate(texts)]

    assert [one["id"] for one in answers(*rows)] == list(range(len(texts)))
