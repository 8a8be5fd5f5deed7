"""The tuple of all projections, in the order in which each may rely on those before it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table

from archive.projections import (
    entities,
    facts,
    marks,
    occurrences,
    relations,
    search,
    sources,
    tallies,
)
from archive.projections.history import Batch


@dataclass(frozen=True, slots=True)
class Projection:
    """A fold from the log to tables: its name, the version of its rules, its tables, its step.

    The tables are in the order in which they may be emptied. ``count``, where there is one, fills
    them from the other read models at the end of a rebuild, in place of the steps.
    """

    name: str
    version: int
    tables: tuple[Table, ...]
    apply: Callable[[Connection, Batch], None]
    count: Callable[[Connection], None] | None = None


ROSTER = tuple(
    Projection(room.NAME, room.VERSION, room.TABLES, room.apply, getattr(room, "count", None))
    for room in (entities, occurrences, relations, sources, facts, search, tallies, marks)
)
