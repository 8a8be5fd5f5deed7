"""State as of: scopes, sets, sums, phases, stretches, what is unknown and what was retracted."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import retract
from archive.dates import day_number
from archive.log import head
from archive.queries import Choice, Filters, Without, change_days
from archive.vocabulary import Raw
from tests.builders import a_source, an_entity, an_event, recorded
from tests.queries.stating import on, row, told, values

ADA, BOB = an_entity("ada", "person"), an_entity("bob", "person")


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

    assert officer.values[0].words.zh == "空缺（未见继任）"
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

    total = row(on(connection, "2024-01-01"), "total_raised")

    assert [one.key for one in total.values] == [">=13 USD"]


def test_what_only_may_have_come_adds_nothing_to_the_least_of_a_sum(
    connection: Connection,
) -> None:
    recorded(connection, rounds(("US$5", "2020"), ("US$7", "2023-03"), ("3元", "2023-03")))

    total = row(on(connection, "2023-03-15"), "total_raised")

    assert [one.key for one in total.values] == ["<=3 CNY", "5..12 USD"]
    assert total.standing == "possible"


def test_a_sum_of_which_nothing_is_known_but_that_it_may_have_begun_says_so(
    connection: Connection,
) -> None:
    recorded(connection, rounds((">=7 USD", "2023")))

    total = row(on(connection, "2023-03-15"), "total_raised")

    assert [one.key for one in total.values] == [">=0 USD"]
    assert total.standing == "possible"
    assert total.standing == "possible"


def test_a_sum_is_certain_from_the_last_day_on_which_a_round_may_have_closed(
    connection: Connection,
) -> None:
    recorded(connection, rounds(("US$5", "2020"), ("US$7", "2021-03")))

    days = ["2021-03-01", "2021-03-30", "2021-03-31"]
    standings = [row(on(connection, day), "total_raised").standing for day in days]

    assert standings == ["possible", "possible", "certain"]


def test_a_sum_names_the_round_that_likely_came_last(connection: Connection) -> None:
    recorded(connection, rounds(("US$5", "[..2022]"), ("US$7", "2020")))

    total = row(on(connection, "2023-06-01"), "total_raised")

    assert [(one.key, one.event_id) for one in total.values] == [("12 USD", "round-0")]


def test_one_round_told_twice_brought_at_least_the_less(connection: Connection) -> None:
    recorded(connection, rounds(("US$7", "2020"), ("US$5", "2020"), ("US$6", "2020")))

    total = row(on(connection, "2023-06-01"), "total_raised")

    assert [one.key for one in total.values] == ["5..18 USD"]
    assert total.is_disputed


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


def test_a_figure_that_likely_comes_later_has_no_age_yet(connection: Connection) -> None:
    told = {"measure": "users", "value": "79 models", "basis": "stated"}
    recorded(connection, [an_event("figure_reported", when="[..2023-12]", **told)])

    figure = row(on(connection, "2023-06-01"), "figures")

    assert (figure.standing, figure.age_days) == ("possible", 0)


def test_the_days_of_change_are_those_on_which_some_cell_may_have_changed(
    connection: Connection,
) -> None:
    dates = {"a": "2023-03", "b": "[..2020]", "c": "[2024-02-01..]"}
    told = [an_event(id=name, when=when, org=name) for name, when in dates.items()]
    undated = an_event(id="d", org="d") | {"occurred": {"edtf": "../..", "after": "b"}}
    recorded(connection, [*told, undated])

    days = change_days(connection, known=head(connection)[0])

    assert days == (date(2020, 12, 31), date(2023, 3, 1), date(2024, 2, 1))


@pytest.mark.parametrize(
    ("choice", "days"),
    [
        pytest.param(Choice(Filters(kinds=frozenset({"org_founded"}))), [2020, 2021], id="a kind"),
        pytest.param(Choice(precisions=frozenset({"month"})), [2021], id="a precision"),
        pytest.param(
            Choice(without=Without(entities=frozenset({"b"}))), [2020, 2022], id="less one"
        ),
        pytest.param(
            Choice(Filters(entity="a", kinds=frozenset({"org_ended"}))), [2022], id="of an entity"
        ),
    ],
)
def test_the_days_of_change_are_those_of_the_events_of_a_choice(
    connection: Connection, choice: Choice, days: list[int]
) -> None:
    told = [
        an_event("org_founded", id="a-founded", org="a", when="2020-01-01"),
        an_event("org_founded", id="b-founded", org="b", when="2021-01"),
        an_event("org_ended", id="a-ended", org="a", manner="dissolved", when="2022-01-01"),
    ]
    recorded(connection, told)

    found = change_days(connection, known=head(connection)[0], filters=choice)

    assert found == tuple(date(year, 1, 1) for year in days)


def test_sources_are_told_in_the_order_in_which_they_are_cited(connection: Connection) -> None:
    sources = ["z-first", "a-second"]
    founded = an_event() | {"claims": [{"source": one, "locator": "1"} for one in sources]}
    recorded(connection, [*(a_source(one) for one in sources), founded])

    status = row(on(connection, "2023-12-31"), "status")

    assert [one.id for one in status.values[0].sources] == sources


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


def test_the_newest_report_of_a_basis_replaces_what_a_round_told_of_it(
    connection: Connection,
) -> None:
    recorded(
        connection,
        [
            an_event("funding_round", id="r", when="2022", org="acme", post_money="1bn USD"),
            an_event("valuation_reported", id="v", when="2023", org="acme", amount="3bn USD"),
            an_event(
                "valuation_reported",
                id="t",
                when="2023",
                org="acme",
                amount="2bn USD",
                basis="tender",
            ),
        ],
    )

    before, after = on(connection, "2022-12-31"), on(connection, "2024-01-01")

    assert told(before, "valuation") == [
        ("acme", "valuation", "post_money", ("1000000000 USD",), "certain")
    ]
    assert told(after, "valuation") == [
        ("acme", "valuation", "post_money", ("3000000000 USD",), "certain"),
        ("acme", "valuation", "tender", ("2000000000 USD",), "certain"),
    ]
    (round_of_it,) = [one for one in before.rows if one.attribute == "valuation"]
    assert (round_of_it.member_words.zh, round_of_it.member_words.en) == ("投后", "post-money")
    assert round_of_it.values[0].basis == "post_money"


@pytest.mark.parametrize(
    ("day", "standings"),
    [
        ("2022-01-31", []),
        ("2022-02-01", ["possible"]),
        ("2023-08-30", ["possible"]),
        ("2023-08-31", ["certain"]),
    ],
)
def test_what_a_stretch_came_to_is_certain_once_it_is_over(
    connection: Connection, day: str, standings: list[str]
) -> None:
    figure = {"subject": "acme", "measure": "output", "basis": "stated", "value": "5 images"}
    raised = {"org": "acme", "phase": "closed", "amount": "5 USD"}
    when = "2022-02/2023-08"
    recorded(
        connection,
        [
            an_event("figure_reported", id="figure", when=when, **figure),
            an_event("funding_round", id="raised", when=when, **raised),
        ],
    )

    found = on(connection, day)

    for attribute in ("figures", "total_raised"):
        assert [one[-1] for one in told(found, attribute)] == standings
