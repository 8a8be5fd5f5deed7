"""The days on which anything changed: the ticks of the margin, and its steps."""

from sqlalchemy import Connection

from archive.dates import day_number
from archive.queries import Choice, change_days
from archive.web.frame.keeping import remembered


def changes_of(connection: Connection, *, known: int, choice: Choice) -> list[int]:
    """Return the days, rising, on which an event of *choice* changed anything."""

    def found() -> tuple[int, ...]:
        days = change_days(connection, known=known, filters=choice)
        return tuple(day_number(day) for day in days)

    return list(remembered(("changes of the timeline", known, choice), found))
