"""Charts: every report a mark within the frame, and no line but a level one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.languages import LOCALES, Words
from archive.queries import EntityRef, Point, Series, StateValue
from archive.web.drawing.chart_axes import axis
from archive.web.drawing.charts import Chart, chart

NOBODY = Words("", "")
DAY = day_number(date(2023, 12, 31))
VALUE = StateValue("", NOBODY, None, "an-event", 1, "2023", (), is_preferred=False)
POINT = Point(
    least=Decimal(5),
    most=Decimal(5),
    is_about=False,
    value=VALUE,
    basis=None,
    period="",
    first_day=DAY - 200,
    day=DAY - 200,
    last_day=DAY - 200,
    age_days=200,
    is_disputed=False,
    is_set_aside=False,
)


def a_series(points: Sequence[Point]) -> Series:
    ref = EntityRef("o", "organization", NOBODY)
    return Series(ref, "figures", NOBODY, NOBODY, "users", NOBODY, tuple(points), ())


def point(day: int, least: float | None, most: float | None, *, vague: int = 0) -> Point:
    return replace(
        POINT,
        least=None if least is None else Decimal(str(least)),
        most=None if most is None else Decimal(str(most)),
        first_day=day - vague,
        day=day,
        last_day=day + vague,
    )


def drawn(*points: Point, scale: str = "", locale: str = "en") -> Chart:
    return chart(a_series(points), day=DAY, locale=locale, scale=scale)


sizes = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda one: one == 0 or abs(one) > 1e-6)
points = st.one_of(
    st.builds(
        lambda ago, size, vague: point(DAY - ago, size, size, vague=vague),
        st.integers(0, 3000),
        sizes,
        st.integers(0, 60),
    ),
    st.builds(lambda ago, size: point(DAY - ago, size, None), st.integers(0, 3000), sizes),
    st.builds(lambda ago, size: point(DAY - ago, None, size), st.integers(0, 3000), sizes),
    st.just(replace(POINT, first_day=EARLIEST_DAY, day=None)),
    st.just(replace(POINT, last_day=LATEST_DAY, day=None)),
)


@given(
    st.lists(points, min_size=1, max_size=8),
    st.sampled_from(["", "log", "linear"]),
    st.sampled_from(LOCALES),
)
def test_every_report_is_a_mark_within_the_frame(
    reports: list[Point], scale: str, locale: str
) -> None:
    found = drawn(*reports, scale=scale, locale=locale)

    assert [mark.point for mark in found.marks] == reports
    for mark in found.marks:
        assert found.left <= mark.x <= found.width
        assert found.top - 0.1 <= mark.y <= found.bottom + 0.1
        assert found.left <= mark.left <= mark.right <= found.width
        assert mark.high <= mark.y <= mark.low or mark.low <= mark.y <= mark.high


@given(st.lists(points, min_size=1, max_size=8), st.sampled_from(["", "log", "linear"]))
def test_between_reports_there_are_only_level_lines_at_what_was_reported(
    reports: list[Point], scale: str
) -> None:
    found = drawn(*reports, scale=scale)

    heights = {mark.y for mark in found.marks}
    assert {level.y for level in found.levels} <= heights
    assert all(level.left < level.right for level in found.levels)


@given(st.lists(sizes, min_size=1, max_size=8), st.sampled_from(["", "log", "linear"]))
def test_a_greater_number_lies_higher_and_ticks_rise_evenly(
    numbers: list[float], scale: str
) -> None:
    found = axis(
        [Decimal(str(one)) for one in numbers], scale=scale, top=0, bottom=100, locale="en"
    )

    heights = [found.y(one) for one in sorted(numbers)]
    assert heights == sorted(heights, reverse=True)
    places = [y for y, _text in found.ticks]
    assert places == sorted(places, reverse=True)
    gaps = [round(one - other) for one, other in pairwise(places)]
    assert max(gaps) - min(gaps) <= 1
    assert len(places) <= 8


def test_numbers_far_apart_take_a_logarithmic_scale_unless_told_otherwise() -> None:
    far = point(DAY - 100, 1, 1), point(DAY - 50, 1e6, 1e6)

    assert drawn(*far).is_logarithmic
    assert not drawn(*far, scale="linear").is_logarithmic


def test_what_is_not_greater_than_nothing_has_no_logarithm() -> None:
    assert not drawn(point(DAY - 100, -1, -1), point(DAY, 5, 5), scale="log").is_logarithmic


def test_ticks_are_written_as_the_reader_counts() -> None:
    money = point(DAY - 100, 8e8, 8e8)

    assert drawn(money).numbers[-1].text == "800M"
    assert drawn(money, locale="zh").numbers[-1].text == "8亿"


def test_ticks_below_nothing_have_a_minus() -> None:
    assert drawn(point(DAY - 100, -50, -50)).numbers[0].text == "−50"


def test_a_bound_has_an_arrow_to_its_open_side() -> None:
    least, most = drawn(point(DAY - 100, 5, None), point(DAY - 50, None, 9)).marks

    assert least.up is not None
    assert least.down is None
    assert most.down is not None
    assert most.up is None


def test_marks_that_would_lie_on_each_other_stand_apart() -> None:
    one, other = drawn(point(DAY - 100, 5, 5), point(DAY - 100, 5.01, 5.01)).marks

    assert abs(one.x - other.x) >= 10


def test_a_claim_set_aside_leads_no_line() -> None:
    aside = replace(point(DAY - 100, 5, 5), is_set_aside=True)

    assert drawn(aside).levels == ()
