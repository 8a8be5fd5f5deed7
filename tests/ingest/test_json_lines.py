import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import FieldError
from archive.ingest.json_lines import read_json, read_json_lines
from archive.ingest.reading import LONGEST_LINE
from tests.ingest.samples import an_event, lines


def test_each_line_is_a_draft_that_knows_its_place() -> None:
    content = "\ufeff" + lines(an_event("one")) + "\n  \n" + lines(an_event("two"))

    drafts = list(read_json_lines(io.BytesIO(content.encode()), name="x.jsonl"))

    assert [(draft.place, draft.raw["id"]) for draft in drafts] == [
        ("x.jsonl:1", "one"),
        ("x.jsonl:4", "two"),
    ]


def test_numbers_keep_every_digit() -> None:
    row = read_json('{"amount": 20.650000000000000001, "count": 79, "share": -1e400}')

    assert row == {"amount": "20.650000000000000001", "count": "79", "share": "-1e400"}


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "12", "null", '{"a": 1, "a": 2}', '{"a": "\\ud800"}', "[" * 100_000, "9" * 9999],
    ids=["cut", "list", "number", "null", "key-twice", "lone-surrogate", "deep", "long-number"],
)
def test_a_line_that_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(FieldError):
        read_json(line)


def test_a_line_that_is_not_utf8_is_one_bad_draft_among_good_ones() -> None:
    content = lines(an_event("one")).encode() + "{“gbk”}\n".encode("gbk") + b'{"id": "two"}'

    drafts = list(read_json_lines(io.BytesIO(content), name="x"))

    assert [bool(draft.errors) for draft in drafts] == [False, True, False]
    assert "UTF-8" in drafts[1].errors[0].words("en")


def test_a_line_without_end_is_refused_before_it_fills_memory() -> None:
    content = b"x" * (LONGEST_LINE + 10)

    drafts = list(read_json_lines(io.BytesIO(content), name="x"))

    assert len(drafts) == 1
    assert drafts[0].errors


def test_what_stands_behind_a_line_too_long_is_read_by_its_number() -> None:
    content = b"x" * (2 * LONGEST_LINE + 10) + b'\n{"id": "two"}\nno object\n'

    drafts = list(read_json_lines(io.BytesIO(content), name="x"))

    assert [(one.place, bool(one.errors)) for one in drafts] == [
        ("x:1", True),
        ("x:2", False),
        ("x:3", True),
    ]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    drafts = list(read_json_lines(io.BytesIO(content), name="x"))

    assert all(draft.place.startswith("x:") for draft in drafts)


@pytest.mark.parametrize("depth", [40, 900, 100_000])
def test_what_is_nested_too_deep_is_one_error(depth: int) -> None:
    line = '{"data": ' + "[" * depth + "]" * depth + "}"

    (draft,) = read_json_lines(io.BytesIO(line.encode()), name="x")

    (error,) = draft.errors
    assert "nesting of at most 32 levels" in error.words("en")


@given(
    st.recursive(
        plain := st.text() | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_line_reads_alike_however_it_is_spaced(value: object) -> None:
    row = {"id": "a", "kind_version": 1, "position": 7, "data": value}
    compact, spaced = (
        json.dumps(row, ensure_ascii=False, separators=separators)
        for separators in ((",", ":"), (", ", ": "))
    )

    drafts = list(read_json_lines(io.BytesIO(f"{compact}\n{spaced}\n".encode()), name="x"))

    assert drafts[0].raw == drafts[1].raw == read_json(spaced)


@pytest.mark.parametrize(
    "line",
    ['{"id":"a","id":"b"}', '{"data":{"a":"x","a":"y"}}', '{"id":"\\ud800"}', '{"id":1e5}'],
    ids=["name-twice", "inner-name-twice", "half-a-letter", "exponent"],
)
@pytest.mark.parametrize("blank", ["", " "], ids=["compact", "as-python-writes"])
def test_a_line_that_is_read_quickly_is_read_no_less_strictly(line: str, blank: str) -> None:
    spaced = line.replace(":", f":{blank}").replace(",", f",{blank}")

    (draft,) = read_json_lines(io.BytesIO(spaced.encode()), name="x")

    assert draft.errors or draft.raw == {"id": "1e5"}
