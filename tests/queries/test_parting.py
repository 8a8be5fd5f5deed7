"""Who lets go of an organization: only whoever was its parent ends that, or hands it on."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, Compared, compare, ownership_on, state, why
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, told

ACME = "acme"


def bought(buyer: str, when: str, *, share: str = "100") -> Raw:
    name = f"bought-{buyer}-{when}"
    return an_event("deal_closed", id=name, when=when, buyer=buyer, target=ACME, share=share)


def changed(holder: str, when: str, **said: str) -> Raw:
    name = f"changed-{holder}-{when}"
    return an_event("stake_changed", id=name, when=when, holder=holder, org=ACME, **said)


def let_go(seller: str, when: str, **said: str) -> Raw:
    name = f"divested-{seller}-{when}"
    fields = {"seller": seller, "what": ACME, "manner": "sale", **said}
    return an_event("divested", id=name, when=when, **fields)


def parents(connection: Connection, *raws: Raw, day: str) -> list[tuple[object, ...]]:
    recorded(connection, raws)
    return [one[3:] for one in told(on(connection, day, entity=ACME), "parent")]


SURELY_BIG = [(("big",), "certain")]
NOBODY: list[tuple[object, ...]] = []


@pytest.mark.parametrize(
    "said",
    [
        {"direction": "decrease", "share_after": "20"},
        {"direction": "decrease", "share_after": "50"},
        {"direction": "decrease", "share_after": "<=30", "share_kind": "shares"},
        {"direction": "exit"},
        {"direction": "exit", "share_kind": "votes"},
    ],
)
def test_whoever_gives_the_majority_up_is_the_parent_no_more(
    connection: Connection, said: dict[str, str]
) -> None:
    steps = bought("big", "2020-01-01"), changed("big", "2022-03-03", **said)

    assert parents(connection, *steps, day="2022-03-02") == SURELY_BIG
    assert parents(connection, day="2022-03-03") == NOBODY


@pytest.mark.parametrize(
    "said",
    [
        {"direction": "decrease", "share_after": "51"},
        {"direction": "decrease", "share_after": ">=30"},
        {"direction": "decrease"},
        {"direction": "decrease", "share_after": "20", "step": "planned"},
        {"direction": "exit", "step": "planned"},
        {"direction": "exit", "share_kind": "profit_share"},
    ],
)
def test_what_leaves_a_majority_or_may_leaves_the_parent(
    connection: Connection, said: dict[str, str]
) -> None:
    steps = bought("big", "2020-01-01"), changed("big", "2022-03-03", **said)

    assert parents(connection, *steps, day="2022-06-01") == SURELY_BIG


@pytest.mark.parametrize(
    "sold",
    [
        changed("small", "2022", direction="exit"),
        changed("small", "2022", direction="decrease", share_after="1"),
        let_go("small", "2022"),
        let_go("small", "2022", buyer="other"),
    ],
)
def test_a_minority_that_sells_leaves_the_parent(connection: Connection, sold: Raw) -> None:
    steps = bought("big", "2020-01-01", share="80"), bought("small", "2021", share="20")

    assert parents(connection, *steps, sold, day="2022-06-01") == SURELY_BIG
    assert parents(connection, day="2023-06-01") == SURELY_BIG


def test_the_parent_hands_its_place_on_and_so_does_whoever_has_it_then(
    connection: Connection,
) -> None:
    first = let_go("big", "2021-02-02", buyer="next")
    second = let_go("next", "2022-02-02", buyer="last")
    late = let_go("big", "2022-03-03", buyer="other")
    steps = bought("big", "2020-01-01"), second, late, first

    assert parents(connection, *steps, day="2021-02-01") == SURELY_BIG
    assert parents(connection, day="2021-02-02") == [(("next",), "certain")]
    assert parents(connection, day="2022-02-02") == [(("last",), "certain")]
    assert parents(connection, day="2023-01-01") == [(("last",), "certain")]


def test_of_what_nobody_is_told_to_have_had_the_buyer_is_the_parent(
    connection: Connection,
) -> None:
    assert parents(connection, let_go("big", "2021", buyer="next"), day="2022-01-01") == [
        (("next",), "certain")
    ]


def test_a_parent_that_sold_in_a_month_may_have_it_still(connection: Connection) -> None:
    steps = bought("big", "2020-01-01"), let_go("big", "2022-02", buyer="next")

    meanwhile = parents(connection, *steps, day="2022-02-10")

    assert meanwhile == [(("next", "big"), "possible")]
    assert parents(connection, day="2022-03-01") == [(("next",), "certain")]


def test_one_who_bought_it_back_is_the_parent_again(connection: Connection) -> None:
    gone = changed("big", "2021", direction="exit")

    assert parents(
        connection, bought("big", "2020"), gone, bought("big", "2022"), day="2023-01-01"
    ) == [(("big",), "certain")]


def test_who_sold_down_controls_no_more(connection: Connection) -> None:
    sale = changed("big", "2022-03-03", direction="decrease", share_after="20")
    recorded(connection, [bought("big", "2020-01-01"), sale])
    known = head(connection)[0]

    before, after = (
        ownership_on(connection, as_of=AsOf(date(2022, 3, day), known)) for day in (2, 3)
    )

    assert [one.controls for one in before.stakes] == [True]
    assert [(one.controls, one.words.en) for one in after.stakes] == [(False, "20%")]
    assert after.groups == ()


def test_a_parent_that_was_merged_lets_go_at_its_home(connection: Connection) -> None:
    merged = an_event("entities_merged", id="merged", when="2024", into="huge", **{"from": "big"})
    gone = let_go("big", "2022", buyer="next")
    recorded(connection, [bought("huge", "2020"), gone])

    assert parents(connection, day="2023-01-01") == [(("huge",), "certain")]
    assert parents(connection, merged, day="2023-01-01") == [(("next",), "certain")]


def test_the_reasons_tell_that_another_was_the_parent(connection: Connection) -> None:
    exit_ = changed("tiny", "2021-01-01", direction="exit")
    sale = let_go("small", "2022-02-02", buyer="other")
    recorded(connection, [bought("big", "2020"), exit_, sale])
    as_of = AsOf(date(2023, 6, 1), head(connection)[0])

    steps = why(connection, entity=ACME, attribute="parent", as_of=as_of).steps

    assert [(one.event.id, one.value.en, one.effect.en) for one in steps] == [
        ("bought-big-2020", "Big", "holds on this day"),
        (exit_["id"], "ends", "another was the parent: this changed nothing"),
        (sale["id"], "Other", "another was the parent: this changed nothing"),
    ]


def test_a_comparison_tells_that_the_parent_ended(connection: Connection) -> None:
    recorded(connection, [bought("big", "2020"), changed("big", "2022-03-03", direction="exit")])
    known = head(connection)[0]
    left, right = AsOf(date(2022, 3, 2), known), AsOf(date(2022, 3, 3), known)

    found = compare(connection, left=left, right=right, among=Compared(entity_type="organization"))

    assert {one.attribute for one in found.ended} == {"owners", "parent"}


def test_in_a_page_sought_by_index_an_old_hand_over_is_read_too(connection: Connection) -> None:
    steps = [
        bought("big", "2016"),
        let_go("big", "2017", buyer="next"),
        let_go("next", "2018", buyer="last"),
        *(let_go("small", f"20{year}", buyer="other") for year in range(19, 23)),
    ]
    recorded(connection, steps)
    as_of = AsOf(date(2023, 6, 1), head(connection)[0])

    found = state(connection, as_of=as_of, where=[("parent", "last")])

    assert ACME in {one.entity.id for one in found.rows}
