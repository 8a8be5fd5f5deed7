"""Who says otherwise than an event: in open dispute, preferred, or set aside."""

import pytest
from sqlalchemy import Connection

from archive.commands import correct, retract
from archive.log import head
from archive.queries import EventAnswer, event
from tests.builders import an_event, recorded

BOTH = "one, two"


@pytest.fixture
def disputed(connection: Connection) -> Connection:
    """Two events about one thing, and a third that nobody disputes; in dispute at position 5."""
    events = [an_event(id=name, when="2023") for name in ("one", "two", "three")]
    dispute = an_event("claim_disputed", id="d", when="2024", claims=BOTH, reason="they differ")
    recorded(connection, [*events, dispute])
    return connection


def told(connection: Connection, name: str, *, known: int | None = None) -> EventAnswer:
    return event(connection, id=name, known=known or head(connection)[0])


def settle(connection: Connection, choice: str) -> None:
    raw = an_event("dispute_settled", id="s", when="2024", claims=BOTH, choice=choice, reason="x")
    recorded(connection, [raw])


def test_each_side_of_an_open_dispute_names_the_other(disputed: Connection) -> None:
    one, two, three = (told(disputed, name).rivalry for name in ("one", "two", "three"))

    assert [rival.row.id for rival in one.rivals] == ["two"]
    assert [rival.row.id for rival in two.rivals] == ["one"]
    assert not one.is_settled
    assert not one.rivals[0].is_settled
    assert three.rivals == ()


def test_a_settled_dispute_tells_on_both_pages_who_was_preferred(disputed: Connection) -> None:
    settle(disputed, "two")
    one, two = (told(disputed, name).rivalry for name in ("one", "two"))

    assert (one.is_settled, one.is_preferred, one.rivals[0].is_preferred) == (True, False, True)
    assert (two.is_settled, two.is_preferred, two.rivals[0].is_preferred) == (True, True, False)


def test_what_was_known_then_knows_neither_dispute_nor_settlement(disputed: Connection) -> None:
    before = head(disputed)[0]
    settle(disputed, "two")

    assert not told(disputed, "one", known=before).rivalry.is_settled
    assert told(disputed, "one", known=before - 1).rivalry.rivals == ()


def test_a_dispute_opened_again_prefers_nobody(disputed: Connection) -> None:
    settle(disputed, "two")
    recorded(disputed, [an_event("claim_disputed", id="d2", when="2024", claims=BOTH)])

    two = told(disputed, "two").rivalry

    assert (two.is_settled, two.is_preferred) == (False, False)
    assert [rival.row.id for rival in two.rivals] == ["one"]


def test_a_rival_reads_as_it_reads_today_and_stays_when_it_was_retracted(
    disputed: Connection,
) -> None:
    correct(
        disputed,
        target="two",
        raw={"summary": {"zh": "改了", "en": "changed"}},
        reason_kind="new_evidence",
        reason="x",
        recorded_by="tests",
    )
    assert told(disputed, "one").rivalry.rivals[0].row.summary.en == "changed"

    retract(disputed, target="two", reason="x", recorded_by="tests")

    assert told(disputed, "one").rivalry.rivals[0].row.is_retracted
