"""What the state of a day is to reach, and whether it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.benchmarks.places import SQLITE
from tests.benchmarks.scale import questions as q
from tests.benchmarks.scale.spreads import Spread

Costs: TypeAlias = Mapping[str, Spread]

REBUILD: Final = "rebuild, an event"
SERVED_FIRST: Final = "a served state page, 8 clients, asked for first"
SERVED_AGAIN: Final = "a served state page, 8 clients, asked for again"
MEMORY: Final = "megabytes at the peak of a rebuild"
MILLISECONDS: Final = 1000
MICROSECONDS: Final = 1_000_000
_PAGES: Final = (q.PAGE_COMMON, q.PAGE_RARE)
_PAGES_TOLD: Final = (q.PAGE_COMMON_TOLD, q.PAGE_RARE_TOLD)


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured of one archive: costs, and other figures by name."""

    place: str
    events: int
    costs: Costs
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, and its bound on SQLite and on Postgres: the most, or the least of it."""

    what: str
    unit: str
    of: Callable[[Measured], float]
    sqlite: float
    postgres: float
    is_least: bool = False

    def row(self, one: Measured) -> tuple[str, ...]:
        """Return the target, what was measured, and whether it was reached."""
        bound = self.sqlite if one.place == SQLITE else self.postgres
        found = self.of(one)
        is_reached = found >= bound if self.is_least else found <= bound
        mark = "≥" if self.is_least else "≤"
        return (
            self.what,
            one.place,
            f"{one.events:,}",
            f"{mark} {bound:,g}{self.unit}",
            f"{_shown(found)}{self.unit}",
            "reached" if is_reached else "not reached",
        )


TARGETS: Final = (
    Target("one entity, uniform, p50, in keys, against a look-up by primary key", " ×",
           lambda m: m.costs[q.UNIFORM].cpu / m.costs[q.KEY].cpu, 6, 2.5),
    Target("one entity, uniform, p50, in words, against a look-up by primary key", " ×",
           lambda m: m.costs[q.UNIFORM_TOLD].cpu / m.costs[q.KEY].cpu, 6, 2.5),
    Target("one of the 20 hottest entities, p95, in keys", " ms",
           lambda m: _ms95(m, q.HOT), 5, 12),
    Target("one of the 20 hottest entities, p95, in words", " ms",
           lambda m: _ms95(m, q.HOT_TOLD), 5, 12),
    Target("page of 50 of a type by name, filter common or rare, p95, in keys", " ms",
           lambda m: max(_ms95(m, one) for one in _PAGES), 8, 20),
    Target("page of 50 of a type by name, filter common or rare, p95, in words", " ms",
           lambda m: max(_ms95(m, one) for one in _PAGES_TOLD), 8, 20),
    Target("counts by value, K now, p50", " ms", lambda m: _ms(m, q.COUNTS), 0.15, 1),
    Target("counts by value, K past, p50", " ms", lambda m: _ms(m, q.COUNTS_PAST), 10, 20),
    Target("difference over 30 days, all models, a change, p50, in keys", " µs",
           lambda m: m.costs[q.DIFFERENCE].cpu * MICROSECONDS, 16, 50),
    Target("difference over 30 days, all models, a change, p50, in words", " µs",
           lambda m: m.costs[q.DIFFERENCE_TOLD].cpu * MICROSECONDS, 16, 50),
    Target("page and counts, times faster than naive replay", " ×",
           lambda m: min(m.costs[q.REPLAY].cpu / m.costs[one].cpu
                         for one in (q.PAGE_TOLD, *_PAGES_TOLD, q.COUNTS)),
           1000, 300, is_least=True),
    Target("append of 3 facts with inline read models, p50", " ms",
           lambda m: _ms(m, q.NEWEST), 1.2, 2.5),
    Target("append back-dated against newest, p50", " ×",
           lambda m: m.costs[q.BACKDATED].cpu / m.costs[q.NEWEST].cpu, 1.2, 1.2),
    Target("rebuild, events a second (SQLite: CPU, Postgres: wall)", "",
           lambda m: 1 / _rebuilt(m), 35_000, 30_000, is_least=True),
    Target("rebuild, memory of the client", " MB", lambda m: m.figures[MEMORY], 600, 600),
    Target("a served state page, 8 clients, asked for first, wall p95", " ms",
           lambda m: m.costs[SERVED_FIRST].wall95 * MILLISECONDS, 60, 100),
    Target("a served state page, 8 clients, asked for again, wall p95", " ms",
           lambda m: m.costs[SERVED_AGAIN].wall95 * MILLISECONDS, 60, 100),
)  # fmt: skip
# From one size of the log to the next that was measured; the bounds are for ten times as many.
GROWTHS: Final = (
    ("one entity, uniform, in keys", q.UNIFORM, 1.5),
    ("one entity, uniform, in words", q.UNIFORM_TOLD, 1.5),
    ("page of 50 of a type by name, in keys", q.PAGE, 2.5),
    ("page of 50 of a type by name, in words", q.PAGE_TOLD, 2.5),
    ("counts by value, K now", q.COUNTS, 1.5),
    ("append of 3 facts", q.NEWEST, 2.0),
)


def growth_rows(before: Measured, after: Measured) -> list[tuple[str, ...]]:
    """Return by how much each cost grew from one size of the log to the next."""
    rows: list[tuple[str, ...]] = []
    for what, name, bound in GROWTHS:
        ratio = after.costs[name].cpu / before.costs[name].cpu
        sizes = f"{before.events:,} to {after.events:,}"
        reached = "reached" if ratio <= bound else "not reached"
        rows.append((what, after.place, sizes, f"≤ {bound:g} ×", f"{_shown(ratio)} ×", reached))
    return rows


def _rebuilt(one: Measured) -> float:
    cost = one.costs[REBUILD]
    return cost.cpu if one.place == SQLITE else cost.wall


def _ms(one: Measured, name: str) -> float:
    return one.costs[name].cpu * MILLISECONDS


def _ms95(one: Measured, name: str) -> float:
    return one.costs[name].cpu95 * MILLISECONDS


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
