"""Who owned what on a day: stakes as told, rolled up along chains, announced deals apart.

A stake is what the archive was told of a holder and what it holds: never the rest of a sum, and
never a deal that was only announced. What was told as a range stays one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

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
from archive.queries.derived.holdings import holdings
from archive.queries.derived.nearby import near_cells, stakes_told, told_stakes
from archive.queries.derived.stakes import (
    OWNERS,
    PARENT,
    Stake,
)
from archive.queries.held.gathering import held_cells
from archive.queries.held.phrasing import StateRow

_STATUS: Final = "status"
_STEPS_NEAR: Final = 3
_STEPS_OF_MANY: Final = 2
_MOST_OVERFULL: Final = 5


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

    ``is_near`` tells that there may be more further away, so that no sum has a most; ``total`` is
    then how many stakes there are in all, where that was asked for.
    """

    as_of: AsOf
    stakes: tuple[Stake, ...]
    statuses: Mapping[str, StateRow]
    groups: tuple[OwnerGroup, ...]
    circles: tuple[tuple[EntityRef, ...], ...]
    overfull: tuple[Overfull, ...]
    is_near: bool = False
    total: int | None = None


def ownership_on(
    connection: Connection, *, as_of: AsOf, entity: str = "", is_near: bool = False
) -> Ownership:
    """Return every stake on the day; of one *entity*, those that hang together with it.

    *is_near* looks no further than some steps up and down from the entity: for a large archive.
    """
    if is_near:
        return _answer(as_of, connection, _around(connection, as_of, [entity]), is_near=True)
    read = held_cells(connection, as_of=as_of, attribute_names=(OWNERS, PARENT))
    told = stakes_told(connection, as_of, read, [""])
    return _answer(as_of, connection, _together(told, {entity}) if entity else told)


def ownership_around(connection: Connection, *, as_of: AsOf, entities: Sequence[str]) -> Ownership:
    """Return the stakes near *entities*, and how many there are in all: for a large archive.

    Those of whom more than all is surely held are told wherever they are, the fullest first.
    """
    counted = holdings(connection, as_of=as_of, names=(OWNERS, PARENT), most=_MOST_OVERFULL)
    near = _around(connection, as_of, entities, steps=_STEPS_OF_MANY) if entities else []
    answer = _answer(as_of, connection, near, is_near=True)
    known = {one.owned.id for one in answer.overfull}
    suspects = [one for one in counted.overfull if one not in known]
    further = _overfull(_owners_of(connection, as_of, suspects)) if suspects else ()
    return replace(answer, overfull=(*answer.overfull, *further), total=counted.stakes)


def _owners_of(connection: Connection, as_of: AsOf, entities: Sequence[str]) -> list[Stake]:
    read = held_cells(connection, as_of=as_of, attribute_names=(OWNERS,), entities=entities)
    return told_stakes(connection, as_of, read)


def _around(
    connection: Connection, as_of: AsOf, entities: Sequence[str], *, steps: int = _STEPS_NEAR
) -> list[Stake]:
    read = near_cells(connection, as_of, entities, steps=steps)
    return _together(stakes_told(connection, as_of, read, entities), set(entities))


def _answer(
    as_of: AsOf, connection: Connection, told: Iterable[Stake], *, is_near: bool = False
) -> Ownership:
    """Return what *told* comes to: rolled up, circles found, sums held against all."""
    stakes = tuple(told)
    names = {one.id: one for stake in stakes for one in (stake.holder, stake.owned)}
    statuses = _statuses(connection, as_of, names)
    edges = [stake.edge for stake in stakes if not stake.is_announced]
    return Ownership(
        as_of,
        stakes,
        statuses,
        tuple(_groups(edges, names, is_near=is_near)),
        tuple(tuple(names[one] for one in circle) for circle in circles(edges)),
        _overfull(stakes),
        is_near,
    )


def _overfull(stakes: Sequence[Stake]) -> tuple[Overfull, ...]:
    """Return those of *stakes* of whom more than all is surely held."""
    held = [stake for stake in stakes if not stake.is_announced]
    full = overfull(stake.edge for stake in held)
    by_owned = {owned: tuple(one for one in held if one.owned.id == owned) for owned in full}
    return tuple(
        Overfull(by_owned[owned][0].owned, total, by_owned[owned]) for owned, total in full.items()
    )


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


def _together(stakes: Sequence[Stake], among: set[str]) -> list[Stake]:
    """Return the stakes that hang together with one of *among*, up and down."""
    near, reached = among, set[str]()
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
