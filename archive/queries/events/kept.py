"""Counts as the read model keeps them: ranges of its primary key, summed in the key's own order.

Where a sum is by what the key begins with, a database need not sort; and the text of a statement
is the same for all days, so that it is prepared once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from archive.projections import BEGUN
from archive.queries.events.choosing import Allowed
from archive.queries.events.columns import Piece


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


def kept(connection: Connection, branches: Sequence[Branch], *, allowed: Allowed) -> Sequence[Any]:
    """Return what the branches tell, and the sum of each line."""
    days: dict[str, int] = {}
    for at, branch in enumerate(branches):
        days[f"first_{at}"], days[f"last_{at}"] = branch.piece.first, branch.piece.last
    narrowed = _narrowed(allowed)
    said = " UNION ALL ".join(_spelt(at, one, narrowed) for at, one in enumerate(branches))
    return connection.execute(text(said), days).all()


def _spelt(at: int, branch: Branch, narrowed: str) -> str:
    told = ", ".join((*branch.told, "SUM(n)"))
    grouped = f" GROUP BY {', '.join(branch.by)}" if branch.by else ""
    precise = f" AND precision {'' if branch.is_coarse else 'NOT '}IN ({_list(branch.coarse)})"
    return (
        f"SELECT {told} FROM mark_count WHERE edge = {branch.edge} AND grain = "  # noqa: S608 - own words
        f"{int(branch.piece.grain)} AND day BETWEEN :first_{at} AND :last_{at}"
        f"{precise if branch.coarse or branch.is_coarse else ''}{narrowed}{grouped}"
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
