"""Where the events of a choice are found: under a subject of the marks, or by searching."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_

from archive.dates import LATEST_DAY
from archive.log import head
from archive.projections import EVERY, entity_ids
from archive.projections.tables import marks, occurrences
from archive.queries.events.choosing import Allowed, Choice, allowed, chosen
from archive.queries.known.narrowing import Window, family


@dataclass(frozen=True, slots=True)
class Ground:
    """The choice, what was known, and the subject under which its marks stand.

    Without a subject they are sought among all versions of events, by the conditions.
    """

    choice: Choice
    known: int
    allowed: Allowed
    subject: int | None

    @property
    def is_counted(self) -> bool:
        """Tell whether counts by runs of days are kept of it."""
        return self.subject == EVERY

    @property
    def columns(self) -> Any:
        """Return the columns of the table in which the events are found."""
        return occurrences.c if self.subject is None else marks.c

    def conditions(
        self, connection: Connection, window: Window | None
    ) -> list[ColumnElement[bool]]:
        """Return what a row of that table must meet to lie in the window, or to be undated.

        Without a window any day will do.
        """
        columns = self.columns
        if self.subject is None:
            wanted = chosen(connection, choice=self.choice, window=None, known=self.known)
        else:
            wanted = [columns.subject == self.subject, *self.allowed.conditions(columns)]
        return [*wanted, *in_days(columns, window)]


def ground_of(connection: Connection, choice: Choice, *, known: int) -> Ground:
    """Return where the events of *choice* are found fastest; counts and marks agree on any."""
    return Ground(choice, known, allowed(choice), _subject(connection, choice, known))


def in_days(columns: Any, window: Window | None) -> list[ColumnElement[bool]]:
    """Return that an event lies in the window or is not dated; without one any will do."""
    return [] if window is None else [or_(is_within(columns, window), columns.v == LATEST_DAY)]


def is_within(columns: Any, window: Window) -> ColumnElement[bool]:
    """Return whether a dated event lies in the window: its likely day, or it lasts into it."""
    likely = columns.v.between(window.first_day, window.last_day)
    return or_(likely, reaches(columns, window.first_day))


def reaches(columns: Any, day: int) -> ColumnElement[bool]:
    """Return whether an event reaches into the day from before; one with an open end does not."""
    lasts = columns.v < columns.hi  # as the index of those that do has it
    return and_(columns.v < day, columns.hi >= day, columns.hi < LATEST_DAY, lasts)


def _subject(connection: Connection, choice: Choice, known: int) -> int | None:
    """Return under which subject all of *choice* stands, if it is a single one."""
    source, entities = choice.filters.source, choice.entities
    if not choice.is_plain or known < head(connection)[0]:
        return None
    if not source and not entities:
        return EVERY
    if source and entities:
        return None
    if source:
        number = entity_ids(connection, [source]).get(source)
        return None if number is None else -number
    numbers = family(connection, entities[0], known=known) if len(entities) == 1 else []
    return numbers[0] if len(numbers) == 1 else None
