"""Who owned what on a day: stakes as told, rolled up along chains, announced deals apart.

A stake is what the archive was told of a holder and what it holds: never the rest of a sum, and
never a deal that was only announced. What was told as a range stays one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.derived.chains import (
    ALL,
    OPEN,
    Edge,
    Range,
    circles,
    economic_shares,
    last_owners,
    overfull,
)
from archive.queries.derived.plans import planned
from archive.queries.derived.stakes import (
    OWNERS,
    PARENT,
    Stake,
    announced,
    stake_pairs,
    told_stake,
)
from archive.queries.held.gathering import Gathered, called, deal_events, held_cells
from archive.queries.held.states import StateRow

_STATUS: Final = "status"
_MOST_NEAR, _STEPS_NEAR = 40, 3


@dataclass(frozen=True, slots=True)
class OwnerGroup:
    """What a last owner controls, and its economic share in each along every chain."""

    head: EntityRef
    members: tuple[tuple[EntityRef, Range], ...]


@dataclass(frozen=True, slots=True)
class Overfull:
    """An organization of which more than all is held, with the stakes that say so."""

    owned: EntityRef
    total: Decimal
    stakes: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """The stakes on a day; ``statuses`` are the phases of the organizations among them.

    ``is_near`` tells that there may be more further away, so that no sum has a most.
    """

    as_of: AsOf
    stakes: tuple[Stake, ...]
    statuses: Mapping[str, StateRow]
    groups: tuple[OwnerGroup, ...]
    circles: tuple[tuple[EntityRef, ...], ...]
    overfull: tuple[Overfull, ...]
    is_near: bool = False


def ownership_on(
    connection: Connection, *, as_of: AsOf, entity: str = "", is_near: bool = False
) -> Ownership:
    """Return every stake on the day; of one *entity*, those that hang together with it.

    *is_near* looks no further than some steps up and down from the entity: for a large archive.
    """
    read = (
        _near(connection, as_of, entity)
        if is_near
        else held_cells(connection, as_of=as_of, attribute_names=(OWNERS, PARENT))
    )
    deals = deal_events(connection, as_of=as_of, entity=entity if is_near else "")
    pairs = stake_pairs(read)
    refs = called(connection, {slug for pair in pairs for slug in pair}, known=as_of.known)
    told = [told_stake(refs[pair[0]], refs[pair[1]], some) for pair, some in pairs.items()]
    told += announced(deals, day=day_number(as_of.valid))
    told += planned(connection, as_of=as_of, entity=entity if is_near else "")
    stakes = tuple(_together(told, entity) if entity else told)
    names = {one.id: one for stake in stakes for one in (stake.holder, stake.owned)}
    statuses = _statuses(connection, as_of, names)
    held = tuple(stake for stake in stakes if not stake.is_announced)
    edges = [stake.edge for stake in held]
    return Ownership(
        as_of,
        stakes,
        statuses,
        tuple(_groups(edges, names, is_near=is_near)),
        tuple(tuple(names[one] for one in circle) for circle in circles(edges)),
        tuple(
            Overfull(names[owned], total, tuple(one for one in held if one.owned.id == owned))
            for owned, total in overfull(edges).items()
        ),
        is_near,
    )


def _near(connection: Connection, as_of: AsOf, entity: str) -> list[Gathered]:
    """Return who owns *entity* and what it owns, and so on, some steps up and down."""
    read: dict[tuple[str, str, str], Gathered] = {}
    reached, near = set[str](), {entity}
    for _step in range(_STEPS_NEAR):
        asked = sorted(near)[:_MOST_NEAR]
        found = [
            one
            for entities, members in ((asked, []), ([], asked))
            for one in held_cells(
                connection,
                as_of=as_of,
                attribute_names=(OWNERS, PARENT),
                entities=entities,
                members=members,
                most=_MOST_NEAR,
            )
        ]
        read |= {(one.row.entity.id, one.row.attribute, one.row.member): one for one in found}
        reached |= near
        near = {slug for pair in stake_pairs(found) for slug in pair} - reached
        if not near:
            break
    return list(read.values())


def _statuses(
    connection: Connection, as_of: AsOf, names: Mapping[str, EntityRef]
) -> dict[str, StateRow]:
    """Return the phase of each organization among *names*."""
    if not names:
        return {}
    read = held_cells(
        connection,
        as_of=as_of,
        attribute_names=(_STATUS,),
        entity_type="organization",
        entities=sorted(names),
    )
    return {one.row.entity.id: one.row for one in read}


def _together(stakes: Sequence[Stake], entity: str) -> list[Stake]:
    """Return the stakes that hang together with *entity*, up and down."""
    near, reached = {entity}, set[str]()
    while near:
        reached |= near
        near = {
            one.id
            for stake in stakes
            if {stake.holder.id, stake.owned.id} & near
            for one in (stake.holder, stake.owned)
        } - reached
    return [stake for stake in stakes if stake.holder.id in reached]


def _groups(
    edges: Sequence[Edge], names: Mapping[str, EntityRef], *, is_near: bool
) -> Iterator[OwnerGroup]:
    """Yield each last owner with what it controls, and its share in each."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for owned, heads in last_owners(edges).items():
        for head in heads:
            if head != owned:
                members[head].append(owned)
    for head, owned_by in sorted(members.items()):
        shares = economic_shares(edges, holder=head)
        told = tuple(
            (names[one], Range(share.least, ALL) if is_near else share)
            for one in sorted(owned_by)
            for share in [shares.get(one, OPEN)]
        )
        yield OwnerGroup(names[head], told)
