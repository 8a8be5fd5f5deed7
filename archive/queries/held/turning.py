"""When what is shown of some cells last changed, and when it changes next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_of
from archive.projections import PER_EVENT
from archive.queries.held.answering import held_in
from archive.queries.held.bearing import bearing, borne_at
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.sensing import sense_of


class Turns:
    """The likely days of what was told of *cells*, or of others on which these rest.

    A day counts on which a value, how surely it holds or what it bears differs from the eve.
    """

    def __init__(
        self, connection: Connection, cells: Sequence[Cell], told: Iterable[tuple[Cell, Fact]]
    ) -> None:
        facts = list(told)
        mine = {id(cell): cell for cell in cells}
        self._of_day: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
        for cell, fact in facts:
            if EARLIEST_DAY < fact.v < LATEST_DAY:
                self._of_day[fact.v] |= {id(cell): cell} if id(cell) in mine else mine
        self._borne = borne_at(connection, {fact.id // PER_EVENT for _cell, fact in facts})

    def last(self, day: int) -> date | None:
        """Return the last of the days up to *day*, None if there is none."""
        return self._first(sorted((one for one in self._of_day if one <= day), reverse=True))

    def next(self, day: int) -> date | None:
        """Return the first of the days after *day*, None if there is none."""
        return self._first(sorted(one for one in self._of_day if one > day))

    def _first(self, days: Iterable[int]) -> date | None:
        return next((day_of(day) for day in days if self._is_turn(day)), None)

    def _is_turn(self, day: int) -> bool:
        cells = self._of_day[day].values()
        return any(self._shown(cell, day - 1) != self._shown(cell, day) for cell in cells)

    def _shown(self, cell: Cell, day: int) -> object:
        answer = held_in(cell, day)
        return answer and (sense_of(answer), bearing(cell, answer, self._borne))
