"""The timeline in a real browser: by hand, by keys, on a phone, and without JavaScript."""

import re
import time
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.readers import NARROW, WIDE, Opened, reader
from tests.browser.timelines import SPRING, box_of, days_shown, opened

READERS: Final[dict[str, dict[str, Any]]] = {
    "a narrow dark screen in Chinese": {"width": NARROW, "locale": "zh-CN", "colours": "dark"},
    "a narrow light screen in English": {"width": NARROW, "locale": "en-GB", "colours": "light"},
    "a wide dark screen in English": {"width": WIDE, "locale": "en-GB", "colours": "dark"},
    "a wide light screen in Chinese": {"width": WIDE, "locale": "zh-CN", "colours": "light"},
}
SEEN: Final = (
    *(("/", reader) for reader in READERS),
    (SPRING, "a wide light screen in Chinese"),
    (SPRING, "a narrow light screen in English"),
    (f"{SPRING}&lanes=entity", "a wide dark screen in English"),
    ("/?q=xyzzy", "a narrow dark screen in Chinese"),
    ("/?from=1990&to=1991", "a wide dark screen in English"),
)

PHONE_HEIGHT: Final = 844
WHERE: Final = (
    "document.activeElement.querySelector('circle:not(.ring)').getBoundingClientRect().left"
)

Axe = Callable[[Page], list[str]]


@pytest.mark.parametrize(("address", "reader"), SEEN)
def test_nothing_keeps_anyone_out(
    new_context: Opened, axe: Axe, address: str, reader: str
) -> None:
    page = opened(new_context, address, **READERS[reader])

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= READERS[reader]["width"]


def test_buttons_zoom_and_pan_and_back_undoes_each(new_context: Opened) -> None:
    page = opened(new_context, "/")
    whole = days_shown(page)

    page.click("#step-in")
    expect(page).to_have_url(re.compile(r"from=\d"))
    closer = days_shown(page)
    page.click("#step-earlier")
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(closer[0]))
    earlier = days_shown(page)
    page.go_back()
    expect(page.locator("#lanes-drawing")).to_have_attribute("data-first", str(closer[0]))
    page.go_back()
    expect(page.locator("#lanes-drawing")).to_have_attribute("data-first", str(whole[0]))

    assert whole[0] < closer[0] < closer[1] <= whole[1]
    assert earlier[0] < closer[0]
    assert page.locator("#timeline-view").count() == 1


def test_a_step_keeps_the_focus_and_is_announced(new_context: Opened) -> None:
    page = opened(new_context, "/")

    page.focus("#step-in")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=\d"))

    expect(page.locator("#step-in")).to_be_focused()
    expect(page.locator("#timeline-status")).to_have_text(re.compile(r" to .*: \d+ events"))


def test_a_drag_moves_the_window_and_opens_no_event(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    before = days_shown(page)
    drawing = box_of(page.locator("#lanes-drawing"))
    x, y = drawing["x"] + 500, drawing["y"] + 20

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y, steps=5)
    page.mouse.up()
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(before[0]))
    after = days_shown(page)

    assert after[0] < before[0]
    assert abs((after[1] - after[0]) - (before[1] - before[0])) <= 2
    assert "/events/" not in page.url


