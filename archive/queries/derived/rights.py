"""Which stake counts for what: votes decide who controls, shares of the profit who earns.

A holder may have shares, votes and a share of the profit of one organization, each told for
itself. Control follows the votes, or the shares where no votes were told; the economic share is
that of the profit, or of the shares where none of the profit was told. Who is known only as the
parent, or only by votes, earns what nobody told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from archive.queries.answers import EntityRef
from archive.queries.derived.chains import OPEN, Edge, Range, overfull
from archive.queries.derived.stakes import OWNERS, PARENT, PROFIT, VOTES, Stake

_GOVERNING: Final = (VOTES, OWNERS, PARENT)
_EARNING: Final = (PROFIT, OWNERS)

_Pairs: TypeAlias = Mapping[tuple[str, str], Sequence[Stake]]


@dataclass(frozen=True, slots=True)
class Overfull:
    """An organization of which more than all is held, with the stakes, all of one right."""

    owned: EntityRef
    total: Decimal
    stakes: tuple[Stake, ...]


def voting_edges(stakes: Iterable[Stake]) -> list[Edge]:
    """Return the stakes by which holders command votes."""
    return list(_edges(stakes, _GOVERNING, has_rest=False))


def economic_edges(stakes: Iterable[Stake]) -> list[Edge]:
    """Return the stakes by which holders earn; what they earn is open where it was not told."""
    return list(_edges(stakes, _EARNING, has_rest=True))


def _edges(stakes: Iterable[Stake], rights: Iterable[str], *, has_rest: bool) -> Iterator[Edge]:
    for (holder, owned), some in _pairs(stakes).items():
        told = {one.right: one for one in some}
        best = next((told[right] for right in rights if right in told), None)
        if best is None and not has_rest:
            continue
        share: Range | None = best.share if best else None
        is_control = any(one.is_control and one.is_certain for one in some)
        yield Edge(holder, owned, share or OPEN, is_control)


def _pairs(stakes: Iterable[Stake]) -> _Pairs:
    pairs: defaultdict[tuple[str, str], list[Stake]] = defaultdict(list)
    for one in stakes:
        if not one.is_announced:
            pairs[one.holder.id, one.owned.id].append(one)
    return pairs


def overfull_of(stakes: Iterable[Stake]) -> tuple[Overfull, ...]:
    """Return of whom more than all of one right is surely held by *stakes*."""
    held: defaultdict[str, list[Stake]] = defaultdict(list)
    for one in stakes:
        if not one.is_announced:
            held[one.right].append(one)
    return tuple(
        Overfull(theirs[0].owned, total, theirs)
        for some in held.values()
        for owned, total in overfull(one.edge for one in some).items()
        for theirs in [tuple(one for one in some if one.owned.id == owned)]
    )
