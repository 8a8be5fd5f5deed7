"""What a value bears beside its words: held for the time being, or resting on little."""

import pytest
from sqlalchemy import Connection

from archive.commands import correct
from archive.languages import Words
from archive.queries import StateValue, qualities, values_in_words
from archive.vocabulary import Raw
from tests.builders import A_SOURCE, an_event, an_event_with, recorded
from tests.queries.stating import on, row

DAY = "2024-01-01"


def appointed(**changes: object) -> Raw:
    said = {"org": "acme", "person": "ann", "role": "ceo"} | changes
    return an_event_with("role_started", said, id="e")


def doubted(confidence: str) -> list[dict[str, str]]:
    return [{"source": A_SOURCE, "confidence": confidence, "reason": "hearsay"}]


def the_value(connection: Connection, attribute: str) -> StateValue:
    (value,) = row(on(connection, DAY), attribute).values
    return value


@pytest.mark.parametrize("attribute", ["officers", "roles"])
def test_a_post_held_for_the_time_being_says_so(connection: Connection, attribute: str) -> None:
    recorded(connection, [appointed(interim=True)])

    value = the_value(connection, attribute)

    assert value.is_interim
    assert [(one.zh, one.en) for one in qualities(value)] == [("临时", "interim")]


def test_where_somebody_works_is_not_for_the_time_being(connection: Connection) -> None:
    recorded(connection, [appointed(interim=True)])

    assert not the_value(connection, "affiliation").is_interim


def test_a_post_that_is_not_said_to_be_so_is_not_for_the_time_being(
    connection: Connection,
) -> None:
    recorded(connection, [appointed()])

    assert not the_value(connection, "officers").is_interim


def test_a_correction_tells_whether_it_is_for_the_time_being(connection: Connection) -> None:
    recorded(connection, [appointed()])
    correct(
        connection,
        target="e",
        raw=appointed(interim=True),
        reason_kind="source_error",
        reason="it was for the time being",
        recorded_by="tests",
    )

    assert the_value(connection, "officers").is_interim


def test_one_line_says_who_holds_a_post_for_the_time_being(connection: Connection) -> None:
    recorded(connection, [appointed(interim=True, claims=doubted("rumour"))])

    told = values_in_words(row(on(connection, DAY), "officers"))

    assert told.en == "Ann (interim, confidence: rumour)"
    assert told.zh.endswith("（临时，可信度：传闻）")


def test_of_several_values_each_says_that_it_is_only_possible(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event("licence_set", id=name.lower(), when="2023", model="m", licence=name)
            for name in ("MIT", "Apache-2.0")
        ],
    )

    told = values_in_words(row(on(connection, DAY), "licence"), Words("可能", "possible"))

    assert told.en.count("(possible)") == 2
    assert told.zh.count("（可能）") == 2


@pytest.mark.parametrize(
    ("confidence", "words"),
    [("rumour", ["confidence: rumour"]), ("low", ["confidence: low"]), ("medium", [])],
)
def test_a_value_that_rests_on_little_says_so(
    connection: Connection, confidence: str, words: list[str]
) -> None:
    recorded(connection, [an_event("listing_changed", org="acme", claims=doubted(confidence))])

    value = the_value(connection, "listing")

    assert value.confidence == confidence
    assert [one.en for one in qualities(value)] == words


def test_what_is_told_as_a_rumour_rests_on_one(connection: Connection) -> None:
    recorded(connection, [an_event("valuation_reported", org="acme", basis="rumour")])

    value = the_value(connection, "valuation")

    assert (value.basis, value.confidence) == ("rumour", "high")
    assert [(one.zh, one.en) for one in qualities(value)] == [("依据：传闻", "basis: rumour")]


def test_of_several_who_say_the_same_the_surest_is_told(connection: Connection) -> None:
    said = {"org": "acme", "venue": "HKEX", "step": "filed", "when": "2023-05"}
    rumoured = an_event("listing_changed", id="a", claims=doubted("rumour"), **said)
    recorded(connection, [rumoured, an_event("listing_changed", id="b", **said)])

    assert the_value(connection, "listing").confidence == "high"


def test_a_sum_rests_on_no_more_than_its_weakest_part(connection: Connection) -> None:
    closed = {"org": "acme", "phase": "closed"}
    told = [("2021", "5 USD", "rumour"), ("2022", "7 USD", "high"), ("2023", "3 CNY", "high")]
    recorded(
        connection,
        [
            an_event(
                "funding_round", id=when, when=when, amount=amount, claims=doubted(how), **closed
            )
            for when, amount, how in told
        ],
    )

    values = row(on(connection, DAY), "total_raised").values

    assert {one.key: one.confidence for one in values} == {"12 USD": "rumour", "3 CNY": "high"}
