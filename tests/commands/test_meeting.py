"""What drafts mention is looked up at once, and is what each look-up by itself would say."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import retract
from archive.commands.knowing import Known
from archive.commands.meeting import events_called, mentioned_in
from tests.builders import A_SOURCE, a_source, an_event, recorded, scratch

RETRACTION = an_event("claim_retracted", id="x", when="2024-01-01", target="there")


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    with scratch(shared) as opened:
        recorded(opened, [an_event(id="there"), an_event(id="gone")])
        reason = {"zh": "误", "en": "wrong"}
        retract(opened, target="gone", reason=reason, recorded_by="t", event_id="undoing")
        yield opened


def test_what_a_draft_mentions_is_found_in_a_correction_too() -> None:
    inner = {"entities": [{"id": "acme"}], "claims": [{"source": "paper"}]}
    draft = {"data": {"target": "one, two", "event": inner}, "entities": [{"id": "other"}]}

    found = mentioned_in([draft])

    assert found.entities == {"acme", "other"}
    assert found.sources == {"paper"}
    assert found.events == {"one", "two"}


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"entities": "acme", "claims": None, "data": []},
        {"entities": [None, "x", {}, {"id": 5}], "claims": [[]], "data": {"event": "x"}},
    ],
)
def test_what_cannot_be_read_mentions_nothing(draft: dict[str, object]) -> None:
    found = mentioned_in([draft])

    assert not found.entities | found.sources | found.events


def test_the_log_tells_of_each_event_whether_it_stands(connection: Connection) -> None:
    found = events_called(connection, ["there", "gone", "undoing", "nowhere"])

    there, gone, undoing = found["there"], found["gone"], found["undoing"]
    assert there is not None
    assert there.is_live
    assert gone is not None
    assert not gone.is_live
    assert undoing is not None
    assert undoing.root is None
    assert found["nowhere"] is None


def test_what_was_met_is_known_as_if_asked_for_by_itself(connection: Connection) -> None:
    met, asking = Known(connection), Known(connection)

    met.meet([an_event(id="new"), RETRACTION, a_source("nobody")], ids=["there", "new"])

    for name in ("there", "gone", "new", "undoing"):
        assert met.is_recorded(name) == asking.is_recorded(name)
        assert met.has_event(name) == asking.has_event(name)
    for slug in ("acme", "somebody"):
        assert met.entity(slug) == asking.entity(slug)
    for slug in (A_SOURCE, "nobody"):
        assert met.source(slug) == asking.source(slug)
