"""Stakes on a day: as told, rolled up, and announced deals apart."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from archive.commands import retract
from archive.languages import Words
from archive.log import head
from archive.queries import AsOf, Ownership, Range, Stake, ownership_around, ownership_on
from archive.vocabulary import Raw
from tests.builders import an_event_with, recorded

DAY = date(2023, 6, 30)


def on(connection: Connection, day: date = DAY, **more: object) -> Ownership:
    as_of = AsOf(day, head(connection)[0])
    return ownership_on(connection, as_of=as_of, **more)  # type: ignore[arg-type]  # as there


def an_event(kind: str, name: str, when: str, **fields: object) -> Raw:
    return an_event_with(kind, fields, id=name, when=when)


def stake(holder: str, org: str, share: str | None, when: str = "2023-01-01") -> Raw:
    return an_event(
        "stake_changed",
        f"{holder}-{org}-{when}",
        when,
        holder=holder,
        org=org,
        direction="increase",
        share_after=share,
    )


def deal(kind: str, name: str, when: str, **fields: object) -> Raw:
    return an_event(kind, name, when, **({"buyer": ["buyer"], "target": "target"} | fields))


def told(answer: Ownership) -> list[tuple[str, str, str]]:
    return [(one.holder.id, one.owned.id, one.words.en) for one in answer.stakes]


def only(answer: Ownership) -> Stake:
    assert len(answer.stakes) == 1
    return answer.stakes[0]


def percent(least: str, most: str) -> Range:
    return Range(Decimal(least), Decimal(most))


@pytest.mark.parametrize(
    ("share", "least", "most", "words"),
    [
        ("30", "30", "30", "30%"),
        (">=51", "51", "100", "at least 51%"),
        ("<=20", "0", "20", "at most 20%"),
        ("10..20", "10", "20", "10–20%"),
        (None, "0", "100", "undisclosed"),
    ],
)
def test_a_range_stays_a_range(
    connection: Connection, share: str | None, least: str, most: str, words: str
) -> None:
    recorded(connection, [stake("a", "b", share)])

    found = only(on(connection))

    assert found.share == percent(least, most)
    assert found.words.en == words
    assert found.is_certain


def test_an_announced_deal_owns_nothing(connection: Connection) -> None:
    recorded(connection, [deal("deal_announced", "said", "2023-05-01", share="100")])

    answer = on(connection)

    assert only(answer).is_announced
    assert only(answer).words.en == "100%"
    assert answer.groups == ()
    assert on(connection, date(2023, 4, 30)).stakes == ()


@pytest.mark.parametrize("deal_type", ["asset", "licence_and_hire"])
def test_an_announced_deal_that_makes_no_owner_is_no_stake(
    connection: Connection, deal_type: str
) -> None:
    plain = deal("deal_announced", "said", "2023-05-01", deal_type=deal_type)
    shared = deal(
        "deal_announced", "with-a-share", "2023-05-01", target="b", deal_type=deal_type, share="10"
    )
    recorded(connection, [plain, shared])

    assert [one.event_id for one in on(connection).stakes] == ["with-a-share"]


def test_a_closing_takes_the_place_of_the_announcement(connection: Connection) -> None:
    said = deal("deal_announced", "said", "2023-05-01", share="100")
    done = deal("deal_closed", "done", "2023-06-01", share="100")
    recorded(connection, [said, done])

    before, after = only(on(connection, date(2023, 5, 31))), only(on(connection))

    assert before.is_announced
    assert not after.is_announced
    assert after.is_control
    assert on(connection).groups[0].head.id == "buyer"


def plan(name: str, when: str, **fields: object) -> Raw:
    said = {"holder": "holder", "org": "org", "direction": "decrease", "step": "planned"}
    return an_event("stake_changed", name, when, **(said | fields))


def test_a_planned_sale_alters_no_share_and_is_told_apart(connection: Connection) -> None:
    recorded(
        connection, [stake("holder", "org", "30"), plan("said", "2023-05-01", share_changed="10")]
    )

    held, coming = on(connection).stakes

    assert (held.is_announced, held.words.en) == (False, "30%")
    assert (coming.is_planned, coming.is_announced, coming.words.en) == (
        True,
        True,
        "decrease 10%",
    )
    assert not coming.controls
    assert on(connection, date(2023, 4, 30)).stakes == (held,)


def test_a_sale_that_was_made_is_planned_no_more(connection: Connection) -> None:
    made = plan("made", "[2023-06-01..2023-06-10]", step="done", share_after="20")
    recorded(connection, [stake("holder", "org", "30"), plan("said", "2023-05-01"), made])

    before, meanwhile, after = (
        [one for one in on(connection, date(2023, 6, day)).stakes if one.is_planned]
        for day in (1, 5, 10)
    )

    assert [one.is_certain for one in (*before, *meanwhile)] == [False, False]
    assert before[0].reason is not None
    assert after == []


@pytest.mark.parametrize("nothing", ["0", "<=0"])
@pytest.mark.parametrize("direction", ["decrease", "increase"])
def test_who_has_nothing_left_holds_no_stake(
    connection: Connection, nothing: str, direction: str
) -> None:
    sold = plan("sold", "2023-05-01", step="done", share_after=nothing, direction=direction)
    recorded(connection, [stake("holder", "org", "30"), sold])

    assert told(on(connection, date(2023, 4, 30))) == [("holder", "org", "30%")]
    assert on(connection).stakes == ()


def test_a_plan_of_one_who_holds_nothing_yet_makes_no_stake(connection: Connection) -> None:
    recorded(connection, [plan("meant", "2023-05-01", direction="increase", share_before="0")])

    assert [one.is_planned for one in on(connection).stakes] == [True]


def test_a_sale_that_another_holder_made_leaves_the_plan(connection: Connection) -> None:
    other = plan("other", "2023-06-01", holder="another", step="done", share_after="20")
    recorded(connection, [plan("said", "2023-05-01", direction="exit"), other])

    coming = [one for one in on(connection).stakes if one.is_planned]

    assert [(one.holder.id, one.words.zh) for one in coming] == [("holder", "清仓")]


def test_what_was_announced_or_planned_on_a_vague_day_tells_within_which_days(
    connection: Connection,
) -> None:
    recorded(connection, [deal("deal_announced", "said", "2023-06"), plan("meant", "2023-06")])

    told = on(connection, date(2023, 6, 15)).stakes

    assert not any(one.is_certain for one in told)
    assert {one.reason.en for one in told if one.reason} == {
        "announced between 1 June 2023 and 30 June 2023",
        "planned between 1 June 2023 and 30 June 2023",
    }
    later = on(connection, date(2023, 6, 30)).stakes
    assert [(one.is_certain, one.reason) for one in later] == [(True, None)] * 2


def test_a_deal_that_ended_is_gone_and_one_that_may_have_is_only_possible(
    connection: Connection,
) -> None:
    said = deal("deal_announced", "said", "2023-05-01")
    recorded(connection, [said, deal("deal_ended", "over", "2023-06")])

    while_it_may = only(on(connection, date(2023, 6, 15)))

    assert while_it_may.is_announced
    assert not while_it_may.is_certain
    assert while_it_may.reason is not None
    assert on(connection).stakes == ()


def test_a_deal_told_anew_after_its_end_is_expected_again(connection: Connection) -> None:
    recorded(
        connection,
        [
            deal("deal_announced", "said", "2023-01-01"),
            deal("deal_ended", "over", "2023-02-01"),
            deal("deal_announced", "said-again", "2023-03-01"),
        ],
    )

    assert only(on(connection)).event_id == "said-again"


def test_two_deals_are_told_apart_by_their_names(connection: Connection) -> None:
    recorded(
        connection,
        [
            deal("deal_announced", "said", "2023-01-01", deal="deal-one"),
            deal("deal_closed", "done", "2023-02-01", deal="deal-two", share="10"),
        ],
    )

    assert [one.is_announced for one in on(connection).stakes] == [False, True]


def test_a_stake_that_began_on_a_vague_day_may_be_nothing(connection: Connection) -> None:
    recorded(connection, [stake("a", "b", "60", "2023-06"), stake("a", "c", "60")])

    answer = on(connection, date(2023, 6, 15))

    vague = next(one for one in answer.stakes if one.owned.id == "b")
    assert [one.controls for one in answer.stakes] == [one is not vague for one in answer.stakes]
    assert not vague.is_certain
    assert vague.share == percent("0", "60")
    assert [group.members[0][0].id for group in answer.groups] == ["c"]


def test_rival_shares_span_both_and_are_held_for_certain(connection: Connection) -> None:
    rival = {**stake("a", "b", "30"), "id": "rival"}
    recorded(connection, [stake("a", "b", "60"), rival])

    found = only(on(connection))

    assert found.share == percent("30", "60")
    assert found.is_certain
    assert found.is_disputed


def test_shares_roll_up_along_a_chain_to_the_last_owner(connection: Connection) -> None:
    recorded(connection, [stake("a", "b", ">=60"), stake("b", "c", "80"), stake("x", "c", "20")])

    (group,) = on(connection).groups

    assert group.head.id == "a"
    assert {one.id: share for one, share in group.members} == {
        "b": percent("60", "100"),
        "c": percent("48", "80"),
    }


def test_more_than_all_is_flagged_with_its_claims(connection: Connection) -> None:
    recorded(connection, [stake("a", "c", "60"), stake("b", "c", ">=51")])

    (full,) = on(connection).overfull

    assert (full.owned.id, full.total) == ("c", Decimal(111))
    assert [one.event_id for one in full.stakes] == ["a-c-2023-01-01", "b-c-2023-01-01"]


def test_a_circle_is_told(connection: Connection) -> None:
    recorded(connection, [stake("a", "b", "60"), stake("b", "a", "60")])

    assert [[one.id for one in circle] for circle in on(connection).circles] == [["a", "b"]]


def test_an_entity_shows_what_hangs_together_with_it(connection: Connection) -> None:
    said = [stake("a", "b", "60"), stake("b", "c", "60"), stake("x", "y", "60")]
    recorded(connection, [*said, stake("z", "c", "9")])

    around = [("a", "b"), ("b", "c"), ("z", "c")]

    assert [one[:2] for one in told(on(connection, entity="b"))] == around
    near = told(on(connection, entity="b", is_near=True))
    assert sorted(one[:2] for one in near) == around


def test_what_a_share_is_a_share_of_is_told_where_the_source_says_so(
    connection: Connection,
) -> None:
    plain = stake("b", "org", "30")
    votes = an_event(
        "stake_changed",
        "of-votes",
        "2023-02-01",
        holder="a",
        org="org",
        direction="increase",
        share_after="20",
        share_kind="votes",
    )
    recorded(connection, [plain, votes])

    kinds = {one.holder.id: one.kind for one in on(connection).stakes}

    assert kinds == {"a": Words("表决权", "votes"), "b": None}


def test_of_a_large_archive_the_stakes_near_some_are_told_and_how_many_there_are(
    connection: Connection,
) -> None:
    said = [stake("a", "b", "60"), stake("x", "y", "60"), stake("o", "f", "70")]
    recorded(connection, [*said, stake("p", "f", "70")])
    as_of = AsOf(DAY, head(connection)[0])

    near = ownership_around(connection, as_of=as_of, entities=["a"], is_counted=True)
    none = ownership_around(connection, as_of=as_of, entities=[], is_counted=True)

    assert told(near) == [("a", "b", "60%")]
    assert near.total == none.total == 4
    assert [(one.owned.id, one.total) for one in none.overfull] == [("f", Decimal(140))]
    assert near.groups[0].members[0][1] == percent("60", "100")


def test_of_a_large_archive_more_than_all_is_found_where_a_merge_or_a_settlement_made_it_so(
    connection: Connection,
) -> None:
    said = [
        *(stake("a", "b", "60"), stake("x", "b-of-old", "60")),
        *(stake("o", "f", "70"), stake("o", "f", "40", "2023-02-01"), stake("p", "f", "60")),
        an_event_with("entities_merged", {"from": ["b-of-old"], "into": "b"}, id="merge"),
        an_event(
            "dispute_settled",
            "settled",
            "2024",
            claims="o-f-2023-01-01,o-f-2023-02-01",
            choice="o-f-2023-01-01",
        ),
    ]
    recorded(connection, said)
    as_of = AsOf(DAY, head(connection)[0])

    found = ownership_around(connection, as_of=as_of, entities=[], is_counted=True)

    assert {(one.owned.id, one.total) for one in found.overfull} == {
        ("b", Decimal(120)),
        ("f", Decimal(130)),
    }
    whole = ownership_on(connection, as_of=as_of).overfull
    assert {one.owned.id for one in whole} == {one.owned.id for one in found.overfull}


def test_a_retraction_takes_the_stake_away(connection: Connection) -> None:
    recorded(connection, [stake("a", "b", "60")])
    retract(connection, target="a-b-2023-01-01", reason="x", recorded_by="tests")

    assert on(connection).stakes == ()


def test_a_parent_without_a_share_controls_with_none_told(connection: Connection) -> None:
    founded = an_event("org_founded", "founded", "2023-01-01", org="b", parent="a")
    recorded(connection, [founded])

    found = only(on(connection))

    assert found.share is None
    assert (found.words.zh, found.words.en) == ("上级", "parent")
    assert on(connection).groups[0].members[0][1] == percent("0", "100")
    assert on(connection).statuses["b"].values[0].key == "active"


def test_a_claim_to_which_another_was_preferred_takes_no_part(connection: Connection) -> None:
    rival = {**stake("a", "b", "30"), "id": "rival"}
    choice = {"claims": "a-b-2023-01-01,rival", "choice": "rival"}
    settled = an_event("dispute_settled", "settled", "2024", **choice)
    recorded(connection, [stake("a", "b", "60"), rival, settled])

    found = only(on(connection))

    assert found.share == percent("30", "30")
    assert found.words.en == "30%"
    assert on(connection).groups == ()
