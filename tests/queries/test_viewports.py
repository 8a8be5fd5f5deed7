"""Views of the timeline: every event is shown or counted, once, at any zoom and by any filter."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.dates import EARLIEST_DAY, LATEST_DAY, Precision, day_number, describe
from archive.log import head
from archive.queries import (
    Choice,
    EventRow,
    Filters,
    ViewportLane,
    Window,
    Without,
    density,
    facets,
    timeline,
)
from archive.queries.events import grounds, since
from archive.vocabulary import CONFIDENCE, IMPORTANCE, KINDS, Group
from tests.builders import scratch
from tests.contracts.drawing import MODELS, ORGS, SOURCES
from tests.contracts.histories import Move, histories, played
from tests.queries.views import LANES, names, view

some = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORLD = sorted(one.name for one in KINDS.values() if one.is_world)
GROUPS = sorted(group.value for group in Group if group is not Group.ARCHIVE)
ENTITIES = sorted(str(one["id"]) for one in (*ORGS, *MODELS))
MONTHS = st.dates(date(2019, 1, 1), date(2026, 1, 1)).map(day_number)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = draw(MONTHS)
    return Window(first, first + draw(st.sampled_from([0, 1, 13, 40, 200, 1000, 5000])))


def few(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(values), max_size=3))


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """Draw a choice of a filter or two, on either side."""
    filters = Filters(
        kinds=draw(few(WORLD)) if draw(st.integers(0, 4)) == 0 else frozenset(),
        groups=draw(few(GROUPS)),
        entity=draw(st.sampled_from(["", "", *ENTITIES])),
        source=draw(st.sampled_from(["", "", "", *SOURCES])),
        text=draw(st.sampled_from(["", "", "", "智谱", "a"])),
        importance=draw(st.sampled_from(["", "", *IMPORTANCE])),
        confidence=draw(st.sampled_from(["", "", "", *CONFIDENCE])),
        disputed=draw(st.sampled_from([False, False, False, True])),
        retracted=draw(st.booleans()),
    )
    without = Without(
        kinds=draw(few(WORLD)),
        groups=draw(few(GROUPS)),
        entities=draw(few(ENTITIES)),
        sources=draw(few(list(SOURCES))),
        text=draw(st.sampled_from(["", "", "", "智谱", "公司"])),
        importance=draw(few(list(IMPORTANCE))),
        confidence=draw(few(list(CONFIDENCE))),
        precisions=draw(few([one.value for one in Precision])),
        disputed=draw(st.booleans()),
    )
    side = draw(st.integers(0, 3))
    return Choice(
        filters if side in {0, 2} else Filters(),
        draw(few([one.value for one in Precision])) if side == 0 else frozenset(),
        without if side in {1, 2} else Without(),
    )


class Walked:
    """What there is, found by walking through the whole list and looking at each event."""

    def __init__(self, connection: Connection, choice: Choice) -> None:
        self.connection = connection
        self.known = head(connection)[0]
        self.choice = choice
        left_out = self._left_out(choice.without)
        self.rows = [
            row
            for row in self.every(choice.filters)
            if row.id not in left_out and self._passes(row)
        ]

    def every(self, filters: Filters) -> tuple[EventRow, ...]:
        return timeline(self.connection, filters=filters, known=self.known, limit=1000).rows

    def _left_out(self, without: Without) -> set[str]:
        tried = [
            *(Filters(entity=one, retracted=True) for one in without.entities),
            *(Filters(source=one, retracted=True) for one in without.sources),
            *([Filters(text=without.text, retracted=True)] if without.text else []),
            *([Filters(disputed=True, retracted=True)] if without.disputed else []),
        ]
        return {row.id for filters in tried for row in self.every(filters)}

    def _passes(self, row: EventRow) -> bool:
        without, precision = self.choice.without, precision_of(row)
        return (
            row.kind not in without.kinds
            and KINDS[row.kind].group.value not in without.groups
            and row.importance not in without.importance
            and row.confidence not in without.confidence
            and precision not in without.precisions
            and precision in (self.choice.precisions or {precision})
        )

    def undated(self) -> list[EventRow]:
        return [row for row in self.rows if likely(row) == LATEST_DAY]

    def dated(self, days: Window) -> list[EventRow]:
        return [row for row in self.rows if likely(row) != LATEST_DAY and reaches(row, days)]


def likely(row: EventRow) -> int:
    return row.last_day if row.first_day == EARLIEST_DAY else row.first_day


def precision_of(row: EventRow) -> str:
    return describe(row.occurred.edtf).precision.value


def reaches(row: EventRow, days: Window) -> bool:
    if days.first_day <= likely(row) <= days.last_day:
        return True
    is_open = row.first_day == EARLIEST_DAY or row.last_day == LATEST_DAY
    return not is_open and row.first_day <= days.last_day and row.last_day >= days.first_day


@some
@given(history=histories, asked=st.lists(st.tuples(windows(), choices()), min_size=6, max_size=6))
def test_what_is_shown_and_what_is_folded_are_all_there_is(
    shared: Engine, history: list[Move], asked: list[tuple[Window, Choice]]
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for (days, choice), most in zip(asked, (400, 400, 12, 6, 24, 1), strict=True):
            there = Walked(connection, choice)
            dated = there.dated(days)
            found = view(connection, days, choice, most=most)
            listed = timeline(
                connection, window=days, filters=choice, known=there.known, limit=1000
            )

            assert found.shown + found.folded == found.total == len(dated)
            assert found.undated == len(there.undated())
            assert listed.total == len(listed.rows) == found.total + found.undated
            assert {lane.key: lane.total for lane in found.lanes} == Counter(
                KINDS[row.kind].group.value for row in dated
            )
            for lane in found.lanes:
                assert lane.total == lane.shown + lane.folded
                assert lane.shown == len(lane.marks)
                assert lane.folded == sum(one.count for one in lane.clusters)
                assert set(names(lane.marks)) <= {row.id for row in dated}
            assert set(names(found.shelf)) == {row.id for row in there.undated()[:24]}
            assert not found.folded or found.total > most


@some
@given(history=histories, asked=st.lists(st.tuples(windows(), choices()), min_size=5, max_size=5))
def test_what_is_drawn_of_the_days_told_is_what_they_hold(
    shared: Engine, history: list[Move], asked: list[tuple[Window, Choice]]
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        for (days, choice), most in zip(asked, (400, 12, 6, 24, 1), strict=True):
            there = Walked(connection, choice)
            dated = there.dated(days)
            more = (days.last_day - days.first_day + 1) // 2
            around = Window(days.first_day - more, days.last_day + more)
            found = view(connection, around, choice, most=most, counted=days)

            held = Counter(KINDS[row.kind].group.value for row in dated)
            assert found.inside == len(dated)
            assert {lane.key: lane.inside for lane in found.lanes if lane.inside} == held
            for lane in found.lanes:
                assert drawn_of(lane, days) == lane.inside
                for wide in (one for one in lane.clusters if one.is_wide):
                    vague = {name for name, _number in wide.precisions}
                    listed = [row for row in dated if precision_of(row) in vague]
                    held_here = [KINDS[row.kind].group.value == lane.key for row in listed]
                    assert sum(held_here) == wide.count


def drawn_of(lane: ViewportLane, days: Window) -> int:
    """Return how many events are drawn in the days: by themselves, or in a cluster."""
    first, last = days.first_day, days.last_day
    inside = [one for one in lane.clusters if first <= one.first_day <= one.last_day <= last]
    outside = [one for one in lane.clusters if one.last_day < first or one.first_day > last]
    assert len(inside) + len(outside) == len(lane.clusters)
    marks = [mark for mark in lane.marks if first <= mark.day <= last or mark.reaches(first)]
    return len(marks) + sum(one.count for one in inside)


@some
@given(history=histories, asked=st.lists(st.tuples(windows(), choices()), min_size=4, max_size=4))
def test_marks_are_the_same_wherever_they_are_sought(
    shared: Engine, history: list[Move], asked: list[tuple[Window, Choice]]
) -> None:
    with scratch(shared) as connection, pytest.MonkeyPatch.context() as patch:
        played(connection, history)
        for days, choice in asked:
            for most in (400, 20, 6):
                middle = Window(days.first_day + 3, max(days.last_day - 5, days.first_day + 3))
                told = days if days.last_day < middle.last_day else middle
                asked_of = {"most": most, "counted": told}
                fast = [view(connection, days, choice, lanes=one, **asked_of) for one in LANES]
                with patch.context() as slowly:
                    slowly.setattr(grounds, "_subject", lambda *_any, **_named: None)
                    slow = [view(connection, days, choice, lanes=one, **asked_of) for one in LANES]

                assert fast == slow


def nearly_plain() -> st.SearchStrategy[Choice]:
    """Draw choices that differ by little from all that stands."""
    return st.builds(
        lambda is_retracted, is_undisputed, level: Choice(
            Filters(retracted=is_retracted, importance=level),
            without=Without(disputed=is_undisputed),
        ),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", *IMPORTANCE]),
    )


@some
@given(history=histories, days=windows(), choice=nearly_plain(), share=st.floats(0, 1))
def test_what_differs_by_little_from_what_stands_is_as_if_it_were_searched(
    shared: Engine, history: list[Move], days: Window, choice: Choice, share: float
) -> None:
    with scratch(shared) as connection, pytest.MonkeyPatch.context() as patch:
        played(connection, history)
        then = int(head(connection)[0] * share)

        def asked() -> object:
            seen = {"known": then, "filters": choice}
            return (
                [view(connection, days, choice, known=then, most=most) for most in (400, 20, 6)],
                density(connection, **seen),  # type: ignore[arg-type]  # as it has them
                facets(connection, window=days, **seen),  # type: ignore[arg-type]  # as it has them
                facets(connection, **seen),  # type: ignore[arg-type]  # as it has them
            )

        fast = asked()
        patch.setattr(since, "LEAST", dict.fromkeys(since.LEAST, 0))
        among_marks = asked()
        patch.setattr(grounds, "_subject", lambda *_any, **_named: None)

        assert fast == among_marks == asked()


@some
@given(history=histories, days=windows(), choice=choices())
def test_a_lane_of_an_entity_holds_all_that_touches_it(
    shared: Engine, history: list[Move], days: Window, choice: Choice
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        there = Walked(connection, choice)
        found = view(connection, days, choice, lanes="entity", entities=ENTITIES[:3], most=30)

        assert [lane.key for lane in found.lanes] == ENTITIES[:3]
        assert found.total == len(there.dated(days))
        held: set[str] = set()
        for lane in found.lanes:
            touching = {row.id for row in there.every(Filters(entity=lane.key, retracted=True))}
            assert lane.total == sum(row.id in touching for row in there.dated(days))
            assert lane.total == lane.shown + lane.folded
            held |= touching
        assert found.others == sum(row.id not in held for row in there.dated(days))


@some
@given(history=histories, days=windows(), choice=choices(), back=st.integers(1, 8))
def test_a_view_as_known_then_is_what_the_list_was(
    shared: Engine, history: list[Move], days: Window, choice: Choice, back: int
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        then = max(head(connection)[0] - back, 0)
        listed = timeline(connection, window=days, filters=choice, known=then, limit=1000)
        found = view(connection, days, choice, known=then, most=8)

        assert found.shown + found.folded + found.undated == len(listed.rows) == listed.total
