"""A long run of new events folded within one transaction; what can wait is done once, at its end.

Nobody else sees anything of it before the transaction ends, and then all of it.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Final

from sqlalchemy import Connection, delete, text

from archive.log import RecordedEvent
from archive.projections.numbering import Numbering, numbering
from archive.projections.roster import ROSTER
from archive.projections.runner import count, fold, mark
from archive.projections.stamping import RENEWED, SOUGHT
from archive.storage import SERVER, chunks

# From so many new events on, and so large a part of the log, the end costs less than each step.
_MANY: Final = 5_000
_PART: Final = 4
# However long the run, memory stays as it is.
_REMEMBERED: Final = 200_000
_NAMES: Final = frozenset(table.name for table in RENEWED)
_INDEXES: Final = text(
    "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
)


class Loader:
    """Folds what one transaction appends, piece by piece; ``finish`` must be the last of it."""

    def __init__(self, connection: Connection, *, after: int) -> None:
        self._connection = connection
        self._after = after
        self._coming = 0
        self._numbers = numbering(is_empty=after == 0)
        self._is_counting = True
        self._indexes: list[str] = []

    @property
    def _many(self) -> int:
        return max(_MANY, self._after // _PART)

    def expect(self, coming: int) -> None:
        """Be told that about so many new events are still to be folded."""
        self._coming = coming

    def fold(self, recorded: Iterable[RecordedEvent]) -> None:
        """Fold new events, in order of position, into every read model that cannot wait."""
        last = 0
        if self._coming > self._many:
            self._put_off()
        for some in chunks(recorded):
            fold(self._connection, some, self._numbers, counting=self._is_counting)
            last = some[-1].position
        if last:
            mark(self._connection, last)
        if _remembered(self._numbers) > _REMEMBERED:
            self.forget()
        if last - self._after > self._many:
            self._put_off()

    def forget(self) -> None:
        """Look everything up again, as where the read models were made anew meanwhile."""
        self._numbers = numbering()

    def finish(self) -> None:
        """Fill what had to wait."""
        if self._is_counting:
            return
        for projection in reversed(ROSTER):
            for table in projection.tables if projection.count else ():
                self._connection.execute(delete(table))
        count(self._connection)
        for spelt in self._indexes:
            self._connection.exec_driver_sql(spelt)

    def _put_off(self) -> None:
        """Let what is counted wait, and on SQLite the indexes that no step seeks by.

        On a server to take an index away would shut readers out.
        """
        if not self._is_counting:
            return
        self._is_counting = False
        if self._connection.dialect.name == SERVER:
            return
        for name, table, spelt in self._connection.execute(_INDEXES).all():
            if table in _NAMES and name not in SOUGHT:
                self._indexes.append(spelt)
                self._connection.exec_driver_sql(f"DROP INDEX {name}")


def _remembered(numbers: Numbering) -> int:
    return sum(len(getattr(numbers, one.name)) for one in fields(numbers))


@contextmanager
def no_circles() -> Iterator[None]:
    """Spare the search for circles of objects: a fold makes none, and it takes a fifth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
