"""What the timeline costs a reader, counted: elements, requests, bytes; and storms of gestures."""

import gzip
import random
import re
from html import unescape
from statistics import quantiles
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.readers import NARROW, WIDE, Opened, requests_of
from tests.browser.timelines import SPRING, box_of, days_shown, opened, wait_until

MOST_ELEMENTS: Final = 1500
MOST_REQUESTS: Final = 7
MOST_BYTES: Final = 90_000
MOST_BYTES_OF_A_STEP, MOST_BYTES_PACKED = 40_000, 8_000
STEPS: Final = 60
STEP: Final = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Drawing-Width": "1253"}
WINDOWS: Final = ("/", SPRING, "/?from=2022&to=2023", "/?lanes=entity", "/?lanes=one&from=2023")
WAYS: Final = re.compile(r'id="step-\w+"[^>]*href="([^"]+)"')
COVERED = """() => {
    const view = document.getElementById("lanes-drawing");
    const layer = view.querySelector(".lanes-layer");
    const [left, width] = ["x", "width"].map((name) => parseFloat(layer.getAttribute(name)));
    const [first, last] = [+view.dataset.first, +view.dataset.last];
    const [least, most] = [+view.dataset.least, +view.dataset.most];
    return (left <= 0.01 || first === least) && (left + width >= 99.9 || last === most);
}"""


def quiet(page: Page) -> None:
    """Wait until no step is under way and the hand's own delay has passed."""
    page.wait_for_timeout(250)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("address", WINDOWS)
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_first_page_is_small(new_context: Opened, address: str, locale: str) -> None:
    context = new_context(viewport={"width": WIDE, "height": 900}, locale=locale)
    page = context.new_page()
    asked = requests_of(page)

    page.goto(address)
    expect(page.locator("#timeline-view")).to_have_attribute("data-live", "yes")
    quiet(page)

    # The browser's own, and what is asked every four seconds: a slow machine is not done by then.
    besides = re.compile(r"/icon\.svg\b|[?&]since=")
    wanted = [one for one in asked if not besides.search(one.url)]
    sizes = [one.sizes()["responseBodySize"] for one in wanted]
    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_ELEMENTS
    assert len(wanted) <= MOST_REQUESTS, "\n".join(one.url for one in wanted)
    assert sum(sizes) <= MOST_BYTES, sizes


def test_a_style_sheet_that_comes_late_costs_no_second_drawing(new_context: Opened) -> None:
    context = new_context(viewport={"width": WIDE, "height": 900})
    page = context.new_page()
    asked = requests_of(page)

    def later(route: Route) -> None:
        page.wait_for_selector("#timeline-view[data-live]", state="attached")
        route.continue_()

    page.route("**/sheets/*.css*", later)

    page.goto("/?lanes=one&from=2023")
    quiet(page)

    steps = [one.url for one in asked if "hx-request" in one.headers]
    assert [step for step in steps if "since=" not in step] == []


@pytest.mark.parametrize("address", WINDOWS)
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_step_is_small(new_context: Opened, address: str, locale: str) -> None:
    context = new_context(locale=locale)

    answer = context.request.get(address, headers=STEP)

    assert 0 < len(answer.body()) <= MOST_BYTES_OF_A_STEP
    assert len(gzip.compress(answer.body(), 6)) <= MOST_BYTES_PACKED


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_of_many_steps_in_a_row_nineteen_in_twenty_are_small(
    new_context: Opened, locale: str
) -> None:
    context = new_context(locale=locale)
    dice = random.Random(7)  # noqa: S311 - the same walk each time
    address, raw, packed = "/", [], []

    for _ in range(STEPS):
        answer = context.request.get(address, headers=STEP).body()
        raw.append(len(answer))
        packed.append(len(gzip.compress(answer, 6)))
        address = unescape(dice.choice(WAYS.findall(answer.decode())))

    assert quantiles(raw, n=20)[-1] <= MOST_BYTES_OF_A_STEP
    assert quantiles(packed, n=20)[-1] <= MOST_BYTES_PACKED


