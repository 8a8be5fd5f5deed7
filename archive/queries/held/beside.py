"""Puts beside cells those of the organizations with which what they hold may have ended."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection

from archive.queries.held.bodies import STATUS, bodies_of, bound_by, is_bound, may_have_ended
from archive.queries.held.cell import Cell
from archive.queries.held.founding import since_founded
from archive.queries.held.lifetimes import Lifetimes
from archive.queries.known.ground import Ground

# What reads the cells of some ``entities`` and ``attribute_names``, or those of ``cell_ids``.
Reading: TypeAlias = Callable[..., list[Cell]]


class Beside:
    """Puts beside cells those of the organizations with which what they hold may have ended."""

    def __init__(self, connection: Connection, ground: Ground, cells_of: Reading) -> None:
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
        for at, bodies in resting.items():
            if not founded.keys().isdisjoint(bodies):
                bound[at] = self._since_founded(bound[at])
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

    def _since_founded(self, cell: Cell) -> Cell:
        if all(fact.lo == fact.hi for fact in cell.facts):
            return cell
        always, is_naming = bound_by(cell.entity.id, cell.attribute, cell.member)
        founded = self._lifetimes.founded
        told = since_founded(cell.facts, always, founded, is_naming=is_naming)
        return msgspec.structs.replace(cell, facts=told)
