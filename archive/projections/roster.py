"""The tuple of all projections, in the order in which each may rely on those before it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Table

from archive.log import RecordedEvent
from archive.projections import entities, facts, occurrences, search, sources


@dataclass(frozen=True, slots=True)
class Projection:
    """A fold from the log to tables: its name, the version of its rules, its tables, its step.

    The tables are in the order in which they may be emptied.
    """

    name: str
    version: int
    tables: tuple[Table, ...]
    apply: Callable[[Connection, RecordedEvent], None]


ROSTER = tuple(
    Projection(room.NAME, room.VERSION, room.TABLES, room.apply)
    for room in (entities, occurrences, sources, facts, search)
)
