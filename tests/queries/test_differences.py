"""compare: what the world changed, apart from what the archive learned."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import correct
from archive.log import head
from archive.queries import AsOf, Change, Comparison, compare
from tests.builders import an_event, recorded


def between(
    connection: Connection, first: str, last: str, *, known: tuple[int, int] | None = None
) -> Comparison:
    now = head(connection)[0]
    one, other = known or (now, now)
    left, right = AsOf(date.fromisoformat(first), one), AsOf(date.fromisoformat(last), other)
    return compare(connection, left=left, right=right)


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str | None, str | None, str]]:
    return [
        (
            one.entity.id,
            one.attribute,
            one.before.en if one.before else None,
            one.after.en if one.after else None,
            one.event_id,
        )
        for one in changes
    ]


@pytest.fixture
def life(connection: Connection) -> Connection:
    """A model's licences and a stake that came and went."""
    recorded(
        connection,
        [
            an_event("licence_set", id="mit", when="2022-01-01", model="m", licence="MIT"),
            an_event(
                "licence_set", id="apache", when="2023-06-01", model="m", licence="Apache-2.0"
            ),
            an_event(
                "stake_changed",
                id="in",
                when="2022-01-01",
                org="acme",
                holder="h",
                direction="increase",
            ),
            an_event(
                "stake_changed",
                id="out",
                when="2023-06-01",
                org="acme",
                holder="h",
                direction="exit",
            ),
            an_event("org_founded", id="new", when="2023-06-01", org="newco"),
        ],
    )
    return connection


def test_what_began_ended_and_changed_is_told_with_the_event_that_did_it(
    life: Connection,
) -> None:
    found = between(life, "2023-01-01", "2023-12-31")

    assert told(found.added) == [("newco", "status", None, "active", "new")]
    assert told(found.ended) == [("acme", "owners", "unknown", None, "out")]
    assert told(found.changed) == [("m", "licence", "MIT", "Apache-2.0", "apache")]
    assert found.learned == ()


def test_a_day_compared_with_itself_differs_in_nothing(life: Connection) -> None:
    found = between(life, "2023-12-31", "2023-12-31")

    assert found.added == found.ended == found.changed == found.learned == ()


def test_what_the_archive_learned_stands_apart(life: Connection) -> None:
    before = head(life)[0]
    correct(
        life,
        target="mit",
        raw={"data": {"licence": "BSD-3-Clause"}},
        reason_kind="source_error",
        reason="wrong",
        recorded_by="tests",
    )
    now = head(life)[0]

    same_day = between(life, "2023-01-01", "2023-01-01", known=(before, now))
    two_days = between(life, "2023-01-01", "2023-12-31", known=(before, now))

    assert same_day.added == same_day.ended == same_day.changed == ()
    assert told(same_day.learned) == [("m", "licence", "MIT", "BSD-3-Clause", "mit")]
    assert told(two_days.changed) == [("m", "licence", "BSD-3-Clause", "Apache-2.0", "apache")]
    assert told(two_days.learned) == told(same_day.learned)


def test_what_becomes_certain_has_changed(connection: Connection) -> None:
    recorded(connection, [an_event(when="2023-03")])

    found = between(connection, "2023-03-10", "2023-04-10")

    assert told(found.changed) == [
        ("org-founded-org", "status", "active (possible)", "active", "an-event")
    ]
