"""The text of an event can be taken out for ever; its place, its date and its hashes stay."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, text

from archive.commands import correct, record, retract
from archive.commands.drafts import Draft, draft_called, keep_draft
from archive.errors import DamagedLogError, FieldError
from archive.languages import Words
from archive.log import read_log, verify
from archive.projections import lag
from archive.queries import event, search, timeline
from archive.queries.known.narrowing import Filters
from tests.builders import an_event, recorded, scratch
from tests.commands.test_drafts import NOW, a_draft
from tests.log.sealed_logs import without_guards

PAYLOADS = "SELECT payload FROM event"
SECRET = {"zh": "机密的话", "en": "confidential words"}


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    with scratch(shared) as opened:
        yield opened


def mask(connection: Connection, target: str) -> None:
    said = an_event("text_masked", id="masking", target=target, stream="an-org", reason="privacy")
    record(connection, raw=said, recorded_by="tests")


def test_masking_takes_the_text_out_of_the_log_and_of_every_read_model(
    connection: Connection,
) -> None:
    recorded(connection, [an_event(id="kept"), an_event(id="secret", summary=SECRET)])

    mask(connection, "secret")

    known = 4
    texts = [bytes(row) for row in connection.exec_driver_sql(PAYLOADS).scalars() if row]
    assert not [one for one in texts if b"confidential" in one]
    assert search(connection, text="confidential", known=known).total == 0
    assert event(connection, id="secret", known=known).row.title.en == "(text masked)"
    assert verify(connection).masked == (3,)
    assert lag(connection) == 0
    assert timeline(connection, filters=Filters(), known=known).total == 2


def test_masking_reaches_the_corrections_of_an_event_too(connection: Connection) -> None:
    recorded(connection, [an_event(id="secret")])
    correct(
        connection,
        target="secret",
        raw={"summary": SECRET},
        reason_kind="new_evidence",
        reason="x",
        recorded_by="tests",
    )

    mask(connection, "secret")

    masked = [one.position for one in read_log(connection) if one.is_masked]
    assert masked == [2, 3]
    assert verify(connection).masked == (2, 3)


@pytest.mark.parametrize("is_listed", [True, False], ids=["listed", "not listed"])
def test_a_masked_text_that_is_back_is_found(connection: Connection, *, is_listed: bool) -> None:
    """As from an older backup, below the triggers: its hashes are sound, but it was to be gone."""
    recorded(connection, [an_event(id="secret"), an_event(id="other")])
    read = text("SELECT payload, salt FROM event WHERE id = 'secret'")
    payload, salt = connection.execute(read).one()
    mask(connection, "secret")
    without_guards(connection)
    connection.execute(
        text("UPDATE event SET payload = :payload, salt = :salt WHERE id = 'secret'"),
        {"payload": payload, "salt": salt},
    )
    if not is_listed:
        connection.execute(text("DELETE FROM erasure"))

    with pytest.raises(DamagedLogError, match="position 2"):
        verify(connection)


def test_a_masked_event_can_still_be_retracted(connection: Connection) -> None:
    recorded(connection, [an_event(id="secret", summary=SECRET)])
    mask(connection, "secret")

    retract(connection, target="secret", reason="x", recorded_by="tests")

    assert event(connection, id="secret", known=4).row.is_retracted


def test_only_what_speaks_of_the_world_can_be_masked(connection: Connection) -> None:
    recorded(connection, [an_event(id="one"), an_event("claim_disputed", id="d", claims="one")])

    with pytest.raises(FieldError) as refused:
        mask(connection, "d")

    assert refused.value.field == "target"


@pytest.mark.parametrize(
    "draft",
    [
        a_draft("secret"),
        a_draft("first", fields=(("event_id", "secret"), ("summary-zh", SECRET["zh"]))),
        a_draft("second", target="secret", kind="claim_disputed"),
    ],
    ids=["the event's own", "another version of it", "a deed to it"],
)
def test_masking_takes_what_was_typed_out_of_the_drafts_of_the_event(
    connection: Connection, draft: Draft
) -> None:
    recorded(connection, [an_event(id="secret", summary=SECRET)])
    keep_draft(connection, draft=replace(draft, title=Words(**SECRET)), now=NOW)

    mask(connection, "secret")

    left = draft_called(connection, draft.id)
    assert (left.fields, left.title, left.status) == ((), Words("", ""), draft.status)


@pytest.mark.parametrize(
    "draft",
    [
        a_draft("secret2", fields=(("event_id", "secret2"),)),
        a_draft("why", target="secret", kind="text_masked"),
    ],
    ids=["another event's", "why it is masked"],
)
def test_masking_leaves_the_other_drafts_alone(connection: Connection, draft: Draft) -> None:
    recorded(connection, [an_event(id="secret", summary=SECRET)])
    kept = keep_draft(connection, draft=draft, now=NOW)

    mask(connection, "secret")

    assert draft_called(connection, draft.id) == kept
