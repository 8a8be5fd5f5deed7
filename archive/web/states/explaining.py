"""The events behind a value as far as a page has room: the first and the last of very many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive.queries import StateRow, Why, WhyStep

_AT_EACH_END: Final = 50
_MOST_ROWS: Final = 60


@dataclass(frozen=True, slots=True)
class Explained:
    """What is shown of the events behind a value: from both ends, and how many lie between.

    ``rows`` is what is held, as far as there is room; ``more_rows`` how much more is.
    """

    rows: Sequence[StateRow]
    more_rows: int
    first: Sequence[WhyStep]
    left_out: int
    last: Sequence[WhyStep]


def explained(answer: Why, *, is_unfolded: bool) -> Explained:
    """Return what the page shows of *answer*; all of it where it is unfolded."""
    rows, steps = answer.rows, answer.steps
    if is_unfolded or len(steps) <= 2 * _AT_EACH_END:
        first, last = steps, steps[:0]
    else:
        first, last = steps[:_AT_EACH_END], steps[-_AT_EACH_END:]
    shown = rows if is_unfolded else rows[:_MOST_ROWS]
    return Explained(
        shown, len(rows) - len(shown), first, len(steps) - len(first) - len(last), last
    )
