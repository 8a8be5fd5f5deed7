"""The days on which anything changed: the ticks of the margin, and its steps."""

from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries import Filters, change_days
from archive.web.frame.keeping import remembered


def changes_of(connection: Connection, *, known: int, entity: str) -> list[int]:
    """Return the days, rising, on which anything changed for *entity*, or if empty for any."""

    def found() -> tuple[int, ...]:
        days = change_days(connection, known=known, filters=Filters(entity=entity))
        return tuple(day_number(day) for day in days)

    return list(remembered(("changes of the timeline", known, entity), found))
