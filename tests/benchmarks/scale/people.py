"""Whom the events of a long log befall: entities by type, by a law like Zipf's."""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from tests.benchmarks import naming
from tests.benchmarks.casting import TYPES

_AT_ONCE: Final = 4096
# The n-th is mentioned 1/(n + shift) ** _FALL as often as the first: with 50,000 entities of a
# million events the most talked of has about 50,000 facts and the middle one 26.
_FALL: Final = 0.8
_MILLION: Final = 1_000_000
_AT_A_MILLION: Final = 50_000
# Archives grow in entities more slowly than in events (Heaps' law): 250,000 at ten million.
_HEAPS: Final = 0.7


def many_entities(events: int) -> int:
    """Return how many entities a log of *events* has."""
    many: float = _AT_A_MILLION * (events / _MILLION) ** _HEAPS
    return max(60, round(many))


def slugs(events: int) -> dict[str, list[str]]:
    """Return the ids of the entities by type, those most talked of first."""
    total = many_entities(events)
    return {
        kind: [f"{kind}-{number:06d}" for number in range(int(total * share))]
        for kind, share in TYPES.items()
    }


def spelt(names: Sequence[str]) -> list[tuple[bytes, bytes, bytes]]:
    """Return of each entity its id and its names in English and Chinese."""
    called = ((slug, naming.names(slug)) for slug in names)
    return [(slug.encode(), one["en"].encode(), one["zh"].encode()) for slug, one in called]


def mentions(many: int, *, events: int, dice: random.Random) -> Iterator[int]:
    """Yield for ever which of *many* is mentioned next."""
    # Beyond a million events the peak is flatter, so that it grows no faster than the entities.
    shift = 1 if events <= _MILLION else 1 + 4 * (events / _MILLION - 1) / 9
    weights = list(accumulate((rank + shift) ** -_FALL for rank in range(many)))
    population = range(many)
    while True:
        yield from dice.choices(population, cum_weights=weights, k=_AT_ONCE)
