"""Who left a post, and whether it fell vacant by that: only whoever had it can have left it.

The newest taking up of a post says who has it, whatever was told of those before: where Ann left
after Bob had followed her, the post is Bob's. Only the leaving of whoever took it up last empties
it, on that very day or later. Of a post that nobody is told to have taken up it is the newest
leaving that speaks.

The end of a stretch in a post ends that stretch, whatever the days of its beginning, and nothing
else: whoever took it up since has it. After it nothing more is told of the post. No stretch is
over on the day on which it begins.

As everywhere a candidate is what some reading of the dates makes the one that holds. A taking up
``c`` may be the newest only on the days from ``max(c.lo, L)`` to ``min(c.hi, X)``, where L is the
latest ``lo`` among those that have surely begun by day X. So a leaving ``l`` of the same person
may have ended it if ``min(l.hi, X)`` is no earlier than the first of these days, and surely has
if ``l`` has surely begun and ``l.lo`` is no earlier than the last. Of leavings that may have
ended it those speak after which none surely came. A leaving that the stated times put before the
taking up of that very day ends nothing.

What an organization's parent sells to another it hands on: the same event says who leaves and who
follows. That is an ordinary taking up, but only where whoever leaves may have had it, or maybe
nobody had: on the eve of the first day on which it may have been, or on the last that has come.
Else it says nothing, for one who was not the parent sold. What the stated times put after the sale
on its very day is not asked; nor is the eve where they put anything before it. Of several such
events each is asked in its turn, by its last day, its first and its time, beside those before it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from archive.dates import EARLIEST_DAY
from archive.projections import PER_EVENT
from archive.projections.turns import came_later_that_day, last_of_their_day
from archive.queries.held.fact import Fact

_Candidates: TypeAlias = Callable[[Sequence[Fact], int], list[Fact]]


def outlived(taken: Sequence[Fact], leavings: Iterable[Fact], day: int) -> list[Fact]:
    """Return the candidates of a post on *day*; *taken* are those as if nobody had left."""
    begun = [fact for fact in leavings if fact.lo <= day]
    surely = [fact.lo for fact in taken if fact.hi <= day]
    latest = max(surely, default=EARLIEST_DAY)
    alive: dict[int, Fact] = {}
    for fact in taken:
        first, last = max(fact.lo, latest), min(fact.hi, day)
        ends = [
            one
            for one in begun
            if (_is_of_one(one, fact) and (one.hi <= day or first < day))
            or (
                one.leaver == fact.value
                and min(one.hi, day) >= first
                and not came_later_that_day(fact, one)
            )
        ]
        if not any(one.hi <= day and (one.lo >= last or _is_of_one(one, fact)) for one in ends):
            alive[fact.id] = fact
        alive |= {one.id: one for one in _last_of(ends, day)}
    if not surely:
        alive |= {one.id: one for one in _last_of(begun, day)}
    return list(alive.values())


def _is_of_one(one: Fact, other: Fact) -> bool:
    return one.id // PER_EVENT == other.id // PER_EVENT


def _last_of(leavings: Sequence[Fact], day: int) -> list[Fact]:
    """Return the leavings after which none surely came."""
    latest = max((one.lo for one in leavings if one.hi <= day), default=EARLIEST_DAY)
    return last_of_their_day([one for one in leavings if one.hi >= latest])


def handed_on(facts: Sequence[Fact], day: int, *, candidates: _Candidates) -> list[Fact]:
    """Return *facts*, those that hand something on as takings up; see the module.

    *candidates* tells who may have it on a day by facts of which none hands it on.
    """
    # Of a stretch in a post the end is of another date than its beginning.
    leavers = {fact.telling: fact.leaver for fact in facts if fact.leaver}
    handing = [
        fact
        for fact in facts
        if fact.value is not None and not fact.leaver and fact.telling in leavers
    ]
    if not handing:
        return list(facts)
    events = {fact.id // PER_EVENT for fact in handing}
    heard = [fact for fact in facts if fact.id // PER_EVENT not in events]
    for one in sorted(handing, key=lambda fact: (fact.hi, fact.lo, fact.clock, fact.id)):
        event = one.id // PER_EVENT
        until = [fact for fact in heard if not came_later_that_day(fact, one)]
        is_begun = any(came_later_that_day(one, fact) for fact in until)
        days = (min(one.hi, day),) if is_begun else (one.lo - 1, min(one.hi, day))
        seller = leavers[one.telling]
        if any(_may_have(seller, candidates(until, at), at) for at in days):
            heard += [fact for fact in facts if fact.id // PER_EVENT == event and not fact.leaver]
    return heard


def _may_have(leaver: str, alive: Sequence[Fact], day: int) -> bool:
    """Tell whether *leaver*, or nobody, may have what the candidates *alive* have on *day*."""
    is_anybodys = all(fact.hi > day for fact in alive)
    return is_anybodys or any(fact.value in (None, leaver) for fact in alive)
