"""Naive replay: the state of a day from the log alone, folded event by event in Python."""

from itertools import islice

from sqlalchemy import Connection

from archive.dates import day_number
from archive.log import read_log
from archive.projections import PER_EVENT
from archive.projections.days import starting, stopping
from archive.queries import AsOf
from archive.vocabulary import assertions, nested_event

Cell = tuple[str, str, str]


def replayed(connection: Connection, *, as_of: AsOf, events: int) -> int:
    """Return how many cells hold something on the day by the first *events* of the log.

    Of each cell only the last fact is kept, as a careful program would; one that is corrected or
    retracted later is left out, for which the log is read twice.
    """
    ended = _ended(connection, events)
    day, cells = day_number(as_of.valid), dict[Cell, tuple[tuple[int, int, int], bool]]()
    for recorded in islice(read_log(connection), events):
        event = nested_event(recorded.event) or recorded.event
        if recorded.event.id in ended or recorded.event.kind == "claim_retracted":
            continue
        when, stop = starting(event.occurred.edtf), stopping(event.occurred.edtf)
        for number, one in enumerate(assertions(event), recorded.position * PER_EVENT):
            cell = (one.entity, one.attribute, one.member)
            for days, holds in ((when, one.value is not None), (stop, False)):
                rank = (days.v, days.hi, number) if days else (day + 1, 0, 0)
                if rank[0] <= day and (cell not in cells or cells[cell][0] < rank):
                    cells[cell] = (rank, holds)
    return sum(holds for _rank, holds in cells.values())


def _ended(connection: Connection, events: int) -> set[str]:
    return {
        one
        for recorded in islice(read_log(connection), events)
        for one in recorded.about
        if recorded.event.kind.startswith("claim_")
    }
