"""Rival claims in a state: told side by side, settled, and opened again."""

from sqlalchemy import Connection

from archive.log import head
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, row

SETTLED = "2024-01-01"


def two_losses() -> list[Raw]:
    return [
        an_event(
            "figure_reported",
            id=name,
            when="2022",
            measure="loss",
            value=value,
            source=source,
            subject="openai",
            basis="estimate",
        )
        for name, value, source in (
            ("one", "US$540m", "a-source"),
            ("two", "US$544.5m", "a-source"),
        )
    ]


def test_rivals_are_both_told_with_their_sources(connection: Connection) -> None:
    recorded(connection, two_losses())

    loss = row(on(connection, "2023-01-01"), "figures")

    assert sorted(one.key for one in loss.values) == ["540000000 USD", "544500000 USD"]
    assert loss.is_disputed
    assert loss.standing == "possible"
    assert [source.id for one in loss.values for source in one.sources] == ["a-source"] * 2
    assert on(connection, "2023-01-01").disputed == 1


def settlement(choice: str, name: str) -> Raw:
    return an_event("dispute_settled", id=name, when=SETTLED, claims="one, two", choice=choice)


def test_a_settled_dispute_prefers_one_and_hides_none(connection: Connection) -> None:
    recorded(connection, [*two_losses(), settlement("two", "settled")])

    loss = row(on(connection, "2023-01-01"), "figures")

    assert [(one.key, one.is_preferred) for one in loss.values] == [
        ("544500000 USD", True),
        ("540000000 USD", False),
    ]
    assert loss.standing == "certain"
    assert not loss.is_disputed


def test_the_last_settlement_decides_and_the_first_stays_known(connection: Connection) -> None:
    recorded(connection, [*two_losses(), settlement("two", "s1"), settlement("one", "s2")])
    now = head(connection)[0]

    reversed_, before = on(connection, "2023-01-01"), on(connection, "2023-01-01", known=now - 1)

    assert [one.key for one in row(reversed_, "figures").values if one.is_preferred] == [
        "540000000 USD"
    ]
    assert row(reversed_, "figures").standing == "certain"
    assert [one.key for one in row(before, "figures").values if one.is_preferred] == [
        "544500000 USD"
    ]


def test_a_dispute_that_is_opened_again_is_open(connection: Connection) -> None:
    again = an_event("claim_disputed", id="again", when=SETTLED, claims="one, two")
    recorded(connection, [*two_losses(), settlement("two", "settled"), again])

    loss = row(on(connection, "2023-01-01"), "figures")

    assert loss.is_disputed
    assert loss.standing == "possible"
    assert len(loss.values) == 2
