"""Read model: which event each version of an event says that it lies after or before."""

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.history import Batch
from archive.projections.rows import Line
from archive.projections.tables import occurrence_relations
from archive.vocabulary import Event

NAME = "relations"
VERSION = 1
TABLES = (occurrence_relations,)


def apply(connection: Connection, batch: Batch) -> None:
    """Take in whom the versions that *batch* brings name as their bounds."""
    said = [line for one in batch.effects if one.event for line in _lines(one.position, one.event)]
    rows.add(connection, occurrence_relations, said)


def _lines(position: int, event: Event) -> list[Line]:
    named = (("after", event.occurred.after), ("before", event.occurred.before))
    return [(position, side, other) for side, other in named if other]
