"""Passwords that are easily guessed: known by lists, and never at a price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.commands.guessing import is_easily_guessed


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passw0rd!2024",
        "qwertyuiop12",
        "abcdefghijkl",
        "trustno1trustno1",
        "password" * 16,
    ],
)
def test_a_common_password_is_easily_guessed(password: str) -> None:
    assert is_easily_guessed(password, name="anna")


@pytest.mark.parametrize(
    "password",
    [
        "correct-horse-battery-staple",
        "staple gun and paper",
        "四只青蛙在屋顶上唱歌跳舞",
        "x7Kd-92mQ-ppL4",
    ],
)
def test_a_few_words_that_do_not_belong_together_are_not(password: str) -> None:
    assert not is_easily_guessed(password, name="anna")


@pytest.mark.parametrize("password", ["beatrice-2024", "BEATRICEbeatrice", "beatrice"])
def test_the_name_in_a_password_counts_for_nothing(password: str) -> None:
    assert is_easily_guessed(password, name="beatrice")


def test_a_short_name_takes_nothing_from_a_password() -> None:
    assert not is_easily_guessed("staple gun and paper", name="a")


@given(password=st.text(max_size=128), name=st.text(min_size=1, max_size=64))
def test_any_password_is_judged(password: str, name: str) -> None:
    assert is_easily_guessed(password, name=name) in {True, False}


@given(tail=st.text(max_size=100))
def test_what_begins_well_is_taken_however_it_goes_on(tail: str) -> None:
    assert not is_easily_guessed(f"correct-horse-battery-staple{tail}", name="anna")
