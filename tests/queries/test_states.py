"""State as of: scopes, sets, sums, phases, rivals, merges, stretches, paging."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import retract
from archive.dates import day_number
from archive.log import head
from archive.queries import AsOf, MergedError, State, StateRow, change_days, entity, state
from archive.vocabulary import Raw
from tests.builders import an_entity, an_event, an_event_with, recorded

ADA, BOB = an_entity("ada", "person"), an_entity("bob", "person")
MERGED = "2024-01-01"


def on(connection: Connection, day: str, *, known: int | None = None, **more: object) -> State:
    """Return the state on *day*."""
    position = head(connection)[0] if known is None else known
    as_of = AsOf(date.fromisoformat(day), position)
    return state(connection, as_of=as_of, **more)  # type: ignore[arg-type]  # as in state


def told(answer: State, attribute: str = "") -> list[tuple[str, str, str, tuple[str, ...], str]]:
    return [
        (
            row.entity.id,
            row.attribute,
            row.member,
            tuple(one.key for one in row.values),
            row.standing,
        )
        for row in answer.rows
        if attribute in ("", row.attribute)
    ]


def row(answer: State, attribute: str) -> StateRow:
    return next(one for one in answer.rows if one.attribute == attribute)


def values(answer: State, attribute: str) -> list[str]:
    return [one.key for each in answer.rows if each.attribute == attribute for one in each.values]


def test_nothing_is_held_before_anything_happened(connection: Connection) -> None:
    recorded(connection, [an_event("org_founded", when="2023-03-05")])

    assert on(connection, "2023-03-04").rows == ()
    assert on(connection, "2023-03-05").certain == 1


def test_the_known_clock_hides_what_was_recorded_later(connection: Connection) -> None:
    recorded(connection, [an_event("org_founded", when="2023-03-05")])

    assert on(connection, "2023-12-31", known=1).rows == ()


def posts(*roles: tuple[str, object, str, str, str]) -> list[Raw]:
    return [
        an_event(
            kind,
            id=f"post-{number}",
            when=when,
            person=person,
            org="acme",
            role=role,
            scope=scope or None,
        )
        for number, (kind, person, role, scope, when) in enumerate(roles)
    ]


def test_a_post_has_one_holder_in_each_scope(connection: Connection) -> None:
    recorded(
        connection,
        posts(
            ("role_started", ADA, "ceo", "", "2020-01-01"),
            ("role_started", BOB, "ceo", "北美", "2020-01-01"),
            ("role_started", BOB, "ceo", "", "2022-01-01"),
        ),
    )

    officers = told(on(connection, "2023-01-01"), "officers")

    assert officers == [
        ("acme", "officers", "ceo", ("bob",), "certain"),
        ("acme", "officers", "ceo · 北美", ("bob",), "certain"),
    ]


def test_a_post_that_was_left_is_shown_as_vacant(connection: Connection) -> None:
    recorded(
        connection,
        posts(("role_started", ADA, "ceo", "", "2020"), ("role_ended", ADA, "ceo", "", "2022-05")),
    )

    officer = row(on(connection, "2022-06-01"), "officers")

    assert officer.values[0].words.zh == "空缺"
    assert officer.standing == "certain"
    assert values(on(connection, "2022-06-01"), "roles") == []


def test_members_come_and_go_on_their_own(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event(
                "stake_changed",
                id="a",
                when="2020",
                holder="a",
                direction="increase",
                share_after="30",
            ),
            an_event("stake_changed", id="b", when="2021", holder="b", direction="increase"),
            an_event("stake_changed", id="c", when="2022", holder="a", direction="exit"),
        ],
    )

    assert values(on(connection, "2021-12-31"), "owners") == ["30", "unknown"]
    assert told(on(connection, "2023-01-01"), "owners") == [
        ("stake-changed-org", "owners", "b", ("unknown",), "certain")
    ]


def test_an_announced_deal_changes_no_owner(connection: Connection) -> None:
    deal = {"deal": "the-deal", "buyer": "meituan", "target": "lyb"}
    recorded(
        connection,
        [
            an_event("deal_announced", id="a", when="2023-06-29", share="100", **deal),
            an_event("deal_closed", id="b", when="2023-09-29", share="100", **deal),
        ],
    )

    announced, closed = on(connection, "2023-07-01"), on(connection, "2023-10-01")

    assert values(announced, "phase") == ["announced"]
    assert values(announced, "owners") == values(announced, "parent") == []
    assert values(closed, "phase") == ["closed"]
    assert values(closed, "owners") == ["100"]
    assert values(closed, "parent") == ["meituan"]


def test_a_phase_goes_forward_within_a_day(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event("model_released", id="later", when="2023-07-11", model="m"),
            an_event("model_announced", id="earlier", when="2023-07-11", model="m"),
        ],
    )

    status = row(on(connection, "2023-07-11"), "status")

    assert [one.key for one in status.values] == ["released"]
    assert status.standing == "certain"
    assert status.changed_today


def rounds(*amounts: tuple[str, str]) -> list[Raw]:
    return [
        an_event("funding_round", id=f"round-{number}", when=when, phase="closed", amount=amount)
        for number, (amount, when) in enumerate(amounts)
    ]


def test_sums_are_kept_apart_by_currency(connection: Connection) -> None:
    recorded(
        connection,
        rounds(("US$0.1", "2020"), ("US$0.2", "2021"), ("5亿元", "2021"), ("US$9", "2024")),
    )

    total = row(on(connection, "2023-01-01"), "total_raised")

    assert sorted(one.key for one in total.values) == ["0.3 USD", "500000000 CNY"]
    assert total.standing == "certain"


def test_a_sum_with_a_lower_bound_is_a_lower_bound(connection: Connection) -> None:
    recorded(connection, rounds(("US$5", "2020"), (">=7 USD", "2021"), ("US$1", "2023")))

    total = row(on(connection, "2023-06-01"), "total_raised")

    assert [one.key for one in total.values] == [">=13 USD"]
    assert total.standing == "possible"


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
    return an_event("dispute_settled", id=name, when=MERGED, claims="one, two", choice=choice)


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
    again = an_event("claim_disputed", id="again", when=MERGED, claims="one, two")
    recorded(connection, [*two_losses(), settlement("two", "settled"), again])

    loss = row(on(connection, "2023-01-01"), "figures")

    assert loss.is_disputed
    assert loss.standing == "possible"
    assert len(loss.values) == 2


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2016-12-31", None),
        ("2017-06-01", "possible"),
        ("2018-01-01", "certain"),
        ("2020-12-31", "certain"),
        ("2021-06-01", "possible"),
        ("2022-01-01", None),
    ],
)
def test_a_stretch_begins_and_ends_as_vaguely_as_it_says(
    connection: Connection, day: str, standing: str | None
) -> None:
    recorded(connection, [an_event("role_started", when="2017/2021", role="employee")])

    found = [one[-1] for one in told(on(connection, day), "affiliation")]

    assert found == ([] if standing is None else [standing])


def test_a_figure_ages_and_is_never_interpolated(connection: Connection) -> None:
    figures = [("79 models", "2023-05-28"), ("85 models", "2023-08-01")]
    recorded(
        connection,
        [
            an_event(
                "figure_reported",
                id=when,
                when=when,
                value=value,
                measure="market_count",
                basis="stated",
            )
            for value, when in figures
        ],
    )

    count = row(on(connection, "2023-07-28"), "figures")

    assert [one.key for one in count.values] == ["79 models"]
    assert count.age_days == 61


def merge(*parts: str, into: str = "home", name: str = "merged") -> Raw:
    mentions = [an_entity(part) for part in parts]
    return an_event_with("entities_merged", {"from": mentions, "into": into}, id=name, when=MERGED)


def names_of(answer: State) -> set[str]:
    return {one.entity.id for one in answer.rows}


def test_a_merged_entity_answers_under_its_new_home_until_it_is_split(
    connection: Connection,
) -> None:
    split = an_event("entity_split", id="split", when=MERGED, entity="home", out=["old"])
    recorded(connection, [an_event("org_founded", org="old", when="2020"), merge("old"), split])
    now = head(connection)[0]

    assert names_of(on(connection, "2023-01-01", known=now - 2)) == {"old"}
    assert names_of(on(connection, "2023-01-01", known=now - 1)) == {"home"}
    assert names_of(on(connection, "2023-01-01", known=now)) == {"old"}


def test_a_chain_of_merges_is_followed_to_its_end(connection: Connection) -> None:
    founded = [an_event("org_founded", id=f"f-{name}", org=name, when="2020") for name in "ab"]
    chain = [merge("a", into="b", name="m1"), merge("b", into="c", name="m2")]
    recorded(connection, [*founded, *chain])
    as_of = AsOf(date(2023, 1, 1), head(connection)[0])

    answer = entity(connection, id="c", as_of=as_of)

    assert names_of(on(connection, "2023-01-01")) == {"c"}
    assert answer.total_events == 2
    with pytest.raises(MergedError) as merged:
        entity(connection, id="a", as_of=as_of)
    assert merged.value.into == "b"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ([("licence", "MIT")], ["model-a"]),
        ([("commercial_use", "free")], ["model-a", "model-b"]),
        ([("commercial_use", "free"), ("licence", "Apache-2.0")], ["model-b"]),
        ([("licence", "mit-like")], []),
    ],
    ids=["one", "two entities", "both", "none"],
)
def test_where_keeps_the_entities_that_hold_each_pair(
    connection: Connection, where: Sequence[tuple[str, str]], expected: list[str]
) -> None:
    licences = {"a": "MIT", "b": "Apache-2.0"}
    recorded(
        connection,
        [
            an_event("licence_set", id=name, model=f"model-{name}", licence=licence)
            for name, licence in licences.items()
        ],
    )

    found = on(connection, "2023-12-31", where=where)

    assert sorted(names_of(found)) == expected


def test_where_asks_for_members_too(connection: Connection) -> None:
    recorded(connection, [an_event("stake_changed", holder="tencent", direction="increase")])

    assert names_of(on(connection, "2023-12-31", where=[("owners", "tencent")])) == {
        "stake-changed-org"
    }


def test_a_state_is_paged_by_entity_each_once(connection: Connection) -> None:
    recorded(
        connection,
        [an_event("org_founded", id=f"e{n}", org=f"org-{n:02}", seat="x") for n in range(7)],
    )
    seen: list[str] = []
    after: str | None = None
    while True:
        page = on(connection, "2023-12-31", limit=3, after=after)
        seen += dict.fromkeys(one.entity.id for one in page.rows)
        assert page.certain == 14
        after = page.next
        if after is None:
            break

    assert seen == [f"org-{n:02}" for n in range(7)]


def test_a_tab_and_a_type_narrow_the_state(connection: Connection) -> None:
    recorded(
        connection,
        [an_event("role_started", id="a", org="acme"), an_event("model_released", id="b")],
    )

    people = on(connection, "2023-12-31", tab="people")
    models = on(connection, "2023-12-31", entity_type="model")
    acme = on(connection, "2023-12-31", entity="acme")

    assert {one.attribute for one in people.rows} == {"officers", "roles", "affiliation"}
    assert {one.entity.type for one in models.rows} == {"model"}
    assert names_of(acme) == {"acme"}


def test_the_days_of_change_are_those_on_which_some_cell_may_have_changed(
    connection: Connection,
) -> None:
    recorded(
        connection, [an_event(id="a", when="2023-03"), an_event(id="b", when="[..2020]", org="x")]
    )

    days = change_days(connection, known=head(connection)[0])

    assert date(2023, 3, 1) in days
    assert list(days) == sorted(set(days))


def test_an_unknown_value_is_said_in_both_languages(connection: Connection) -> None:
    recorded(connection, [an_event("org_founded", seat="unknown")])

    seat = row(on(connection, "2023-12-31"), "seat")

    assert (seat.values[0].words.zh, seat.values[0].words.en) == ("未知", "unknown")


def test_a_retracted_fact_is_gone_from_states_known_later(connection: Connection) -> None:
    recorded(connection, [an_event("org_founded", when="2023-03-05")])

    retract(connection, target="an-event", reason="x", recorded_by="tests")

    assert on(connection, "2023-12-31").rows == ()
    assert on(connection, "2023-12-31", known=2).certain == 1


def test_day_numbers_are_days() -> None:
    assert day_number(date(2023, 6, 29)) == 2460125
