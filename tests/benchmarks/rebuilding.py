"""Rebuilding every read model, against a raw scan of the log that decodes each payload."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from sqlalchemy import Engine

from archive.log.codec import Payload
from archive.projections import rebuild_beside
from tests.benchmarks.growing import Grown
from tests.benchmarks.places import processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_second
from tests.benchmarks.timing import Cost, middle, once

TITLE: Final = "Rebuilding the read models"
WORDS: Final = (
    "`rebuild_beside`: all read models folded again from the whole log beside those in use, in "
    "committed chunks, indexes, full text and tally included, then swapped in one transaction. "
    "The rival reads every row of the log by the bare driver and decodes its payload, no more."
)
LONG: Final = 5000


def measure(plan: Plan) -> Section:
    """Return the cost of an event by database; a long log is rebuilt once, a short one more."""
    return Section(TITLE, WORDS, (per_second(_line(one, plan) for one in plan.grown()),))


def _line(grown: Grown, plan: Plan) -> Line:
    rounds = 1 if grown.events > LONG else plan.rounds
    with grown.engine.connect() as connection:
        server = processor_of(connection)
    ours: list[Cost] = []
    theirs: list[Cost] = []
    for _round in range(rounds):
        ours.append(once(_rebuilding(grown.engine), server=server).over(grown.events))
        theirs.append(once(scanning(grown.engine), server=server).over(grown.events))
    times = "once" if rounds == 1 else f"{rounds} times"
    what = f"{grown.place.name}, {grown.events:,} events, {times}"
    return Line(what, "raw scan with decode", middle(ours), middle(theirs))


def _rebuilding(engine: Engine) -> Callable[[], object]:
    def work() -> None:
        rebuild_beside(engine)

    return work


def scanning(engine: Engine) -> Callable[[], object]:
    """Return the work of reading and decoding the whole log by the bare driver."""
    decoder = msgspec.json.Decoder(Payload)

    def work() -> None:
        held = engine.raw_connection()
        cursor: Any = held.cursor()
        cursor.execute("SELECT position, id, stream_id, payload FROM event ORDER BY position")
        for row in cursor:
            decoder.decode(row[3])
        held.close()

    return work
