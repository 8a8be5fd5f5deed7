"""Where the events of a choice are found: under a subject of the marks, or by searching.

What stands now is under the subject of all. What was known earlier, what was retracted, and what
is left after what is disputed differ from it by little: by changes, which an index gives.
"""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, or_

from archive.dates import LATEST_DAY
from archive.log import head
from archive.projections import EVERY, entity_ids
from archive.projections.tables import marks, occurrences
from archive.queries.events.choosing import Allowed, Choice, allowed, chosen, open_roots
from archive.queries.events.columns import bounded
from archive.queries.known.narrowing import Window, family, was_retracted
from archive.vocabulary import Group

# The columns of versions as mere values: a change is found by what it is, by no index of these.
WALKED: Final = SimpleNamespace(
    kind=occurrences.c.kind.concat(""),
    importance=occurrences.c.importance,
    precision=occurrences.c.precision,
    confidence=occurrences.c.confidence,
    v=occurrences.c.v + 0,
    hi=occurrences.c.hi + 0,
)


@dataclass(frozen=True, slots=True)
class Change:
    """Versions of events that there are beside what stands, or, ``by`` -1, that there are not.

    One that ``is_since`` is of all that was recorded since.
    """

    by: int
    met: tuple[ColumnElement[bool], ...]
    is_since: bool = False

    def within(self, window: Window | None) -> list[ColumnElement[bool]]:
        """Return what such a version must meet to lie in the window, or to be undated."""
        return [*self.met, *in_days(WALKED, window)]


@dataclass(frozen=True, slots=True)
class Ground:
    """The choice, what was known, and the subject under which its marks stand.

    Without a subject they are sought among all versions of events, by the conditions; what these
    ``sought`` must meet is put together once, as words are looked up for it. ``newest`` is the
    last position of the log.
    """

    choice: Choice
    known: int
    allowed: Allowed
    subject: int | None
    newest: int
    sought: tuple[ColumnElement[bool], ...] = ()

    @property
    def is_past(self) -> bool:
        """Tell whether something was recorded since."""
        return self.known < self.newest

    @property
    def is_counted(self) -> bool:
        """Tell whether counts by runs of days are kept of it, or of all but the lesser part."""
        return self.subject == EVERY and 2 * self.known >= self.newest

    @property
    def is_sought(self) -> bool:
        """Tell whether its events are counted by searching all versions."""
        return self.subject is None or (self.subject == EVERY and not self.is_counted)

    @property
    def table(self) -> Table:
        """Return the table in which the events are counted."""
        return occurrences if self.is_sought else marks

    @property
    def columns(self) -> Any:
        """Return the columns of that table."""
        return self.table.c

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return by what the ground differs from all that stands under its subject."""
        if self.subject != EVERY:
            return ()
        c, known, without = occurrences.c, self.known, self.choice.without
        common = [c.kind_group != Group.ARCHIVE.value, *self.allowed.conditions(WALKED)]
        argued = [c.root.not_in(open_roots(known))] if without.disputed else []
        found = []
        if self.is_past:
            later = c.position > known, c.gone.is_(None)
            found.append(Change(-1, (*later, *common), is_since=True))
            found.append(Change(1, (c.position <= known, c.gone > known, *argued, *common)))
        if self.choice.filters.retracted:
            found.append(Change(1, (was_retracted(known), *argued, *common)))
        if without.disputed:
            stands = c.position <= known, c.gone.is_(None), c.root.in_(open_roots(known))
            found.append(Change(-1, (*stands, *common)))
        return tuple(found)

    def conditions(self, window: Window | None) -> list[ColumnElement[bool]]:
        """Return what a row of that table must meet to lie in the window, or to be undated.

        Without a window any day will do.
        """
        columns, wanted = self.columns, self.sought
        if not self.is_sought:
            wanted = (columns.subject == self.subject, *self.allowed.conditions(columns))
        return [*wanted, *in_days(columns, window)]

    def among_versions(
        self, connection: Connection, window: Window | None
    ) -> list[ColumnElement[bool]]:
        """Return the same as conditions on versions of events, wherever they are counted."""
        wanted = self.sought
        if not self.is_sought:
            wanted = tuple(chosen(connection, choice=self.choice, known=self.known))
        return [*wanted, *versions_in(window)]


def ground_of(connection: Connection, choice: Choice, *, known: int) -> Ground:
    """Return where the events of *choice* are found fastest; counts and marks agree on any."""
    newest = head(connection)[0]
    subject = _subject(connection, choice, known=known, newest=newest)
    ground = Ground(choice, known, allowed(choice), subject, newest)
    if not ground.is_sought:
        return ground
    sought = chosen(connection, choice=choice, known=known)
    return replace(ground, sought=tuple(sought))


def in_days(columns: Any, window: Window | None) -> list[ColumnElement[bool]]:
    """Return that an event lies in the window or is not dated; without one any will do."""
    return [] if window is None else [or_(is_within(columns, window), columns.v == LATEST_DAY)]


def versions_in(window: Window | None) -> list[ColumnElement[bool]]:
    """Return the same of the version of an event, within the days that a date can have."""
    return in_days(occurrences.c, None if window is None else bounded(window))


def is_within(columns: Any, window: Window) -> ColumnElement[bool]:
    """Return whether a dated event lies in the window: its likely day, or it lasts into it."""
    likely = columns.v.between(window.first_day, window.last_day)
    return or_(likely, reaches(columns, window.first_day))


def reaches(columns: Any, day: int) -> ColumnElement[bool]:
    """Return whether an event reaches into the day from before; one with an open end does not."""
    lasts = columns.v < columns.hi  # as the index of those that do has it
    return and_(columns.v < day, columns.hi >= day, columns.hi < LATEST_DAY, lasts)


def _subject(connection: Connection, choice: Choice, *, known: int, newest: int) -> int | None:
    """Return under which subject all of *choice* stands, if it is a single one."""
    source, entities = choice.filters.source, choice.entities
    if not (source or entities):
        return EVERY if choice.is_nearly_plain else None
    if not choice.is_plain or known < newest or (source and entities):
        return None
    if source:
        number = entity_ids(connection, [source]).get(source)
        return None if number is None else -number
    numbers = family(connection, entities[0], known=known) if len(entities) == 1 else []
    return numbers[0] if len(numbers) == 1 else None
