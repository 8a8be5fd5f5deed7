"""The text of an event can be taken out for ever; its place, its date and its hashes stay."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import correct, record, retract
from archive.errors import FieldError
from archive.log import read_log, verify
from archive.projections import lag
from archive.queries import event, search, timeline
from archive.queries.known.narrowing import Filters
from tests.builders import an_event, recorded, scratch

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