def test_the_drawing_is_one_tab_stop_and_arrows_move_along_time(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    stops = page.locator("#lanes-drawing [tabindex='0']")
    expect(stops).to_have_count(1)

    stops.focus()
    days = []
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        days.append(page.evaluate(WHERE))
    page.keyboard.press("Home")
    first = page.evaluate(WHERE)

    assert days == sorted(days)
    assert first <= days[0]
    expect(page.locator("#lanes-drawing [tabindex='0']")).to_have_count(1)


def test_a_card_tells_of_the_mark_that_is_meant_and_escape_puts_it_away(
    new_context: Opened,
) -> None:
    page = opened(new_context, SPRING)
    mark = page.locator("#lanes-drawing .mark.is-landmark").first

    mark.focus()
    expect(page.locator("#event-card")).to_be_visible()
    title = page.locator("#event-card .card-title").inner_text()
    page.keyboard.press("Escape")

    expect(page.locator("#event-card")).to_be_hidden()
    assert title in (mark.get_attribute("aria-label") or "")


def test_d_holds_the_day_of_a_mark_and_then_compares_another_with_it(
    new_context: Opened,
) -> None:
    page = opened(new_context, SPRING)
    marks = page.locator("#lanes-drawing .mark.is-landmark")

    marks.first.focus()
    expect(page.locator("#event-card")).to_be_visible()
    page.keyboard.press("d")
    expect(page).to_have_url(re.compile(r"held=2023-\d\d-\d\d"))
    expect(page.locator("#timeline-state h2")).to_contain_text("What held on")
    marks.last.focus()
    expect(page.locator("#event-card")).to_be_visible()
    page.keyboard.press("d")

    expect(page).to_have_url(re.compile(r"vs=202\d-\d\d-\d\d&held=2023-\d\d-\d\d"))
    expect(page.locator("#timeline-state")).to_contain_text("Only what differs")


def test_a_mouse_at_rest_takes_no_card_from_the_keyboard(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    page.mouse.move(2, 300)
    mark = page.locator("#lanes-drawing .mark.is-landmark").last

    mark.focus()
    mark.evaluate(
        "() => document.body.dispatchEvent(new PointerEvent('pointerover', "
        "{ pointerType: 'mouse', bubbles: true }))"
    )
    expect(page.locator("#event-card")).to_be_visible()
    page.mouse.move(2, 320)
    page.wait_for_timeout(600)

    expect(page.locator("#event-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#event-card")).to_have_count(0)


def late(route: Route) -> None:
    """Answer as ever, but not at once."""
    time.sleep(0.4)
    route.continue_()


def test_a_key_pressed_before_the_card_has_come_is_not_lost(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    page.route("**/card/**", late)

    page.locator("#lanes-drawing .mark.is-landmark").first.focus()
    page.keyboard.press("o")

    expect(page).to_have_url(re.compile(r"/state/2023-\d\d-\d\d"))


def test_enter_on_a_mark_opens_the_event(new_context: Opened) -> None:
    page = opened(new_context, SPRING)

    page.locator("#lanes-drawing .mark.is-landmark").first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/events/"))


def test_a_pile_zooms_to_what_it_holds(new_context: Opened) -> None:
    page = opened(new_context, "/")
    whole = days_shown(page)

    page.locator("#lanes-drawing .pile").first.click()
    expect(page).to_have_url(re.compile(r"from=\d"))

    assert days_shown(page)[1] - days_shown(page)[0] < whole[1] - whole[0]


def test_a_fold_is_reached_by_the_arrows_and_is_no_stop_of_its_own(new_context: Opened) -> None:
    page = opened(new_context, "/")
    stops = (
        "() => [...document.querySelectorAll('#lanes-drawing a')].filter((a) => a.tabIndex >= 0)"
    )
    assert page.locator(".fold").count() > 1
    assert page.evaluate(f"({stops})().map((a) => a.classList[0])") != ["fold"]

    page.locator("#lanes-drawing [tabindex='0']").focus()
    page.keyboard.press("Home")
    for _press in range(200):
        if page.locator(".fold:focus").count():
            break
        page.keyboard.press("ArrowRight")

    expect(page.locator(".fold:focus")).to_have_count(1)
    assert page.evaluate(f"({stops})().length") == 1
    page.keyboard.press("Enter")
    expect(page.locator(".fold")).to_have_count(0)
    expect(page.locator("#lanes-drawing [tabindex='0']")).to_be_focused()


def test_a_quiet_stretch_unfolds_and_folds_again(new_context: Opened) -> None:
    page = opened(new_context, "/")
    assert page.locator(".fold").count() > 0

    page.locator(".fold").first.click(position={"x": 20, "y": 6})
    expect(page.locator(".fold")).to_have_count(0)
    page.get_by_role("link", name="Fold quiet stretches").click()

    expect(page.locator(".fold").first).to_be_visible()


def test_the_ends_of_the_window_move_by_keys_on_the_strip(new_context: Opened) -> None:
    page = opened(new_context, SPRING)

    page.focus("#strip-first")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"from=2023-0[12]-\d\d&to=2023-08-31"))

    first = page.locator("#strip-first")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-valuetext", re.compile("(January|February) 2023"))


def test_a_click_on_the_strip_shows_the_month_around_it(new_context: Opened) -> None:
    page = opened(new_context, "/")
    strip = box_of(page.locator(".strip-drawing"))

    page.mouse.click(strip["x"] + strip["width"] * 0.5, strip["y"] + 20)
    expect(page).to_have_url(re.compile(r"from=2020-0\d-\d\d&to=2020-0\d-\d\d$"))

    first, last = days_shown(page)
    assert last - first == 27


def test_the_window_upon_all_time_can_be_dragged(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2021&to=2021")
    strip = box_of(page.locator(".strip-drawing"))
    before = days_shown(page)

    x = strip["x"] + strip["width"] * 0.66
    page.mouse.move(x, strip["y"] + 20)
    page.mouse.down()
    page.mouse.move(x + strip["width"] * 0.1, strip["y"] + 20, steps=5)
    page.mouse.up()
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(before[0]))

    after = days_shown(page)
    assert after[0] > before[0] + 200
    assert abs((after[1] - after[0]) - (before[1] - before[0])) <= 1


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_even_a_window_of_a_month_is_dragged_by_its_middle(
    new_context: Opened, width: int
) -> None:
    page = opened(new_context, "/?from=2020-03&to=2020-03", width=width)
    window, before = box_of(page.locator(".strip-view")), days_shown(page)

    x, y = window["x"] + window["width"] / 2, window["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(before[0]))

    after = days_shown(page)
    assert after[0] > before[0] + 31
    assert abs((after[1] - after[0]) - (before[1] - before[0])) <= 1


def test_a_filter_narrows_and_its_chip_undoes_it(new_context: Opened) -> None:
    page = opened(new_context, "/")

    page.locator(".facets .facet", has_text="Deals").click()
    expect(page).to_have_url(re.compile(r"group=deals"))
    page.locator(".chip", has_text="Deals").click()

    expect(page).to_have_url(re.compile(r"/$"))


def test_words_are_searched_in_both_scripts(new_context: Opened) -> None:
    page = opened(new_context, "/", locale="zh-CN")

    page.fill("#timeline-q", "百川")
    page.press("#timeline-q", "Enter")
    expect(page).to_have_url(re.compile(r"\?q="))

    expect(page.locator(".event-title").first).to_be_visible()


def test_the_list_goes_on_by_itself(new_context: Opened) -> None:
    page = opened(new_context, "/")
    before = page.locator(".event").count()

    page.locator(".rows-later").scroll_into_view_if_needed()

    expect(page.locator(".rows").nth(1)).to_be_attached()
    assert page.locator(".event").count() > before
    identities = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    assert len(identities) == len(set(identities))


def test_labels_never_touch(new_context: Opened) -> None:
    page = opened(new_context, "/", locale="zh-CN")

    touching = page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll(".lanes-layer .mark + text")]
                .map((label) => label.getBoundingClientRect());
            const touch = (a, b) => a.left < b.right && b.left < a.right
                && a.top + 4 < b.bottom - 4 && b.top + 4 < a.bottom - 4;
            return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => touch(a, b))).length;
        }"""
    )

    assert touching == 0


def test_on_a_phone_the_list_comes_first_and_the_drawing_is_one_tap_away(
    new_context: Opened,
) -> None:
    page = reader(new_context, width=NARROW)
    page.goto("/")
    expect(page.locator("#timeline-view")).to_have_attribute("data-live", "yes")

    heading = box_of(page.get_by_role("heading", name="List of events"))
    expect(page.locator("#lanes-drawing")).not_to_be_visible()
    page.get_by_label("Show the drawing").check()

    expect(page.locator("#lanes-drawing .mark").first).to_be_visible()
    assert heading["y"] < PHONE_HEIGHT
    page.locator("#step-in").click()
    expect(page).to_have_url(re.compile(r"from=\d"))
    expect(page.locator("#lanes-drawing .mark").first).to_be_visible()


def test_on_a_phone_the_filters_are_a_drawer_and_the_groups_chips(new_context: Opened) -> None:
    page = opened(new_context, "/", width=NARROW)

    page.get_by_role("button", name="Filters").click()
    expect(page.locator("#timeline-facets")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#timeline-facets")).to_be_hidden()
    page.locator(".lanes-chips .chip", has_text="Deals").click()

    expect(page).to_have_url(re.compile(r"group=deals"))


def test_without_javascript_every_step_is_a_link(new_context: Opened) -> None:
    page = opened(new_context, "/", scripts=False)

    page.click("#step-in")
    expect(page).to_have_url(re.compile(r"from=\d"))
    page.locator(".strip-years a").first.click()
    expect(page).to_have_url(re.compile(r"from=(\d{4})&to=\1$"))
    page.fill("#timeline-from", "2023-03")
    page.fill("#timeline-to", "2023-08")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("#lanes-drawing .mark").first).to_be_attached()
    page.locator(".rows-later a").click()
    expect(page).to_have_url(re.compile(r"after=.*#list$"))
    expect(page.locator(".event").first).to_be_in_viewport()


def test_the_theme_is_switched_without_javascript(new_context: Opened) -> None:
    page = opened(new_context, "/", scripts=False)

    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
