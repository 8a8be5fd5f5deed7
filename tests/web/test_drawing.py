"""The drawing says by shape how exactly a day is known, and counts what it folds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.queries import Cluster, Mark
from archive.vocabulary import GROUPS
from archive.web.drawing.folds import Begun
from archive.web.drawing.lanes import LaneAsked
from archive.web.drawing.marking import DrawnMark, DrawnPile, fades_of, shape_of
from archive.web.drawing.placing import PILL
from archive.web.drawing.windows import LEAST_LANE, Drawing, draw
from tests.web.marks import a_mark, day

FIRST, LAST = "2022-01-01", "2024-12-31"
DATES = st.sampled_from(
    ["2023-07-14", "2023-07", "2023-34", "2023", "2023-03-10~", "[..2023-06-30]", "[2024-01-05..]",
     "[2023-03-21..2023-03-31]", "2022-01-01/2024-12-31"]
)  # fmt: skip


def a_drawing(
    marks: list[Mark],
    *,
    first: str = FIRST,
    last: str = LAST,
    locale: str = "en",
    is_narrow: bool = False,
    is_unfolded: bool = False,
) -> Drawing:
    lanes = [
        LaneAsked(str(group), name.in_language(locale), str(group), held)
        for group, name in GROUPS.items()
        if (held := [mark for mark in marks if mark.group == group])
    ]
    today = day("2026-11-21")
    return draw(
        lanes,
        first_day=day(first),
        last_day=day(last),
        width=1100,
        locale=locale,
        today=today,
        is_narrow=is_narrow,
        is_unfolded=is_unfolded,
    )


def summer_of(marks: list[Mark]) -> Drawing:
    """Return the drawing of three months that goes on beyond them."""
    return draw(
        [LaneAsked("models", "Models", "models", marks)],
        first_day=day("2023-05-01"),
        last_day=day("2023-07-31"),
        width=1100,
        locale="en",
        today=day("2026-11-21"),
        whole=(day(FIRST), day(LAST)),
    )


def things(drawing: Drawing) -> list[DrawnMark | DrawnPile]:
    return [thing for lane in drawing.lanes for thing in lane.things]


def only_mark(drawing: Drawing) -> DrawnMark:
    found = things(drawing)
    assert len(found) == 1
    assert isinstance(found[0], DrawnMark)
    return found[0]


@pytest.mark.parametrize(
    ("when", "shape", "fades"),
    [
        pytest.param("2023-07-14", "dot", "", id="a day"),
        pytest.param("2023-07", "bar", "", id="a month"),
        pytest.param("2023-34", "bar", "", id="a quarter"),
        pytest.param("2023", "faded", "both", id="a year"),
        pytest.param("[..2023-06-30]", "faded", "before", id="no earliest day"),
        pytest.param("[2023-07-01..]", "faded", "after", id="no latest day"),
    ],
)
def test_the_shape_says_how_exactly_the_day_is_known(when: str, shape: str, fades: str) -> None:
    mark = a_mark(when)

    assert (shape_of(mark), fades_of(mark)) == (shape, fades)


@pytest.mark.parametrize(
    ("changes", "doubt", "words"),
    [
        pytest.param({"is_disputed": True}, "disputed", "disputed", id="disputed"),
        pytest.param({"phase": "announced"}, "announced", "not closed", id="announced"),
        pytest.param({"is_retracted": True}, "retracted", "retracted", id="retracted"),
    ],
)
def test_a_doubt_is_drawn_and_spoken(changes: dict[str, object], doubt: str, words: str) -> None:
    drawn = only_mark(a_drawing([a_mark(position=1, **changes)]))  # type: ignore[arg-type]  # the fields' own values

    assert drawn.doubts == (doubt,)
    assert words in drawn.spoken


def test_a_mark_is_spoken_with_title_and_date_in_the_readers_language() -> None:
    drawn = only_mark(a_drawing([a_mark("2023-07-14")], locale="zh"))

    assert drawn.spoken == "第1件事件发生了，2023年7月14日"
    assert drawn.label == "第1件事件发生了"


def test_an_approximate_day_is_marked_so() -> None:
    assert only_mark(a_drawing([a_mark("2023-03-10~")])).doubts == ("about",)


def test_a_mark_known_only_by_its_latest_day_stands_at_that_day() -> None:
    drawing = a_drawing([a_mark("[..2023-06-30]")], is_unfolded=True)

    drawn = only_mark(drawing)
    place = drawing.scale.x(day("2023-07-01")) / drawing.width * 100

    assert float(drawn.x.removesuffix("%")) == pytest.approx(place - 8 / 11, abs=0.01)


@pytest.mark.parametrize(("when", "begins"), [("[..2023-06-30]", "-32"), ("[2023-06-30..]", "-8")])
def test_an_open_end_lies_as_it_is_to_its_glyph_however_the_drawing_is_stretched(
    when: str, begins: str
) -> None:
    drawn = only_mark(a_drawing([a_mark(when)], is_unfolded=True))

    assert (drawn.band_x, drawn.band_width) == (begins, "40")


def test_groups_have_their_lanes_in_the_vocabularys_order() -> None:
    marks = [
        a_mark(position=1, group="models"),
        a_mark(position=2, group="deals", kind="deal_closed"),
    ]

    drawing = a_drawing(marks)

    assert [(lane.key, lane.name, lane.count) for lane in drawing.lanes] == [
        ("deals", "Deals", 1),
        ("models", "Models", 1),
    ]
    assert drawing.lanes[1].y == drawing.lanes[0].y + drawing.lanes[0].height


def test_a_crowd_is_folded_into_piles_that_say_how_many_and_when() -> None:
    marks = [a_mark("2023-07-14", position=number) for number in range(1, 81)]

    drawing = a_drawing(marks)

    piles = [thing for thing in things(drawing) if isinstance(thing, DrawnPile)]
    assert drawing.folded == sum(pile.count for pile in piles)
    assert piles[0].spoken.endswith("events, July 2023; zoom in")


def test_a_date_wider_than_the_window_is_folded_at_its_edge() -> None:
    drawing = a_drawing([a_mark("2023")], first="2023-07-01", last="2023-07-31")

    pile = things(drawing)[0]

    assert isinstance(pile, DrawnPile)
    assert pile.is_wider
    assert (pile.first_day, pile.last_day) == (day("2023-01-01"), day("2023-12-31"))


def test_a_range_within_the_view_is_a_mark_where_its_days_are() -> None:
    marks = [
        a_mark("2024-04-02", position=1),
        a_mark("[2023-03-01..2023-08-31]", position=2),
        a_mark("2023-07-11", position=3),
    ]

    drawing = a_drawing(marks, first="2016-01-01", last="2024-04-30")

    drawn = [thing for thing in things(drawing) if isinstance(thing, DrawnMark)]
    ranged = next(mark for mark in drawn if mark.position == 2)
    place = drawing.scale.x(day("2023-03-01")) / drawing.width * 100
    assert drawing.folds
    assert (drawing.shown, drawing.folded) == (3, 0)
    assert float(ranged.x.removesuffix("%")) == pytest.approx(place + 8 / 11, abs=0.01)


def test_many_as_wide_as_the_window_leave_it_to_what_it_is_there_to_show() -> None:
    marks = [a_mark("2023", position=number) for number in range(1, 31)]

    drawing = a_drawing(marks, first="2023-01-01", last="2023-12-31")

    (pile,) = things(drawing)
    assert isinstance(pile, DrawnPile)
    assert (pile.is_wider, pile.count) == (True, 30)


@given(st.lists(DATES, max_size=12))
def test_a_date_within_the_view_is_never_alone_in_a_pile_of_the_wide(dates: list[str]) -> None:
    marks = [a_mark(when, position=number) for number, when in enumerate(dates, start=1)]

    drawing = a_drawing(marks)

    piles = [thing for thing in things(drawing) if isinstance(thing, DrawnPile)]
    assert all(pile.count > 1 for pile in piles)


def test_a_quiet_stretch_is_folded_and_says_how_long_it_is() -> None:
    marks = [a_mark("2022-01-10", position=1), a_mark("2024-12-10", position=2)]

    folded, unfolded = a_drawing(marks), a_drawing(marks, is_unfolded=True)

    assert [fold.text for fold in folded.folds] == ["34 mo"]
    assert "February 2022" in folded.folds[0].spoken
    assert unfolded.folds == ()


@pytest.mark.parametrize(
    ("begun", "is_part", "words"),
    [
        pytest.param((), False, "23 months in which no event begins", id="nothing"),
        pytest.param(
            (("2022-02-01", 2), ("2024-12-01", 1)),
            False,
            "23 months without an event, 2 events known less exactly",
            id="vague",
        ),
        pytest.param(
            (("2023-05-01", 1),), True, "23 months with 1 event not drawn there", id="part"
        ),
    ],
)
def test_a_quiet_stretch_says_what_is_not_drawn_in_it(
    *, begun: tuple[tuple[str, int], ...], is_part: bool, words: str
) -> None:
    marks = [a_mark("2022-01-10", position=1), a_mark("2024-01-10", position=2)]

    vague = Cluster(day(FIRST), day(LAST), 2, is_wide=True)
    drawing = draw(
        [LaneAsked("models", "Models", "models", marks, [vague])],
        first_day=day(FIRST),
        last_day=day("2024-01-31"),
        width=1100,
        locale="en",
        today=day("2026-11-21"),
        begun=Begun(tuple((day(month), count) for month, count in begun), is_part=is_part),
    )

    assert [fold.spoken for fold in drawing.folds] == [
        f"February 2022 to December 2023: {words}; unfold"
    ]


def test_today_is_drawn_only_where_it_is_in_sight() -> None:
    lanes = [LaneAsked("models", "Models", "models", [a_mark()])]

    seen, unseen = (
        draw(
            lanes,
            first_day=day(FIRST),
            last_day=day(LAST),
            width=1100,
            locale="en",
            today=day(today),
        )
        for today in ("2023-07-01", "2026-11-21")
    )

    assert seen.today
    assert unseen.today == ""


@given(dates=st.lists(DATES, max_size=50), is_narrow=st.booleans())
def test_what_is_shown_and_what_is_folded_is_all_there_is(
    *, dates: list[str], is_narrow: bool
) -> None:
    marks = [a_mark(when, position=number) for number, when in enumerate(dates, start=1)]

    drawing = a_drawing(marks, is_narrow=is_narrow)

    assert drawing.shown + drawing.folded == len(marks)
    assert all(
        lane.y <= thing.y <= lane.y + lane.height
        for lane in drawing.lanes
        for thing in lane.things
    )


@given(dates=st.lists(DATES, max_size=50), is_narrow=st.booleans())
def test_a_pile_of_one_is_the_mark_itself(*, dates: list[str], is_narrow: bool) -> None:
    marks = [a_mark(when, position=number) for number, when in enumerate(dates, start=1)]

    drawing = a_drawing(marks, is_narrow=is_narrow)

    piles = [thing for thing in things(drawing) if isinstance(thing, DrawnPile)]
    assert all(pile.count > 1 for pile in piles if not pile.is_wider)


def test_one_event_is_spoken_of_as_one() -> None:
    drawing = a_drawing([a_mark("2023")], first="2023-07-01", last="2023-07-31")

    pile = things(drawing)[0]

    assert pile.spoken == "Dates wider than the window: 1 event; list them"


def test_a_lane_is_high_enough_for_its_name_and_its_count() -> None:
    drawing = a_drawing([a_mark()])

    assert drawing.lanes[0].height >= LEAST_LANE


@given(st.lists(DATES, max_size=40))
def test_the_same_marks_give_the_same_drawing(dates: list[str]) -> None:
    marks = [a_mark(when, position=number) for number, when in enumerate(dates, start=1)]

    assert a_drawing(marks) == a_drawing(marks)


def test_no_band_is_narrower_than_nothing_where_the_drawing_goes_on_beyond_the_view() -> None:
    marks = [
        a_mark(when, position=at) for at, when in enumerate(("2022-01", "2023-06", "2024-11"))
    ]

    drawing = summer_of(marks)

    drawn = [thing for thing in things(drawing) if isinstance(thing, DrawnMark)]
    assert [mark.position for mark in drawn] == [1]
    assert all(float(mark.band_width.rstrip("%")) > 0 for mark in drawn)
    assert drawing.layer[0].startswith("-")


@given(
    st.lists(
        st.dates(date(2020, 1, 1), date(2026, 12, 31)).flatmap(
            lambda one: st.sampled_from([f"[..{one}]", f"[{one}..]", f"{one}", f"{one:%Y-%m}"])
        ),
        max_size=20,
    )
)
def test_what_folds_leave_no_room_for_beyond_the_view_is_not_drawn_at_its_edge(
    dates: list[str],
) -> None:
    drawing = summer_of([a_mark(when, position=n) for n, when in enumerate(dates)])

    scale = drawing.scale
    for mark in things(drawing):
        if isinstance(mark, DrawnMark):
            assert float(mark.band_width.rstrip("%")) >= 0
            assert mark.fades in {"", "both"} or scale.first_day <= mark.day <= scale.last_day


@given(st.lists(st.sampled_from(["2023-04-29", "2023-04-30", "2023-08-01"]), max_size=40))
def test_no_sliver_of_what_lies_beyond_is_seen_in_the_view(dates: list[str]) -> None:
    marks = [a_mark(when, position=number) for number, when in enumerate(dates, start=1)]

    drawing = summer_of(marks)

    left, right = drawing.scale.view
    places = [
        float(thing.x.rstrip("%")) / 100 * drawing.scale.width
        for thing in things(drawing)
        if isinstance(thing, DrawnPile)
    ]
    assert all(x + PILL / 2 < left - 1 or x - PILL / 2 > right + 1 for x in places)
