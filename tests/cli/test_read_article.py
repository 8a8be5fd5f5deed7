import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import document, run


def answers(*rows: object, raw: bytes = b"") -> list[Any]:
    text = b"".join(json.dumps(row).encode() + b"\n" for row in rows) + raw
    result = run("read-article", "--jsonl", url="", stdin=text)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_dates_of_a_file_are_shown_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("公司今年2月成立。\n此后无事。6月29日被收购。", encoding="utf-8")
    command = ("read-article", str(path), "--published", "2023-07-28")

    found = document(run(*command, "--json", url=""))

    assert [(one["words"], one["edtf"]) for one in found] == [
        ("今年2月", "2023-02"),
        ("6月29日", "2023-06-29"),
    ]
    assert "2023年2月" in run(*command, url="", locale="zh_CN.UTF-8").stdout


def test_each_line_is_answered_in_the_shape_of_the_contract() -> None:
    sentences = ["公司今年2月成立。", "没有日期。", "6月29日被收购。"]
    row = {"id": "a", "lang": "zh", "ref": "2023-07-28", "title": "标题", "sentences": sentences}

    (found,) = answers(row)

    assert found == {
        "id": "a",
        "dates": [
            {"sentence": 0, "edtf": "2023-02", "earliest": "2023-02-01", "latest": "2023-02-28"},
            {
                "sentence": 2,
                "edtf": "2023-06-29",
                "earliest": "2023-06-29",
                "latest": "2023-06-29",
            },
        ],
    }


def test_bad_lines_have_no_dates_and_the_rest_goes_on() -> None:
    found = answers(
        {"id": 1},
        {"id": 2, "sentences": "2023年"},
        {"id": 3, "sentences": [None, 5, "2023年。"], "ref": "2023-08-15"},
        {"id": 4, "sentences": ["2023年。"], "ref": "nonsense"},
        raw=b"{broken\n",
    )

    assert [one["id"] for one in found] == [1, 2, 3, 4, None]
    assert [len(one["dates"]) for one in found] == [0, 0, 1, 0, 0]
    assert found[2]["dates"][0]["sentence"] == 2


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("今年2月".encode("gbk"))

    for file in (path, tmp_path / "none.txt", tmp_path):
        result = run("read-article", str(file), "--published", "2023-07-28", url="")

        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
