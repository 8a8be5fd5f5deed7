"""Text cut into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("今天发布。明天上市！", ["今天发布。", "明天上市！"]),
        ("他说：“已经发布。”随后离开。", ["他说：“已经发布。”", "随后离开。"]),
        ("It came out. It sold well.", ["It came out.", "It sold well."]),
        ("On Dec. 5 it fell. At 5 p.m. it rose.", ["On Dec. 5 it fell.", "At 5 p.m. it rose."]),
        ("GPT-3.5 is old. J. Smith left.", ["GPT-3.5 is old.", "J. Smith left."]),
        ("Version 2.0 of Monday.com shipped.", ["Version 2.0 of Monday.com shipped."]),
        ("One line\nanother line", ["One line", "another line"]),
        ("It was sold by Acme Inc.", ["It was sold by Acme Inc."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    kept = "".join("".join(sentences(text)).split())

    assert kept == "".join(text.split())
