"""JSON lines in, JSON lines out: what a bad line costs, and what is said of it."""

import json
from io import BytesIO

import pytest

from archive.cli import lines
from tests.cli.conftest import run

GOOD = b'{"id": "good", "text": "2023", "sentences": ["2023"], "ref": "2023-08-15"}\n'
BAD = {
    "JSON": b"{broken\n",
    "UTF-8": b"\xff\xfe\n",
    "a list": b'["2023"]\n',
    "ref": b'{"id": 1, "text": "2023", "sentences": ["2023"], "ref": "bad"}\n',
    "nothing": b'{"id": 2}\n',
    "no text": b'{"id": 3, "text": 5, "sentences": 5}\n',
    "deep": b"[" * 100_000 + b"\n",
    "infinite": b'{"id": 1e999, "text": "2023", "sentences": ["2023"], "ref": "2023-08-15"}\n',
    "control signs": b'{"id": 4, "text": "", "sentences": [], "ref": "\\u001b[2J\\r\\n"}\n',
    "half a sign": b'{"id": 5, "text": "", "sentences": [], "ref": "\\ud800"}\n',
}


@pytest.mark.parametrize("command", ["read-date", "read-article"])
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_line_is_answered_and_told_in_one_sentence(command: str, bad: bytes) -> None:
    result = run(command, "--jsonl", url="", stdin=GOOD + b"\n" + bad + GOOD)

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    (said,) = result.stderr.splitlines()
    assert result.exit_code == 0
    assert [one["id"] == "good" for one in answers] == [True, False, True]
    assert answers[1].get("edtf") is None
    assert not answers[1].get("dates")
    assert said.startswith("line 3: ")
    assert len(said) < 300


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "zh_CN.UTF-8",
            "第 1 行：ref：“bad”不可用；可接受：YYYY-MM-DD，例如 2023-07-28。",
        ),
        (
            "C",
            "line 1: ref: “bad” cannot be taken; accepted: YYYY-MM-DD, for example 2023-07-28.",
        ),
    ],
    ids=["zh", "en"],
)
def test_the_sentence_names_field_value_and_what_is_accepted(locale: str, said: str) -> None:
    result = run("read-date", "--jsonl", url="", stdin=BAD["ref"] + GOOD, locale=locale)

    assert result.stderr.splitlines() == [said]


@pytest.mark.parametrize("command", ["read-date", "read-article"])
def test_only_where_no_line_could_be_taken_is_the_whole_refused(command: str) -> None:
    result = run(command, "--jsonl", url="", stdin=BAD["JSON"] + BAD["ref"])

    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [None, 1]
    assert result.stderr.splitlines()[-1].startswith("None of the 2 lines")


@pytest.mark.parametrize("text", [b"", b"\n \n", GOOD, b"\xef\xbb\xbf" + GOOD])
def test_nothing_is_said_where_nothing_is_wrong(text: bytes) -> None:
    result = run("read-date", "--jsonl", url="", stdin=text)

    assert (result.exit_code, result.stderr) == (0, "")


def test_a_sentence_that_is_no_text_is_told_and_the_others_are_read() -> None:
    row = {"id": 1, "sentences": [None, 7, "2023年。"], "ref": "2023-08-15"}

    result = run("read-article", "--jsonl", url="", stdin=json.dumps(row))

    assert [one["sentence"] for one in json.loads(result.stdout)["dates"]] == [2]
    assert result.stderr == "line 1: sentences: “None” cannot be taken; accepted: text.\n"


def test_a_fault_of_our_own_is_told_and_the_lines_after_it_are_answered(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    def answer(row: lines.Row, _complain: lines.Complain) -> lines.Answer:
        return {"id": row["id"], "inverse": 1 / int(str(row["number"]))}

    text = BytesIO(b'{"id": 1, "number": 0}\n{"id": 2, "number": 1}\n')
    lines.answer_lines(text, answer, lambda identity: {"id": identity})

    out, said = capfdbinary.readouterr()
    assert [json.loads(line) for line in out.splitlines()] == [{"id": 1}, {"id": 2, "inverse": 1}]
    assert b"line 1: not answered" in said or "未能回答".encode() in said
    assert b"ZeroDivisionError" in said
