"""Masking takes words away, never what was done: a claim that was corrected does not come back."""

from datetime import date

from sqlalchemy import Connection, Engine

from archive.commands import record
from archive.log import head
from archive.queries import AsOf, state
from tests.builders import an_event, scratch
from tests.contracts.drawing import MODELS
from tests.contracts.histories import Move, played

A_LICENCE = an_event(
    "licence_set", when="2023-03-05", source="paper-one", model=MODELS[0], licence="MIT"
)


def licences(connection: Connection) -> list[str]:
    as_of = AsOf(date(2024, 1, 1), head(connection)[0])
    rows = state(connection, as_of=as_of, entity="model-m").rows
    return [one.key for row in rows if row.attribute == "licence" for one in row.values]


def test_what_was_corrected_stays_so_when_the_correction_alone_is_masked(shared: Engine) -> None:
    with scratch(shared) as connection:
        correction = Move("correct", {"data": {"licence": "Apache-2.0"}}, (-1,))
        player = played(connection, [Move("record", A_LICENCE), correction])
        masking = an_event("text_masked", id="mask", when="2024-01-01", target=player.events[-1])

        record(connection, raw=masking, recorded_by="tests", clock=player.clock)

        assert licences(connection) == []
