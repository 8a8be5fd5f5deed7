"""The timeline by keys alone: every mark and every link of its card is reached and in sight."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readers import Opened
from tests.browser.timelines import SPRING, days_shown, opened, wait_until

IN_SIGHT: Final = """() => {
    const [view, mark] = [document.getElementById("lanes-drawing"), document.activeElement]
        .map((part) => part.getBoundingClientRect());
    const middle = (mark.left + mark.right) / 2;
    return Boolean(document.activeElement.closest("#lanes-drawing"))
        && view.left <= middle && middle <= view.right;
}"""
STAYED: Final = "Boolean(document.activeElement.closest('#lanes-drawing'))"


def entered(page: Page) -> None:
    """Go into the drawing, as Tab does."""
    page.locator("#lanes-drawing [tabindex='0']").focus()


@pytest.mark.parametrize("key", ["End", "Home"])
def test_the_ends_are_those_of_what_is_shown(new_context: Opened, key: str) -> None:
    page = opened(new_context, SPRING)
    shown = days_shown(page)

    entered(page)
    page.keyboard.press(key)

    assert page.evaluate(IN_SIGHT)
    assert days_shown(page) == shown


@pytest.mark.parametrize(("key", "end"), [("ArrowRight", "End"), ("ArrowLeft", "Home")])
def test_beyond_its_end_the_window_goes_along_with_the_arrow(
    new_context: Opened, key: str, end: str
) -> None:
    page = opened(new_context, SPRING)
    before, address = days_shown(page), page.url
    entered(page)
    page.keyboard.press(end)

    page.keyboard.press(key)
    expect(page).not_to_have_url(address)
    wait_until(page, STAYED)

    after = days_shown(page)
    assert (after[0] > before[0]) == (key == "ArrowRight")
    assert page.evaluate(IN_SIGHT)


@pytest.mark.parametrize("key", ["ArrowDown", "ArrowUp"])
def test_no_arrow_across_leads_out_of_sight(new_context: Opened, key: str) -> None:
    page = opened(new_context, SPRING)
    entered(page)

    for end in ("Home", "End"):
        page.keyboard.press(end)
        for _ in range(8):
            page.keyboard.press(key)
            assert page.evaluate(IN_SIGHT)


def card_opened(page: Page) -> str:
    """Let a mark have the focus, wait for its card, and return where the mark leads."""
    mark = page.locator("#lanes-drawing .mark.is-landmark").first
    mark.focus()
    expect(page.locator("#event-card")).to_be_visible()
    return mark.get_attribute("href") or ""


def test_tab_leads_from_a_mark_into_its_card_and_back(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    led_to = card_opened(page)
    links = page.locator("#event-card a")

    for number in range(links.count()):
        page.keyboard.press("Tab")
        expect(links.nth(number)).to_be_focused()
    for _ in range(links.count()):
        page.keyboard.press("Shift+Tab")

    assert links.count() > 2
    expect(page.locator(f"#lanes-drawing .mark[href='{led_to}']")).to_be_focused()


def test_a_link_of_the_card_is_followed_by_enter(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    card_opened(page)

    page.locator("#event-card [data-keys=o]").press("Enter")

    expect(page).to_have_url(re.compile(r"/state/2023-\d\d-\d\d"))


def test_escape_in_the_card_gives_the_focus_back_to_its_mark(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    led_to = card_opened(page)
    page.keyboard.press("Tab")
    expect(page.locator("#event-card a").first).to_be_focused()

    page.keyboard.press("Escape")

    expect(page.locator("#event-card")).to_be_hidden()
    expect(page.locator(f"#lanes-drawing .mark[href='{led_to}']")).to_be_focused()


def test_what_lies_behind_the_card_puts_it_away(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    card_opened(page)

    page.locator("#event-card a").last.focus()
    page.keyboard.press("Tab")

    expect(page.locator("#event-card")).to_be_hidden()
    expect(page.locator("#held-slider")).to_be_focused()


def test_a_day_held_from_the_card_leaves_the_focus_in_the_drawing(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    led_to = card_opened(page)

    page.locator("#event-card [data-keys=d]").press("Enter")
    expect(page).to_have_url(re.compile("held="))

    expect(page.locator(f"#lanes-drawing .mark[href='{led_to}']")).to_be_focused()
