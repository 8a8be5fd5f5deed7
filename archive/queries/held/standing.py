"""What stands in one cell on a day: certain, possible, or not; the rule, and nothing else.

A **fact** says that from a day on, known to lie between ``lo`` and ``hi``, the cell has a value,
or (value None) has none. Facts of one cell succeed each other: a later one ends an earlier.

A fact is a **candidate** on day X when some reading of the dates makes it the one that holds:
``lo <= X``, and no other fact that has surely begun (``hi <= X``) surely comes after it. One fact
surely comes after another when its ``lo`` is after the other's ``hi``, or when it is the end of
the stretch that the other begins. On the very same, exactly known day the times decide that are
stated of both, where they can be told apart; among those that no time puts before another the
order of a phase's steps decides, and for everything else no order is assumed.

A value is **certain** when it is every candidate's value and some candidate has surely begun;
it is **possible** when some candidate carries it. Where no candidate carries a value, nothing is
held. The tests hold this rule against an interpreter that enumerates every possible true date.

Only whoever had a post can have left it, and only the parent can hand its place on: the module
``leaving`` tells when that empties it, and who follows.

Several values that one event gives a cell from one date on hold together, as one. Claims are
**rivals** when two events of one kind give a cell different values from the very same date on.

A value that is told as unknown gives way to a known one of the very same date: the one source says
less than the other, and does not contradict it. It does not where its time puts it after those.

Where a dispute was settled, the facts of the claims that were not preferred are shown beside the
answer but do not take part in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final, TypeAlias

import msgspec

from archive.dates import EARLIEST_DAY
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.projections.turns import furthest, known_first, last_of_their_day, step_of
from archive.queries.held.fact import Fact
from archive.queries.held.leaving import handed_on, outlived
from archive.queries.held.spanning import span
from archive.vocabulary import UNKNOWN

_Telling: TypeAlias = tuple[int, int, int]
_Values: TypeAlias = frozenset[str | None]


class Standing(StrEnum):
    """How surely something holds."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


_WITH_ITS_BODY: Final = Words("机构已终止或可能已终止", "the organization has ended, or may have")
_OVERTAKEN: Final = Words(
    "该职务此后已由或可能已由他人接任，是否仍在机构未见说明",
    "another has taken up the post there since, or may have; whether they stayed is not told",
)
# Met once for each cell of an answer: an enumeration takes long to name its members.
_CERTAIN: Final = Standing.CERTAIN
_POSSIBLE: Final = Standing.POSSIBLE


class Held(msgspec.Struct, frozen=True, gc=False):
    """What a cell holds on a day: the candidates with a value, best first, and how surely.

    ``alive`` are all candidates, ends among them; ``has_rivals`` tells that they contradict,
    ``has_ended_body`` that all is certain but for an organization that has ended, or may have,
    ``is_overtaken`` that it is but for another who has the post since, or may have.
    """

    candidates: tuple[Fact, ...]
    set_aside: tuple[Fact, ...]
    standing: Standing
    is_disputed: bool
    is_changed_today: bool
    day: int
    alive: tuple[Fact, ...]
    has_rivals: bool = False
    has_ended_body: bool = False
    is_overtaken: bool = False

    @property
    def reason(self) -> Words | None:
        """Return why the answer is only possible; None where it is certain."""
        if self.standing is _CERTAIN:
            return None
        if self.has_ended_body:
            return _WITH_ITS_BODY
        if self.is_overtaken:
            return _OVERTAKEN
        return why_possible(self.alive, self.day, rivals=self.has_rivals)


