"""Every event of the timeline, a page at a time."""

from collections.abc import Iterator

from sqlalchemy import Connection

from archive.queries import EventRow, Filters, head, timeline

_PAGE = 500


def every_event(connection: Connection) -> Iterator[EventRow]:
    """Yield the events in order of occurrence, corrected and without those retracted."""
    known = head(connection).position
    after: str | None = None
    while True:
        page = timeline(
            connection,
            filters=Filters(),
            known=known,
            limit=_PAGE,
            after=after,
            is_counted=False,
        )
        yield from page.rows
        after = page.later
        if after is None:
            return
