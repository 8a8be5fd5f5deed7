"""Read model: the sources, a row for each version, with the event that says what it is."""

from sqlalchemy import ColumnElement, Connection, insert, select, update

from archive.log import RecordedEvent
from archive.projections.history import effect
from archive.projections.tables import occurrences, source_versions

NAME = "sources"
VERSION = 1
TABLES = (source_versions,)


def apply(connection: Connection, recorded: RecordedEvent) -> None:
    """Take in a source, or its correction or retraction."""
    change = effect(connection, recorded)
    if change.gone is not None:
        versions = select(occurrences.c.position).where(occurrences.c.root == change.gone)
        _end(connection, source_versions.c.position.in_(versions), recorded.position)
    if recorded.is_masked or change.event is None or change.event.kind != "source_added":
        return
    slug = change.event.in_role("source")[0].id
    _end(connection, source_versions.c.slug == slug, recorded.position)
    connection.execute(insert(source_versions), {"slug": slug, "position": recorded.position})


def _end(connection: Connection, meant: ColumnElement[bool], position: int) -> None:
    ended = update(source_versions).where(meant, source_versions.c.gone.is_(None))
    connection.execute(ended.values(gone=position))
