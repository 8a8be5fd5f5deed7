"""What a cell is to hold, as the interpreter of the log says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """What a cell is to hold: how surely, by which events, and what is shown beside it.

    ``told`` are the events and their values; of a sum the least, the most and the unit of each,
    in place of an event.
    """

    standing: str
    told: frozenset[tuple[object, object]]
    beside: frozenset[tuple[object, object]]
    is_disputed: bool
    is_changed_today: bool
