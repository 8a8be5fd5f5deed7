"""The cells that speak of stakes, and the stakes that they tell: near some entities, or all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.log import read_by_positions
from archive.queries.as_of import AsOf
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
from archive.queries.known.rows import said_at
from archive.vocabulary import kind_of

_SHARE_KIND: Final = "share_kind"
_MOST_NEAR: Final = 40

_Told = TypeVar("_Told")


def stakes_told(
    connection: Connection, as_of: AsOf, read: Iterable[Gathered], touching: Sequence[str]
) -> list[Stake]:
    """Return the stakes of which *read* speaks, with what is only announced or planned.

    Of the latter, what touches one of *touching*; an empty word stands for all.
    """
    deals = _each(
        lambda one: deal_events(connection, as_of=as_of, entity=one),
        touching,
        by=lambda deal: deal.event.id,
    )
    plans = _each(
        lambda one: planned(connection, as_of=as_of, entity=one),
        touching,
        by=lambda stake: stake.event_id,
    )
    told = told_stakes(connection, as_of, read)
    return [*told, *announced(deals, day=day_number(as_of.valid)), *plans]


def told_stakes(connection: Connection, as_of: AsOf, read: Iterable[Gathered]) -> list[Stake]:
    """Return the stakes of which *read* speaks, each with what it is a share of."""
    pairs = stake_pairs(read)
    refs = called(connection, {slug for pair in pairs for slug in pair}, known=as_of.known)
    told = [told_stake(refs[pair[0]], refs[pair[1]], some) for pair, some in pairs.items()]
    kinds = _kinds(connection, told)
    return [replace(one, kind=kinds.get(_likeliest(one))) for one in told]


def _each(
    find: Callable[[str], Iterable[_Told]], touching: Sequence[str], *, by: Callable[[_Told], str]
) -> list[_Told]:
    """Return what is found for each of *touching*, in order, each but once."""
    return list({by(told): told for one in touching for told in find(one)}.values())


def _likeliest(stake: Stake) -> int:
    """Return the position of the event that is the likeliest to say what the share is."""
    return stake.rows[0].values[0].position


def _kinds(connection: Connection, told: Iterable[Stake]) -> dict[int, Words]:
    """Return what the shares are shares of, by the position of the event that says so."""
    shares = {_likeliest(one) for one in told if one.rows[0].attribute == OWNERS}
    found = {}
    for position, recorded in read_by_positions(connection, shares).items():
        said = said_at(recorded)
        field = kind_of(said).field(_SHARE_KIND)
        key = said.data.get(_SHARE_KIND)
        if field and isinstance(key, str):
            found[position] = Words(field.type.words(key, "zh"), field.type.words(key, "en"))
    return found


def near_cells(
    connection: Connection, as_of: AsOf, entities: Sequence[str], *, steps: int
) -> list[Gathered]:
    """Return who owns *entities* and what they own, and so on, some *steps* up and down."""
    read: dict[tuple[str, str, str], Gathered] = {}
    reached, near = set[str](), set(entities)
    for _step in range(steps):
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
