"""Shares along chains: ranges multiplied and added, majorities followed up, circles found.

Pure arithmetic over edges (holder, owned, share); what it knows of organizations is their ids.

The economic share that a holder has in what others own is the sum over every chain that leads
there of the product of its shares, each kept as a range. No chain passes an organization twice.
Where a circle of holdings lies on the way, every further round adds to the sum, so what is told
is then the least, and the most is all. Control follows majorities: whom a holder controls votes
with it, and where the votes that it commands are surely more than half, it controls that too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

ALL: Final = Decimal(100)
NOTHING: Final = Decimal(0)
HALF: Final = Decimal(50)
_MOST_CHAINS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Range:
    """A share in percent that lies from ``least`` to ``most``; both the same where it is exact."""

    least: Decimal
    most: Decimal

    @property
    def is_exact(self) -> bool:
        """Tell whether it is one number."""
        return self.least == self.most

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is known of it."""
        return self.least == NOTHING and self.most >= ALL

    def of(self, other: "Range") -> "Range":
        """Return the share that this share of *other* is."""
        return Range(self.least * other.least / ALL, self.most * other.most / ALL)

    def with_(self, other: "Range") -> "Range":
        """Return both together; nobody has more than all."""
        return Range(self.least + other.least, min(ALL, self.most + other.most))

    def or_(self, other: "Range") -> "Range":
        """Return the range within which either lies."""
        return Range(min(self.least, other.least), max(self.most, other.most))


WHOLE: Final = Range(ALL, ALL)
NONE: Final = Range(NOTHING, NOTHING)
OPEN: Final = Range(NOTHING, ALL)


@dataclass(frozen=True, slots=True)
class Edge:
    """A holder has a share of an organization, from nothing on where it may have none.

    ``is_control`` says that the archive was surely told that the holder is the parent.
    """

    holder: str
    owned: str
    share: Range
    is_control: bool = False


_Held: TypeAlias = Mapping[str, Sequence[Edge]]


def _by_holder(edges: Iterable[Edge]) -> _Held:
    held: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        held[edge.holder].append(edge)
    return held


def economic_shares(edges: Sequence[Edge], *, holder: str) -> dict[str, Range]:
    """Return the share that *holder* has, itself and along chains, in each organization."""
    held, rounds = _by_holder(edges), circles(edges)
    found: dict[str, Range] = {}
    is_partial = False
    for number, (owned, share) in enumerate(_chains(held, holder)):
        if number >= _MOST_CHAINS:
            is_partial = True
            break
        found[owned] = found.get(owned, NONE).with_(share)
    passed = _below({holder}, held)
    circling = _below({one for circle in rounds for one in circle if one in passed}, held)
    return {
        owned: Range(min(ALL, share.least), ALL)
        if owned in circling or is_partial
        else Range(min(ALL, share.least), share.most)
        for owned, share in found.items()
    }


def _chains(held: _Held, holder: str) -> Iterator[tuple[str, Range]]:
    """Yield each chain from *holder*: where it ends, and the product of its shares."""
    waiting = [(holder, WHOLE, frozenset({holder}))]
    while waiting:
        last, share, passed = waiting.pop()
        for edge in held.get(last, ()):
            if edge.owned in passed:
                continue
            whole = share.of(edge.share)
            yield edge.owned, whole
            waiting.append((edge.owned, whole, passed | {edge.owned}))


def _below(among: set[str], held: _Held) -> set[str]:
    """Return *among* with everything that they own along chains."""
    reached, waiting = set(among), list(among)
    while waiting:
        for edge in held.get(waiting.pop(), ()):
            if edge.owned not in reached:
                reached.add(edge.owned)
                waiting.append(edge.owned)
    return reached


def controlled(edges: Iterable[Edge], *, holder: str) -> frozenset[str]:
    """Return the organizations that *holder* surely controls."""
    votes: defaultdict[str, Decimal] = defaultdict(Decimal)
    held, mine, waiting = _by_holder(edges), {holder}, [holder]
    while waiting:
        for edge in held.get(waiting.pop(), ()):
            votes[edge.owned] += edge.share.least
            if edge.owned not in mine and (edge.is_control or votes[edge.owned] > HALF):
                mine.add(edge.owned)
                waiting.append(edge.owned)
    return frozenset(mine - {holder})


def last_owners(edges: Sequence[Edge]) -> dict[str, tuple[str, ...]]:
    """Return for each organization who controls it and is controlled by nobody beyond.

    Those who control each other in a circle are last owners together.
    """
    names = sorted({edge.holder for edge in edges} | {edge.owned for edge in edges})
    reach = {one: controlled(edges, holder=one) for one in names}
    above: defaultdict[str, set[str]] = defaultdict(set)
    for holder, owned in reach.items():
        for one in owned:
            above[one].add(holder)
    return {
        one: tuple(
            holder for holder in sorted(above[one]) if above[holder] - {holder} <= reach[holder]
        )
        for one in names
        if above[one]
    }


def circles(edges: Iterable[Edge]) -> tuple[tuple[str, ...], ...]:
    """Return the organizations that own each other in a circle, those of one knot together."""
    held = _by_holder(edges)
    reach = {one: _beyond(one, held) for one in held}
    knots = {
        tuple(sorted(other for other in reach[one] if one in reach.get(other, ())))
        for one in reach
        if one in reach[one]
    }
    return tuple(sorted(knots))


def _beyond(start: str, held: _Held) -> set[str]:
    """Return what *start* owns along chains; itself only where a chain comes back."""
    return _below({edge.owned for edge in held.get(start, ())}, held)


def overfull(edges: Iterable[Edge]) -> dict[str, Decimal]:
    """Return the organizations of which more than all is surely held, and how much."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for edge in edges:
        sums[edge.owned] += edge.share.least
    return {owned: total for owned, total in sorted(sums.items()) if total > ALL}
