"""A viewport asked for, and what of it is compared."""

from datetime import date

from sqlalchemy import Connection

from archive.dates import day_number
from archive.log import head
from archive.queries import Choice, Filters, Mark, Viewport, ViewportLane, Window, viewport

LANES = ("group", "one")


def window(first: str, last: str) -> Window:
    return Window(day_number(date.fromisoformat(first)), day_number(date.fromisoformat(last)))


def view(
    connection: Connection, days: Window, filters: Filters | Choice, **more: object
) -> Viewport:
    options = {"known": head(connection)[0]} | more
    return viewport(connection, window=days, filters=filters, **options)  # type: ignore[arg-type]  # as in viewport


def lane_of(found: Viewport, key: str) -> ViewportLane:
    return next(lane for lane in found.lanes if lane.key == key)


def names(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.id for mark in marks]
