"""Tables of ratios, in Markdown, the same on the terminal and in the file."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.timing import Cost

_MILLISECONDS: Final = 1000
_HEADING: Final = ("measured", "against", "ours", "theirs", "speed, CPU", "speed, wall")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; cells are already text."""

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One measure: what it is, its tables, and what a reader must know to judge them."""

    title: str
    words: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured against one rival; the costs are of one call or of one event."""

    what: str
    against: str
    ours: Cost
    rival: Cost

    @property
    def speed(self) -> tuple[float, float]:
        """Return how many times faster than the rival, by processor and by the clock."""
        return _ratio(self.rival.cpu, self.ours.cpu), _ratio(self.rival.wall, self.ours.wall)


def _ratio(rival: float, ours: float) -> float:
    return rival / ours if ours > 0 else float("nan")


def _times(ratio: float) -> str:
    """Return a ratio with three digits that count."""
    digits = 2 - math.floor(math.log10(ratio)) if ratio > 0 else 0
    return f"{ratio:,.{max(0, digits)}f}×"


def per_second(lines: Iterable[Line]) -> Table:
    """Return *lines* with both sides as events per processor second."""
    return _table(lines, lambda cost: f"{1 / max(cost.cpu, 1e-9):,.0f}/s")


def per_call(lines: Iterable[Line]) -> Table:
    """Return *lines* with both sides as processor milliseconds a call."""
    return _table(lines, lambda cost: f"{cost.cpu * _MILLISECONDS:,.3f} ms")


def _table(lines: Iterable[Line], shown: Callable[[Cost], str]) -> Table:
    rows = [
        (one.what, one.against, shown(one.ours), shown(one.rival), *map(_times, one.speed))
        for one in lines
    ]
    return Table(_HEADING, rows)


def markdown(section: Section) -> str:
    """Return the section as it stands in the file."""
    parts = [f"## {section.title}", section.words, *(_grid(table) for table in section.tables)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _grid(table: Table) -> str:
    rule = ["---"] * len(table.heading)
    return "\n".join("| " + " | ".join(row) + " |" for row in (table.heading, rule, *table.rows))
