"""The day of an organization's founding, before which nobody holds it or has a post at it.

What is told of a stake or a post only vaguely, as “by 2023”, may not lie before the earliest day
on which the organization may have been founded: that narrows it. What surely lies before that
day stays as it was told, for then the accounts differ. An organization counts as founded on the
first day of which its status tells anything, if it was active from then on.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import PER_EVENT
from archive.projections.tables import facts
from archive.queries.held.bodies import bodies_of
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.lifetimes import Lifetimes
from archive.queries.known.asking import among, asked
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server


def narrowing(
    connection: Connection, read: Iterable[Cell], *, ground: Ground
) -> Mapping[str, int]:
    """Return the organizations whose founding narrows what some of *read* tell, and since when."""
    tied = [(cell, bodies) for cell in read if (bodies := _bodies(cell))]
    slugs = set[str]().union(*(bodies for _cell, bodies in tied))
    lifetimes = Lifetimes(connection, ground)
    lifetimes.look_up(slugs)
    days = lifetimes.founded
    # Where one of them may begin on the very day, how it was told shows whether that is why.
    first = {
        fact.id for cell, bodies in tied for fact in cell.facts if fact.lo in _on(days, bodies)
    }
    query, said = _told(on_server=is_server(connection)), {"ids": sorted(first)}
    told: dict[int, int] = dict(asked(connection, query, said))
    return {
        slug: days[slug]
        for cell, bodies in tied
        for slug in bodies & days.keys()
        if any(told.get(one.id, one.lo) < one.lo == days[slug] for one in cell.facts)
    }


def _bodies(cell: Cell) -> set[str]:
    return bodies_of(cell.entity.id, cell.attribute, cell.member, cell.facts)


def _on(days: Mapping[str, int], bodies: Iterable[str]) -> set[int]:
    return {days[slug] for slug in bodies if slug in days}


@cache
def _told(*, on_server: bool) -> Select[Any]:
    return select(facts.c.id, facts.c.lo).where(among(facts.c.id, "ids", on_server=on_server))


def since_founded(
    told: Sequence[Fact],
    bodies: Iterable[str],
    days: Mapping[str, int],
    *,
    is_naming: bool,
    ends: Mapping[int, int],
) -> tuple[Fact, ...]:
    """Return the facts of a cell as they may be, each after the founding of its *bodies*.

    Where it *is_naming* one by its value, after that one's founding too. *ends* are the last days
    of stretches by their events, where the end is not among what was told.
    """
    first = max((days.get(one, EARLIEST_DAY) for one in bodies), default=EARLIEST_DAY)
    found: list[Fact] = []
    for _event, some in groupby(sorted(told, key=_event_of), key=_event_of):
        theirs = list(some)
        starts = [
            max(first, days.get(fact.value or "", EARLIEST_DAY)) if is_naming else first
            for fact in theirs
        ]
        # What surely lies before it, if only by its end, contradicts the founding.
        has_ended = ends.get(_event_of(theirs[0]), LATEST_DAY) < first
        if not has_ended and all(
            fact.hi >= start for fact, start in zip(theirs, starts, strict=True)
        ):
            theirs = [_from(fact, start) for fact, start in zip(theirs, starts, strict=True)]
        found += theirs
    turn = {fact.id: number for number, fact in enumerate(told)}
    return tuple(sorted(found, key=lambda fact: turn[fact.id]))


def _event_of(fact: Fact) -> int:
    return fact.id // PER_EVENT


def _from(fact: Fact, start: int) -> Fact:
    if fact.lo >= start:
        return fact
    return msgspec.structs.replace(fact, lo=start, v=max(fact.v, start))
