"""Stakes in an organization and posts at it, once it has ended: possible, not certain."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import retract
from archive.languages import Words
from archive.log import head
from archive.queries import AsOf, Compared, Filters, cell_history, change_days, compare, why
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, row, told

REASON = Words("机构已终止或可能已终止", "the organization has ended, or may have")
TIED = ["owners", "parent", "roles"]


def life(ended: str = "2022-05-05", manner: str = "dissolved") -> list[Raw]:
    """Return the founding of an organization, who came to hold it and to lead it, and its end."""
    return [
        an_event("org_founded", id="founded", org="testco", when="2020-01-01"),
        an_event(
            "role_started", id="led", person="ann", org="testco", role="ceo", when="2020-02-01"
        ),
        an_event(
            "deal_closed",
            id="bought",
            buyer="bigco",
            target="testco",
            share="100",
            when="2021-01-01",
        ),
        an_event("org_ended", id="ended", org="testco", manner=manner, when=ended),
    ]


def standings(connection: Connection, day: str, **more: object) -> dict[str, str]:
    found = on(connection, day, **more)  # type: ignore[arg-type]  # as in state
    return {name: one[-1] for name in TIED for one in told(found, name)}


def test_what_was_certain_is_possible_from_the_day_of_the_end_on(connection: Connection) -> None:
    recorded(connection, life())

    assert standings(connection, "2022-05-04") == dict.fromkeys(TIED, "certain")
    assert standings(connection, "2022-05-05") == dict.fromkeys(TIED, "possible")
    assert row(on(connection, "2023-01-01", entity="ann"), "roles").reason == REASON
    assert row(on(connection, "2023-01-01", entity="testco"), "status").standing == "certain"


def test_what_an_organization_held_is_possible_from_the_day_of_its_own_end_on(
    connection: Connection,
) -> None:
    end = an_event("org_ended", id="end", org="bigco", manner="absorbed", when="2022-05-05")
    recorded(connection, [*life()[:-1], end])
    known = head(connection)[0]

    days = change_days(connection, known=known, filters=Filters(entity="testco"))

    held = {"owners": "certain", "parent": "certain", "roles": "certain"}
    assert standings(connection, "2022-05-04") == held
    assert standings(connection, "2022-05-05") == held | {
        "owners": "possible",
        "parent": "possible",
    }
    assert row(on(connection, "2023-01-01", entity="testco"), "owners").reason == REASON
    assert date(2022, 5, 5) in days


def test_the_end_of_a_holder_is_told_by_a_comparison_and_the_history_of_the_stake(
    connection: Connection,
) -> None:
    end = an_event("org_ended", id="end", org="bigco", manner="dissolved", when="2022-05-05")
    recorded(connection, [*life()[:-1], end])
    known = head(connection)[0]

    found = compare(
        connection, left=AsOf(date(2022, 5, 4), known), right=AsOf(date(2022, 5, 5), known)
    )
    history = cell_history(
        connection, entity="testco", attribute="owners", member="bigco", limit=9
    )

    changed = {(one.entity.id, one.attribute) for one in found.softer}
    assert {("testco", "owners"), ("testco", "parent")} <= changed
    assert "end" in [one.row.event_id for one in history.changes]


def test_the_end_is_a_day_on_which_something_changed_for_who_had_a_post(
    connection: Connection,
) -> None:
    recorded(connection, life())
    known, _hash = head(connection)

    days = change_days(connection, known=known, filters=Filters(entity="ann"))

    assert days == (date(2020, 2, 1), date(2022, 5, 5))


def test_an_end_that_may_have_come_is_enough(connection: Connection) -> None:
    recorded(connection, life(ended="2022"))

    assert standings(connection, "2021-12-31") == dict.fromkeys(TIED, "certain")
    assert standings(connection, "2022-01-01") == dict.fromkeys(TIED, "possible")


def test_a_pause_ends_nothing(connection: Connection) -> None:
    recorded(connection, life(manner="paused"))

    assert standings(connection, "2023-01-01") == dict.fromkeys(TIED, "certain")


def test_an_end_that_is_taken_back_took_nothing_along(connection: Connection) -> None:
    recorded(connection, life())
    before = head(connection)[0]

    retract(connection, target="ended", reason="never", recorded_by="tests")

    assert standings(connection, "2023-01-01") == dict.fromkeys(TIED, "certain")
    assert standings(connection, "2023-01-01", known=before) == dict.fromkeys(TIED, "possible")


def test_an_end_is_that_of_the_organizations_home(connection: Connection) -> None:
    parts = {"into": "newco", "from": "testco"}
    merged = an_event("entities_merged", id="merged", when="2024-01-01", **parts)
    recorded(connection, [*life(), an_event("org_founded", id="other", org="newco", when="2019")])
    before = head(connection)[0]
    recorded(connection, [merged])

    assert standings(connection, "2023-01-01", known=before) == dict.fromkeys(TIED, "possible")
    assert standings(connection, "2023-01-01") == dict.fromkeys(TIED, "possible")


@pytest.mark.parametrize(("of", "changed"), [("person", "roles"), ("organization", "owners")])
def test_a_comparison_tells_what_became_possible(
    connection: Connection, of: str, changed: str
) -> None:
    recorded(connection, life())
    known = head(connection)[0]
    left, right = AsOf(date(2022, 5, 4), known), AsOf(date(2022, 5, 5), known)

    found = compare(connection, left=left, right=right, among=Compared(entity_type=of))

    assert changed in [one.attribute for one in found.softer]
    assert not found.ended


def test_the_reasons_tell_of_the_end_and_of_no_other_status(connection: Connection) -> None:
    recorded(connection, life())
    as_of = AsOf(date(2023, 1, 1), head(connection)[0])

    answer = why(connection, entity="ann", attribute="roles", as_of=as_of)

    assert [step.event.id for step in answer.steps] == ["led", "ended"]
    assert answer.previous_change == date(2022, 5, 5)


def test_who_follows_a_post_hears_of_the_organizations_end(connection: Connection) -> None:
    recorded(connection, life())

    heard = cell_history(connection, entity="ann", attribute="roles", limit=10)

    assert [one.row.event_id for one in heard.changes][:2] == ["ended", "led"]
