"""The day of an organization's founding, before which nobody holds it or has a post at it.

What is told of a stake or a post only vaguely, as “by 2023”, may not lie before the earliest day
on which the organization may have been founded: that narrows it. What surely lies before that
day stays as it was told, for then the accounts differ. An organization counts as founded on the
first day of which its status tells anything, if it was active from then on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, select

from archive.dates import EARLIEST_DAY
from archive.projections import PER_EVENT, entity_ids
from archive.projections.tables import cells, fact_values, facts
from archive.queries.held.bodies import BODY, STATUS, bodies_of
from archive.queries.held.cell import Cell
from archive.queries.held.claims import told_on
from archive.queries.held.ending import of_fact
from archive.queries.held.fact import Fact
from archive.queries.held.seeking import known_now
from archive.queries.known.asking import Line, among, asked
from archive.queries.known.attributing import attributes_called
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server

ACTIVE: Final = "active"


def founding_days(
    connection: Connection, slugs: Collection[str], *, ground: Ground
) -> Mapping[str, int]:
    """Return the first day on which each of the organizations *slugs* may have been founded."""
    named = {number: slug for slug, number in entity_ids(connection, slugs).items()}
    numbers = ground.family(named)
    if not numbers:
        return {}
    query = _statuses(on_server=is_server(connection), is_newest=ground.is_newest)
    lines = asked(connection, query, {"numbers": numbers, "known": ground.known})
    by_home: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_home[ground.homes.get(line[1], line[1])].append(line)
    told = told_on(ground, {})
    days = {
        named[home]: _first_of(told(some, STATUS))
        for home, some in by_home.items()
        if home in named
    }
    return {slug: day for slug, day in days.items() if day > EARLIEST_DAY}


def _first_of(status: Iterable[Fact]) -> int:
    heard = [fact for fact in status if not fact.is_set_aside]
    first = min((fact.lo for fact in heard), default=EARLIEST_DAY)
    is_founded = any(fact.value == ACTIVE for fact in heard if fact.lo == first)
    return first if is_founded else EARLIEST_DAY


def narrowing(
    connection: Connection, read: Iterable[Cell], *, ground: Ground
) -> Mapping[str, int]:
    """Return the organizations whose founding narrows what some of *read* tell, and since when."""
    tied = [(cell, bodies) for cell in read if (bodies := _bodies(cell))]
    slugs = set[str]().union(*(bodies for _cell, bodies in tied))
    days = founding_days(connection, slugs, ground=ground) if slugs else {}
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
    told: Sequence[Fact], bodies: Iterable[str], days: Mapping[str, int], *, is_naming: bool
) -> tuple[Fact, ...]:
    """Return the facts of a cell as they may be, each after the founding of its *bodies*.

    Where it *is_naming* one by its value, after that one's founding too.
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
        if all(fact.hi >= start for fact, start in zip(theirs, starts, strict=True)):
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


@cache
def _statuses(*, on_server: bool, is_newest: bool) -> Select[Any]:
    return (
        select(
            cells.c.id, cells.c.entity_id, cells.c.attribute_id, cells.c.member, *of_fact(facts)
        )
        .join(facts, facts.c.cell_id == cells.c.id)
        .outerjoin(fact_values, fact_values.c.id == facts.c.value_id)
        .where(
            among(cells.c.entity_id, "numbers", on_server=on_server),
            cells.c.attribute_id.in_(attributes_called(BODY, [STATUS.name])),
            known_now(facts, is_newest=is_newest),
        )
    )
