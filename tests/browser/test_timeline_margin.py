"""The margin of the timeline: what held on a day, played on, and beside another day."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.readers import NARROW, WIDE, Opened
from tests.browser.timelines import box_of, opened

HELD = "/?from=2023&to=2023&held=2023-06-30"


def line_at(page: Page) -> float:
    return float(
        page.locator(".held-line").evaluate("(line) => line.getBoundingClientRect().left")
    )


def test_the_slider_tells_what_held_and_the_address_says_the_day(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2023&to=2023")
    slider = page.locator("#held-slider")

    slider.fill("500")
    expect(page.locator("#timeline-state h2")).to_contain_text("What held on")

    expect(page).to_have_url(re.compile(r"from=2023.*held=2023-0[5-8]-\d\d"))
    expect(page.locator(".held-entity").first).to_be_visible()
    box = slider.bounding_box()
    assert box is not None
    assert abs(line_at(page) - (box["x"] + box["width"] / 2)) < 6


def test_the_slider_leaves_no_step_for_back_but_its_last_day(new_context: Opened) -> None:
    page = opened(new_context, "/")
    page.click("#step-in")
    expect(page).to_have_url(re.compile("from="))

    for place in ("300", "600", "800"):
        before = page.url
        page.locator("#held-slider").fill(place)
        expect(page).not_to_have_url(before)
    page.go_back()

    expect(page).to_have_url(re.compile(r"/$"))


# A machine that has its hands full: htmx takes up what Back asks for after a pause.
BUSY = """() => {
    const soon = window.setTimeout;
    window.setTimeout = (then, pause, ...more) => soon(then, pause === 1 ? 800 : pause, ...more);
}"""


@pytest.mark.parametrize("is_busy", [False, True], ids=["idle", "busy"])
def test_an_answer_that_comes_after_back_takes_no_address_along(
    new_context: Opened, *, is_busy: bool
) -> None:
    page = opened(new_context, "/")
    page.click("#step-in")
    expect(page).to_have_url(re.compile("from="))
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    page.route(re.compile("near="), keep)
    with page.expect_request(re.compile("near=")):
        page.locator("#held-slider").fill("300")
    if is_busy:
        page.evaluate(BUSY)

    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(r"/$"))
    late[0].continue_()
    page.wait_for_timeout(1500)

    assert page.url.endswith("/")
    expect(page.locator("#timeline-state")).to_be_hidden()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_the_slider_is_for_stands_below_the_last_lane(
    new_context: Opened, width: int
) -> None:
    page = opened(new_context, "/?entity=baichuan&lanes=entity", width=width)

    frame, name = box_of(page.locator(".lanes-frame")), box_of(page.locator(".margin-name"))

    assert name["y"] >= frame["y"] + frame["height"]


def test_a_step_keeps_the_day_and_its_line(new_context: Opened) -> None:
    page = opened(new_context, HELD)
    expect(page.locator(".held-line")).to_have_css("visibility", "visible")

    page.click("#step-out")
    expect(page).to_have_url(re.compile(r"held=2023-06-30"))

    expect(page.locator(".held-line")).to_have_css("visibility", "visible")
    expect(page.locator("#timeline-state")).to_be_visible()


def test_changes_are_ticked_and_walked_one_by_one(new_context: Opened) -> None:
    page = opened(new_context, HELD)
    assert "M" in (page.locator(".margin-ticks path").get_attribute("d") or "")
    before = int(page.locator("#timeline-state").get_attribute("data-held") or 0)

    page.click("#held-later")
    expect(page.locator("#timeline-state")).not_to_have_attribute("data-held", str(before))

    after = int(page.locator("#timeline-state").get_attribute("data-held") or 0)
    assert after > before
    expect(page).not_to_have_url(re.compile("held=2023-06-30"))


def test_playing_goes_from_change_to_change_until_it_is_stopped(new_context: Opened) -> None:
    page = opened(new_context, HELD)
    page.select_option("#held-speed", "300")
    seen = {page.locator("#timeline-state").get_attribute("data-held")}

    page.click("#held-play")
    for _ in range(2):
        last = page.locator("#timeline-state").get_attribute("data-held") or ""
        expect(page.locator("#timeline-state")).not_to_have_attribute("data-held", last)
        seen.add(page.locator("#timeline-state").get_attribute("data-held"))
    page.click("#held-play")

    assert len(seen) >= 3


def test_who_wants_less_motion_is_offered_steps_but_no_playing(new_context: Opened) -> None:
    page = opened(new_context, HELD, reduced_motion="reduce")

    expect(page.locator("#held-later")).to_be_visible()
    expect(page.locator("#held-play")).to_be_hidden()


def test_a_second_day_shows_only_what_differs(new_context: Opened) -> None:
    page = opened(new_context, HELD)

    page.fill("#held-vs", "2022-12-31")
    page.press("#held-vs", "Enter")

    expect(page.locator("#timeline-state")).to_contain_text("Only what differs between")
    expect(page).to_have_url(re.compile("vs=2022-12-31"))
    expect(page.locator(".held-rows dd").first).to_contain_text("→")


def test_a_second_day_that_cannot_be_read_is_told_at_its_field(
    new_context: Opened, troubles: list[str]
) -> None:
    page = opened(new_context, HELD)
    told = page.url

    page.fill("#held-vs", "rubbish")
    page.click(".held-beside button")
    expect(page.locator("#held-vs-error")).to_contain_text("rubbish")

    expect(page.locator("#held-vs")).to_have_value("rubbish")
    expect(page.locator("#held-vs")).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(told)
    # Chromium writes any 4xx to the console.
    assert len(troubles) == 1
    assert "status of 400" in troubles.pop()


def test_without_javascript_the_day_of_the_address_is_told(new_context: Opened) -> None:
    page = opened(new_context, HELD, scripts=False)

    expect(page.locator("#timeline-state h2")).to_contain_text("30 June 2023")
    expect(page.locator(".margin")).to_be_hidden()


def margin_shown(page: Page) -> tuple[int, str, bool]:
    """Return where the thumb stands, which day it says, and whether changes are ticked."""
    slider = page.locator("#held-slider")
    ticks = page.locator(".margin-ticks path").get_attribute("d") or ""
    return int(slider.input_value()), slider.get_attribute("aria-valuetext") or "", "M" in ticks


def test_with_the_first_day_held_the_changes_are_ticked_and_the_day_is_said(
    new_context: Opened,
) -> None:
    page = opened(new_context, "/?from=2023&to=2023")

    page.locator("#held-slider").fill("500")
    expect(page.locator("#timeline-state h2")).to_contain_text("What held on")

    told = page.locator("#timeline-state h2").inner_text().removeprefix("What held on ")
    assert margin_shown(page) == (500, told, True)


def test_the_thumb_goes_where_a_step_leads(new_context: Opened) -> None:
    page = opened(new_context, HELD)
    before = margin_shown(page)

    for _ in range(3):
        was = page.url
        page.click("#held-later")
        expect(page).not_to_have_url(was)

    after = margin_shown(page)
    box = box_of(page.locator("#held-slider"))
    thumb = box["x"] + 8 + (box["width"] - 16) * after[0] / 1000
    assert after[0] > before[0]
    assert after[1] == page.locator("#timeline-state h2").inner_text().removeprefix(
        "What held on "
    )
    assert abs(line_at(page) - thumb) < 6


def test_back_undoes_a_step_to_another_change(new_context: Opened) -> None:
    page = opened(new_context, HELD)
    led_to = [page.url]
    for _ in range(2):
        page.click("#held-later")
        expect(page).not_to_have_url(led_to[-1])
        led_to.append(page.url)

    page.go_back()

    expect(page).to_have_url(led_to[1])
    expect(page.locator("#timeline-state h2")).not_to_contain_text("30 June 2023")
    page.go_back()
    expect(page).to_have_url(led_to[0])
    expect(page.locator("#timeline-state h2")).to_contain_text("30 June 2023")


def test_playing_leaves_no_step_for_back(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2023&to=2023")
    page.click("#step-out")
    expect(page).not_to_have_url(re.compile("to=2023$"))
    page.locator("#held-slider").fill("300")
    expect(page).to_have_url(re.compile("held="))
    page.select_option("#held-speed", "300")
    last = page.locator("#timeline-state").get_attribute("data-held") or ""

    page.click("#held-play")
    expect(page.locator("#timeline-state")).not_to_have_attribute("data-held", last)
    page.click("#held-play")
    page.wait_for_load_state("networkidle")
    page.go_back()

    expect(page).to_have_url(re.compile(r"\?from=2023&to=2023$"))


def test_what_held_is_put_away_when_it_is_closed(new_context: Opened) -> None:
    page = opened(new_context, HELD)

    page.click("#held-close")
    expect(page).not_to_have_url(re.compile("held="))

    expect(page.locator("#timeline-state")).to_be_hidden()
    expect(page.locator(".held-line")).to_have_css("visibility", "hidden")
    assert not margin_shown(page)[2]


def test_another_day_is_compared_with_the_one_that_the_slider_was_moved_to(
    new_context: Opened,
) -> None:
    page = opened(new_context, HELD)
    page.locator("#held-slider").fill("900")
    expect(page).not_to_have_url(re.compile("held=2023-06-30"))
    held = re.findall(r"held=([\d-]+)", page.url)

    page.fill("#held-vs", "2022-12-31")
    page.press("#held-vs", "Enter")
    expect(page).to_have_url(re.compile("vs=2022-12-31"))

    assert re.findall(r"held=([\d-]+)", page.url) == held
