"""One entity and one event, each with all that its page tells."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import correct, retract
from archive.errors import NotFoundError
from archive.log import head
from archive.queries import AsOf, beside, entity, event, timeline
from archive.queries.known.narrowing import Filters
from tests.builders import an_entity, an_event, recorded

DAY = date(2023, 12, 31)


def as_of(connection: Connection) -> AsOf:
    return AsOf(DAY, head(connection)[0])


def test_an_entity_tells_its_names_its_state_and_its_events(connection: Connection) -> None:
    acme = an_entity("acme", zh="甲", en="Acme")
    recorded(
        connection,
        [
            an_event("role_started", id="later", when="2023-02", org=acme, person="ada"),
            an_event("org_founded", id="first", when="2020", org=acme),
            an_event("names_changed", id="n", entity=acme, aliases="甲公司"),
        ],
    )

    answer = entity(connection, id="acme", as_of=as_of(connection))

    assert answer.entity.names.zh == "甲"
    assert [one.text for one in answer.names] == ["Acme", "甲", "甲公司"]
    assert {row.attribute for row in answer.rows} == {"status", "officers"}
    assert [row.id for row in answer.events] == ["first", "later"]
    assert [(ref.id, many) for ref, many in answer.together] == [("ada", 1)]


def test_an_entity_not_yet_recorded_is_unknown(connection: Connection) -> None:
    recorded(connection, [an_event(org="acme")])

    with pytest.raises(NotFoundError):
        entity(connection, id="acme", as_of=AsOf(DAY, 1))
    with pytest.raises(NotFoundError):
        entity(connection, id="nobody", as_of=as_of(connection))


def test_an_event_tells_what_it_asserts_and_its_neighbours(connection: Connection) -> None:
    days = ["2023-01-01", "2023-01-02", "2023-01-03"]
    recorded(connection, [an_event(id=f"e{n}", when=when) for n, when in enumerate(days)])

    answer = event(connection, id="e1", known=head(connection)[0])

    assert [one.attribute for one in answer.asserts] == ["status"]
    assert answer.asserts[0].value is not None
    assert answer.asserts[0].value.zh == "存续"
    assert answer.previous is not None
    assert answer.next is not None
    assert (answer.previous.id, answer.next.id) == ("e0", "e2")
    assert answer.hash.startswith("sha256:")
    assert (answer.stream, answer.stream_position) == ("org-founded-org", 2)


def test_an_event_has_neighbours_in_the_lives_of_its_entities(connection: Connection) -> None:
    told = [("e0", "acme"), ("e1", "other"), ("e2", "acme"), ("e3", "other"), ("e4", "alone")]
    recorded(
        connection,
        [
            an_event(id=name, org=org, when=f"2023-01-0{n + 1}")
            for n, (name, org) in enumerate(told)
        ],
    )
    known = head(connection)[0]

    found = {
        name: beside(connection, event(connection, id=name, known=known).row, known=known)
        for name in ("e0", "e3", "e4")
    }

    (first,), (last,), alone = found.values()
    assert first.entity.id == "acme"
    assert (first.previous, first.next and first.next.id) == (None, "e2")
    assert (last.previous and last.previous.id, last.next) == ("e1", None)
    assert alone == ()


def test_an_event_tells_its_history_up_to_what_is_known(connection: Connection) -> None:
    recorded(connection, [an_event(id="one"), an_event(id="two")])
    correct(
        connection,
        target="one",
        raw={"importance": "major"},
        reason_kind="new_evidence",
        reason="told since",
        recorded_by="tests",
    )
    disputed = an_event("claim_disputed", id="d", claims="one,two", reason="they differ")
    settled = an_event("dispute_settled", id="s", claims="one,two", choice="two", reason="better")
    recorded(connection, [disputed, settled])
    retract(connection, target="one", reason="never", recorded_by="tests")
    known = head(connection)[0]

    history = event(connection, id="one", known=known).versions
    earlier = event(connection, id="one", known=known - 1)

    assert [(one.what, one.reason.en) for one in history] == [
        ("recorded", ""),
        ("corrected", "told since"),
        ("disputed", "they differ"),
        ("settled", "better"),
        ("retracted", "never"),
    ]
    assert len(earlier.versions) == 4
    assert not earlier.row.is_retracted
    assert earlier.row.is_corrected


def test_an_event_is_unknown_before_it_was_recorded(connection: Connection) -> None:
    recorded(connection, [an_event()])

    with pytest.raises(NotFoundError):
        event(connection, id="an-event", known=1)


def test_an_event_row_tells_who_says_so(connection: Connection) -> None:
    claim = {"source": "a-source", "locator": "¶1", "confidence": "low", "reason": "hearsay"}
    recorded(connection, [an_event(claims=[claim])])

    shown = timeline(connection, filters=Filters(), known=head(connection)[0]).rows[0]

    assert [(one.source.title, one.locator, one.reason) for one in shown.claims] == [
        ("Paper a-source", "¶1", "hearsay")
    ]
    assert shown.confidence == "low"
