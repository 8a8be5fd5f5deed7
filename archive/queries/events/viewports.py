"""What a view of the timeline shows at any zoom: marks where they fit, else clusters with counts.

All counts come from one statement, and each event of the window is in exactly one of them; what
no mark shows is in a cluster. So shown and folded are the whole, whatever the zoom.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import RANKS
from archive.projections.tables import occurrences
from archive.queries.events.choosing import Choice, Narrowing, choice_of, chosen
from archive.queries.events.columns import UNDATED, bounded, columns_of
from archive.queries.events.fitting import (
    Held,
    View,
    all_of,
    fitting,
    held_of,
    numbers_of,
    told_of,
    wanted_of,
)
from archive.queries.events.grounds import Ground, ground_of, versions_in
from archive.queries.events.marking import Mark, drawn, in_turn, marks_of
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

    A wide one holds, of the days to be counted, all whose dates are coarser than a column;
    ``precisions`` says how many of each.
    """

    first_day: int
    last_day: int
    count: int
    is_wide: bool = False
    precisions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ViewportLane:
    """One lane: its marks in the order of time, its clusters, the wide one first.

    ``inside`` counts those of its events that lie in the days to be counted.
    """

    key: str
    total: int
    inside: int
    shown: int
    folded: int
    marks: tuple[Mark, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Viewport:
    """A view: its lanes, and apart from them the events that are not dated.

    ``total`` counts each dated event of the window once, ``inside`` each of the days to be
    counted, ``others`` those of the latter that no lane holds; ``unit`` says what a column is.
    """

    window: Window
    unit: str
    lanes: tuple[ViewportLane, ...]
    shelf: tuple[Mark, ...]
    undated: int
    total: int
    inside: int
    shown: int
    folded: int
    others: int


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
    counted: Window | None = None,
) -> Viewport:
    """Return at most *most* marks and clusters of the events in *window*.

    Lanes are one for each group, one for each of *entities*, or one for all. At most *columns*
    clusters stand side by side in a lane. What lies ``inside`` is that of the days *counted*,
    where those are not all.
    """
    choice, days, told = choice_of(filters), bounded(window), bounded(counted or window)
    keys = {"group": _WORLD, "entity": tuple(entities)}.get(lanes, (ALL,))
    # In each column of each lane a mark and a cluster find room, and beside them the wide ones.
    room = most // (2 * max(len(keys), 1)) - 1
    view = View(
        columns=columns_of(days, most=max(min(columns, room), 1), told=told),
        finest=columns_of(days, most=max(columns, 1), told=told),
        told=told,
        is_grouped=lanes == "group",
        most=most,
    )
    ground = ground_of(connection, choice, known=known)
    if lanes == "entity":
        found = sums(connection, ground=ground, columns=view.columns)
        each = replace(view, most=most // max(len(keys), 1))
        drawn_lanes = [_of_entity(connection, choice, key, known=known, view=each) for key in keys]
        inside = list(_inside(told_of(connection, ground, found, view), view).values())
    else:
        view, found = fitting(connection, ground, view)
        drawn_lanes = _lanes(connection, ground, found, view)
        inside = [lane.inside for lane in drawn_lanes]
    others = _others(connection, ground, keys, counted or window) if lanes == "entity" else 0
    undated = sum(one.number for one in found if one.column == UNDATED)
    return Viewport(
        window=window,
        unit=view.columns.unit.name,
        lanes=tuple(drawn_lanes),
        shelf=_shelf(connection, ground) if undated else (),
        undated=undated,
        total=sum(one.number for one in found) - undated,
        inside=sum(inside),
        shown=sum(lane.shown for lane in drawn_lanes),
        folded=sum(lane.folded for lane in drawn_lanes),
        others=others,
    )


def _others(connection: Connection, ground: Ground, slugs: Sequence[str], window: Window) -> int:
    """Return how many dated events of *window* touch none of the entities."""
    choice, known = ground.choice, ground.known
    if set(slugs).intersection(choice.entities):
        return 0
    without = replace(choice.without, entities=choice.without.entities.union(slugs))
    left = replace(choice, without=without)
    met = [*chosen(connection, choice=left, known=known), *versions_in(window)]
    query = select(func.count()).where(*met, occurrences.c.v != LATEST_DAY)
    return connection.scalar(query) or 0


def _of_entity(
    connection: Connection, choice: Choice, slug: str, *, known: int, view: View
) -> ViewportLane:
    touching = replace(choice, touching=(*choice.touching, slug))
    ground = ground_of(connection, touching, known=known)
    fitted, found = fitting(connection, ground, view)
    drawn_lanes = _lanes(connection, ground, found, fitted)
    return replace(drawn_lanes[0], key=slug) if drawn_lanes else _empty(slug)


def _empty(key: str) -> ViewportLane:
    return ViewportLane(key, 0, 0, 0, 0, (), ())


def _inside(found: Iterable[Sum], view: View) -> Counter[str]:
    """Return how many dated events of each lane lie in the days to be counted."""
    wanted, numbers = all_of(view), Counter[str]()
    last = view.columns.number(view.told.last_day)
    for one in found:
        if one.is_wide or wanted.first_told <= one.column <= last:
            numbers[wanted.lane(one.kind)] += one.number
    return numbers


def _lanes(
    connection: Connection, ground: Ground, found: Sequence[Sum], view: View
) -> list[ViewportLane]:
    told = told_of(connection, ground, found, view)
    dated = [one for one in told if one.column != UNDATED]
    held = held_of(dated, all_of(view))
    wanted = wanted_of(held, view)
    rows = _picked(connection, ground, held, dated, wanted) if dated else []
    shown: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks_of(connection, rows):
        shown[wanted.lane(mark.kind)].append(mark)
    order = _WORLD if view.is_grouped else (ALL,)
    inside = _inside(told, view)
    return [_lane(key, held[key], shown[key], wanted, inside[key]) for key in order if key in held]


def _picked(
    connection: Connection,
    ground: Ground,
    held: Mapping[str, Held],
    dated: Sequence[Sum],
    wanted: Wanted,
) -> Sequence[Row[Any]]:
    """Return the rows that stand as marks: no cluster is of one, which itself can stand there."""
    lonely = wanted.each + 1
    if wanted.is_all or lonely not in numbers_of(held):
        return picked(connection, ground=ground, wanted=wanted, found=dated)
    more = replace(wanted, each=lonely)
    places: defaultdict[tuple[str, int], list[Row[Any]]] = defaultdict(list)
    for row in picked(connection, ground=ground, wanted=more, found=dated):
        places[wanted.lane(row.kind), wanted.columns.number(row.v)].append(row)
    kept: list[Row[Any]] = []
    for (lane, column), rows in places.items():
        rows.sort(key=lambda row: (row.importance, *in_turn(row)))
        is_full = held[lane].columns[column] > lonely
        kept += rows[: wanted.each] if is_full else rows
    return kept


def _lane(
    key: str, held: Held, shown: Sequence[Mark], wanted: Wanted, inside: int
) -> ViewportLane:
    clusters: list[Cluster] = []
    if not wanted.is_all:
        reaching = sum(mark.reaches(wanted.told.first_day) for mark in shown)
        left = held.columns - Counter(wanted.columns.number(mark.day) for mark in shown)
        left -= Counter({wanted.first_told: reaching})
        clusters = [_cluster(wanted.columns.days(one), left[one]) for one in sorted(left)]
        if held.wide:
            clusters.insert(0, _wide(held.wide, wanted))
    folded = sum(one.count for one in clusters)
    return ViewportLane(key, held.total, inside, len(shown), folded, tuple(shown), tuple(clusters))


def _cluster(days: Window, number: int) -> Cluster:
    return Cluster(days.first_day, days.last_day, number)


def _wide(wide: Counter[str], wanted: Wanted) -> Cluster:
    days = wanted.told
    precisions = tuple(wide.most_common())
    return Cluster(days.first_day, days.last_day, wide.total(), True, precisions)  # noqa: FBT003 - its name stands in the class


def _shelf(connection: Connection, ground: Ground) -> tuple[Mark, ...]:
    c = occurrences.c
    met = ground.among_versions(connection, None)
    query = drawn(ground.known).where(*met, c.v == LATEST_DAY, c.lo == EARLIEST_DAY)
    ordered = query.order_by(c.importance, c.position).limit(_SHELF)
    found = marks_of(connection, connection.execute(ordered))
    return tuple(sorted(found, key=lambda mark: (RANKS[mark.importance], mark.position)))
