import pytest

from tests.cli.conftest import Run, document


def test_the_events_behind_a_value_are_told_with_source(filled: Run) -> None:
    answer = document(filled("why", "acme", "parent", "--on", "2024", "--json"))

    (step,) = answer["steps"]
    assert step["event"]["id"] == "big-buys-acme"
    assert step["event"]["claims"][0]["source"]["id"] == "paper"
    assert answer["previous_change"] == "2023-06-29"


def test_before_it_changed_the_next_change_is_told(filled: Run) -> None:
    result = filled("why", "acme", "parent", "--on", "2023-01-01")

    assert "Next changes: 2023-06-29" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("acne", "parent"), "acne"),
        (("acme", "parents"), "parent"),
        (("acme", "parent", "--on", "x"), "x"),
    ],
    ids=["entity", "attribute", "day"],
)
def test_bad_questions_are_refused(filled: Run, arguments: tuple[str, ...], said: str) -> None:
    result = filled("why", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr
