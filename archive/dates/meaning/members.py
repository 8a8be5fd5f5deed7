"""Dates that lack something: a March of some year, a Tuesday of some week."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from typing import Final

from archive.dates.calendar.periods import Period, Scale, containing, shifted

# 29 February returns after eight years at the latest.
_FARTHEST: Final = 9


class Choice(Enum):
    """Which of many like it is meant."""

    LATEST = auto()  # the latest that has begun
    COMING = auto()  # the first that has not ended
    LAST = auto()  # the latest that had begun before
    NEXT = auto()  # the first to begin after
    THIS = auto()  # the one in the running year, month or week


class Side(Enum):
    """Where the greater period may stand."""

    EITHER = auto()
    LEADS = auto()  # "early March": the greater period follows
    TRAILS = auto()  # 3月初: the greater period stands before


class Joint(Enum):
    """How several dates are bound together."""

    STRETCH = auto()
    ALL_OF = auto()
    ONE_OF = auto()
    BETWEEN = auto()


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of a period inside a greater one that was not named."""

    needs: frozenset[Scale]
    gives: Scale
    of: Callable[[Period], Period | None]
    cycle: Scale | None = None  # the greater period that is tried when none is named
    bare: Choice = Choice.LATEST
    side: Side = Side.EITHER


@dataclass(frozen=True, slots=True)
class Run:
    """Several dates that share one word: 3-5月, May 3 and 5."""

    joint: Joint
    nodes: tuple[Period | Member, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What words are read against."""

    ref: date
    anchors: tuple[Period, ...]  # dates mentioned before, the last one first
    future: bool = False
    day_first: bool = False
    reaching: bool = False  # read up to an end: "by the end of …"
    sentence: tuple[Period, ...] = field(default=())  # earlier in it, last first

    def anchor(self, *scales: Scale) -> Period | None:
        """Return the date mentioned last, of one of *scales* if any are named."""
        fitting = (period for period in self.anchors if not scales or period.scale in scales)
        return next(fitting, None)


def member(
    needs: Scale,
    gives: Scale,
    of: Callable[[Period], Period | None],
    *,
    bare: Choice = Choice.LATEST,
    side: Side = Side.EITHER,
) -> Member:
    """Return a member of one kind of greater period, which may be left unsaid."""
    return Member(frozenset({needs}), gives, of, cycle=needs, bare=bare, side=side)


def scale_of(node: Period | Member) -> Scale:
    """Return what kind of period *node* is, or will be."""
    return node.scale if isinstance(node, Period) else node.gives


def within(inner: Member, outer: Period | Member) -> Period | Member | None:
    """Return *inner* as a part of *outer*."""
    if isinstance(outer, Period):
        return _dated_like(inner.of(outer), outer)
    of = _chained(inner, outer)
    return Member(outer.needs, inner.gives, of, outer.cycle, outer.bare, outer.side)


def _chained(inner: Member, outer: Member) -> Callable[[Period], Period | None]:
    def of(container: Period) -> Period | None:
        middle = outer.of(container)
        return None if middle is None else inner.of(middle)

    return of


def _dated_like(period: Period | None, outer: Period) -> Period | None:
    if period is None or period.dated == outer.dated:
        return period
    return replace(period, dated=outer.dated)


def resolved(node: Period | Member, context: Context) -> Period | None:
    """Return the period that *node* means in *context*."""
    if isinstance(node, Period):
        return node
    if node.cycle is None:
        return None
    inherited = _inherited(node, context)
    if inherited is not None:
        return inherited
    if node.bare is not Choice.LATEST:
        return chosen(node, context.ref, node.bare)
    if context.reaching and not context.future:
        running = chosen(node, context.ref, Choice.COMING)
        if running is not None and running.closing and running.closing <= context.ref:
            return running
    return chosen(node, context.ref, Choice.COMING if context.future else Choice.LATEST)


def _inherited(node: Member, context: Context) -> Period | None:
    """Return *node* in the year (or month) that the sentence has named before it."""
    for said in context.sentence:
        if (node.cycle is Scale.YEAR and said.dated) or (
            node.cycle is Scale.MONTH and _in_one_month(said)
        ):
            container = containing(said.first, node.cycle)
            found = node.of(container) if container else None
            if found is None or (context.future and found.last < context.ref):
                return None
            return found
    return None


def _in_one_month(said: Period) -> bool:
    return (said.first.year, said.first.month) == (said.last.year, said.last.month)


def chosen(node: Member, ref: date, choice: Choice) -> Period | None:
    """Return the one of all periods like *node* that *choice* means, seen from *ref*."""
    here = containing(ref, node.cycle) if node.cycle else None
    if here is None:
        return None
    if choice is Choice.THIS:
        return _running(node, here, ref)
    accepts, order = _SEARCHES[choice]
    for offset in order:
        container = shifted(here, offset)
        found = node.of(container) if container else None
        if found is not None and accepts(found, ref):
            return found
    return None


def _running(node: Member, here: Period, ref: date) -> Period | None:
    """Return the one of this year; the winter that began last year counts until it ends."""
    before = shifted(here, -1)
    for container in (before, here):
        found = node.of(container) if container else None
        if found is not None and (container is here or found.first <= ref <= found.last):
            return found
    return None


_BACKWARDS: Final = range(1, -_FARTHEST, -1)
_FORWARDS: Final = range(-1, _FARTHEST)
_SEARCHES: Final[dict[Choice, tuple[Callable[[Period, date], bool], range]]] = {
    Choice.LATEST: (lambda found, ref: found.first <= ref, _BACKWARDS),
    Choice.LAST: (lambda found, ref: found.first < ref, _BACKWARDS),
    Choice.COMING: (lambda found, ref: found.last >= ref, _FORWARDS),
    Choice.NEXT: (lambda found, ref: found.first > ref, _FORWARDS),
}
