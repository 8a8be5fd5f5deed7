"""How a reader sorts the table of a state: read from the address, offered in its head, done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from archive.errors import UnknownNameError
from archive.languages import Words
from archive.queries import SORTED_BY, Asked, Sort, State, sorted_rows, whole
from archive.web.frame.session import current_connection

_WHAT: Final = Words("排序的列", "column to sort by")
# What one looks for first by these: the largest, the latest.
_FALLING_FIRST: Final = frozenset({"value", "since"})
_ROWS_SHOWN: Final = 60
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Sorting:
    """How the table shown is sorted, and what its head offers.

    ``is_refused`` tells that another order was asked for, for which the archive is too large.
    """

    sort: Sort
    is_free: bool
    is_refused: bool = False

    def direction(self, column: str) -> str:
        """Return how the table is sorted by *column*, as ``aria-sort`` says it; or nothing."""
        if column != self.sort.column:
            return ""
        return "descending" if self.sort.is_falling else "ascending"

    def offers(self, column: str) -> bool:
        """Tell whether the table can be sorted by *column*."""
        return self.is_free or Sort(column).is_by_name

    def following(self, column: str) -> str:
        """Return the sort that a press on the head of *column* leads to, as the address has it."""
        if column == self.sort.column:
            return Sort(column, not self.sort.is_falling).words
        return Sort(column, column in _FALLING_FIRST).words


def sort_in(args: Mapping[str, str]) -> Sort:
    """Return how the address asks a state to be sorted; raises UnknownNameError."""
    said = args.get("sort", "")
    column = said.removeprefix("-")
    if said and column not in SORTED_BY:
        raise UnknownNameError(what=_WHAT, name=said, known=SORTED_BY, field="sort")
    return Sort(column, said.startswith("-")) if said else Sort()


def sorting_of(asked_for: Sort, *, is_free: bool) -> Sorting:
    """Return what becomes of a sort where all columns may be sorted by, or the names alone."""
    if is_free or asked_for.is_by_name:
        return Sorting(asked_for, is_free)
    return Sorting(Sort(), is_free, is_refused=True)


def sorted_page(asked: Asked, sort: Sort, *, after: str | None) -> State:
    """Return a page of the rows of a state as *sort* has them; *after* is how many went before.

    The whole answer is read for it, so that its counts are of all.
    """
    rows = whole(current_connection(), replace(asked, with_possible=True))
    kept = [row for row in rows if asked.with_possible or row.standing == "certain"]
    start = int(after) if after and after.isdecimal() and len(after) <= _LONGEST_NUMBER else 0
    end = start + _ROWS_SHOWN
    certain = sum(row.standing == "certain" for row in rows)
    return State(
        as_of=asked.as_of,
        rows=sorted_rows(kept, sort)[start:end],
        certain=certain,
        possible=len(rows) - certain,
        disputed=sum(row.is_disputed for row in rows),
        next=str(end) if len(kept) > end else None,
    )
