"""why: the events behind a value, in order, each with what became of it."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.errors import NotFoundError, UnknownNameError
from archive.log import head
from archive.queries import AsOf, Why, why
from archive.vocabulary import Raw
from tests.builders import A_SOURCE, an_event, recorded


def asked(connection: Connection, entity: str, attribute: str, day: str, member: str = "") -> Why:
    as_of = AsOf(date.fromisoformat(day), head(connection)[0])
    return why(connection, entity=entity, attribute=attribute, as_of=as_of, member=member)


def steps(answer: Why) -> list[tuple[str, str, str]]:
    return [(one.event.id, one.value.en, one.effect.en) for one in answer.steps]


@pytest.fixture
def licences(connection: Connection) -> Connection:
    """A model whose licence changed twice, told out of order."""
    told = {
        "third": ("2023-09", "MIT"),
        "first": ("2023-03-01", "GPL-3.0-only"),
        "second": ("2023-06-15", "Apache-2.0"),
    }
    recorded(
        connection,
        [
            an_event("licence_set", id=name, when=when, model="m", licence=licence)
            for name, (when, licence) in told.items()
        ],
    )
    return connection


def test_the_events_stand_in_the_order_in_which_they_occurred(licences: Connection) -> None:
    answer = asked(licences, "m", "licence", "2023-07-01")

    assert steps(answer) == [
        ("first", "GPL-3.0-only", "was replaced since"),
        ("second", "Apache-2.0", "holds on this day"),
        ("third", "MIT", "had not begun"),
    ]
    assert [one.key for row in answer.rows for one in row.values] == ["Apache-2.0"]


def test_the_change_before_and_the_next_are_named(licences: Connection) -> None:
    answer = asked(licences, "m", "licence", "2023-07-01")

    assert answer.previous_change == date(2023, 6, 15)
    assert answer.next_change == date(2023, 9, 1)


def test_before_the_first_there_is_no_change_before(licences: Connection) -> None:
    answer = asked(licences, "m", "licence", "2020-01-01")

    assert answer.rows == ()
    assert (answer.previous_change, answer.next_change) == (None, date(2023, 3, 1))


def test_what_is_told_again_is_no_change(connection: Connection) -> None:
    told = {"a": ("2023-03-01", "MIT"), "b": ("2023-06-01", "MIT"), "c": ("2023-09-01", "GPL-3.0")}
    recorded(
        connection,
        [
            an_event("licence_set", id=name, when=when, model="m", licence=licence)
            for name, (when, licence) in told.items()
        ],
    )

    between = asked(connection, "m", "licence", "2023-07-01")
    before = asked(connection, "m", "licence", "2023-05-01")

    assert (between.previous_change, between.next_change) == (date(2023, 3, 1), date(2023, 9, 1))
    assert (before.previous_change, before.next_change) == (date(2023, 3, 1), date(2023, 9, 1))


def test_what_is_told_again_with_less_trust_is_a_change(connection: Connection) -> None:
    first = an_event("licence_set", id="a", when="2023-03-01", model="m", licence="MIT")
    again = an_event("licence_set", id="b", when="2023-06-01", model="m", licence="MIT")
    claim = {"source": A_SOURCE, "confidence": "low", "reason": "hearsay"}
    recorded(connection, [first, {**again, "claims": [claim]}])

    assert asked(connection, "m", "licence", "2023-07-01").previous_change == date(2023, 6, 1)


def test_inside_a_vague_month_both_may_hold(licences: Connection) -> None:
    answer = asked(licences, "m", "licence", "2023-09-10")

    assert [effect for _id, _value, effect in steps(answer)] == [
        "was replaced since",
        "may hold on this day",
        "may hold on this day",
    ]


def test_what_alone_was_told_may_hold_until_it_has_surely_begun(connection: Connection) -> None:
    recorded(connection, [an_event("licence_set", when="2023-09", model="m", licence="MIT")])

    effects = [
        [effect for _id, _value, effect in steps(asked(connection, "m", "licence", day))]
        for day in ("2023-08-31", "2023-09-29", "2023-09-30")
    ]

    assert effects == [["had not begun"], ["may hold on this day"], ["holds on this day"]]


def opened(name: str, when: str, **more: str) -> Raw:
    said = {"product": "chat", "step": "opened"} | more
    return an_event("availability_changed", id=name, when=when, **said)


TOGETHER = "holds on this day: several events say the same, and together make it certain"
SAME = "may have begun: it says the same as what holds already"


@pytest.mark.parametrize(
    ("told", "effects"),
    [
        ([opened("a", "2022-11-30"), opened("b", "2022-11-30")], [TOGETHER, TOGETHER]),
        ([opened("a", "2022-11-30"), opened("b", "2022-12")], ["holds on this day", SAME]),
        ([opened("a", "2022-12"), opened("b", "2022-12")], ["may hold on this day"] * 2),
        (
            [opened("a", "2022-11-30"), opened("b", "2022-12", step="suspended")],
            ["may hold on this day"] * 2,
        ),
    ],
    ids=["one day", "one of them vague", "none begun for certain", "another value"],
)
def test_of_what_is_certain_no_event_only_may_hold(
    connection: Connection, told: list[Raw], effects: list[str]
) -> None:
    recorded(connection, told)

    answer = asked(connection, "chat", "availability", "2022-12-05")

    assert [effect for _id, _value, effect in steps(answer)] == effects
    is_certain = "may hold on this day" not in effects
    assert [row.standing for row in answer.rows] == ["certain" if is_certain else "possible"]


def test_what_may_have_ended_with_its_organization_only_may_hold(connection: Connection) -> None:
    stake = {"org": "acme", "holder": "a", "direction": "increase"}
    recorded(
        connection,
        [
            an_event("stake_changed", id="stake", when="2020", **stake),
            an_event("org_ended", id="end", when="2021", org="acme", manner="dissolved"),
        ],
    )

    answer = asked(connection, "acme", "owners", "2023-01-01")

    assert steps(answer) == [
        ("stake", "undisclosed", "may hold on this day"),
        ("end", "dissolved", "holds on this day"),
    ]
    assert [row.standing for row in answer.rows] == ["possible"]


def test_an_unknown_value_gives_way_to_a_known_one_of_its_date(connection: Connection) -> None:
    terms = {"model": "m", "licence": "MIT", "when": "2023-03-01"}
    recorded(
        connection,
        [
            an_event("licence_set", id="a", commercial_use="unknown", **terms),
            an_event("licence_set", id="b", commercial_use="free", **terms),
        ],
    )

    answer = asked(connection, "m", "commercial_use", "2023-03-01")

    assert steps(answer) == [
        ("a", "unknown", "gives way to what is known of the same date"),
        ("b", "free", "holds on this day"),
    ]


def test_a_phase_that_went_on_within_a_day_is_told_as_the_state_tells_it(
    connection: Connection,
) -> None:
    recorded(
        connection,
        [
            an_event("model_announced", id="a", when="2023-07-11", model="m"),
            an_event("model_released", id="b", when="2023-07-11", model="m"),
        ],
    )

    answer = asked(connection, "m", "status", "2023-07-11")

    assert steps(answer) == [
        ("a", "announced", "was replaced since"),
        ("b", "released", "holds on this day"),
    ]


def test_every_part_of_a_sum_holds(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event(
                "funding_round",
                id=f"r{year}",
                when=year,
                org="acme",
                phase="closed",
                amount="5 USD",
            )
            for year in ("2020", "2021", "2023")
        ],
    )

    answer = asked(connection, "acme", "total_raised", "2022-06-01")

    assert [effect for _id, _value, effect in steps(answer)] == [
        "holds on this day",
        "holds on this day",
        "had not begun",
    ]


def test_what_a_settlement_set_aside_says_so(connection: Connection) -> None:
    rivals = [
        an_event("valuation_reported", id=name, when="2023", org="acme", amount=amount)
        for name, amount in (("one", "1 USD"), ("two", "2 USD"))
    ]
    settled = an_event("dispute_settled", id="s", when="2024", claims="one,two", choice="two")
    recorded(connection, [*rivals, settled])

    answer = asked(connection, "acme", "valuation", "2024-01-01")

    assert {name: effect for name, _value, effect in steps(answer)} == {
        "one": "set aside when the dispute was settled",
        "two": "holds on this day",
    }


def test_one_member_may_be_asked_for_alone(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event("stake_changed", id=name, org="acme", holder=name, direction="increase")
            for name in ("a", "b")
        ],
    )

    assert len(asked(connection, "acme", "owners", "2023-12-31").steps) == 2
    assert steps(asked(connection, "acme", "owners", "2023-12-31", "b")) == [
        ("b", "undisclosed", "holds on this day")
    ]


def test_nobody_and_nothing_are_refused(licences: Connection) -> None:
    with pytest.raises(NotFoundError):
        asked(licences, "nobody", "licence", "2023-07-01")
    with pytest.raises(UnknownNameError) as refused:
        asked(licences, "m", "license", "2023-07-01")

    assert "licence" in refused.value.nearest


def quarrel(connection: Connection) -> None:
    """Two values of one day: disputed, settled, and disputed again by what came late."""
    rivals = [
        an_event("valuation_reported", id=name, when="2023", org="acme", amount=amount)
        for name, amount in (("one", "1 USD"), ("two", "2 USD"))
    ]
    reason = {"zh": "两说", "en": "they differ"}
    disputed = an_event("claim_disputed", id="d", when="2024", claims="one,two", reason=reason)
    chosen = {"claims": "one,two", "choice": "two", "reason": "the filing says so"}
    recorded(connection, [*rivals, disputed, an_event("dispute_settled", id="s", **chosen)])


def test_disputes_and_settlements_are_told_with_their_reasons_and_rivals(
    connection: Connection,
) -> None:
    quarrel(connection)

    told = asked(connection, "acme", "valuation", "2024-01-01").arguments

    assert [(one.id, one.what.en, one.reason.en, one.is_settled) for one in told] == [
        ("d", "disputed", "they differ", False),
        ("s", "dispute settled", "the filing says so", True),
    ]
    assert [[(each.id, each.is_preferred) for each in one.rivals] for one in told] == [
        [("one", False), ("two", False)],
        [("two", True), ("one", False)],
    ]
    assert told[1].rivals[0].title.en == "Acme valued at 2 USD (post-money)"


def test_what_was_argued_later_was_not_known_before(connection: Connection) -> None:
    quarrel(connection)
    before = head(connection)[0] - 1

    answer = why(
        connection,
        entity="acme",
        attribute="valuation",
        as_of=AsOf(date(2024, 1, 1), before),
    )

    assert [one.id for one in answer.arguments] == ["d"]


def test_what_nobody_disputed_has_no_arguments(licences: Connection) -> None:
    assert asked(licences, "m", "licence", "2023-07-01").arguments == ()
