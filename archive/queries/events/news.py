"""What came since a page was made: how many events of the same choice are new or read anew."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.projections.tables import occurrences
from archive.queries.events.choosing import Narrowing, choice_of, chosen
from archive.queries.events.grounds import versions_in
from archive.queries.known.narrowing import Window


@dataclass(frozen=True, slots=True)
class News:
    """How many events were first recorded, and how many told anew, up to ``position``."""

    position: int
    new: int
    changed: int


def news(
    connection: Connection,
    *,
    since: int,
    known: int,
    filters: Narrowing,
    window: Window | None = None,
) -> News:
    """Return what of the choice came after position *since* and stands as known on *known*."""
    if since >= known:
        return News(known, 0, 0)
    met = [*chosen(connection, choice=choice_of(filters), known=known), *versions_in(window)]
    is_new = occurrences.c.root > since
    counted = select(is_new, func.count()).where(*met, occurrences.c.position > since)
    found = {bool(row[0]): row[1] for row in connection.execute(counted.group_by(is_new))}
    return News(known, found.get(True, 0), found.get(False, 0))
