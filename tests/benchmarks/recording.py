"""Recording with checks and read models, against the bare append of the same events."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.growing import AT_ONCE, Grown
from tests.benchmarks.making import checked
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_second
from tests.benchmarks.timing import Cost, middle, once

TITLE: Final = "Recording: checks, log and read models"
WORDS: Final = (
    f"`record_all` of {AT_ONCE} drafts in a transaction: every draft checked, appended, and "
    "folded into the read models of a log that grows from empty; the median batch. Then "
    "`record`, one event a transaction, at the end of the full log. The rival appends the same "
    "events, checked beforehand, to another log."
)


def measure(plan: Plan) -> Section:
    """Return the cost of an event by database, and of its checks alone."""
    lines = [line for one in plan.grown() for line in _lines(one)]
    some = plan.drafts[:1000]
    check = once(lambda: checked(some)).over(len(some))
    append = middle(cost for _ours, cost in plan.grown()[0].batches)
    alone = Line("checks alone, no database", "SQLite: bare append", check, append)
    return Section(TITLE, WORDS, (per_second([*lines, alone]),))


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
