"""Numbers over time as they were reported, and nothing between them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from archive.commands import retract
from archive.log import head
from archive.queries import AsOf, Series, series_of
from archive.vocabulary import Raw
from tests.builders import an_entity, an_event_with, recorded

ORG = an_entity("org-o")
DAY = date(2023, 12, 31)


def on(connection: Connection, attribute: str, day: date = DAY) -> tuple[Series, ...]:
    return series_of(connection, as_of=AsOf(day, head(connection)[0]), attribute=attribute)


def valued(name: str, when: str, amount: str, basis: str = "post_money") -> Raw:
    fields = {"org": ORG, "amount": amount, "basis": basis}
    return an_event_with("valuation_reported", fields, id=name, when=when)


def counted(name: str, when: str, value: str, **fields: object) -> Raw:
    said = {"subject": ORG, "measure": "users", "value": value, "basis": "stated", **fields}
    return an_event_with("figure_reported", said, id=name, when=when)


def ids(series: Series) -> list[str]:
    return [one.value.event_id for one in series.points]


def test_reports_stand_in_order_of_their_days_each_with_its_basis_and_age(
    connection: Connection,
) -> None:
    said = [
        valued("late", "2023-12-01", "2bn USD"),
        valued("early", "2023-01", "1bn USD", "sought"),
    ]
    recorded(connection, said)

    (found,) = on(connection, "valuation")

    assert ids(found) == ["early", "late"]
    assert [one.basis.en for one in found.points if one.basis] == ["sought", "post-money"]
    assert found.points[1].age_days == 30
    assert (found.unit, found.unit_words.zh) == ("USD", "美元")


def test_what_lies_after_the_day_is_not_told(connection: Connection) -> None:
    said = [valued("early", "2023-01-01", "1bn USD"), valued("late", "2023-12-01", "2bn USD")]
    recorded(connection, said)

    (found,) = on(connection, "valuation", date(2023, 6, 30))

    assert ids(found) == ["early"]


def test_currencies_and_definitions_are_never_laid_on_one_scale(connection: Connection) -> None:
    monthly = {"zh": "月活", "en": "monthly"}
    recorded(
        connection,
        [
            valued("dollars", "2023-01-01", "1bn USD"),
            valued("yuan", "2023-02-01", "7bn CNY"),
            counted("all", "2023-01-01", "5 users"),
            counted("monthly", "2023-01-01", "3 users", definition=monthly),
        ],
    )

    assert len(on(connection, "valuation")) == 2
    assert sorted(one.what.en for one in on(connection, "figures")) == ["users", "users, monthly"]


def test_a_bound_leaves_the_other_side_open(connection: Connection) -> None:
    recorded(connection, [counted("least", "2023-01-01", ">=5 users")])

    (found,) = on(connection, "figures")

    assert (found.points[0].least, found.points[0].most) == (Decimal(5), None)
    assert found.points[0].middle == 5


def test_sources_that_differ_on_the_newest_day_are_a_range(connection: Connection) -> None:
    recorded(
        connection,
        [
            counted("old", "2023-01-01", "1 users"),
            counted("one", "2023-05", "5 users"),
            counted("two", "2023-05-20", "7 users", basis="estimate"),
        ],
    )

    (found,) = on(connection, "figures")

    assert [one.value.event_id for one in found.latest] == ["one", "two"]
    assert found.is_apart


def test_a_report_without_a_first_day_has_no_place_of_its_own(connection: Connection) -> None:
    recorded(connection, [counted("once", "[..2023-05-20]", "5 users")])

    (found,) = on(connection, "figures")

    assert found.points[0].day is None
    assert found.latest == ()


def test_a_round_tells_what_the_organization_is_worth_after_its_money(
    connection: Connection,
) -> None:
    fields = {"org": ORG, "phase": "closed", "post_money": "3bn USD"}
    recorded(connection, [an_event_with("funding_round", fields, id="round", when="2023-01-01")])

    (found,) = on(connection, "valuation")

    assert found.points[0].basis is not None
    assert found.points[0].basis.zh == "投后"


def test_a_retracted_report_is_gone(connection: Connection) -> None:
    recorded(connection, [valued("early", "2023-01-01", "1bn USD")])
    retract(connection, target="early", reason="x", recorded_by="tests")

    assert on(connection, "valuation") == ()


def test_a_claim_to_which_another_was_preferred_is_kept_and_marked(connection: Connection) -> None:
    said = [counted("one", "2023-05-01", "5 users"), counted("two", "2023-05-01", "7 users")]
    choice = {"claims": "one,two", "choice": "two"}
    settled = an_event_with("dispute_settled", choice, id="settled", when="2024")
    recorded(connection, [*said, settled])

    (found,) = on(connection, "figures")

    assert [(one.value.event_id, one.is_set_aside) for one in found.points] == [
        ("one", True),
        ("two", False),
    ]
    assert not found.is_apart
