"""What a view of the timeline shows at any zoom: marks where they fit, else clusters with counts.

All counts come from one statement, and each event of the window is in exactly one of them; what
no mark shows is in a cluster. So shown and folded are the whole, whatever the zoom.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import RANKS
from archive.projections.tables import occurrences
from archive.queries.events.choosing import Choice, Narrowing, choice_of, chosen
from archive.queries.events.columns import UNDATED, Columns, bounded, columns_of
from archive.queries.events.grounds import Ground, ground_of
from archive.queries.events.marking import Mark, drawn, marks_of
from archive.queries.events.picks import ALL, Wanted, picked
from archive.queries.events.sums import Sum, sums
from archive.queries.known.narrowing import Window
from archive.vocabulary import GROUPS, Group

MOST: Final = 400
COLUMNS: Final = 28
_SHELF: Final = 24
_WORLD: Final = tuple(group.value for group in GROUPS if group is not Group.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Events folded into one: how many, and the days to which a closer look leads.

    A wide one holds those that belong to no column: their dates are coarser than one, or they
    began before the window; ``precisions`` says how many of each.
    """

    first_day: int
    last_day: int
    count: int
    is_wide: bool = False
    precisions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ViewportLane:
    """One lane: its marks in the order of time, its clusters, the wide one first."""

    key: str
    total: int
    shown: int
    folded: int
    marks: tuple[Mark, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Viewport:
    """A view: its lanes, and apart from them the events that are not dated.

    ``total`` counts each dated event of the window once; ``unit`` says what a column is.
    """

    window: Window
    unit: str
    lanes: tuple[ViewportLane, ...]
    shelf: tuple[Mark, ...]
    undated: int
    total: int
    shown: int
    folded: int


@dataclass(frozen=True, slots=True)
class _View:
    """What all lanes of one answer share: how many marks and clusters a part of it may have."""

    columns: Columns
    is_grouped: bool
    most: int


@dataclass(frozen=True, slots=True)
class _Held:
    """How many events a lane holds by column, and how many are wide by precision."""

    columns: Counter[int] = field(default_factory=Counter)
    wide: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.columns.total() + self.wide.total()


def viewport(
    connection: Connection,
    *,
    window: Window,
    filters: Narrowing,
    known: int,
    lanes: str = "group",
    entities: Sequence[str] = (),
    most: int = MOST,
    columns: int = COLUMNS,
) -> Viewport:
    """Return at most *most* marks and clusters of the events in *window*.

    Lanes are one for each group, one for each of *entities*, or one for all. At most *columns*
    clusters stand side by side in a lane.
    """
    choice, days = choice_of(filters), bounded(window)
    keys = {"group": _WORLD, "entity": tuple(entities)}.get(lanes, (ALL,))
    # In each column of each lane a mark and a cluster find room, and beside them the wide ones.
    room = most // (2 * max(len(keys), 1)) - 1
    drawn_in = columns_of(days, most=max(min(columns, room), 1))
    ground = ground_of(connection, choice, known=known)
    found = sums(connection, ground=ground, columns=drawn_in)
    if lanes == "entity":
        view = _View(drawn_in, is_grouped=False, most=most // max(len(keys), 1))
        drawn_lanes = [_of_entity(connection, choice, key, known=known, view=view) for key in keys]
    else:
        view = _View(drawn_in, is_grouped=lanes == "group", most=most)
        drawn_lanes = _lanes(connection, ground, found, view)
    undated = sum(one.number for one in found if one.column == UNDATED)
    return Viewport(
        window=window,
        unit=drawn_in.unit.name,
        lanes=tuple(drawn_lanes),
        shelf=_shelf(connection, ground) if undated else (),
        undated=undated,
        total=sum(one.number for one in found) - undated,
        shown=sum(lane.shown for lane in drawn_lanes),
        folded=sum(lane.folded for lane in drawn_lanes),
    )


def _of_entity(
    connection: Connection, choice: Choice, slug: str, *, known: int, view: _View
) -> ViewportLane:
    touching = replace(choice, touching=(*choice.touching, slug))
    ground = ground_of(connection, touching, known=known)
    found = sums(connection, ground=ground, columns=view.columns)
    drawn_lanes = _lanes(connection, ground, found, view)
    return replace(drawn_lanes[0], key=slug) if drawn_lanes else _empty(slug)


def _empty(key: str) -> ViewportLane:
    return ViewportLane(key, 0, 0, 0, (), ())


def _lanes(
    connection: Connection, ground: Ground, found: Sequence[Sum], view: _View
) -> list[ViewportLane]:
    dated = [one for one in found if one.column != UNDATED]
    held = _held(dated, Wanted(view.columns, view.is_grouped, each=view.most, is_all=True))
    wanted = _wanted(held, view)
    rows = picked(connection, ground=ground, wanted=wanted, found=dated) if dated else []
    shown: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks_of(connection, rows):
        shown[wanted.lane(mark.kind)].append(mark)
    order = _WORLD if view.is_grouped else (ALL,)
    return [_lane(key, held[key], shown[key], wanted) for key in order if key in held]


def _held(dated: Iterable[Sum], wanted: Wanted) -> Mapping[str, _Held]:
    """Return what each lane holds that has anything."""
    held: defaultdict[str, _Held] = defaultdict(_Held)
    for one in dated:
        lane = held[wanted.lane(one.kind)]
        if one.is_wide:
            lane.wide[one.precision] += one.number
        else:
            lane.columns[one.column] += one.number
    return held


def _wanted(held: Mapping[str, _Held], view: _View) -> Wanted:
    """Return how many of each lane and column may stand: as many as fit."""
    total = sum(lane.total for lane in held.values())
    wanted = Wanted(view.columns, view.is_grouped, each=view.most, is_all=total <= view.most)
    if wanted.is_all:
        return wanted
    numbers = [number for lane in held.values() for number in lane.columns.values()]
    room = view.most - sum(bool(lane.wide) for lane in held.values())
    each = 1
    while each < view.most and _cost(numbers, each + 1) <= room:
        each += 1
    return replace(wanted, each=each)


def _cost(numbers: Iterable[int], each: int) -> int:
    """Return how many marks and clusters there are where *each* of a column may stand."""
    return sum(number if number <= each else each + 1 for number in numbers)


def _lane(key: str, held: _Held, shown: Sequence[Mark], wanted: Wanted) -> ViewportLane:
    clusters: list[Cluster] = []
    if not wanted.is_all:
        left = held.columns - Counter(wanted.columns.number(mark.day) for mark in shown)
        clusters = [_cluster(wanted.columns.days(one), left[one]) for one in sorted(left)]
        if held.wide:
            clusters.insert(0, _wide(held.wide, wanted))
    folded = sum(one.count for one in clusters)
    return ViewportLane(key, held.total, len(shown), folded, tuple(shown), tuple(clusters))


def _cluster(days: Window, number: int) -> Cluster:
    return Cluster(days.first_day, days.last_day, number)


def _wide(wide: Counter[str], wanted: Wanted) -> Cluster:
    days = wanted.window
    precisions = tuple(wide.most_common())
    return Cluster(days.first_day, days.last_day, wide.total(), True, precisions)  # noqa: FBT003 - its name stands in the class


def _shelf(connection: Connection, ground: Ground) -> tuple[Mark, ...]:
    c = occurrences.c
    met = chosen(connection, choice=ground.choice, window=None, known=ground.known)
    query = drawn(ground.known).where(*met, c.v == LATEST_DAY, c.lo == EARLIEST_DAY)
    ordered = query.order_by(c.importance, c.position).limit(_SHELF)
    found = marks_of(connection, connection.execute(ordered))
    return tuple(sorted(found, key=lambda mark: (RANKS[mark.importance], mark.position)))
