"""What became by a day of each thing that was told of a cell: the cell's verdict, event by event.

It never says otherwise than the row: where that is certain, what is told has a certain part in it
or none, and where it is only possible, nothing holds for certain. The parts of a sum are each for
itself: one that is sure holds, whatever others leave open.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from archive.languages import Words
from archive.projections import PER_EVENT
from archive.projections.turns import came_later_that_day, known_first
from archive.queries.held.answering import held_in, steps_of
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Held, Standing, candidates, taking_part
from archive.queries.held.summing import round_of
from archive.vocabulary import HANDED_ON, AttributeClass

_HOLDS: Final = Words("当日有效", "holds on this day")
_HOLDS_TOGETHER: Final = Words(
    "当日有效：几个事件所述相同，合而确定",
    "holds on this day: several events say the same, and together make it certain",
)
_HELD_ALREADY: Final = Words(
    "可能已开始，所述与当日有效者相同", "may have begun: it says the same as what holds already"
)
_MAY_HOLD: Final = Words("当日可能有效", "may hold on this day")
_IDLE: Final = Words("此时已由他人担任，未因此空缺", "another had the post: it was not vacant")
_NOT_THEIRS: Final = Words(
    "上级另有其人，未因此改变", "another was the parent: this changed nothing"
)
_KEPT: Final = Words(
    "另有职务仍在，未因此改变", "another post there goes on: this changed nothing"
)
_GIVES_WAY: Final = Words("同日另有已知的说法", "gives way to what is known of the same date")
_LATER: Final = Words("尚未发生", "had not begun")
_REPLACED: Final = Words("已被取代", "was replaced since")
_REPLACED_THAT_DAY: Final = Words(
    "按所述时刻，当日稍后已被取代", "was replaced later that day, by the times stated"
)
_ASIDE: Final = Words("未获采信", "set aside when the dispute was settled")
_CERTAIN: Final = Standing.CERTAIN


def outcomes(cell: Cell, day: int) -> Callable[[Fact], Words]:
    """Return what tells of each fact of *cell* what became of it by *day*."""
    heard = [one for one in cell.facts if not one.is_set_aside]
    if cell.attribute.attribute_class is AttributeClass.SUM:
        meant = _of_sums(heard, day)
    elif cell.posts:
        meant = _of_posts(cell, heard, day)
    else:
        meant = _of_itself(cell, heard, day)

    def outcome(fact: Fact) -> Words:
        if fact.is_set_aside:
            return _ASIDE
        return _LATER if fact.lo > day else meant(fact)

    return outcome


def _of_sums(heard: Sequence[Fact], day: int) -> Callable[[Fact], Words]:
    told = Counter(round_of(one) for one in heard)

    def outcome(fact: Fact) -> Words:
        is_sure = fact.hi <= day and told[round_of(fact)] == 1 and not fact.is_disputed
        return _HOLDS if is_sure else _MAY_HOLD

    return outcome


def _of_itself(cell: Cell, heard: Sequence[Fact], day: int) -> Callable[[Fact], Words]:
    answer = held_in(cell, day)
    alive = answer.alive if answer else tuple(taking_part(heard, day, steps=steps_of(cell)))
    ids = {one.id for one in alive}
    known = {one.id for one in known_first(heard)}

    def outcome(fact: Fact) -> Words:
        if fact.id in ids:
            return _part(fact, answer, alive, day)
        if fact.id not in known:
            return _GIVES_WAY
        return _idle(cell, fact, heard) or _replaced(fact, heard)

    return outcome


def _part(fact: Fact, answer: Held | None, alive: Sequence[Fact], day: int) -> Words:
    """Return the part that *fact*, one of those *alive*, has in the answer, or in its absence.

    Where that is certain all of them say the same.
    """
    begun = {one.telling for one in alive if one.hi <= day}
    if not begun or (answer and answer.standing is not _CERTAIN):
        return _MAY_HOLD
    if fact.telling not in begun:
        return _HELD_ALREADY
    return _HOLDS if len(begun) == 1 else _HOLDS_TOGETHER


def _of_posts(cell: Cell, heard: Sequence[Fact], day: int) -> Callable[[Fact], Words]:
    """Return what tells what became of what was told of a person's cell, which posts answer."""
    answer = held_in(cell, day)
    own = candidates(heard, day)
    events = {one.id // PER_EVENT for one in answer.candidates} if answer else set[int]()

    def outcome(fact: Fact) -> Words:
        if answer is None:
            ends = [one for one in own if one.value is None]
            return _part(fact, None, ends, day) if fact in ends else _REPLACED
        if fact.value is None:
            if fact not in own:
                return _REPLACED
            return _KEPT if answer.standing is _CERTAIN else _MAY_HOLD
        if fact.id // PER_EVENT not in events:
            return _REPLACED
        return _part(fact, answer, answer.candidates, day)

    return outcome


def _replaced(fact: Fact, heard: Sequence[Fact]) -> Words:
    """Return since when *fact* does not hold any more: that very day, or later."""
    successors = [one for one in heard if one.leaver in {"", fact.value}]
    if any(came_later_that_day(one, fact) for one in successors):
        return _REPLACED_THAT_DAY
    return _REPLACED


def _idle(cell: Cell, fact: Fact, heard: Sequence[Fact]) -> Words | None:
    """Return why *fact* never came to hold though its day came; None where it did."""
    is_left = any(one.leaver and one.id // PER_EVENT == fact.id // PER_EVENT for one in heard)
    if not is_left or _could_hold(cell, fact, heard):
        return None
    return _NOT_THEIRS if cell.attribute.name in HANDED_ON else _IDLE


def _could_hold(cell: Cell, fact: Fact, heard: Sequence[Fact]) -> bool:
    told = candidates(heard, fact.hi, steps=steps_of(cell))
    return any(one.id // PER_EVENT == fact.id // PER_EVENT for one in told)
