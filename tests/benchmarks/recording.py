"""Recording with checks and read models, against the bare append of the same events."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Engine

from archive.commands.recording import append_all
from archive.storage import writing
from archive.vocabulary import Event, Occurred, assertions
from tests.benchmarks.appending import parts
from tests.benchmarks.growing import AT_ONCE, SINGLY, Grown
from tests.benchmarks.making import checked
from tests.benchmarks.places import processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_call, per_second
from tests.benchmarks.timing import Cost, middle, once

TITLE: Final = "Recording: checks, log and read models"
WORDS: Final = (
    f"`record_all` of {AT_ONCE} drafts in a transaction: every draft checked, appended, and "
    "folded into the read models of a log that grows from empty; the median batch. Then "
    "`record`, one event a transaction, at the end of the full log. The rival appends the same "
    "events, checked beforehand, to another log. Last, an event of three facts, checked "
    "beforehand, appended and folded in a transaction of its own: newest of all, and back-dated "
    "against it."
)
FACTS: Final = 3
WARM: Final = 10
NEWEST: Final = "2024-12-31"
OLD: Final = "2017-06-01"


def measure(plan: Plan) -> Section:
    """Return the cost of an event by database, and of its checks alone."""
    lines = [line for one in plan.grown() for line in _lines(one)]
    some = plan.drafts[:1000]
    check = once(lambda: checked(some)).over(len(some))
    append = middle(cost for _ours, cost in plan.grown()[0].batches)
    folded = [_folding(one, plan) for one in plan.grown()]
    alone = Line("checks alone, no database", "SQLite: bare append", check, append)
    return Section(TITLE, WORDS, (per_second([*lines, alone]), per_call(folded)))


def _lines(grown: Grown) -> list[Line]:
    named = f"{grown.place.name}, {{}}, log of {grown.events:,}"
    tenth = max(1, len(grown.batches) // 10)
    return [
        _line(named.format("batches"), "bare append", grown.batches),
        _line(named.format("its first batches"), "bare append", grown.batches[:tenth]),
        _line(named.format("its last batches"), "bare append", grown.batches[-tenth:]),
        _line(named.format("one by one"), "bare append", grown.singles),
    ]


def _line(what: str, against: str, costs: Sequence[tuple[Cost, Cost]]) -> Line:
    ours, theirs = zip(*costs, strict=True)
    return Line(what, against, middle(ours), middle(theirs))


def _folding(grown: Grown, plan: Plan) -> Line:
    """Return what a back-dated event costs, against one that is the newest of all."""
    known = [one for one in plan.events[: grown.events] if len(assertions(one)) == FACTS]
    with grown.engine.connect() as connection:
        server = processor_of(connection)
    costs: dict[str, list[Cost]] = {NEWEST: [], OLD: []}
    for number, some in enumerate(parts(known[-SINGLY:], WARM)):
        for day, spent in costs.items():
            again = [_at(event, day, name=f"{number}-{day}-{event.id}") for event in some]
            spent.append(once(_appending(grown.engine, again), server=server).over(len(again)))
    what = f"{grown.place.name}, {FACTS} facts, back-dated, log of {grown.events:,}"
    return Line(what, "the same, newest", middle(costs[OLD]), middle(costs[NEWEST]))


def _at(event: Event, day: str, *, name: str) -> Event:
    occurred = Occurred(edtf=day, earliest=day, latest=day)
    return msgspec.structs.replace(event, id=name, occurred=occurred)


def _appending(engine: Engine, events: Sequence[Event]) -> Callable[[], object]:
    def work() -> None:
        for event in events:
            with writing(engine) as connection:
                append_all(connection, [event], recorded_by="bench")

    return work