def test_a_storm_of_gestures_ends_where_the_layer_covers_the_view(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2021&to=2023")
    drawing = box_of(page.locator("#lanes-drawing"))
    dice = random.Random(5)  # noqa: S311 - the same storm each time
    x, y = drawing["x"] + drawing["width"] / 2, drawing["y"] + 15

    for _ in range(4):
        page.mouse.move(x, y)
        page.keyboard.down("Control")
        for _ in range(12):
            page.mouse.wheel(0, dice.choice((-120, -60, 60, 120)))
        page.keyboard.up("Control")
        page.mouse.down()
        for _ in range(8):
            page.mouse.move(x + dice.randint(-400, 400), y)
        page.mouse.up()
        quiet(page)

        first, last = days_shown(page)
        assert page.evaluate(COVERED)
        assert last - first >= 13


def test_a_drag_finds_something_beyond_the_view(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2022-10&to=2023-03")

    beyond = page.evaluate(
        """() => {
            const view = document.getElementById("lanes-drawing").getBoundingClientRect();
            const at = [...document.querySelectorAll(".mark circle:not(.ring)")]
                .map((mark) => mark.getBoundingClientRect().left);
            return [at.some((x) => x < view.left), at.some((x) => x > view.right)];
        }"""
    )

    assert beyond == [True, True]


def test_the_focus_stays_on_a_mark_over_many_steps(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2022&to=2023")
    page.locator("#lanes-drawing [tabindex='0']").focus()

    for at in range(24):
        page.keyboard.press(
            ("ArrowRight", "ArrowRight", "+", "ArrowDown", "-", "ArrowLeft")[at % 6]
        )
        quiet(page)
        # Raises where the focus does not come back once the step is drawn.
        wait_until(page, "Boolean(document.activeElement.closest('#lanes-drawing'))")


def test_two_fingers_zoom_to_what_is_between_them(new_context: Opened) -> None:
    page = opened(new_context, SPRING, width=NARROW, has_touch=True)
    before = days_shown(page)
    session = page.context.new_cdp_session(page)
    page.locator("#lanes-drawing").scroll_into_view_if_needed()
    drawing = box_of(page.locator("#lanes-drawing"))
    middle, y = drawing["x"] + drawing["width"] / 2, drawing["y"] + 30

    def touch(kind: str, apart: float) -> None:
        points = [{"x": middle + side * apart, "y": y, "id": n} for n, side in enumerate((-1, 1))]
        if kind == "touchEnd":
            points = []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 30)
    for apart in (45, 60, 90, 110):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(before[0]))

    after = days_shown(page)
    assert after[1] - after[0] < before[1] - before[0]


def test_a_first_tap_tells_and_a_second_one_follows(new_context: Opened) -> None:
    page = opened(new_context, SPRING, width=NARROW, has_touch=True)
    mark = page.locator("#lanes-drawing .mark.is-landmark circle:not(.ring)").first

    mark.tap()
    expect(page.locator("#event-card")).to_be_visible()
    told = page.url
    mark.tap()

    page.wait_for_url("**/events/**")
    assert "/events/" not in told


def test_at_four_times_the_size_nothing_is_cut_off(new_context: Opened) -> None:
    page = opened(new_context, SPRING, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough_for_a_finger(new_context: Opened) -> None:
    page = opened(new_context, SPRING)

    small = page.evaluate(
        """() => [...document.querySelectorAll("#lanes-drawing .mark, #lanes-drawing .pile")]
            .map((mark) => mark.querySelector("circle:not(.ring), .pile rect"))
            .map((hit) => hit.getBoundingClientRect())
            .filter((box) => box.width < 23.9 || box.height < 23.9).length"""
    )

    assert small == 0


def test_an_answer_under_the_hand_neither_ends_the_drag_nor_opens_an_event(
    new_context: Opened,
) -> None:
    page = opened(new_context, "/?from=2022&to=2023")
    drawing = box_of(page.locator("#lanes-drawing"))
    x, y = drawing["x"] + drawing["width"] / 2, drawing["y"] + 90

    before = days_shown(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=3)
    page.evaluate("document.getElementById('step-in').click()")
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(before[0]))
    page.mouse.move(x + 160, y, steps=3)
    page.mouse.up()
    quiet(page)

    assert "/events/" not in page.url
    assert page.evaluate(COVERED)
