"""The lifetimes of organizations, as far as what is held of them and in them rests on these.

That are the first day on which one may have been founded, and whether it was ever told to end;
both are read off its status, of many organizations at once, and of each one once.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Select, func, or_, select

from archive.dates import EARLIEST_DAY
from archive.projections.tables import cells, entities, fact_values, facts
from archive.queries.held.bodies import BODY, ENDED, STATUS
from archive.queries.held.claims import told_on
from archive.queries.held.ending import of_fact
from archive.queries.held.fact import Fact
from archive.queries.held.seeking import BEFORE_ALL, known_now
from archive.queries.known.asking import Line, among, asked, is_own
from archive.queries.known.attributing import attributes_called
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import beside, is_server

ACTIVE: Final = "active"
# Where a line has the number of its entity, and, behind all that tells of the fact, its id.
_NUMBER, _SLUG = 1, -1


class Lifetimes:
    """What is known on *ground* of the lifetimes of organizations, each asked for once.

    ``founded`` gives the first day on which an organization may have been founded, where its
    status tells of one; ``ended`` the numbers of those ever told to end, by their ids.
    """

    def __init__(self, connection: Connection, ground: Ground) -> None:
        self.founded: dict[str, int] = {}
        self.ended: dict[str, int] = {}
        self._connection = connection
        self._ground = ground
        self._seen: set[str] = set()

    def look_up(self, slugs: Iterable[str]) -> None:
        """Find out about the organizations *slugs*, with all that was merged into them."""
        wanted = set(slugs) - self._seen
        if not wanted:
            return
        self._seen |= wanted
        named, homes = self._ground.named, self._ground.homes
        by_home: defaultdict[tuple[str, int], list[Line]] = defaultdict(list)
        for line in self._lines(self._ground.spelt(wanted)):
            number = line[_NUMBER]
            by_home[named.get(line[_SLUG], line[_SLUG]), homes.get(number, number)].append(line)
        told = told_on(self._ground, {})
        for (slug, number), some in by_home.items():
            status = told(some, STATUS)
            first = _first_of(status)
            if first > EARLIEST_DAY:
                self.founded[slug] = first
            if any(fact.value in ENDED for fact in status):
                self.ended[slug] = number

    def _lines(self, slugs: Iterable[str]) -> list[Line]:
        settled = sorted(self._ground.settled_cells)
        query = _statuses(
            is_newest=self._ground.is_newest,
            has_settled=bool(settled),
            on_server=is_server(self._connection),
        )
        said = {"slugs": sorted(slugs), "known": self._ground.known, "settled": settled}
        return asked(self._connection, query, said)


def _first_of(status: Iterable[Fact]) -> int:
    """Return the first day of which a status tells anything, if of a founding."""
    heard = [fact for fact in status if not fact.is_set_aside]
    first = min((fact.lo for fact in heard), default=EARLIEST_DAY)
    is_founded = any(fact.value == ACTIVE for fact in heard if fact.lo == first)
    return first if is_founded else EARLIEST_DAY


@cache
def _statuses(*, is_newest: bool, has_settled: bool, on_server: bool) -> Select[Any]:
    """Return the query for the ends and the earliest facts of the statuses of ``slugs``.

    Of those that a settlement was about all facts are read: the earliest may be set aside.
    """
    earliest = facts.alias("earliest")
    first = (
        select(earliest.c.lo)
        .where(earliest.c.cell_id == cells.c.id, known_now(earliest, is_newest=is_newest))
        .order_by(earliest.c.lo)
        .limit(1)
        .correlate(cells)
        .scalar_subquery()
    )
    scope = (
        select(
            cells.c.id,
            cells.c.entity_id,
            cells.c.attribute_id,
            cells.c.member,
            entities.c.slug,
            first.label("first"),
        )
        .join(entities, entities.c.id == cells.c.entity_id)
        .where(
            among(entities.c.slug, "slugs", on_server=on_server),
            cells.c.attribute_id.in_(attributes_called(BODY, [STATUS.name])),
        )
        .cte("scope")
    )
    ends = select(fact_values.c.id).where(is_own(fact_values.c.value, sorted(ENDED)))
    # Not sought by its value: most ends there are are of others.
    value = func.coalesce(facts.c.value_id, BEFORE_ALL)
    telling = [facts.c.lo == scope.c.first, value.in_(ends)]
    if has_settled:
        telling.append(among(scope.c.id, "settled", on_server=on_server))
    theirs = (facts.c.cell_id == scope.c.id, known_now(facts, is_newest=is_newest))
    joined, found = beside(scope, facts, *theirs, or_(*telling), lateral=on_server)
    of_cell = (scope.c.id, scope.c.entity_id, scope.c.attribute_id, scope.c.member)
    return (
        select(*of_cell, *of_fact(found), scope.c.slug)
        .select_from(joined)
        .outerjoin(fact_values, fact_values.c.id == found.c.value_id)
        .where(func.coalesce(found.c.id, BEFORE_ALL) > BEFORE_ALL)
    )
