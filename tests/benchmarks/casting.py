"""Whom synthetic events befall and who reports them: entities and sources, by Zipf's law."""

import random
from itertools import accumulate
from typing import Final, TypeAlias

from tests.benchmarks import naming

Draft: TypeAlias = dict[str, object]
Roles: TypeAlias = dict[str, str | list[str]]

EVENTS_PER_ENTITY: Final = 20
EVENTS_PER_SOURCE: Final = 200
# Shares of the entities by type, as in the seeds.
TYPES: Final = {"organization": 0.4, "person": 0.2, "model": 0.25, "product": 0.15}


class Cast:
    """Whom the events befall: entities by type, the first ones far more often than the last."""

    def __init__(self, dice: random.Random, *, events: int) -> None:
        self.dice = dice
        total = max(40, events // EVENTS_PER_ENTITY)
        self.slugs = {
            kind: [f"{kind}-{number:05d}" for number in range(max(6, int(total * share)))]
            for kind, share in TYPES.items()
        }
        self.sources = [f"source-{n:04d}" for n in range(max(5, events // EVENTS_PER_SOURCE))]
        # Zipf's law: the n-th is mentioned 1/n as often as the first.
        self._weights = {
            id(names): list(accumulate(1 / rank for rank in range(1, len(names) + 1)))
            for names in (*self.slugs.values(), self.sources)
        }
        self._introduced: set[str] = set()

    def source(self) -> str:
        return self._pick(self.sources)

    def one(self, kind: str) -> str:
        return self._pick(self.slugs[kind])

    def some(self, kind: str, most: int) -> list[str]:
        wanted = self.dice.randint(1, most)
        return list(dict.fromkeys(self.one(kind) for _number in range(wanted)))

    def two(self, kind: str) -> list[str]:
        first = self.one(kind)
        other = self.dice.choice([slug for slug in self.slugs[kind][:50] if slug != first])
        return [first, other]

    def mentions(self, roles: Roles) -> list[Draft]:
        """Spell the roles out; the first event of an entity brings its type and names."""
        spread = [
            (role, slug)
            for role, slugs in roles.items()
            for slug in ([slugs] if isinstance(slugs, str) else slugs)
        ]
        fresh = {slug for _role, slug in spread} - self._introduced
        self._introduced |= fresh
        return [
            {"role": role, "id": slug} | (_introduction(slug) if slug in fresh else {})
            for role, slug in spread
        ]

    def _pick(self, names: list[str]) -> str:
        return self.dice.choices(names, cum_weights=self._weights[id(names)])[0]


def _introduction(slug: str) -> Draft:
    return {"type": slug.rpartition("-")[0], "names": naming.names(slug)}
