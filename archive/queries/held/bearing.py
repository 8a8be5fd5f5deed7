"""What values bear beside their words, in keys: to tell whether two answers of one value differ.

It is what a person sees in brackets: that a post is held for the time being, and how little a
value rests on where its claims say so.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Select, literal_column, or_, select

from archive.log.tables import events as log_events
from archive.projections import CONFIDENCES, PER_EVENT
from archive.projections.tables import occurrences
from archive.queries.held.cell import Cell
from archive.queries.held.enveloping import TAKES_UP, is_interim
from archive.queries.held.sensing import behind
from archive.queries.held.standing import Held
from archive.queries.held.telling import IN_POST
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.nesting import is_server
from archive.vocabulary import DOUBTFUL, AttributeClass

# Of each value: its key, how far it is to be trusted if little, whether for the time being.
Bearing: TypeAlias = frozenset[tuple[str, int, bool]]

_RANKS: Final = {CONFIDENCES[name] for name in DOUBTFUL}
_PLAIN: Final = (0, False)
_SUM: Final = AttributeClass.SUM


def borne_at(connection: Connection, positions: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """Return what is borne by what the events at *positions* say, where that is anything."""
    query = _borne(on_server=is_server(connection))
    found = asked(connection, query, {"positions": sorted(set(positions))})
    return {
        position: (rank if rank in _RANKS else 0, kind == TAKES_UP and is_interim(text))
        for position, kind, rank, text in found
    }


def bearing(cell: Cell, answer: Held, borne: Mapping[int, tuple[int, bool]]) -> Bearing:
    """Return what the values of *answer* bear: each the trust of whoever is trusted most."""
    least: dict[str, tuple[int, bool]] = {}
    for fact in behind(cell, answer):
        rank, interim = borne.get(fact.id // PER_EVENT, _PLAIN)
        if cell.attribute.attribute_class is _SUM:
            worst, _interim = least.get("", _PLAIN)
            least[""] = max(worst, rank), False
            continue
        key = fact.value or ""
        best, first = least.get(key, (rank, interim and cell.attribute.name in IN_POST))
        least[key] = min(best, rank), first
    return frozenset((key, *told) for key, told in least.items())


@cache
def _borne(*, on_server: bool) -> Select[Any]:
    doubted = occurrences.c.confidence.in_([literal_column(str(one)) for one in sorted(_RANKS)])
    return (
        select(
            occurrences.c.position,
            occurrences.c.kind,
            occurrences.c.confidence,
            log_events.c.payload,
        )
        .join(log_events, log_events.c.position == occurrences.c.position)
        .where(
            among(occurrences.c.position, "positions", on_server=on_server),
            or_(doubted, is_own(occurrences.c.kind, [TAKES_UP])),
            log_events.c.payload.is_not(None),
        )
    )
