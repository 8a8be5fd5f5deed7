"""Answers that tell no more than was asked for, and count the rest."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, Compared, compare, state, state_in_keys
from tests.builders import an_entity, an_event, recorded

TERMS = {"licence", "commercial_use", "conditions"}
HOLDERS = ("h1", "h2", "h3", "h4")


@pytest.fixture
def owned(connection: Connection) -> Connection:
    """A company with four holders, one a month, and a model with a licence."""
    recorded(
        connection,
        [
            *(
                an_event(
                    "stake_changed",
                    id=f"in-{holder}",
                    when=f"2023-0{month}-01",
                    org="acme",
                    holder=an_entity(holder, "organization"),
                    direction="increase",
                )
                for month, holder in enumerate(reversed(HOLDERS), start=1)
            ),
            an_event("licence_set", id="mit", when="2023-02-01", model="m", licence="MIT"),
        ],
    )
    return connection


def as_of(connection: Connection, day: str) -> AsOf:
    return AsOf(date.fromisoformat(day), head(connection)[0])


def test_of_many_members_the_latest_are_told_and_the_others_counted(owned: Connection) -> None:
    whole = state(owned, as_of=as_of(owned, "2023-12-31"))
    some = state(owned, as_of=as_of(owned, "2023-12-31"), members=3)

    told = [row.member for row in some.rows if row.attribute == "owners"]
    assert told == ["h1", "h2", "h3"]
    assert [(one.entity.id, one.attribute, one.cells) for one in some.folded] == [
        ("acme", "owners", 1)
    ]
    assert (some.certain, some.possible) == (whole.certain, whole.possible)
    assert whole.folded == ()


def test_an_answer_in_keys_is_the_same_answer(owned: Connection) -> None:
    question = as_of(owned, "2023-03-15")

    words, keys = state(owned, as_of=question), state_in_keys(owned, as_of=question)

    assert [(row.entity.id, row.attribute, row.member, row.standing) for row in words.rows] == [
        (cell.entity.id, cell.attribute.name, cell.member, held.standing)
        for cell, held in keys.shown
    ]
    assert (words.certain, words.next) == (keys.certain, keys.next)


def test_of_many_changes_the_first_are_told_and_the_others_counted(owned: Connection) -> None:
    left, right = as_of(owned, "2022-12-31"), as_of(owned, "2023-12-31")

    whole = compare(owned, left=left, right=right)
    some = compare(owned, left=left, right=right, limit=2)

    assert some.added == whole.added[:2]
    assert some.untold == {"added": len(whole.added) - 2}
    assert whole.untold == {}


@pytest.mark.parametrize(
    ("among", "attributes"),
    [
        (Compared(entity_type="model"), TERMS),
        (Compared(entity="acme"), {"owners"}),
        (Compared(tab="models"), TERMS),
        (Compared(entity_type="person"), set()),
    ],
)
def test_only_what_is_meant_is_compared(
    owned: Connection, among: Compared, attributes: set[str]
) -> None:
    left, right = as_of(owned, "2022-12-31"), as_of(owned, "2023-12-31")

    found = compare(owned, left=left, right=right, among=among)

    assert {one.attribute for one in found.added} == attributes
    assert not found.ended
    assert not found.changed
