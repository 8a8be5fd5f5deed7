"""Whom the events of a long log befall: entities by type, by a law like Zipf's."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
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
# Whom an entity has to do with is one of so few as a rule, and sometimes a newcomer: so a million
# events have some 660,000 cells, as the archive had on which the targets were measured. Were each
# drawn anew, the hottest entities would have thousands of developers or owners.
_CIRCLE: Final = 8
# They are talked of as much as whom they belong to. Drawn by Zipf's law, the first of them would
# have borne offices of almost two thousand organizations.
_OF_ONE_CIRCLE: Final = frozenset({"person"})
_NEWCOMERS: Final = 0.02


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
    weights, population = _weights(many, events=events), range(many)
    while True:
        yield from dice.choices(population, cum_weights=weights, k=_AT_ONCE)


def circles(
    many: Mapping[str, int], *, events: int, dice: random.Random
) -> dict[tuple[str, str], Sequence[int]]:
    """Return by two types whom of the second each of the first has to do with, one after another.

    *many* says how many there are of each type.
    """
    weights = {
        kind: None if kind in _OF_ONE_CIRCLE else _weights(number, events=events)
        for kind, number in many.items()
    }
    return {
        (kind, other): dice.choices(
            range(many[other]), cum_weights=weights[other], k=_CIRCLE * many[kind]
        )
        for kind in many
        for other in many
    }


def companion(circle: Sequence[int], place: int, *, chance: Callable[[], float]) -> int | None:
    """Return one of those whom the entity at *place* has to do with; None for a newcomer."""
    drawn = chance()
    if drawn < _NEWCOMERS:
        return None
    return circle[_CIRCLE * place + int(_CIRCLE * (drawn - _NEWCOMERS) / (1 - _NEWCOMERS))]


def _weights(many: int, *, events: int) -> list[float]:
    # Beyond a million events the peak is flatter, so that it grows no faster than the entities.
    shift = 1 if events <= _MILLION else 1 + 4 * (events / _MILLION - 1) / 9
    return list(accumulate((rank + shift) ** -_FALL for rank in range(many)))
