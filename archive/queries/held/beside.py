"""Puts beside cells those of the organizations with which what they hold may have ended."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY
from archive.projections import PER_EVENT
from archive.queries.held.bodies import STATUS, bodies_of, bound_by, is_bound, may_have_ended
from archive.queries.held.cell import Cell
from archive.queries.held.ending import last_days
from archive.queries.held.founding import since_founded
from archive.queries.held.lifetimes import Lifetimes
from archive.queries.known.ground import Ground

# What reads the cells of some ``entities`` and ``attribute_names``, or those of ``cell_ids``.
Reading: TypeAlias = Callable[..., list[Cell]]


class Beside:
    """Puts beside cells those of the organizations with which what they hold may have ended."""

    def __init__(self, connection: Connection, ground: Ground, cells_of: Reading) -> None:
        self._connection = connection
        self._ground = ground
        self._cells_of = cells_of
        self._lifetimes = Lifetimes(connection, ground)

    def bodies(self, read: list[Cell]) -> list[Cell]:
        """Return *read*, what they tell vaguely after the founding of their organizations.

        Those that may have ended with some have the cells of the status of these.
        """
        resting = {
            at: bodies
            for at, cell in enumerate(read)
            if is_bound(cell.attribute.name)
            and (bodies := bodies_of(cell.entity.id, cell.attribute, cell.member, cell.facts))
        }
        if not resting:
            return read
        bound = list(read)
        wanted = set[str]().union(*resting.values())
        self._lifetimes.look_up(wanted)
        status = self._ends(wanted, read)
        founded = self._lifetimes.founded
        later = [at for at, bodies in resting.items() if not founded.keys().isdisjoint(bodies)]
        last = last_days(self._connection, self._vague(read[at] for at in later))
        for at in later:
            bound[at] = self._since_founded(bound[at], last)
        for at, bodies in resting.items():
            theirs = tuple([status[slug] for slug in sorted(bodies) if slug in status])
            if theirs:
                bound[at] = msgspec.structs.replace(bound[at], bodies=theirs)
        return bound

    def _ends(self, wanted: set[str], read: Iterable[Cell]) -> dict[str, Cell]:
        """Return the status of those *wanted* that may have ended, from *read* where it is."""
        here = {cell.entity.id: cell for cell in read if cell.attribute is STATUS}
        ended = self._lifetimes.ended
        missing = self._ground.family(
            ended[slug] for slug in wanted if slug in ended and slug not in here
        )
        found = self._cells_of(entities=missing, attribute_names=[STATUS.name]) if missing else []
        here |= {cell.entity.id: cell for cell in found}
        return {slug: cell for slug, cell in here.items() if may_have_ended(cell.facts)}

    def _vague(self, cells: Iterable[Cell]) -> Iterator[int]:
        """Yield where that was told of *cells* which a founding narrows, if its end lets it."""
        for cell in cells:
            first = self._first(cell)
            yield from (fact.id // PER_EVENT for fact in cell.facts if fact.lo < first <= fact.hi)

    def _first(self, cell: Cell) -> int:
        """Return the day before which nothing may be of *cell*, whatever it names."""
        founded = self._lifetimes.founded
        always, _is_naming = bound_by(cell.entity.id, cell.attribute, cell.member)
        return max((founded.get(slug, EARLIEST_DAY) for slug in always), default=EARLIEST_DAY)

    def _since_founded(self, cell: Cell, last: Mapping[tuple[int, str], int]) -> Cell:
        if all(fact.lo == fact.hi for fact in cell.facts):
            return cell
        always, is_naming = bound_by(cell.entity.id, cell.attribute, cell.member)
        ends = {at: day for (at, name), day in last.items() if name == cell.attribute.name}
        told = since_founded(
            cell.facts, always, self._lifetimes.founded, is_naming=is_naming, ends=ends
        )
        return msgspec.structs.replace(cell, facts=told)
