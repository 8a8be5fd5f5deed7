"""Words read to dates: the laws that hold for all of them, and the development set."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import Reading, bounds, order_told, read
from archive.resources import folder

REF = date(2023, 8, 15)
ASKS_THE_CLOCK = re.compile(r"\b(?:today|now|utcnow|time)\(")
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("expressions.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['text']} @ {row['ref']}" for row in ROWS])
def test_the_development_set_is_read_as_people_mean_it(row: dict[str, Any]) -> None:
    reading = read(row["text"], ref=date.fromisoformat(row["ref"]), lang=row["lang"])

    assert (reading.edtf if reading else None) == row["edtf"]


WORDS = st.one_of(
    st.sampled_from([row["text"] for row in ROWS]),
    st.text(max_size=60),
    st.text("0123456789年月日初底上中下旬季度周前后约至到-/., ~Qabcmary", max_size=30),
    st.builds("{} {}".format, *[st.sampled_from([row["text"] for row in ROWS])] * 2),
)


@given(WORDS, st.dates())
def test_bounds_are_ordered_and_those_of_the_notation(words: str, ref: date) -> None:
    reading = read(words, ref=ref)

    if reading is not None and not reading.alternatives:
        days = bounds(reading.edtf)
        assert (reading.earliest, reading.latest) == (days.earliest, days.latest)
        assert (reading.earliest or date.min) <= (reading.latest or date.max)


@given(WORDS, st.dates(), st.dates())
def test_notation_read_again_gives_the_same(words: str, ref: date, other: date) -> None:
    reading = read(words, ref=ref)

    again = read(reading.edtf, ref=other) if reading else None

    assert (again and again.edtf) == (reading and reading.edtf)


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    reading = read(text, ref=REF)

    assert reading is None or isinstance(reading, Reading)


@pytest.mark.parametrize(
    "sign",
    ["9", "1.", "2022-", "年", "三", "(", "to ", "以前", "上", "Q1 ", "~", "{", "-", "of the "],
)
def test_hostile_length_is_refused(sign: str) -> None:
    text = (sign * 16_000)[:16_000]

    assert read(text, ref=REF) is None


def test_an_ambiguous_order_keeps_both_readings() -> None:
    reading = read("02/08/2022", ref=REF)

    assert reading is not None
    assert reading.edtf == "[2022-02-08,2022-08-02]"
    assert [one.edtf for one in reading.alternatives] == ["2022-02-08", "2022-08-02"]


def test_an_ambiguous_order_after_an_operator_keeps_both_readings() -> None:
    reading = read("by 02/08/2022", ref=REF)

    assert reading is not None
    assert reading.edtf == "[..2022-08-02]"
    assert [one.edtf for one in reading.alternatives] == ["[..2022-02-08]", "[..2022-08-02]"]


@pytest.mark.parametrize("words", ["13/02/2022", "02/13/2022", "05/05/2022"])
def test_a_number_that_decides_leaves_no_alternative(words: str) -> None:
    reading = read(words, ref=REF)

    assert reading is not None
    assert reading.alternatives == ()


SLASHED = st.builds(
    "{}{:02}/{:02}/{}".format,
    st.sampled_from(("", "by ", "around ", "since ")),
    st.integers(1, 12),
    st.integers(1, 12),
    st.integers(1900, 2100),
)


@given(SLASHED)
def test_an_order_chosen_is_one_of_the_readings_kept(words: str) -> None:
    both = read(words, ref=REF)
    month_first, day_first = (read(words, ref=REF, day_first=order) for order in (False, True))

    assert both is not None
    assert month_first is not None
    assert day_first is not None
    assert (month_first.alternatives, day_first.alternatives) == ((), ())
    kept = {one.edtf for one in both.alternatives} or {both.edtf}
    assert {month_first.edtf, day_first.edtf} == kept


@given(words=SLASHED, order=st.booleans())
def test_the_order_chosen_is_told_by_words_and_date(*, words: str, order: bool) -> None:
    chosen, other = (read(words, ref=REF, day_first=one) for one in (order, not order))

    assert chosen is not None
    assert other is not None
    told = order_told(words, edtf=chosen.edtf)
    assert told is (None if chosen.edtf == other.edtf else order)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("02/08/2022", "[2022-02-08,2022-08-02]"),
        ("02/08/2022", "2021-08-02"),
        ("2 August 2022", "2022-08-02"),
        ("", "2022-08-02"),
        ("02/08/2022", ""),
        ("02/08/2022 " * 100, "2022-08-02"),
    ],
)
def test_what_chose_no_order_tells_none(words: str, edtf: str) -> None:
    assert order_told(words, edtf=edtf) is None


@pytest.mark.parametrize(
    ("words", "edtf"), [("13/02/2022", "2022-02-13"), ("02/13/2022", "2022-02-13")]
)
def test_a_number_that_decides_outweighs_the_order(words: str, edtf: str) -> None:
    readings = [read(words, ref=REF, day_first=order) for order in (None, False, True)]

    assert [reading and reading.edtf for reading in readings] == [edtf] * 3


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [("2022-05~", "2022-05~"), (" [2022..2023] ", "[2022..2023]"), ("2022-33", "2022-33")],
)
def test_edtf_stands_as_typed(typed: str, edtf: str) -> None:
    reading = read(typed, ref=REF)

    assert reading is not None
    assert reading.edtf == edtf


@pytest.mark.parametrize("ref", [date.min, date.max], ids=["first day", "last day"])
def test_the_ends_of_the_calendar_break_nothing(ref: date) -> None:
    readings = [read(row["text"], ref=ref) for row in ROWS]

    assert any(reading is not None for reading in readings)


def test_no_reading_asks_what_day_it_is() -> None:
    texts = {source.name: source.read_text("utf-8") for source in folder("dates").glob("*.py")}

    asking = [name for name, text in texts.items() if ASKS_THE_CLOCK.search(text)]

    assert "reading.py" in texts
    assert asking == []
