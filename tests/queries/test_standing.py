"""The rule of three values, held against an interpreter that enumerates all possible dates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from itertools import product

from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec import structs

from archive.dates import clock_number
from archive.projections import PER_EVENT
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Standing, candidates, held
from tests.queries.facts import a_fact, answered

LAST = 9
# Each sort by itself: without an offset, and at one offset from UTC.
TIMES = ["", "", "09:00", "17:00", "09:00+08:00", "17:00+08:00"]
TIME_OF = {clock_number(one): time.fromisoformat(one) for one in TIMES if one}
NINE, FIVE = clock_number("09:00"), clock_number("17:00")
STEPS = {"announced": 0, "released": 1, "closed": 2}


# --- the slow interpreter: no rule, only worlds -------------------------------------------------


def worlds(facts: Sequence[Fact]) -> Iterator[tuple[int, ...]]:
    """Yield every way in which the true days may have fallen."""
    yield from product(*(range(fact.lo, fact.hi + 1) for fact in facts))


def step_of(fact: Fact, steps: Mapping[str, int]) -> int:
    """Return how far along its phase a fact of one exact day is; -1 for any other."""
    is_exact = fact.lo == fact.hi and fact.value is not None
    return steps.get(fact.value or "", -1) if is_exact else -1


def without_overtaken(facts: Sequence[Fact]) -> list[Fact]:
    """Return of the facts of one day those that no other of a later time is told of."""
    times = {fact.id: TIME_OF.get(fact.clock) for fact in facts}
    return [
        fact for fact in facts if not any(is_later(times[one.id], times[fact.id]) for one in facts)
    ]


def is_later(one: time | None, other: time | None) -> bool:
    """Tell whether one time of day to the minute came later than another of its sort."""
    if one is None or other is None or (one.tzinfo is None) is not (other.tzinfo is None):
        return False
    return (one.replace(tzinfo=None) > other.replace(tzinfo=None)) and one != other


def holding(
    facts: Sequence[Fact], days: Sequence[int], day: int, steps: Mapping[str, int]
) -> set[str | None]:
    """Return what may hold on *day* in one world; several where facts share the last day.

    Facts of one day come in the order of their times where both have one of a sort; else they may
    have come in any order, but a phase known to that very day goes forward.
    """
    begun = [(when, fact) for when, fact in zip(days, facts, strict=True) if when <= day]
    if not begun:
        return {None}
    newest = max(when for when, _fact in begun)
    last = without_overtaken([fact for when, fact in begun if when == newest])
    furthest = max(step_of(fact, steps) for fact in last)
    return {fact.value for fact in last if step_of(fact, steps) in {-1, furthest}}


def enumerated(
    facts: Sequence[Fact], day: int, steps: Mapping[str, int]
) -> tuple[Standing | None, set[str]]:
    """Return how surely something holds, and the values that hold in some world."""
    found = set().union(*(holding(facts, days, day, steps) for days in worlds(facts)))
    values = {value for value in found if value is not None}
    if not values:
        return None, values
    return (Standing.CERTAIN if len(found) == 1 else Standing.POSSIBLE), values


# --- laws ---------------------------------------------------------------------------------------


@st.composite
def fact_sets(draw: st.DrawFn, values: Sequence[str | None] = ("a", "b", "c", None)) -> list[Fact]:
    count = draw(st.integers(1, 4))
    facts = []
    for number in range(1, count + 1):
        lo = draw(st.integers(0, LAST - 1))
        hi = min(LAST, lo + draw(st.sampled_from([0, 0, 1, 2, 4])))
        told = draw(st.sampled_from(TIMES)) if lo == hi else ""
        value = draw(st.sampled_from(values))
        facts.append(a_fact(number, lo, hi, value, clock=clock_number(told)))
    return facts


@given(facts=fact_sets(), day=st.integers(0, LAST))
@example(facts=[a_fact(1, 0, 3), a_fact(2, 3, 3, "b")], day=3)
@example(facts=[a_fact(1, 0), a_fact(2, 1, 3, None)], day=2)
def test_a_value_is_certain_in_all_worlds_and_possible_in_some(
    facts: list[Fact], day: int
) -> None:
    assert answered(held(facts, day)) == enumerated(facts, day, {})


@given(facts=fact_sets(["announced", "released", "closed", None]), day=st.integers(0, LAST))
def test_a_phase_goes_forward_within_a_day(facts: list[Fact], day: int) -> None:
    assert answered(held(facts, day, steps=STEPS)) == enumerated(facts, day, STEPS)


@st.composite
def facts_of_a_day(draw: st.DrawFn, values: Sequence[str | None]) -> list[Fact]:
    """Draw facts of one exact day, and one that is known to the day after at the latest."""
    times = draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=4))
    facts = [
        a_fact(number, 3, value=draw(st.sampled_from(values)), clock=clock_number(told))
        for number, told in enumerate(times, start=1)
    ]
    return [*facts, a_fact(9, 2, 4, "vague")] if draw(st.booleans()) else facts


@given(facts=facts_of_a_day(["a", "b", "c", None]), day=st.integers(2, 4))
@example(facts=[a_fact(1, 3, clock=NINE), a_fact(2, 3, value="b", clock=FIVE)], day=3)
def test_of_one_day_the_stated_times_decide(facts: list[Fact], day: int) -> None:
    assert answered(held(facts, day)) == enumerated(facts, day, {})


@given(facts=facts_of_a_day(["announced", "released", "closed"]), day=st.integers(2, 4))
@example(
    facts=[a_fact(1, 3, value="closed", clock=NINE), a_fact(2, 3, value="released", clock=FIVE)],
    day=3,
)
def test_times_outweigh_the_order_of_a_phase(facts: list[Fact], day: int) -> None:
    assert answered(held(facts, day, steps=STEPS)) == enumerated(facts, day, STEPS)


def surely_after(later: Fact, earlier: Fact, steps: Mapping[str, int]) -> bool:
    """Tell, as the rule is worded, whether one fact surely comes after another."""
    ends_it = later.value is None and earlier.value is not None
    if later.lo > earlier.hi or (ends_it and later.telling[0] == earlier.telling[0]):
        return True
    is_same_day = later.lo == later.hi == earlier.lo == earlier.hi
    return is_same_day and step_of(later, steps) > step_of(earlier, steps) >= 0


def on_time(facts: Sequence[Fact], day: int) -> list[Fact]:
    """Return the facts that surely had begun, but for those that a time puts before another."""
    begun = [fact for fact in facts if fact.hi <= day]
    return [
        fact
        for fact in begun
        if fact in without_overtaken([one for one in begun if (one.lo, one.hi) == (fact.lo,) * 2])
        or fact.lo < fact.hi
    ]


@given(
    facts=fact_sets(["announced", "released", "closed", None]),
    day=st.integers(0, LAST),
    events=st.lists(st.integers(1, 3), min_size=4, max_size=4),
)
def test_a_candidate_is_one_after_which_none_surely_comes(
    facts: list[Fact], day: int, events: list[int]
) -> None:
    told = [
        structs.replace(fact, id=event * PER_EVENT + number)
        for number, (fact, event) in enumerate(zip(facts, events, strict=False))
    ]

    found = candidates(told, day, steps=STEPS)

    assert {fact.id for fact in found} == {
        fact.id
        for fact in told
        if fact.lo <= day
        and not any(surely_after(one, fact, STEPS) for one in on_time(told, day))
        and fact in on_time(told, fact.hi)
    }


@given(facts=fact_sets(), day=st.integers(0, LAST), order=st.randoms(use_true_random=False))
def test_the_order_in_which_facts_arrive_changes_nothing(
    facts: list[Fact], day: int, order: object
) -> None:
    shuffled = list(facts)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random

    assert held(shuffled, day) == held(facts, day)


@given(facts=fact_sets(), day=st.integers(0, LAST))
def test_an_answer_that_is_only_possible_says_why(facts: list[Fact], day: int) -> None:
    answer = held(facts, day)
    assume(answer is not None)
    assert answer is not None

    assert (answer.reason is None) is (answer.standing is Standing.CERTAIN)
    if answer.reason:
        assert answer.reason.zh
        assert answer.reason.en


@given(facts=fact_sets(), day=st.integers(0, LAST))
def test_what_was_set_aside_takes_no_part(facts: list[Fact], day: int) -> None:
    aside = a_fact(99, 0, day, "aside", is_set_aside=True)

    answer = held([*facts, aside], day)

    assert answered(answer) == answered(held(facts, day))
    assert answer is None or answer.set_aside == (aside,)


@given(
    lo=st.integers(0, 4), length=st.integers(0, 3), gap=st.integers(0, 4), day=st.integers(0, LAST)
)
def test_the_end_of_a_stretch_comes_after_its_beginning(
    lo: int, length: int, gap: int, day: int
) -> None:
    """Both are of one event: in no world does what it ends begin after its end."""
    start = a_fact(1, lo, lo + length)
    end = Fact(start.id + 1, lo + gap + 1, lo + gap + 1, lo + length + gap + 1, None)
    together = [days for days in worlds([start, end]) if days[0] < days[1]]
    found = set().union(*(holding([start, end], days, day, {}) for days in together))

    answer = held([start, end], day)

    assert (answer is None) is (found == {None})
    assert (answer is not None and answer.standing is Standing.CERTAIN) is (found == {"a"})
