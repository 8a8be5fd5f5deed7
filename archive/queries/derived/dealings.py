"""The events by which stakes change hands: the life of deals, and changes of stakes.

Of some entities they are sought in one statement: by the marks of what stands now, where each
entity has its events by their kinds, or, as known earlier, by the versions that touch them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select
from sqlalchemy import bindparam as given

from archive.dates import came_later, clock_number, day_number
from archive.projections import entity_ids
from archive.projections.tables import marks, occurrence_entities, occurrences
from archive.queries.answers import EntityRef, EventRow
from archive.queries.as_of import AsOf
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.ground import Ground
from archive.queries.known.narrowing import is_known
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import event_rows, refs_called
from archive.storage import BIG

ANNOUNCED: Final = "deal_announced"
CHANGED: Final = "stake_changed"
DEALS: Final = frozenset({ANNOUNCED, "deal_closed", "deal_ended"})
_KINDS: Final = sorted(DEALS | {CHANGED})


@dataclass(frozen=True, slots=True)
class Dealing:
    """One such event, with the entities that bear each role, at their homes."""

    event: EventRow
    parties: Mapping[str, tuple[EntityRef, ...]]

    def bearing(self, role: str) -> tuple[EntityRef, ...]:
        """Return who bears *role*."""
        return self.parties.get(role, ())

    @property
    def deal(self) -> str:
        """Return the id of the deal, where it bears a name."""
        return next((one.id for one in self.bearing("deal")), "")


def dealings(
    connection: Connection, *, as_of: AsOf, stands: Ground, touching: Sequence[str] = ()
) -> tuple[Dealing, ...]:
    """Return each deal event and change of a stake that may lie before the day's end, in order.

    Only those that touch one of *touching*, where any is named.
    """
    positions = _positions(connection, stands, touching)
    if not positions:
        return ()
    day = day_number(as_of.valid)
    told = event_rows(connection, positions, known=stands.known)
    rows = [row for row in told if row.first_day <= day]
    homes = stands.named
    spelt = {one.id: homes.get(one.id, one.id) for row in rows for one in row.entities}
    refs = refs_called(connection, spelt.values(), known=stands.known, is_newest=stands.is_newest)
    return tuple(Dealing(row, _parties(row, spelt, refs)) for row in rows)


def _parties(
    row: EventRow, spelt: Mapping[str, str], refs: Mapping[str, EntityRef]
) -> dict[str, tuple[EntityRef, ...]]:
    parties: dict[str, tuple[EntityRef, ...]] = {}
    for one in row.entities:
        parties[one.role] = (*parties.get(one.role, ()), refs[spelt[one.id]])
    return parties


def may_follow(later: EventRow, earlier: EventRow) -> bool:
    """Tell whether *later* may have come after *earlier*, or did: by days, by times of one day."""
    if earlier.first_day == earlier.last_day == later.first_day == later.last_day:
        one, two = (clock_number(event.occurred.clock) for event in (earlier, later))
        return not came_later(one, two)
    return later.last_day >= earlier.first_day


def _positions(connection: Connection, stands: Ground, touching: Iterable[str]) -> list[int]:
    on_server, slugs = is_server(connection), list(touching)
    if not slugs:
        found = asked(connection, _all(), {"known": stands.known})
    else:
        numbers = stands.family(entity_ids(connection, slugs).values())
        query = (_now if stands.is_newest else _then)(on_server=on_server)
        said = {"known": stands.known} if not stands.is_newest else {}
        found = asked(connection, query, said | {"numbers": numbers})
    return [position for position, *_days in found]


@cache
def _now(*, on_server: bool) -> Select[Any]:
    one = marks.c
    theirs = among(one.subject, "numbers", on_server=on_server), is_own(one.kind, _KINDS)
    return select(one.position, one.v, one.hi).distinct().where(*theirs).order_by(*_in_order(one))


@cache
def _then(*, on_server: bool) -> Select[Any]:
    one, links = occurrences.c, occurrence_entities.c
    return (
        select(one.position, one.v, one.hi)
        .distinct()
        .join(occurrence_entities, links.position == one.position)
        .where(among(links.entity_id, "numbers", on_server=on_server), *_told())
        .order_by(*_in_order(one))
    )


@cache
def _all() -> Select[Any]:
    one = occurrences.c
    return select(one.position, one.v, one.hi).where(*_told()).order_by(*_in_order(one))


def _told() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    known = is_known(occurrences.c.position, occurrences.c.gone, given("known", type_=BIG))
    return is_own(occurrences.c.kind, _KINDS), known


def _in_order(one: Any) -> tuple[Any, Any, Any]:
    return one.v, one.hi, one.position
