"""Back to the timeline: it is as it was left."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import the_chromium
from tests.browser.readers import NARROW, Opened, reader
from tests.browser.timelines import opened, wait_until

KEPT: Final = "--disable-back-forward-cache"


def on_a_phone(new_context: Opened) -> Page:
    """Open the timeline on a phone and let the drawing be shown."""
    page = opened(new_context, "/", width=NARROW)
    expect(page.locator("#lanes-drawing")).to_be_visible()
    return page


def test_a_drawing_that_was_shown_is_shown_after_a_visit_elsewhere(new_context: Opened) -> None:
    page = on_a_phone(new_context)

    page.locator(".event .event-link").first.click()
    page.wait_for_url("**/events/**")
    page.go_back()

    expect(page.locator("#drawing-shown")).to_be_checked()
    expect(page.locator("#lanes-drawing")).to_be_visible()


def test_a_drawing_that_was_shown_is_shown_after_a_step_is_undone(new_context: Opened) -> None:
    page = on_a_phone(new_context)
    drawing = page.locator("#lanes-drawing")
    before = drawing.get_attribute("data-first") or ""

    page.click("#step-in")
    expect(drawing).not_to_have_attribute("data-first", before)
    page.go_back()
    expect(drawing).to_have_attribute("data-first", before)

    expect(page.locator("#drawing-shown")).to_be_checked()
    expect(page.locator("#lanes-drawing")).to_be_visible()


@pytest.fixture
def keeping(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A browser that keeps the pages it leaves, as those of readers do, and its shell does not."""
    whole = {**browser_type_launch_args, "executable_path": the_chromium()}
    browser = browser_type.launch(**whole, ignore_default_args=[KEPT])
    yield browser
    browser.close()


def test_nothing_on_the_timeline_keeps_a_browser_from_keeping_it(
    keeping: Browser, site: str
) -> None:
    page = reader(keeping.new_context, base_url=site)
    page.goto("/")
    while page.locator(".rows").count() < 4:
        page.evaluate("document.querySelector('.rows:last-of-type .rows-later').scrollIntoView()")
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    row = page.locator(".event").nth(120)
    row.scroll_into_view_if_needed()
    # A page that is still asking for something is not kept; it asks for news every four seconds.
    with page.expect_response(re.compile("since=")):
        pass
    wait_until(page, "!document.querySelector('.htmx-request')")
    left, read = page.evaluate("scrollY"), page.locator(".event").count()

    row.locator(".event-link").click()
    page.wait_for_url("**/events/**")
    page.evaluate("void setTimeout(() => history.back(), 50)")
    expect(page.locator("#timeline-view")).to_be_visible()

    expect(page.locator(".event")).to_have_count(read)
    wait_until(page, f"Math.abs(scrollY - {left}) < 2")
