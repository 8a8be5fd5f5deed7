"""Before an organization may have been founded nobody holds it or has a post at it."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import retract
from archive.log import head
from archive.queries import (
    AsOf,
    Filters,
    Why,
    cell_history,
    change_days,
    compare,
    ownership_on,
    why,
)
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, told

ORG = "acme"
TIED = ["owners", "votes", "parent", "officers", "board", "roles"]


def tied(when: str) -> list[Raw]:
    """Return all by which somebody may be tied to an organization, each told on *when*."""
    votes = {"org": ORG, "holder": "fund", "direction": "increase", "share_after": "9"}
    led = {"person": "ann", "org": ORG}
    return [
        an_event("deal_closed", id="bought", when=when, buyer="big", target=ORG, share="80"),
        an_event("stake_changed", id="votes", when=when, share_kind="votes", **votes),
        an_event("role_started", id="ceo", when=when, role="ceo", **led),
        an_event("role_started", id="seat", when=when, role="director", **led),
    ]


def founded(when: str, **said: str) -> Raw:
    return an_event("org_founded", id="founded", when=when, org=ORG, **said)


def standings(connection: Connection, day: str, **more: int) -> dict[str, str]:
    found = told(on(connection, day, **more))
    by_name = {name: {one[-1] for one in found if one[1] == name} for name in TIED}
    return {name: "/".join(sorted(some)) for name, some in by_name.items() if some}


POSSIBLE = dict.fromkeys(TIED, "possible")


def test_a_stretch_that_ended_before_the_founding_contradicts_it_on_each_of_its_days(
    connection: Connection,
) -> None:
    seat = {"person": "ann", "org": ORG, "role": "ceo"}
    recorded(
        connection,
        [founded("2023-03-20"), an_event("role_started", id="s", when="2023/2023-03-08", **seat)],
    )

    assert standings(connection, "2023-03-05")["officers"] == "possible"
    assert "officers" not in standings(connection, "2023-03-10")


@pytest.mark.parametrize("when", ["2021-06-15", "2021-06", "[2021-06-15..2021-09-30]"])
def test_what_was_so_by_a_day_was_not_before_the_founding(
    connection: Connection, when: str
) -> None:
    recorded(connection, [*tied("[..2023-03-01]"), founded(when)])

    assert standings(connection, "2015-01-01") == {}
    assert standings(connection, "2021-05-31") == {}
    assert standings(connection, "2021-06-15") == POSSIBLE
    assert standings(connection, "2023-03-01") == dict.fromkeys(TIED, "certain")


def test_without_a_founding_told_it_may_have_been_ever(connection: Connection) -> None:
    recorded(connection, tied("[..2023-03-01]"))

    assert standings(connection, "2015-01-01") == POSSIBLE


def test_a_status_from_before_tells_that_it_was_there(connection: Connection) -> None:
    paused = an_event("org_ended", id="paused", when="2010", org=ORG, manner="paused")
    recorded(connection, [*tied("[..2023-03-01]"), paused, founded("2021-06-15")])

    assert standings(connection, "2015-01-01") == POSSIBLE


def test_what_surely_lies_before_the_founding_is_told_as_it_was(connection: Connection) -> None:
    recorded(connection, [*tied("2020"), founded("2021-06-15")])

    assert standings(connection, "2021-01-01") == dict.fromkeys(TIED, "certain")


def test_a_founding_that_is_taken_back_bounds_nothing(connection: Connection) -> None:
    recorded(connection, [*tied("[..2023-03-01]"), founded("2021-06-15")])
    before = head(connection)[0]

    retract(connection, target="founded", reason="never", recorded_by="tests")

    assert standings(connection, "2015-01-01", known=before) == {}
    assert standings(connection, "2015-01-01") == POSSIBLE


def test_what_a_holder_has_it_has_not_before_its_own_founding(connection: Connection) -> None:
    fund = an_event("org_founded", id="fund", when="2019-01-01", org="fund")
    big = an_event("org_founded", id="big", when="2019-01-01", org="big")
    recorded(connection, [*tied("[..2023-03-01]"), fund, big])

    assert set(standings(connection, "2018-12-31")) == {"officers", "board", "roles"}
    assert standings(connection, "2019-01-01") == POSSIBLE


def test_before_the_founding_no_stake_is_drawn(connection: Connection) -> None:
    recorded(connection, [*tied("[..2023-03-01]"), founded("2021-06-15")])
    known = head(connection)[0]

    before, after = (
        ownership_on(connection, as_of=AsOf(date(2021, 6, day), known)) for day in (14, 15)
    )

    assert before.stakes == ()
    assert {one.holder.id for one in after.stakes} == {"big", "fund"}


def test_the_reasons_call_it_not_begun(connection: Connection) -> None:
    recorded(connection, [*tied("[..2023-03-01]"), founded("2021-06-15")])
    as_of = AsOf(date(2021, 6, 14), head(connection)[0])

    found = why(connection, entity=ORG, attribute="owners", as_of=as_of)

    assert [(one.event.id, one.effect.en) for one in found.steps] == [
        ("founded", "had not begun"),
        ("bought", "had not begun"),
    ]
    assert found.rows == ()


def test_a_comparison_over_the_founding_tells_what_may_have_begun(connection: Connection) -> None:
    recorded(connection, [*tied("[..2023-03-01]"), founded("2021-06-15")])
    known = head(connection)[0]
    left, right = AsOf(date(2021, 6, 14), known), AsOf(date(2021, 6, 15), known)

    found = compare(connection, left=left, right=right)

    assert {one.attribute for one in found.added} == {"status", *TIED, "affiliation"}


def test_a_comparison_of_what_was_known_tells_what_a_founding_took_away(
    connection: Connection,
) -> None:
    recorded(connection, tied("[..2023-03-01]"))
    before = head(connection)[0]
    recorded(connection, [founded("2021-06-15")])
    day = date(2015, 1, 1)
    left, right = AsOf(day, before), AsOf(day, head(connection)[0])

    found = compare(connection, left=left, right=right)

    assert {one.attribute for one in found.learned if one.after is None} >= set(TIED)


def test_who_follows_a_stake_that_is_vague_hears_of_the_founding(connection: Connection) -> None:
    recorded(connection, [*tied("[..2023-03-01]"), founded("2021-06-15")])

    heard = cell_history(connection, entity=ORG, attribute="owners", limit=10)

    assert [one.row.event_id for one in heard.changes] == ["founded", "bought"]


NARROWS = ("founded", "founded only then: what is told vaguely lies no earlier")


@pytest.fixture
def narrowed(connection: Connection) -> Connection:
    """A founding that narrows a post and a stake told vaguely, and a post of its very day."""
    stake = {"org": "bigco", "holder": ORG, "direction": "increase", "share_after": "10"}
    posts = [
        an_event("role_started", id=role, person=person, org=ORG, role=role, when=when)
        for person, role, when in (
            ("ann", "ceo", "[..2021-03-15]"),
            ("bob", "cto", "2020-05-05"),
        )
    ]
    vague = an_event("stake_changed", id="stake", when="[2019-01-01..2021-03-15]", **stake)
    recorded(connection, [founded("2020-05-05"), *posts, vague])
    return connection


def reasons(connection: Connection, entity: str, attribute: str, day: str = "2020-06-01") -> Why:
    as_of = AsOf(date.fromisoformat(day), head(connection)[0])
    return why(connection, entity=entity, attribute=attribute, as_of=as_of)


@pytest.mark.parametrize(
    ("entity", "attribute"), [("ann", "roles"), (ORG, "officers"), ("bigco", "owners")]
)
def test_the_reasons_name_the_founding_that_narrows(
    narrowed: Connection, entity: str, attribute: str
) -> None:
    steps = reasons(narrowed, entity, attribute).steps

    assert NARROWS in {(one.event.id, one.effect.en) for one in steps}


def test_what_is_told_of_the_very_day_no_founding_narrows(narrowed: Connection) -> None:
    assert [one.event.id for one in reasons(narrowed, "bob", "roles").steps] == ["cto"]


def test_before_a_founding_that_narrows_it_is_the_next_change(narrowed: Connection) -> None:
    assert reasons(narrowed, "ann", "roles", "2020-01-01").next_change == date(2020, 5, 5)


@pytest.mark.parametrize("entity", ["ann", "bigco", ORG])
def test_the_day_of_a_founding_that_narrows_is_one_of_change(
    narrowed: Connection, entity: str
) -> None:
    days = change_days(narrowed, known=head(narrowed)[0], filters=Filters(entity=entity))

    assert date(2020, 5, 5) in days