def _unended(facts: Sequence[Fact], day: int, steps: Mapping[str, int] | None) -> list[Fact]:
    """Return the facts that no other surely comes after."""
    begun = last_of_their_day([fact for fact in facts if fact.lo <= day])
    surely = [fact for fact in begun if fact.hi <= day]
    latest = max((fact.lo for fact in surely), default=EARLIEST_DAY)
    ended = {fact.id // PER_EVENT for fact in surely if fact.value is None}
    last = furthest(surely, steps) if steps else {}
    return [
        fact
        for fact in begun
        if latest <= fact.hi
        and (fact.value is None or fact.id // PER_EVENT not in ended)
        and not (last and 0 <= step_of(fact, steps) < last.get(fact.lo, -1))
    ]


def held(
    facts: Sequence[Fact], day: int, *, steps: Mapping[str, int] | None = None
) -> Held | None:
    """Return what a cell with *facts* holds on *day*, or None when it holds nothing.

    *steps* orders the values of a phase that begin on the very same day.
    """
    if len(facts) == 1:
        return held_alone((facts[0],), day)
    plain = _plainly_alive(facts, day)
    if plain is not None and len(plain) == 1:
        return held_alone((plain[0],), day)
    if plain is not None and not (_are_ordered(plain, steps) and _share_a_day(plain)):
        alive = _likeliest_first(plain, day)
        return _together(alive, alive, (), day) if alive else None
    alive = taking_part(facts, day, steps=steps)
    carrying = [fact for fact in alive if fact.value is not None]
    if not carrying:
        return None
    aside = [fact for fact in facts if fact.is_set_aside and fact.lo <= day]
    # Whoever let go of something names no value of it.
    set_aside = tuple([fact for fact in aside if fact.value is not None or not fact.leaver])
    return _together(alive, carrying, set_aside, day)


def taking_part(
    facts: Iterable[Fact], day: int, *, steps: Mapping[str, int] | None = None
) -> list[Fact]:
    """Return the candidates on *day*, ends among them, of all that was told of a cell.

    What was set aside is not among them, nor an unknown value that gives way.
    """
    heard = [fact for fact in facts if not fact.is_set_aside]
    return candidates(known_first(heard), day, steps=steps)


def candidates(
    facts: Iterable[Fact], day: int, *, steps: Mapping[str, int] | None = None
) -> list[Fact]:
    """Return the facts that may be the one that holds on *day*, the likeliest first."""
    told = list(facts)
    if any(fact.leaver for fact in told):
        told = handed_on(told, day, candidates=_in_turn)
    return _in_turn(told, day, steps)


def _in_turn(told: Sequence[Fact], day: int, steps: Mapping[str, int] | None = None) -> list[Fact]:
    leavings = [fact for fact in told if fact.leaver]
    alive = _unended([fact for fact in told if not fact.leaver], day, steps)
    return _likeliest_first(outlived(alive, leavings, day) if leavings else alive, day)


def _together(
    alive: Sequence[Fact], carrying: Sequence[Fact], set_aside: tuple[Fact, ...], day: int
) -> Held:
    """Return what candidates hold of which *carrying* have a value."""
    is_one, has_rivals = (True, False) if len(alive) == 1 else _agreement(alive, carrying)
    has_begun = is_changed = is_disputed = False
    for fact in alive:
        hi = fact.hi
        if hi <= day:
            has_begun = True
            is_changed = is_changed or fact.lo == day == hi
        is_disputed = is_disputed or (fact.is_disputed and fact.value is not None)
    all_alive = tuple(alive)
    return Held(
        all_alive if carrying is alive else tuple(carrying),
        set_aside,
        _CERTAIN if is_one and has_begun else _POSSIBLE,
        has_rivals or is_disputed,
        is_changed,
        day,
        all_alive,
        has_rivals,
    )


def _are_ordered(facts: Iterable[Fact], steps: Mapping[str, int] | None) -> bool:
    """Tell whether anything may order *facts* of one day."""
    return bool(steps) or any(fact.clock for fact in facts)


def _share_a_day(facts: Iterable[Fact]) -> bool:
    """Tell whether two of *facts* begin on the very same, exactly known day."""
    days = [fact.lo for fact in facts if fact.lo == fact.hi]
    return len(set(days)) < len(days)


def _plainly_alive(facts: Iterable[Fact], day: int) -> list[Fact] | None:
    """Return the candidates among *facts* if each of these simply has a value, else None."""
    latest = EARLIEST_DAY
    for fact in facts:
        if fact.value is None or fact.value == UNKNOWN or fact.is_set_aside or fact.leaver:
            return None
        if latest < fact.lo and fact.hi <= day:
            latest = fact.lo
    return [fact for fact in facts if fact.lo <= day and latest <= fact.hi]


def _likeliest_first(alive: Iterable[Fact], day: int) -> list[Fact]:
    """Return the facts by their likely days, the latest first; those after *day* are the last."""
    ordered = sorted(alive, key=_TURN, reverse=True)
    if ordered and ordered[0].v > day:
        return [one for one in ordered if one.v <= day] + [one for one in ordered if one.v > day]
    return ordered


_TURN: Final = attrgetter("v", "hi", "clock", "id")


def _agreement(alive: Sequence[Fact], carrying: Sequence[Fact]) -> tuple[bool, bool]:
    """Tell whether all candidates say the same, and whether some contradict each other."""
    if len({fact.value for fact in alive}) == 1:
        return True, False
    if len({fact.id // PER_EVENT for fact in alive}) == len(alive):
        dates = {(fact.lo, fact.hi) for fact in carrying}
        if len(dates) == len(carrying):
            return False, False
    told = _told(alive)
    return len(set(told.values())) == 1, _are_rivals(carrying, told)


def held_alone(alone: tuple[Fact, ...], day: int) -> Held | None:
    """Return what a cell of one fact holds: nothing can contradict, end or replace it."""
    (fact,) = alone
    lo, hi = fact.lo, fact.hi
    if lo > day or fact.value is None or fact.is_set_aside:
        return None
    standing = _CERTAIN if hi <= day else _POSSIBLE
    # In the order of the fields: this is by far the most frequent answer.
    return Held(alone, (), standing, fact.is_disputed, lo == day == hi, day, alone)


def _told(facts: Sequence[Fact]) -> dict[_Telling, _Values]:
    """Return the values that each event gives from one date on."""
    told: defaultdict[_Telling, set[str | None]] = defaultdict(set)
    for fact in facts:
        told[fact.telling].add(fact.value)
    return {telling: frozenset(values) for telling, values in told.items()}


def _are_rivals(facts: Sequence[Fact], told: Mapping[_Telling, _Values]) -> bool:
    """Tell whether two events of one kind give a cell different values from the same date on."""
    said: dict[tuple[int, int, str], _Values] = {}
    return any(
        said.setdefault((fact.lo, fact.hi, fact.kind), told[fact.telling]) != told[fact.telling]
        for fact in facts
    )


def why_possible(alive: Sequence[Fact], day: int, *, rivals: bool) -> Words:
    """Return why an answer made of *alive* is only possible on *day*."""
    if rivals:
        return Words("说法不一", "the accounts differ")
    unsure = next((fact for fact in alive if fact.hi > day), None)
    if unsure is not None and unsure.value is None:
        when = span(unsure.lo, unsure.hi)
        return Words(f"可能{when.zh}已结束", f"may have ended {when.en}")
    if unsure is not None and len(alive) == 1:
        when = span(unsure.lo, unsure.hi)
        return Words(f"{when.zh}开始", f"starts {when.en}")
    if unsure is not None:
        when = span(unsure.lo, unsure.hi)
        return Words(f"可能{when.zh}已改变", f"may have changed {when.en}")
    return Words("先后次序不明", "which came first is not known")
