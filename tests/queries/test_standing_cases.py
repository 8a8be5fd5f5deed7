"""The rule of three values by cases that a reader may check by hand."""

from collections.abc import Sequence

import pytest

from archive.dates import EARLIEST_DAY, LATEST_DAY
from archive.projections import PER_EVENT
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Standing, candidates, held
from archive.vocabulary import UNKNOWN
from tests.queries.facts import a_fact, answered


def standing(facts: Sequence[Fact], day: int) -> str:
    answer = held(facts, day)
    return answer.standing.value if answer else "not"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(0, "not"), (1, "possible"), (29, "possible"), (30, "certain"), (99, "certain")],
)
def test_a_fact_known_to_the_month_is_possible_inside_it_and_certain_after(
    day: int, expected: str
) -> None:
    assert standing([a_fact(1, 1, 30)], day) == expected


def test_a_fact_with_an_open_beginning_is_certain_from_its_last_day() -> None:
    since_ever = Fact(1, EARLIEST_DAY, 50, 50, "a")

    assert [standing([since_ever], day) for day in (1, 49, 50)] == [
        "possible",
        "possible",
        "certain",
    ]


def test_a_fact_with_an_open_end_never_becomes_certain() -> None:
    some_day = Fact(1, 10, 10, LATEST_DAY, "a")

    assert [standing([some_day], day) for day in (9, 10, 10**6)] == ["not", "possible", "possible"]


def test_a_vague_successor_leaves_both_possible_inside_its_days() -> None:
    facts = [a_fact(1, 0, value="a"), a_fact(2, 10, 20, "b")]

    assert [standing(facts, day) for day in (9, 10, 19, 20)] == [
        "certain",
        "possible",
        "possible",
        "certain",
    ]


def test_two_values_of_one_day_are_rivals_and_both_are_told() -> None:
    answer = held([a_fact(1, 5, value="a"), a_fact(2, 5, value="b")], 7)

    assert answer is not None
    assert answer.is_disputed
    assert {fact.value for fact in answer.candidates} == {"a", "b"}


def test_two_who_say_the_same_are_no_rivals() -> None:
    answer = held([a_fact(1, 5), a_fact(2, 5)], 7)

    assert answer is not None
    assert not answer.is_disputed
    assert answer.standing is Standing.CERTAIN


def test_what_one_event_says_of_two_is_true_of_both() -> None:
    """Two operators that launch a product together do not contradict each other."""
    both = [a_fact(1, 5, value="a"), Fact(PER_EVENT + 1, 5, 5, 5, "b")]

    answer = held(both, 7)

    assert answer is not None
    assert not answer.is_disputed
    assert answer.standing is Standing.CERTAIN
    assert {fact.value for fact in answer.candidates} == {"a", "b"}


def test_events_of_two_kinds_that_share_vague_days_follow_each_other_and_are_no_rivals() -> None:
    founded = a_fact(1, 1, 365, "active", kind="org_founded")
    ended = a_fact(2, 1, 365, "dissolved", kind="org_ended")

    answer = held([founded, ended], 400)

    assert answer is not None
    assert not answer.is_disputed
    assert answer.standing is Standing.POSSIBLE


def test_an_unknown_value_gives_way_to_a_known_one_of_the_same_date() -> None:
    answer = held([a_fact(1, 5, value=UNKNOWN), a_fact(2, 5, value="51")], 7)

    assert answered(answer) == (Standing.CERTAIN, {"51"})


def test_an_unknown_value_of_a_later_date_stands() -> None:
    answer = held([a_fact(1, 5, value="51"), a_fact(2, 6, value=UNKNOWN)], 7)

    assert answered(answer) == (Standing.CERTAIN, {UNKNOWN})


def test_a_change_on_the_day_itself_is_marked() -> None:
    facts = [a_fact(1, 5, value="a"), a_fact(2, 8, value="b")]

    marked = [answer.is_changed_today for day in (5, 6, 8, 9) if (answer := held(facts, day))]

    assert marked == [True, False, True, False]


def test_the_likeliest_candidate_comes_first() -> None:
    facts = [a_fact(1, 1, 30, "vague"), a_fact(2, 10, 12, "less vague")]

    assert [fact.value for fact in candidates(facts, 20)] == ["less vague", "vague"]


def test_what_likely_began_comes_before_what_likely_begins_later() -> None:
    later = Fact(2 * PER_EVENT, 5, 30, 60, "about then")

    assert [fact.value for fact in candidates([later, a_fact(1, 2)], 20)] == ["a", "about then"]
    assert [fact.value for fact in candidates([later, a_fact(1, 2)], 30)] == ["about then", "a"]


def test_a_claim_set_aside_is_shown_from_its_day_on() -> None:
    facts = [a_fact(1, 5), a_fact(2, 8, value="b", is_set_aside=True)]

    shown = [answer.set_aside for day in (7, 8) if (answer := held(facts, day))]

    assert shown == [(), (facts[1],)]


def test_a_value_is_not_disputed_because_its_end_is() -> None:
    facts = [a_fact(1, 5), a_fact(2, 6, 20, None, is_disputed=True)]

    answer = held(facts, 10)

    assert answer is not None
    assert not answer.is_disputed
    assert answer.standing is Standing.POSSIBLE


def test_the_reason_names_who_is_not_sure_to_have_begun() -> None:
    answer = held([a_fact(1, 2460030), a_fact(2, 2460025, 2460035, "b")], 2460030)

    assert answer is not None
    assert [fact.value for fact in answer.alive] == ["a", "b"]
    assert answer.reason is not None
    assert "between 21 March 2023 and 31 March 2023" in answer.reason.en


@pytest.mark.parametrize(
    ("facts", "day", "zh", "en"),
    [
        (
            [a_fact(1, 2460025, 2460035)],
            2460030,
            "2023年3月21日至2023年3月31日",
            "between 21 March 2023 and 31 March 2023",
        ),
        (
            [a_fact(1, 5, value="a"), a_fact(2, 5, value="b")],
            7,
            "说法不一",
            "the accounts differ",
        ),
        ([a_fact(1, 5), a_fact(2, 6, 2460035, None)], 2460030, "已结束", "may have ended"),
        ([a_fact(1, 5), a_fact(2, 6, 2460035, "b")], 2460030, "已改变", "may have changed"),
    ],
    ids=["starts", "rivals", "ends", "changes"],
)
def test_the_reason_names_the_days_in_both_languages(
    facts: list[Fact], day: int, zh: str, en: str
) -> None:
    answer = held(facts, day)

    assert answer is not None
    assert answer.reason is not None
    assert zh in answer.reason.zh
    assert en in answer.reason.en
