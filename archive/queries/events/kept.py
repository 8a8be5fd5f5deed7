"""Counts as the read model keeps them: ranges of its primary key, summed in the key's own order.

Where a sum is by what the key begins with, a database need not sort; and the text of a statement
is the same for all days, so that it is prepared once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from sqlalchemy import Connection

from archive.projections import BEGUN
from archive.queries.events.choosing import Allowed
from archive.queries.events.columns import Piece
from archive.queries.known.asking import Line, asked_as_spelt
from archive.storage import mark_of

_REMEMBERED: Final = 512


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
    mark = mark_of(connection.dialect.name)
    question = " UNION ALL ".join([_spelt(branch.shape, allowed, mark) for branch in branches])
    days = [(branch.piece.first, branch.piece.last) for branch in branches]
    return asked_as_spelt(connection, question, tuple(chain.from_iterable(days)))


@lru_cache(maxsize=_REMEMBERED)
def _spelt(shape: _Shape, allowed: Allowed, mark: str) -> str:
    told = ", ".join((*shape.told, "SUM(n)"))
    grouped = f" GROUP BY {', '.join(shape.by)}" if shape.by else ""
    precise = f" AND precision {'' if shape.is_coarse else 'NOT '}IN ({_list(shape.coarse)})"
    return (
        f"SELECT {told} FROM mark_count WHERE edge = {shape.edge} AND grain = "  # noqa: S608 - own words
        f"{shape.grain} AND day BETWEEN {mark} AND {mark}"
        f"{precise if shape.coarse or shape.is_coarse else ''}{_narrowed(allowed)}{grouped}"
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
