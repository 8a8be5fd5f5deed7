"""Who owned what on a day: stakes as told, rolled up along chains, announced deals apart.

A stake is what the archive was told of a holder and what it holds: never the rest of a sum, and
never a deal that was only announced. What was told as a range stays one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_number
from archive.projections import entity_ids
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
)
from archive.queries.derived.holdings import holdings, reshaped
from archive.queries.derived.nearby import near_answers, parties_of, stakes_told, told_stakes
from archive.queries.derived.rights import (
    Overfull,
    economic_edges,
    overfull_of,
    voting_edges,
)
from archive.queries.derived.stakes import SHARES, STAKES, Stake
from archive.queries.held.answering import held_in
from archive.queries.held.cells import cells_on
from archive.queries.held.gathering import Gathered, gathered, held_cells
from archive.queries.held.phrasing import StateRow
from archive.queries.known.ground import Ground, ground

_STATUS: Final = "status"
_ORGANIZATION: Final = "organization"
_STEPS_NEAR: Final = 3
_STEPS_OF_MANY: Final = 2
_MOST_OVERFULL: Final = 5


@dataclass(frozen=True, slots=True)
class OwnerGroup:
    """What a last owner controls, and its economic share in each along every chain."""

    head: EntityRef
    members: tuple[tuple[EntityRef, Range], ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """The stakes on a day; ``statuses`` are the phases of the organizations among them.

    ``is_near`` tells that there may be more further away, so that no sum has a most; ``total`` is
    then how many holdings are told of in all, where that was asked for: see ``holdings``.
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
    stands = ground(connection, known=as_of.known)
    if is_near:
        return _around(connection, as_of, stands, [entity], steps=_STEPS_NEAR)
    read = held_cells(connection, as_of=as_of, attribute_names=STAKES)
    told = stakes_told(connection, as_of=as_of, stands=stands, read=read)
    stakes = _together(told, {entity}) if entity else told
    names = _names(stakes)
    return _answer(as_of, stakes, _statuses(connection, as_of, names) if names else ())


def ownership_around(
    connection: Connection, *, as_of: AsOf, entities: Sequence[str], is_counted: bool = False
) -> Ownership:
    """Return the stakes near *entities*: for a large archive.

    Where it *is_counted*, how many there are in all is told too, and of whom more than all is
    surely held, wherever they are, the fullest first: that reads what is held of everybody.
    """
    stands = ground(connection, known=as_of.known)
    answer = _around(connection, as_of, stands, entities, steps=_STEPS_OF_MANY)
    if not is_counted:
        return answer
    counted = holdings(connection, as_of=as_of, names=STAKES, most=_MOST_OVERFULL)
    known = {one.owned.id for one in answer.overfull}
    told = (*counted.overfull, *reshaped(connection, stands=stands, names=SHARES))
    suspects = [one for one in dict.fromkeys(told) if one not in known]
    further = overfull_of(_owners_of(connection, as_of, stands, suspects)) if suspects else ()
    return replace(answer, overfull=(*answer.overfull, *further), total=counted.stakes)


def _owners_of(
    connection: Connection, as_of: AsOf, stands: Ground, entities: Sequence[str]
) -> list[Stake]:
    read = held_cells(connection, as_of=as_of, attribute_names=SHARES, entities=entities)
    return told_stakes(connection, stands=stands, read=read)


def _around(
    connection: Connection, as_of: AsOf, stands: Ground, entities: Sequence[str], *, steps: int
) -> Ownership:
    """Return the stakes near *entities*, put into words at once with the phases of the parties."""
    if not entities:
        return _answer(as_of, (), (), is_near=True)
    day = day_number(as_of.valid)
    near = near_answers(connection, day=day, stands=stands, entities=entities, steps=steps)
    numbers = stands.family(entity_ids(connection, parties_of(near)).values())
    phases = cells_on(
        connection,
        ground=stands,
        days=(day, day),
        entities=numbers,
        attribute_names=(_STATUS,),
        entity_type=_ORGANIZATION,
        with_kinds=False,
    )
    answers = [*near, *((cell, held) for cell in phases if (held := held_in(cell, day)))]
    read = gathered(connection, answers, day=day, ground=stands)
    told = stakes_told(
        connection, as_of=as_of, stands=stands, read=read[: len(near)], touching=entities
    )
    return _answer(as_of, _together(told, set(entities)), read[len(near) :], is_near=True)


def _answer(
    as_of: AsOf, told: Iterable[Stake], phases: Iterable[Gathered], *, is_near: bool = False
) -> Ownership:
    """Return what *told* comes to: rolled up, circles found, sums held against all."""
    stakes = tuple(told)
    names = _names(stakes)
    earning = economic_edges(stakes)
    return Ownership(
        as_of,
        stakes,
        {one.row.entity.id: one.row for one in phases if one.row.entity.id in names},
        tuple(_groups(voting_edges(stakes), earning, names, is_near=is_near)),
        tuple(tuple(names[one] for one in circle) for circle in circles(earning)),
        overfull_of(stakes),
        is_near,
    )


def _names(stakes: Iterable[Stake]) -> dict[str, EntityRef]:
    return {one.id: one for stake in stakes for one in (stake.holder, stake.owned)}


def _statuses(connection: Connection, as_of: AsOf, names: Iterable[str]) -> tuple[Gathered, ...]:
    """Return the phase of each organization among *names*."""
    return held_cells(
        connection,
        as_of=as_of,
        attribute_names=(_STATUS,),
        entity_type=_ORGANIZATION,
        entities=sorted(names),
    )


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
    voting: Sequence[Edge],
    earning: Sequence[Edge],
    names: Mapping[str, EntityRef],
    *,
    is_near: bool,
) -> Iterator[OwnerGroup]:
    """Yield each last owner with what it controls, and its share in each."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for owned, heads in last_owners(voting).items():
        for head in heads:
            if head != owned:
                members[head].append(owned)
    for head, owned_by in sorted(members.items()):
        shares = economic_shares(earning, holder=head)
        told = tuple(
            (names[one], Range(share.least, ALL) if is_near else share)
            for one in sorted(owned_by)
            for share in [shares.get(one, OPEN)]
        )
        yield OwnerGroup(names[head], told)
