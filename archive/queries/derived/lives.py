"""Where a day lies in what is told of an entity: what came first, what ended it, what follows."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, select
from sqlalchemy import bindparam as given

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.projections import entity_ids
from archive.projections.tables import occurrence_entities, occurrences
from archive.queries.answers import EventRow
from archive.queries.as_of import AsOf
from archive.queries.held.gathering import held_cells
from archive.queries.known.asking import among, asked
from archive.queries.known.ground import ground
from archive.queries.known.narrowing import is_known
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import event_rows
from archive.storage import BIG
from archive.vocabulary import Group

_PHASE: Final = "status"


@dataclass(frozen=True, slots=True)
class Lived:
    """Dated events of an entity: the first of all, the one that ended it, the next after a day."""

    first: EventRow | None
    ended_by: EventRow | None
    next: EventRow | None


def ended_by(
    connection: Connection, *, as_of: AsOf, entity: str, phases: Collection[str]
) -> int | None:
    """Return where the log tells that *entity* came into one of *phases*, if it is in one."""
    read = held_cells(connection, as_of=as_of, attribute_names=(_PHASE,), entities=[entity])
    said = (value for one in read for value in one.row.values if value.key in phases)
    return next((value.position for value in said), None)


def has_begun(connection: Connection, *, as_of: AsOf, entity: str) -> bool:
    """Tell whether any dated event that touches *entity* begins by the day: the first met says."""
    stands = ground(connection, known=as_of.known)
    numbers = stands.family(entity_ids(connection, [entity]).values())
    said = {"numbers": numbers, "known": as_of.known, "after": EARLIEST_DAY}
    said["last"] = day_number(as_of.valid) + 1
    return bool(asked(connection, _begun(on_server=is_server(connection)), said))


def lived(connection: Connection, *, as_of: AsOf, entity: str, ended: int | None) -> Lived:
    """Return where the day lies among the dated events of *entity*; *ended* as by ``ended_by``."""
    stands = ground(connection, known=as_of.known)
    numbers = stands.family(entity_ids(connection, [entity]).values())
    query = _following(on_server=is_server(connection))
    said = {"numbers": numbers, "known": as_of.known, "last": LATEST_DAY}
    first, following = (
        [position for (position,) in asked(connection, query, said | {"after": day})]
        for day in (EARLIEST_DAY, day_number(as_of.valid))
    )
    wanted = [*first, *following, *([ended] if ended else [])]
    rows = {row.position: row for row in event_rows(connection, wanted, known=as_of.known)}
    return Lived(*(rows.get(one) for one in (*(first or [0]), ended or 0, *(following or [0]))))


@cache
def _following(*, on_server: bool) -> Select[Any]:
    """Return the query for the first event that touches an entity and begins after a day."""
    one = occurrences.c
    return _begun(on_server=on_server).order_by(one.lo, one.hi, one.position)


@cache
def _begun(*, on_server: bool) -> Select[Any]:
    """Return the query for one event that touches an entity and begins between two days."""
    one, links = occurrences.c, occurrence_entities.c
    return (
        select(one.position)
        .join(occurrence_entities, links.position == one.position)
        .where(
            among(links.entity_id, "numbers", on_server=on_server),
            is_known(one.position, one.gone, given("known", type_=BIG)),
            one.kind_group != Group.ARCHIVE.value,
            one.lo > given("after", type_=Integer),
            one.lo < given("last", type_=Integer),
        )
        .limit(1)
    )
