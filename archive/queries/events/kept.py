"""Counts as the read model keeps them: ranges of its primary key, summed in the key's own order.

Where a sum is by what the key begins with, a database need not sort; and the text of a statement
is the same for all days, so that it is prepared once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, TextClause, text

from archive.projections import BEGUN
from archive.queries.events.choosing import Allowed
from archive.queries.events.columns import Piece
from archive.queries.known.asking import Line, asked


@dataclass(frozen=True, slots=True)
class Branch:
    """Sums of the runs of a piece: what is told of each, and by which columns they are summed.

    ``coarse`` are the precisions that alone are counted, or that are not, as ``is_coarse`` says.
    """

    piece: Piece
    told: tuple[str, ...]
    by: tuple[str, ...] = ()
    edge: int = BEGUN
    coarse: tuple[str, ...] = ()
    is_coarse: bool = False

    @property
    def shape(self) -> "_Shape":
        """Return all of it but the days."""
        grain = int(self.piece.grain)
        return _Shape(grain, self.told, self.by, self.edge, self.coarse, self.is_coarse)


class _Shape(NamedTuple):
    """What the text of a branch depends on."""

    grain: int
    told: tuple[str, ...]
    by: tuple[str, ...]
    edge: int
    coarse: tuple[str, ...]
    is_coarse: bool


def kept(connection: Connection, branches: Sequence[Branch], *, allowed: Allowed) -> list[Line]:
    """Return what the branches tell, and the sum of each line."""
    days: dict[str, int] = {}
    for at, branch in enumerate(branches):
        days[f"first_{at}"], days[f"last_{at}"] = branch.piece.first, branch.piece.last
    shapes = tuple(branch.shape for branch in branches)
    return asked(connection, _question(shapes, allowed), days)


@lru_cache(maxsize=512)
def _question(shapes: Sequence[_Shape], allowed: Allowed) -> TextClause:
    narrowed = _narrowed(allowed)
    said = (_spelt(at, shape, narrowed) for at, shape in enumerate(shapes))
    return text(" UNION ALL ".join(said))


def _spelt(at: int, shape: _Shape, narrowed: str) -> str:
    told = ", ".join((*shape.told, "SUM(n)"))
    grouped = f" GROUP BY {', '.join(shape.by)}" if shape.by else ""
    precise = f" AND precision {'' if shape.is_coarse else 'NOT '}IN ({_list(shape.coarse)})"
    return (
        f"SELECT {told} FROM mark_count WHERE edge = {shape.edge} AND grain = "  # noqa: S608 - own words
        f"{shape.grain} AND day BETWEEN :first_{at} AND :last_{at}"
        f"{precise if shape.coarse or shape.is_coarse else ''}{narrowed}{grouped}"
    )


def _narrowed(allowed: Allowed) -> str:
    """Return the conditions as SQL; all values are the vocabulary's own."""
    given = {
        "kind": allowed.kinds,
        "importance": allowed.importance,
        "precision": allowed.precision,
        "confidence": allowed.confidence,
    }
    return "".join(
        f" AND {name} IN ({_list(sorted(values))})"
        for name, values in given.items()
        if values is not None
    )


def _list(values: Iterable[str | int]) -> str:
    # An empty list is no SQL on a server; nothing is ever equal to NULL.
    return ", ".join(f"'{one}'" if isinstance(one, str) else str(one) for one in values) or "NULL"
