"""effect: which cells a stretch of the log changes, on which days, before and after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

from sqlalchemy import Connection, select

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, day_of
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.projections.tables import facts
from archive.queries.answers import EntityRef
from archive.queries.held.answering import held_in
from archive.queries.held.cells import cells_on
from archive.queries.held.phrasing import StateRow, state_rows, values_in_words
from archive.queries.held.qualifying import DISPUTED, POSSIBLE
from archive.queries.held.touching import touched_since
from archive.queries.known.ground import Ground, ground
from archive.storage import chunks

MOST_DAYS: Final = 60
_SHOWN_DAYS: Final = 3
Rows: TypeAlias = Mapping[tuple[str, str, str], StateRow]


@dataclass(frozen=True, slots=True)
class CellEffect:
    """One cell that differs; None stands for nothing held.

    ``is_silent`` tells that the words stay, and only events or sources behind them differ.
    """

    entity: EntityRef
    attribute_label: Words
    member_words: Words
    before: Words | None
    after: Words | None
    is_silent: bool


@dataclass(frozen=True, slots=True)
class DayEffect:
    """What differs on one day."""

    day: date
    cells: tuple[CellEffect, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, the last one included, of which the state differs; None is an open end."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What differs today, on the first affected days, and on how many more.

    ``stretches`` are the days whose state, asked anew, bears another seal. ``is_whole`` tells
    that every day that might differ was looked at.
    """

    today: DayEffect
    days: tuple[DayEffect, ...]
    more: int
    stretches: tuple[Stretch, ...]
    is_whole: bool

    @property
    def is_nothing(self) -> bool:
        """Tell whether no state of any day differs."""
        return not (self.today.cells or self.days)


def effect(connection: Connection, *, before: int, after: int, today: date) -> Effect:
    """Return how what was recorded after position *before*, up to *after*, changes the state."""
    then, now = ground(connection, known=before), ground(connection, known=after)
    touched = sorted(touched_since(connection, then=then, now=now))
    numbers = _days(connection, touched, after=before)
    looked_at = numbers[:MOST_DAYS]
    days = sorted({*looked_at, day_number(today)})
    old, new = (rows_on(connection, touched, days, stands) for stands in (then, now))
    return between(old, new, looked_at=looked_at, today=today, more=len(numbers) - len(looked_at))


def between(
    old: Mapping[int, Rows],
    new: Mapping[int, Rows],
    *,
    looked_at: Iterable[int],
    today: date,
    more: int,
) -> Effect:
    """Return how *new* differs from *old*, both by the same days: those *looked_at*, and today.

    *more* is how many days that might differ were not looked at.
    """
    told = {day: tuple(_differing(old[day], new[day])) for day in sorted(old)}
    changed = [DayEffect(day_of(one), told[one]) for one in sorted(looked_at) if told[one]]
    return Effect(
        DayEffect(today, told[day_number(today)]),
        tuple(changed[:_SHOWN_DAYS]),
        len(changed[_SHOWN_DAYS:]),
        tuple(_stretches({one: bool(cells) for one, cells in told.items()})),
        not more,
    )


def _days(connection: Connection, touched: Sequence[int], *, after: int) -> list[int]:
    """Return the days on which a touched cell may change, those of what is new or gone first."""
    columns = (facts.c.lo, facts.c.v, facts.c.hi, facts.c.id, facts.c.gone)
    first: set[int] = set()
    others: set[int] = set()
    for some in chunks(touched):
        for row in connection.execute(select(*columns).where(facts.c.cell_id.in_(some))):
            is_new = row.id >= (after + 1) * PER_EVENT or (row.gone or 0) > after
            (first if is_new else others).update((row.lo, row.v, row.hi))
    return [
        one
        for some in (first, others - first)
        for one in sorted(some)
        if EARLIEST_DAY < one < LATEST_DAY
    ]


def _differing(old: Rows, new: Rows) -> Iterator[CellEffect]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if _sealed(before) == _sealed(after):
            continue
        row = after or before
        assert row is not None  # noqa: S101 - the key is of one of them
        said = _words(before), _words(after)
        yield CellEffect(
            row.entity, row.attribute_label, row.member_words, *said, is_silent=said[0] == said[1]
        )


def rows_on(
    connection: Connection, touched: Sequence[int], days: Sequence[int], stands: Ground
) -> dict[int, Rows]:
    """Return what the touched cells hold on each day: their facts are read once, for all days."""
    if not touched:
        return {day: {} for day in days}
    read = cells_on(connection, ground=stands, days=(days[0], days[-1]), cell_ids=touched)
    held = [(day, cell, answer) for day in days for cell in read if (answer := held_in(cell, day))]
    answers = [(cell, answer) for _day, cell, answer in held]
    # The day that is told decides on ages alone, which no row of an effect shows.
    rows = state_rows(connection, answers, day=days[-1], ground=stands)
    found: dict[int, dict[tuple[str, str, str], StateRow]] = {day: {} for day in days}
    for (day, _cell, _answer), row in zip(held, rows, strict=True):
        found[day][row.entity.id, row.attribute, row.member] = row
    return dict(found)


def _sealed(row: StateRow | None) -> object:
    """Return what of a row goes into the seal of its state."""
    if row is None:
        return None
    values = [
        (one.event_id, one.key, one.is_preferred, one.since, [ref.id for ref in one.sources])
        for one in row.values
    ]
    return (row.standing, row.is_disputed, values)


def _words(row: StateRow | None) -> Words | None:
    if row is None:
        return None
    possible = [POSSIBLE] if row.standing == "possible" else []
    disputed = [DISPUTED] if row.is_disputed else []
    return values_in_words(row, *possible, *disputed)


def _stretches(differs: Mapping[int, bool]) -> Iterable[Stretch]:
    """Yield the days that differ, joined; between two days looked at nothing begins or ends."""
    first: int | None = None
    for number in sorted(differs):
        if differs[number] and first is None:
            first = number
        if not differs[number] and first is not None:
            yield Stretch(day_of(first), day_of(number) - timedelta(days=1))
            first = None
    if first is not None:
        yield Stretch(day_of(first), None)
