"""The cells that speak of stakes, and the stakes that they tell: near some entities, or all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Integer, Select, select
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.dates import day_number
from archive.languages import Words
from archive.log import read_by_positions
from archive.projections import entity_ids
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.queries.as_of import AsOf
from archive.queries.derived.dealings import dealings
from archive.queries.derived.plans import planned
from archive.queries.derived.stakes import (
    SHARES,
    STAKES,
    Stake,
    announced,
    stake_pairs,
    stakes_of,
)
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on
from archive.queries.held.gathering import Gathered
from archive.queries.held.standing import Held
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import refs_called, said_at
from archive.vocabulary import UNKNOWN, kind_of

_SHARE_KIND: Final = "share_kind"
_MOST_NEAR: Final = 40

Answer: TypeAlias = tuple[Cell, Held]


def stakes_told(
    connection: Connection,
    *,
    as_of: AsOf,
    stands: Ground,
    read: Iterable[Gathered],
    touching: Sequence[str] = (),
) -> list[Stake]:
    """Return the stakes of which *read* speaks, with what is only announced or planned.

    Of the latter, what touches one of *touching*, where any is named.
    """
    day = day_number(as_of.valid)
    expected = dealings(connection, as_of=as_of, stands=stands, touching=touching)
    told = told_stakes(connection, stands=stands, read=read)
    return [*told, *announced(expected, day=day), *planned(expected, day=day)]


def told_stakes(
    connection: Connection, *, stands: Ground, read: Iterable[Gathered]
) -> list[Stake]:
    """Return the stakes of which *read* speaks, each with what it is a share of."""
    pairs = stake_pairs(read)
    slugs = {slug for pair in pairs for slug in pair}
    refs = refs_called(connection, slugs, known=stands.known, is_newest=stands.is_newest)
    told = [
        stake
        for (holder, owned), some in pairs.items()
        for stake in stakes_of(refs[holder], refs[owned], some)
    ]
    kinds = _kinds(connection, told)
    return [
        replace(one, kind=kinds[position]) if (position := _likeliest(one)) in kinds else one
        for one in told
    ]


def _likeliest(stake: Stake) -> int:
    """Return the position of the event that is the likeliest to say what the share is."""
    return stake.rows[0].values[0].position


def _kinds(connection: Connection, told: Iterable[Stake]) -> dict[int, Words]:
    """Return what the shares are shares of, by the position of the event that says so."""
    shares = {_likeliest(one) for one in told if one.rows[0].attribute in SHARES}
    found = {}
    for position, recorded in read_by_positions(connection, shares).items():
        said = said_at(recorded)
        key = said.data.get(_SHARE_KIND)
        field = kind_of(said).field(_SHARE_KIND) if isinstance(key, str) else None
        if field:
            found[position] = Words(
                field.type.words(str(key), "zh"), field.type.words(str(key), "en")
            )
    return found


def near_answers(
    connection: Connection, *, day: int, stands: Ground, entities: Iterable[str], steps: int
) -> list[Answer]:
    """Return in keys who owns *entities* and what they own, and so on, *steps* up and down."""
    read: dict[tuple[str, str, str], Answer] = {}
    reached, near = set[str](), set(entities)
    for _step in range(steps):
        numbers = _cells_near(connection, stands, sorted(near)[:_MOST_NEAR])
        some = cells_on(
            connection, ground=stands, days=(day, day), cell_ids=numbers, with_kinds=False
        )
        found = [(cell, held) for cell in some if (held := held_in(cell, day))]
        read |= {(one.entity.id, one.attribute.name, one.member): (one, two) for one, two in found}
        reached |= near
        near = parties_of(found) - reached
        if not near:
            break
    return list(read.values())


def parties_of(answers: Iterable[Answer]) -> set[str]:
    """Return the ids of those who hold and who are held by what *answers* tell."""
    return {slug for answer in answers for slug in _parties(answer)}


def _parties(answer: Answer) -> Iterator[str]:
    """Yield who holds and who is held by what a cell tells."""
    cell, held = answer
    is_share = cell.attribute.name in SHARES
    holders = [cell.member] if is_share else [fact.value or "" for fact in held.candidates]
    told = [one for one in holders if one and one != UNKNOWN]
    yield from told
    if told:
        yield cell.entity.id


def _cells_near(connection: Connection, stands: Ground, slugs: Sequence[str]) -> list[int]:
    """Return the cells by which something is held of *slugs*, and by which they hold something.

    Those of entities that live on in one of them are meant too.
    """
    homes, on_server = stands.named, is_server(connection)
    spelt = [*slugs, *(one for one, home in homes.items() if home in slugs)]
    numbers = stands.family(entity_ids(connection, slugs).values())
    said = {"numbers": numbers, "most": _MOST_NEAR}
    found = asked(connection, _cells_of(on_server=on_server), said)
    said = {"spelt": spelt, "most": _MOST_NEAR}
    found += asked(connection, _cells_naming(on_server=on_server), said)
    return sorted({number for (number,) in found})


@cache
def _cells_of(*, on_server: bool) -> Select[Any]:
    theirs = among(cells.c.entity_id, "numbers", on_server=on_server)
    return _of_stakes(select(cells.c.id).where(theirs))


@cache
def _cells_naming(*, on_server: bool) -> CompoundSelect[Any]:
    named = select(cells.c.id).where(among(cells.c.member, "spelt", on_server=on_server))
    telling = (
        select(cells.c.id)
        .distinct()
        .join(facts, facts.c.cell_id == cells.c.id)
        .join(fact_values, fact_values.c.id == facts.c.value_id)
        .where(among(fact_values.c.value, "spelt", on_server=on_server))
    )
    each = (select(_of_stakes(one).subquery()) for one in (named, telling))
    return next(each).union(next(each))


def _of_stakes(query: Select[Any]) -> Select[Any]:
    named = select(attributes.c.id).where(is_own(attributes.c.name, STAKES))
    wanted = query.where(cells.c.attribute_id.in_(named)).order_by(cells.c.id)
    return wanted.limit(given("most", type_=Integer))
