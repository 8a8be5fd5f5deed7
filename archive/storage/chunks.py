"""Many values in pieces: a statement takes only so many parameters."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# SQLite takes 32,766 parameters and Postgres 65,535; a page of the log is a good piece for both.
_PIECE = 1000


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield *values* in their order, in lists short enough for one ``IN (…)``."""
    left = iter(values)
    while piece := list(islice(left, _PIECE)):
        yield piece
