"""Texts are measured and cut by a server that never sees a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.web.drawing.lettering import broken, cut, text_width

TEXTS = st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs")), max_size=60)


def test_a_chinese_character_takes_the_width_of_the_font() -> None:
    assert text_width("美团收购", font_size=13) == 52


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert cut("OpenAI", width=400) == "OpenAI"


def test_a_text_is_cut_before_a_comma_or_a_blank() -> None:
    assert cut("百度，正式发布", width=13 * 4) == "百度…"


def test_where_nothing_fits_nothing_is_left() -> None:
    assert cut("美团收购光年之外", width=10) == ""


@given(TEXTS, st.floats(min_value=0, max_value=500))
def test_what_is_left_of_a_text_fits_and_begins_it(text: str, width: float) -> None:
    left = cut(text, width=width)

    assert left == "" or text_width(left) <= max(width, text_width(text) if left == text else 0)
    assert text.startswith(left.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Light Years Beyond", 90, ("Light Years ", "Beyond")),
        ("光年之外，北京", 13 * 4, ("光年之", "外，北京")),
        ("美团（光年之外）", 13 * 3, ("美团", "（光年", "之外）")),
        ("2023年6月12日", 13 * 5, ("2023年6月", "12日")),
        ("shares · 2023", 70, ("shares · ", "2023")),
        ("Mitochondrial", 13 * 4, ("Mitoch", "ondrial")),
        ("", 100, ("",)),
    ],
)
def test_a_line_ends_where_a_reader_expects_it(
    text: str, width: float, lines: tuple[str, ...]
) -> None:
    assert broken(text, width=width, most=9) == lines


def test_what_is_more_than_the_lines_there_are_is_cut() -> None:
    lines = broken("美团收购光年之外" * 9, width=13 * 8, most=2)

    assert lines == ("美团收购光年之外", "美团收购光年之…")


@given(TEXTS, st.floats(min_value=20, max_value=500))
def test_the_lines_of_a_text_fit_and_join_to_it(text: str, width: float) -> None:
    lines = broken(text, width=width, most=99)

    assert "".join(lines) == text
    assert all(text_width(one.rstrip()) <= width for one in lines)
