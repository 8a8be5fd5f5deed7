"""What was told of a cell for one and the same day: in what turn, and what counts of it.

Of the very same, exactly known day the times decide that are stated of both, where they can be
told apart; among those that no time puts before another a phase goes forward. A value that is told
as unknown gives way to a known one of the very same date, unless its time puts it after those.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeVar

from archive.dates import UNTIMED, came_later
from archive.vocabulary import ENTITY_TYPES, UNKNOWN, AttributeClass

_SEVERAL: Final = 2
_NO_STEPS: Final[Mapping[str, int]] = {}
_STEPS: Final[Mapping[tuple[str, str], Mapping[str, int]]] = {
    (kind.name, name): {
        value: number for number, value in enumerate(getattr(attribute.value, "options", {}))
    }
    for kind in ENTITY_TYPES.values()
    for name, attribute in kind.attributes.items()
    if attribute.attribute_class is AttributeClass.PHASE
}


class Told(Protocol):
    """What a fact says of when: its first and last day, its time; and its value, None for none."""

    @property
    def id(self) -> int:
        """Return its number, by which it was recorded."""

    @property
    def lo(self) -> int:
        """Return the first day on which it may have begun."""

    @property
    def hi(self) -> int:
        """Return the last day on which it may have begun."""

    @property
    def clock(self) -> int:
        """Return the number of the time stated, or UNTIMED."""

    @property
    def value(self) -> str | None:
        """Return what it says, None for an end."""


_T = TypeVar("_T", bound=Told)


def steps_in(entity_type: str, attribute: str) -> Mapping[str, int]:
    """Return the order in which the values of an attribute follow each other if it is a phase."""
    return _STEPS.get((entity_type, attribute), _NO_STEPS)


def came_later_that_day(one: Told, other: Told) -> bool:
    """Tell whether two facts are of the very same day, and the stated times put *one* later."""
    return (
        one.lo == one.hi == other.lo == other.hi
        and one.clock != UNTIMED != other.clock
        and came_later(one.clock, other.clock)
    )


def last_of_their_day(facts: Sequence[_T]) -> list[_T]:
    """Return *facts* without those that others surely came after on their very day, by time."""
    timed = [fact for fact in facts if fact.clock != UNTIMED]
    if len(timed) < _SEVERAL:
        return list(facts)
    over = {one.id for one in timed if any(came_later_that_day(other, one) for other in timed)}
    return [fact for fact in facts if fact.id not in over]


def step_of(fact: Told, steps: Mapping[str, int] | None) -> int:
    """Return how far along its phase a fact of one exact day is; -1 for any other."""
    is_exact = fact.lo == fact.hi and fact.value is not None
    return (steps or {}).get(fact.value or "", -1) if is_exact else -1


def furthest(facts: Iterable[Told], steps: Mapping[str, int]) -> dict[int, int]:
    """Return the last step of a phase that each day saw."""
    found: dict[int, int] = {}
    for fact in facts:
        found[fact.lo] = max(step_of(fact, steps), found.get(fact.lo, -1))
    return found


def known_first(facts: Sequence[_T]) -> Sequence[_T]:
    """Return *facts* without each unknown value beside a known one of the very same date."""
    if all(fact.value != UNKNOWN for fact in facts):
        return facts
    told: defaultdict[tuple[int, int], list[_T]] = defaultdict(list)
    for fact in facts:
        if fact.value not in (None, UNKNOWN):
            told[fact.lo, fact.hi].append(fact)
    return [fact for fact in facts if fact.value != UNKNOWN or _is_last(fact, told)]


def _is_last(unknown: _T, told: Mapping[tuple[int, int], Sequence[_T]]) -> bool:
    """Tell whether *unknown* came after each known value that is told of its date."""
    known = told.get((unknown.lo, unknown.hi), ())
    return all(came_later_that_day(unknown, one) for one in known)


def last_of_a_day(told: Sequence[_T], steps: Mapping[str, int]) -> _T:
    """Return which of all that was *told* for one likely day, in its turn, is the last."""
    if len(told) == 1:
        return told[0]
    left = last_of_their_day(known_first(told))
    if steps:
        last = furthest((one for one in left if one.lo == one.hi), steps)
        left = [one for one in left if not 0 <= step_of(one, steps) < last.get(one.lo, -1)]
    return left[-1]
