"""Shares, votes and shares of the profit of one holder: each stands for itself."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, Ownership, ownership_around, ownership_on, why
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, told

ORG, DAY = "acme", "2023-06-30"
RIGHTS = ["owners", "votes", "profit_shares"]


def changed(holder: str, when: str, **said: str) -> Raw:
    fields = {"holder": holder, "org": ORG, "direction": "increase", **said}
    name = "-".join(["changed", holder, when, *said.values()])
    return an_event("stake_changed", id=name, when=when, **fields)


def of_votes(holder: str, share: str, when: str = "2021-02-02") -> Raw:
    return changed(holder, when, share_after=share, share_kind="votes")


def of_profit(holder: str, share: str, when: str = "2021-03-03") -> Raw:
    return changed(holder, when, share_after=share, share_kind="profit_share")


def of_shares(holder: str, share: str, when: str = "2021-01-01") -> Raw:
    return changed(holder, when, share_after=share)


def held(connection: Connection, day: str = DAY) -> dict[tuple[str, str], tuple[str, ...]]:
    found = told(on(connection, day, entity=ORG))
    return {(one[1], one[2]): one[3] for one in found if one[1] in RIGHTS}


def owned(connection: Connection) -> Ownership:
    as_of = AsOf(date.fromisoformat(DAY), head(connection)[0])
    return ownership_on(connection, as_of=as_of)


ALL_OF_A = {("owners", "a"): ("20",), ("votes", "a"): ("49",), ("profit_shares", "a"): ("30",)}


def test_votes_and_profit_stand_beside_the_shares_of_the_same_holder(
    connection: Connection,
) -> None:
    recorded(connection, [of_shares("a", "20"), of_votes("a", "49"), of_profit("a", "30")])

    assert held(connection) == ALL_OF_A
    stakes = [(one.holder.id, one.words.en, one.kind) for one in owned(connection).stakes]
    assert sorted((holder, words, kind.en if kind else "") for holder, words, kind in stakes) == [
        ("a", "20%", ""),
        ("a", "30%", "profit share"),
        ("a", "49%", "votes"),
    ]


def test_what_is_told_as_of_shares_goes_on_from_what_was_told_without_a_kind(
    connection: Connection,
) -> None:
    more = changed("a", "2022", share_after="25", share_kind="shares")
    recorded(connection, [of_shares("a", "20"), more])

    assert held(connection) == {("owners", "a"): ("25",)}


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (None, set()),
        ("votes", {"owners", "profit_shares"}),
        ("shares", {"votes", "profit_shares"}),
        ("profit_share", {"owners", "votes"}),
    ],
)
def test_who_leaves_altogether_has_nothing_and_else_what_is_not_of_the_kind(
    connection: Connection, kind: str | None, left: set[str]
) -> None:
    said = {"direction": "exit"} | ({"share_kind": kind} if kind else {})
    three = [of_shares("a", "20"), of_votes("a", "49"), of_profit("a", "30")]
    recorded(connection, [*three, changed("a", "2022", **said)])

    assert {right for right, _holder in held(connection)} == left


def test_who_divests_keeps_neither_votes_nor_profit(connection: Connection) -> None:
    gone = an_event("divested", id="gone", when="2022", seller="a", what=ORG, manner="sale")
    three = [of_shares("a", "20"), of_votes("a", "49"), of_profit("a", "30")]
    recorded(connection, [*three, gone])

    assert held(connection, "2021-12-31") == ALL_OF_A
    assert held(connection) == {}


def test_more_than_all_is_a_sum_of_one_kind(connection: Connection) -> None:
    recorded(connection, [of_shares("a", "70"), of_votes("b", "60"), of_profit("c", "80")])
    known = head(connection)[0]
    as_of = AsOf(date.fromisoformat(DAY), known)

    before = (
        owned(connection),
        ownership_around(connection, as_of=as_of, entities=[], is_counted=True),
    )
    recorded(connection, [of_votes("a", "55")])
    as_of = AsOf(date.fromisoformat(DAY), head(connection)[0])
    after = (
        owned(connection),
        ownership_around(connection, as_of=as_of, entities=[], is_counted=True),
    )

    assert [one.overfull for one in before] == [(), ()]
    for one in after:
        (full,) = one.overfull
        assert full.total == Decimal(115)
        assert {stake.words.en for stake in full.stakes} == {"55%", "60%"}


def test_control_goes_by_votes_and_what_is_earned_by_the_share_of_the_profit(
    connection: Connection,
) -> None:
    recorded(connection, [of_shares("a", "60"), of_votes("a", "40"), of_shares("b", "40")])
    recorded(connection, [of_votes("b", "60"), of_profit("b", "10")])

    answer = owned(connection)

    (group,) = answer.groups
    assert group.head.id == "b"
    assert [(one.id, share.least) for one, share in group.members] == [(ORG, Decimal(10))]
    controlling = [(one.holder.id, one.words.en) for one in answer.stakes if one.controls]
    assert controlling == [("b", "60%")]


def test_a_share_of_the_profit_alone_controls_nothing(connection: Connection) -> None:
    recorded(connection, [of_profit("a", "80")])

    answer = owned(connection)

    assert answer.groups == ()
    assert not any(one.controls for one in answer.stakes)


def test_near_a_holder_of_votes_alone_the_stake_is_found(connection: Connection) -> None:
    recorded(connection, [of_votes("a", "60")])
    as_of = AsOf(date.fromisoformat(DAY), head(connection)[0])

    near = ownership_around(connection, as_of=as_of, entities=["a"])

    assert [(one.holder.id, one.owned.id) for one in near.stakes] == [("a", ORG)]


def test_votes_of_one_that_has_ended_are_possible(connection: Connection) -> None:
    end = an_event("org_ended", id="end", org=ORG, manner="dissolved", when="2022-05-05")
    recorded(connection, [of_votes("a", "60"), end])

    (row,) = told(on(connection, DAY, entity=ORG), "votes")

    assert row[-1] == "possible"


def test_a_planned_sale_of_votes_is_not_made_by_one_of_shares(connection: Connection) -> None:
    meant = changed("a", "2022", direction="decrease", step="planned", share_kind="votes")
    sold = changed("a", "2023-02", direction="decrease", share_after="5")
    recorded(connection, [of_shares("a", "20"), meant, sold])

    assert [one.event_id for one in owned(connection).stakes if one.is_planned] == [meant["id"]]


def test_the_reasons_of_votes_tell_of_votes_alone(connection: Connection) -> None:
    recorded(connection, [of_shares("a", "20"), of_votes("a", "49")])
    as_of = AsOf(date.fromisoformat(DAY), head(connection)[0])

    found = why(connection, entity=ORG, attribute="votes", as_of=as_of)

    assert [one.value.en for one in found.steps] == ["49%"]
    assert (found.attribute_label.zh, found.attribute_label.en) == ("表决权", "votes")
