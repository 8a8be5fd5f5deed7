"""SQL that goes to the driver as it stands: keys of any number, size and sign."""

import pytest
from sqlalchemy import Engine

from archive.storage import among, among_each, reading

ASKED = "SELECT one.value FROM (SELECT {sort} AS value) AS one WHERE one.value {{keys}}"
TEXTS = ASKED.format(sort="CAST('a' AS TEXT)")
NUMBERS = ASKED.format(sort="CAST(9223372036854775807 AS BIGINT)")


@pytest.mark.parametrize(
    "keys",
    [["a"], ["a\0", "a"], ["a", "\0"], ["'; DROP TABLE event; --", "a"]],
    ids=["one", "NUL-within", "NUL-alone", "SQL"],
)
def test_a_key_that_no_text_can_be_finds_nothing_and_hinders_no_other(
    engine: Engine, keys: list[str]
) -> None:
    with reading(engine) as connection:
        assert [tuple(row) for row in among(connection, TEXTS, keys)] == [("a",)]


def test_only_keys_that_no_text_can_be_find_nothing(engine: Engine) -> None:
    with reading(engine) as connection:
        assert among(connection, TEXTS, ["a\0"]) == []
        assert among(connection, TEXTS, []) == []


def test_a_number_may_be_as_large_as_any_position(engine: Engine) -> None:
    largest = 2**63 - 1

    with reading(engine) as connection:
        found = among(connection, NUMBERS, [1, largest], kind="BIGINT")

    assert [tuple(row) for row in found] == [(largest,)]


def test_lists_of_keys_are_tables_in_their_order(engine: Engine) -> None:
    question = "SELECT value FROM {first} WHERE value NOT IN (SELECT value FROM {second})"

    with reading(engine) as connection:
        keys = {"first": ["a", "b\0", "c"], "second": ["c", "\0"]}
        found = among_each(connection, question, keys)

    assert ("a",) in [tuple(row) for row in found]
    assert ("c",) not in [tuple(row) for row in found]
