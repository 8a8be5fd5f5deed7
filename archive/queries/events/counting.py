"""How many events there are: by month, by facet, and in all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.log.tables import erasures
from archive.projections import CONFIDENCES, RANKS, Grain, runs_of
from archive.projections.tables import (
    entities,
    occurrences,
    source_versions,
)
from archive.queries.answers import EntityRef, SourceRef
from archive.queries.events.choosing import (
    PRECISIONS,
    Choice,
    Narrowing,
    choice_of,
    less_by_one,
    open_roots,
)
from archive.queries.events.grounds import ground_of
from archive.queries.events.linking import linked
from archive.queries.events.sums import number_of, numbers_by, parts
from archive.queries.known.merging import merged_away
from archive.queries.known.narrowing import Filters, Window, conditions, is_known
from archive.vocabulary import KINDS, Group

# Of so few positions all are read: little of what the days lie in order by was known by then.
_FEW_POSITIONS = 2048


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive holds: the first and last likely day and counts; all 0 without a date."""

    first_day: int
    last_day: int
    events: int
    entities: int
    sources: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of the events in a window, by what may narrow them further; the largest first.

    ``excluded`` says of each thing that is left out, by field and value, how many events it hides.
    """

    kinds: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    entities: tuple[tuple[EntityRef, int], ...]
    sources: tuple[tuple[SourceRef, int], ...]
    importance: tuple[tuple[str, int], ...]
    confidence: tuple[tuple[str, int], ...]
    disputed: int
    precision: tuple[tuple[str, int], ...] = ()
    excluded: tuple[tuple[str, str, int], ...] = ()


def covered_days(connection: Connection, *, known: int) -> tuple[int, int] | None:
    """Return the first and the last likely day of any event known on *known*; None without one.

    Both are sought from their end of the index of days, past what was not known or was taken
    back; of a young archive, where that may be most of it, every position is read instead. What
    is known on a position that the log has passed never changes, and so neither do the days.
    """
    v = occurrences.c.v
    wanted = conditions(connection, filters=Filters(), known=known)
    if known <= _FEW_POSITIONS:
        some = connection.scalars(select(v).where(*wanted))
        days = sorted(day for day in some if EARLIEST_DAY < day < LATEST_DAY)
    else:
        dated = select(v).where(*wanted, v > EARLIEST_DAY, v < LATEST_DAY).limit(1)
        ends = (connection.scalar(dated.order_by(end)) for end in (v, v.desc()))
        days = [day for day in ends if day is not None]
    return (days[0], days[-1]) if days else None


def first_told(connection: Connection) -> int | None:
    """Return the position of the first event of the world in the log; None before there is one."""
    told = select(occurrences.c.position).where(occurrences.c.kind_group != Group.ARCHIVE.value)
    return connection.scalar(told.order_by(occurrences.c.position).limit(1))


def coverage(connection: Connection, *, known: int) -> Coverage:
    """Return what the archive holds as known on *known*; each of its events is counted."""
    days = covered_days(connection, known=known)
    ground = ground_of(connection, choice_of(Filters()), known=known)
    people = select(func.count()).where(
        entities.c.position <= known,
        entities.c.type != "source",
        entities.c.id.not_in(merged_away(known)),
    )
    papers = select(func.count()).where(
        is_known(source_versions.c.position, source_versions.c.gone, known)
    )
    return Coverage(
        *(days or (0, 0)),
        number_of(connection, ground=ground, window=None) if days else 0,
        connection.scalar(people) or 0,
        connection.scalar(papers) or 0,
    )


def maskings_after(connection: Connection, *, position: int) -> int:
    """Return how many events masked a text after *position*: what they took is nowhere shown."""
    masking = erasures.c.masked_by
    later = select(func.count(masking.distinct())).where(masking > position)
    return connection.scalar(later) or 0


def texts_masked_after(connection: Connection, *, position: int) -> int:
    """Return how many texts, each of a version of an event, were masked after *position*."""
    later = select(func.count()).select_from(erasures).where(erasures.c.masked_by > position)
    return connection.scalar(later) or 0


def density(
    connection: Connection, *, filters: Narrowing, known: int, unit: str = "month"
) -> tuple[tuple[int, int], ...]:
    """Return, for each unit with events, the day number of its first day and their count.

    The unit is a day, a month or a year; what is not dated is in none.
    """
    grain = Grain[unit.upper()]
    ground = ground_of(connection, choice_of(filters), known=known)
    counts: Counter[int] = Counter()
    for day, number in numbers_by(connection, ground=ground, grain=grain):
        if EARLIEST_DAY < day < LATEST_DAY:
            counts[runs_of(day)[grain]] += number
    return tuple(sorted((+counts).items()))


def facets(
    connection: Connection,
    *,
    window: Window | None = None,
    filters: Narrowing,
    known: int,
    is_linked: bool = True,
) -> Facets:
    """Return the counts of the events that meet *filters* in *window*.

    Without *is_linked* neither entities nor sources are counted, which takes longest.
    """
    choice = choice_of(filters)
    ground = ground_of(connection, choice, known=known)
    found = parts(connection, ground=ground, window=window)
    wanted = ground.among_versions(connection, window)
    number = sum(one.number for one in found)
    touched, cited = linked(connection, ground, window, number) if is_linked else ((), ())
    levels, ranks = list(CONFIDENCES), list(RANKS)
    kinds = _summed((one.kind, one.number) for one in found)
    groups = _summed((KINDS[one.kind].group.value, one.number) for one in found)
    disputed = select(func.count()).where(*wanted, occurrences.c.root.in_(open_roots(known)))
    return Facets(
        kinds=tuple(sorted(kinds.items(), key=lambda one: (-one[1], one[0]))),
        groups=tuple((group.value, groups[group]) for group in Group if groups[group]),
        entities=touched,
        sources=cited,
        importance=_by_rank(ranks, ((one.importance, one.number) for one in found)),
        confidence=_by_rank(levels, ((one.confidence, one.number) for one in found)),
        disputed=connection.scalar(disputed) or 0,
        precision=_by_precision((one.precision, one.number) for one in found),
        excluded=_excluded(connection, choice, window, known),
    )


def _summed(numbers: Iterable[tuple[str, int]]) -> Counter[str]:
    summed: Counter[str] = Counter()
    for value, number in numbers:
        summed[value] += number
    return summed


def _by_rank(
    names: Sequence[str], numbers: Iterable[tuple[int, int]]
) -> tuple[tuple[str, int], ...]:
    summed = _summed((names[rank], number) for rank, number in numbers)
    return tuple((name, summed[name]) for name in names if summed[name])


def _by_precision(numbers: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    summed = _summed(numbers)
    return tuple((name, summed[name]) for name in PRECISIONS if summed[name])


def number_in(
    connection: Connection, *, window: Window | None, filters: Narrowing, known: int
) -> int:
    """Return how many events meet *filters* in *window*, the undated among them."""
    return _number(connection, choice_of(filters), window, known)


def _excluded(
    connection: Connection, choice: Choice, window: Window | None, known: int
) -> tuple[tuple[str, str, int], ...]:
    """Return how many events each thing left out leaves out, beside the others."""
    once = less_by_one(choice)
    if not once:
        return ()
    shown = _number(connection, choice, window, known)
    return tuple(
        (field, value, _number(connection, more, window, known) - shown)
        for field, value, more in once
    )


def _number(connection: Connection, choice: Choice, window: Window | None, known: int) -> int:
    ground = ground_of(connection, choice, known=known)
    return number_of(connection, ground=ground, window=window)
