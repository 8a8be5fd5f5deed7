"""Doubts about what can hardly be: long before all that is held, or told before it happened."""

import pytest
from sqlalchemy import Connection

from archive.proposing import warnings_for
from tests.builders import A_SOURCE, an_event, recorded


def checks(connection: Connection, when: str, *, date_kind: str = "occurred") -> list[str]:
    draft = {
        "kind": "org_founded",
        "occurred": {"edtf": when, "date_kind": date_kind},
        "entities": {"org": "another"},
        "claims": [{"source": A_SOURCE}, {"source": "nobody-knows-it"}],
    }
    return [one.check for one in warnings_for(connection, draft)]


@pytest.fixture
def held(connection: Connection) -> Connection:
    """An archive whose first event is of 2019; its source came out on 14 July 2023."""
    recorded(connection, [an_event(id="first", when="2019-03-01")])
    return connection


@pytest.mark.parametrize(
    ("when", "doubted"),
    [("1890", True), ("2009-02", True), ("2010", False), ("2019", False), ("1890/2020", False)],
)
def test_what_lies_ten_years_before_all_that_is_held_is_doubted(
    held: Connection, when: str, *, doubted: bool
) -> None:
    assert ("far_before" in checks(held, when)) is doubted


@pytest.mark.parametrize(
    ("when", "doubted"),
    [("2024-03", True), ("2023-07-16", True), ("2023-07-15", False), ("2023", False)],
)
def test_a_source_tells_of_nothing_that_comes_after_it(
    held: Connection, when: str, *, doubted: bool
) -> None:
    assert ("foretold" in checks(held, when)) is doubted


def test_terms_are_told_before_they_are_in_force(held: Connection) -> None:
    assert "foretold" not in checks(held, "2024-03", date_kind="in_force")


def test_an_empty_archive_has_nothing_to_compare_with(connection: Connection) -> None:
    assert checks(connection, "1890") == []
