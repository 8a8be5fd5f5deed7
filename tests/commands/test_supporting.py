"""One more source of an event: added once, beside those that it has."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import support
from archive.commands.targets import AlreadyRetractedError
from archive.errors import FieldError, NotFoundError
from archive.queries import event, head
from tests.builders import A_SOURCE, an_event, recorded, scratch


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    """A connection of which nothing is kept, on each database in turn."""
    with scratch(shared) as opened:
        yield opened


def claims(connection: Connection) -> list[tuple[str, str]]:
    row = event(connection, id="an-event", known=head(connection).position).row
    return [(one.source.id, one.locator) for one in row.claims]


def told(connection: Connection, target: str = "an-event", **claim: str) -> bool:
    said = {"source": A_SOURCE, "locator": "¶9", "quote_language": "zh", **claim}
    return support(
        connection,
        target=target,
        claim=said,
        reason="it says so too",
        recorded_by="tests",
        event_id="the-support",
    ).is_new


def test_a_source_is_added_once_however_often_it_is_told(connection: Connection) -> None:
    recorded(connection, [an_event()])

    first, again = told(connection), told(connection)

    assert (first, again) == (True, False)
    assert claims(connection) == [(A_SOURCE, ""), (A_SOURCE, "¶9")]


def test_the_claims_that_were_there_stay_as_they_were(connection: Connection) -> None:
    claim = {"source": A_SOURCE, "quote": "words", "quote_language": "en", "grade": "primary"}
    recorded(connection, [an_event(claims=[claim])])

    told(connection)

    answer = event(connection, id="an-event", known=head(connection).position)
    nested = answer.versions[-1].recorded.event.data["event"]
    assert nested["claims"][0]["quote_language"] == "en"  # type: ignore[index]  # JSON
    assert answer.row.claims[0].grade == "primary"


def test_a_place_that_is_cited_already_is_refused(connection: Connection) -> None:
    recorded(connection, [an_event()])

    with pytest.raises(FieldError, match="not yet cited"):
        told(connection, locator="")


def test_a_source_that_nobody_added_is_refused(connection: Connection) -> None:
    recorded(connection, [an_event()])

    with pytest.raises(FieldError, match="nothing"):
        told(connection, source="nothing")


def test_what_is_not_there_or_was_taken_back_has_no_sources(connection: Connection) -> None:
    retraction = an_event("claim_retracted", id="r", target="an-event", reason="no")
    recorded(connection, [an_event(), retraction])

    with pytest.raises(AlreadyRetractedError):
        told(connection)
    with pytest.raises(NotFoundError):
        told(connection, target="nobody")
