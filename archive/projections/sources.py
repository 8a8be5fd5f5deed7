"""Read model: the sources, each with the event that says what it is."""

from sqlalchemy import Connection, delete, insert, select

from archive.log import RecordedEvent
from archive.projections.history import effect
from archive.projections.tables import occurrences, sources

NAME = "sources"
VERSION = 1
TABLES = (sources,)


def apply(connection: Connection, recorded: RecordedEvent) -> None:
    """Take in a source, or its correction or retraction."""
    change = effect(connection, recorded)
    if change.gone is not None:
        versions = select(occurrences.c.position).where(occurrences.c.root == change.gone)
        connection.execute(delete(sources).where(sources.c.position.in_(versions)))
    if recorded.is_masked or change.event is None or change.event.kind != "source_added":
        return
    slug = change.event.in_role("source")[0].id
    connection.execute(delete(sources).where(sources.c.slug == slug))
    connection.execute(insert(sources), {"slug": slug, "position": recorded.position})
