"""Tokens: a query finds a text exactly when plain search in its simplified, folded form would."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.projections import fts5_query, tsquery
from archive.projections.tokens import LONGEST_QUERY, LONGEST_TOKEN, index_text

OPERATORS = set("\"'*&|!()<>:^-+\\{}.,;\0")
chinese = st.text("百川智能大模型", min_size=1, max_size=6)
mixed = st.text("百川智譜：，（）ＡaÉé·…—-, 4ﬁ\u0301\u3000", max_size=12)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("百川智能", "百川 川智 智能 能"),
        ("百", "百"),
        ("GPT-4", "gpt 4"),
        ("Pokémon", "pokemon"),
        ("智譜AI", "智谱 谱 ai"),
        ("ＡＩ", "ai"),
        ("Straße", "strasse"),
        ("", ""),
        ("——", ""),
    ],
)
def test_a_text_becomes_its_tokens(text: str, tokens: str) -> None:
    assert index_text(text) == tokens


@given(chinese, chinese)
def test_a_chinese_query_is_found_exactly_where_it_stands(text: str, query: str) -> None:
    tokens = index_text(text).split()
    runs = re.findall(r'"([^"]*)"', fts5_query(query))
    wanted = runs[0].split()

    if len(query) == 1:
        matches = any(token.startswith(query) for token in tokens)
    else:
        width = len(wanted)
        matches = any(tokens[i : i + width] == wanted for i in range(len(tokens)))

    assert matches is (query in text)


@given(st.text(max_size=60))
def test_no_query_holds_a_character_that_an_engine_would_read(text: str) -> None:
    for token in re.findall(r'"([^"]*)"', fts5_query(text)):
        assert not OPERATORS & set(token)
    for token in re.findall(r"'([^']*)'", tsquery(text)):
        assert not OPERATORS & set(token)
        assert " " not in token
    assert re.sub(r'"[^"]*"', "", fts5_query(text)).strip("* AND") == ""
    assert re.sub(r"'[^']*'", "", tsquery(text)).strip("()<->&:* ") == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_two_texts_never_flow_together(one: str, other: str) -> None:
    joint = index_text(one, other)

    assert [word for word in joint.split() if word != "\ufb03"] == [
        *index_text(one).split(),
        *index_text(other).split(),
    ]


def test_what_is_too_long_for_an_engine_is_cut_alike_on_both_sides() -> None:
    word = "x" * 5000

    assert index_text(word) == "x" * LONGEST_TOKEN
    assert fts5_query(word) == f'"{"x" * LONGEST_TOKEN}"*'
    assert tsquery("百" * 5000).count("百百") == LONGEST_QUERY - 1


@given(mixed)
def test_wide_and_composed_letters_are_the_same_as_plain_ones(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text)

    assert index_text(text) == index_text(plain)


@given(st.lists(mixed, max_size=3), st.lists(mixed, max_size=3))
def test_names_stand_behind_the_texts_but_for_those_that_a_text_says(
    texts: list[str], names: list[str]
) -> None:
    told = f" {index_text(*texts, names=names)} "

    for one in (*texts, *names):
        alone = index_text(one)
        assert not alone or f" {alone} " in told
    assert told.startswith(f" {index_text(*texts)}")
    assert index_text(*texts, names=texts) == index_text(*texts)


@given(chinese, chinese)
def test_no_phrase_runs_from_one_text_into_the_next(one: str, other: str) -> None:
    tokens = index_text(one, other).split()

    assert tokens == [*index_text(one).split(), "\ufb03", *index_text(other).split()]
