"""Settled disputes cell by cell, and sums that may have been told twice."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import retract
from archive.log import head
from archive.queries import AsOf, StateRow, state, why
from archive.vocabulary import Raw
from tests.builders import an_event, recorded

DAY = date(2024, 6, 1)


def told(connection: Connection, attribute: str) -> list[StateRow]:
    found = state(connection, as_of=AsOf(DAY, head(connection)[0]))
    return [row for row in found.rows if row.attribute == attribute]


def deals() -> list[Raw]:
    """Return two reports of a deal that differ in its amount alone; only one tells of owners."""
    deal = {"deal": "the-deal", "target": "lyb", "when": "2023-09-29"}
    settled = {"when": "2024", "claims": "one,two", "choice": "two"}
    return [
        an_event("deal_closed", id="one", buyer="meituan", share="100", amount="1 USD", **deal),
        an_event("deal_announced", id="two", buyer="meituan", amount="2 USD", **deal),
        an_event("dispute_settled", id="settled", **settled),
    ]


def test_a_settlement_silences_only_what_the_preferred_claim_speaks_of(
    connection: Connection,
) -> None:
    recorded(connection, deals())

    owners, amount = told(connection, "owners")[0], told(connection, "amount")[0]

    assert ([one.key for one in owners.values], owners.standing) == (["100"], "certain")
    assert [(one.key, one.is_preferred) for one in amount.values] == [
        ("2 USD", True),
        ("1 USD", False),
    ]


def test_nothing_is_set_aside_for_a_claim_that_was_retracted(connection: Connection) -> None:
    recorded(connection, deals())
    before = head(connection)[0]

    retract(connection, target="two", reason="never", recorded_by="tests")

    amount = told(connection, "amount")[0]
    assert ([one.key for one in amount.values], amount.standing) == (["1 USD"], "certain")
    then = state(connection, as_of=AsOf(DAY, before))
    assert [row.values[0].key for row in then.rows if row.attribute == "amount"] == ["2 USD"]


def rounds(*amounts: str, when: str = "") -> list[Raw]:
    return [
        an_event(
            "funding_round",
            id=f"round-{number}",
            when=when or f"202{number}-01-01",
            org="acme",
            phase="closed",
            amount=amount,
        )
        for number, amount in enumerate(amounts)
    ]


SUMS = {
    "exact": (("0.1 USD", "0.2 USD"), "0.3 USD"),
    "many digits": (("12345678901234567890.1 USD", "1 USD"), "12345678901234567891.1 USD"),
    "at least": (("5 USD", ">=7 USD"), ">=12 USD"),
    "at most": (("<=10 USD", "<=5 USD"), "<=15 USD"),
    "at most beside a known one": (("<=10 USD", "5 USD"), "5..15 USD"),
    "at most and at least": (("<=10 USD", ">=5 USD"), ">=5 USD"),
    "a range": (("1..3 USD", "5 USD"), "6..8 USD"),
    "about": (("about 10 USD", "5 USD"), "~15 USD"),
    "at most and about": (("<=10 USD", "about 10 USD"), "~10..20 USD"),
}


@pytest.mark.parametrize(("amounts", "total"), SUMS.values(), ids=SUMS)
def test_a_sum_is_added_bound_by_bound(
    connection: Connection, amounts: tuple[str, ...], total: str
) -> None:
    recorded(connection, rounds(*amounts))

    found = told(connection, "total_raised")[0]

    assert [one.key for one in found.values] == [total]
    assert found.standing == "certain"


def test_two_reports_of_one_day_may_be_of_one_round(connection: Connection) -> None:
    recorded(connection, rounds("5 USD", "7 USD", when="2023-05-01"))

    found = told(connection, "total_raised")[0]

    assert [one.key for one in found.values] == ["5..12 USD"]
    assert (found.standing, found.is_disputed) == ("possible", True)
    assert found.reason is not None
    assert found.reason.en == "the accounts differ"


def named_rounds(*names: str | None) -> list[Raw]:
    return [
        an_event(
            "funding_round",
            id=f"round-{number}",
            when="2023-05-01",
            org="acme",
            phase="closed",
            amount=f"{5 + 2 * number} USD",
            round=name,
        )
        for number, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("names", "total"),
    [(("A", "A+"), "12 USD"), (("Pre-A轮", "A轮"), "12 USD"), (("seed", "天使轮", "B"), "21 USD")],
)
def test_rounds_of_one_day_with_different_names_add_up(
    connection: Connection, names: tuple[str, ...], total: str
) -> None:
    recorded(connection, named_rounds(*names))

    found = told(connection, "total_raised")[0]
    as_of = AsOf(DAY, head(connection)[0])
    steps = why(connection, entity="acme", attribute="total_raised", as_of=as_of).steps

    assert ([one.key for one in found.values], found.standing) == ([total], "certain")
    assert not found.is_disputed
    assert {one.effect.en for one in steps} == {"holds on this day"}


@pytest.mark.parametrize(
    ("names", "total"),
    [
        (("A轮", "Series A"), "5..12 USD"),
        (("天使轮", "Angel round"), "5..12 USD"),
        (("A", None), "5..12 USD"),
        (("A", "累计"), "5..12 USD"),
        (("A", "A+", None), "5..21 USD"),
    ],
)
def test_rounds_of_one_day_that_no_name_tells_apart_may_be_one(
    connection: Connection, names: tuple[str | None, ...], total: str
) -> None:
    recorded(connection, named_rounds(*names))

    found = told(connection, "total_raised")[0]

    assert ([one.key for one in found.values], found.standing) == ([total], "possible")


def test_a_round_in_open_dispute_is_certain_of_nothing(connection: Connection) -> None:
    rivals = an_event("claim_disputed", id="d", when="2024", claims="round-0,round-1")
    recorded(connection, [*rounds("5 USD", "7 USD", "1 USD"), rivals])

    found = told(connection, "total_raised")[0]
    as_of = AsOf(DAY, head(connection)[0])
    steps = why(connection, entity="acme", attribute="total_raised", as_of=as_of).steps

    assert [one.key for one in found.values] == ["6..13 USD"]
    assert (found.standing, found.is_disputed) == ("possible", True)
    assert [one.effect.en for one in steps] == [
        "may hold on this day",
        "may hold on this day",
        "holds on this day",
    ]


def test_a_settled_round_counts_once_where_both_tell_of_it(connection: Connection) -> None:
    settled = an_event(
        "dispute_settled", id="s", when="2024", claims="round-0,round-1", choice="round-1"
    )
    recorded(connection, [*rounds("5 USD", "7 USD", when="2023-05-01"), settled])

    found = told(connection, "total_raised")[0]

    assert [one.key for one in found.values] == ["7 USD"]
    assert found.standing == "certain"
