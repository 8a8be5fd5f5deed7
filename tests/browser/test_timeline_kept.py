"""What a step leaves as it is: the view in the switches of the frame, the focus, the day held."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readers import Opened
from tests.browser.timelines import days_shown, is_for_the_list, opened


def asked_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def stepped(page: Page, way: str) -> None:
    """Press a button of the window and wait until the address says so."""
    before = page.url
    page.click(f"#step-{way}")
    expect(page).not_to_have_url(before)


@pytest.mark.parametrize("address", ["/", "/?lang=en&group=deals"])
def test_the_other_language_shows_the_view_that_steps_led_to(
    new_context: Opened, address: str
) -> None:
    page = opened(new_context, address)
    stepped(page, "in")
    stepped(page, "in")
    left, shown = asked_of(page.url), days_shown(page)

    page.click(".language-switch [hreflang=zh-Hans]")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")

    assert asked_of(page.url) == {**left, "lang": ["zh"]}
    assert days_shown(page) == shown


def test_another_theme_shows_the_view_that_steps_led_to(new_context: Opened) -> None:
    page = opened(new_context, "/")
    stepped(page, "in")
    page.locator("#held-slider").fill("500")
    expect(page).to_have_url(re.compile("held="))
    left = page.url

    page.click(".theme-switch [value=dark]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    expect(page).to_have_url(left)


@pytest.mark.parametrize(
    "control",
    [
        pytest.param(".lanes-tools .go:text-is('By entity')", id="the lanes"),
        pytest.param(".lanes-tools .go:text-is('Landmarks')", id="the importance"),
        pytest.param(".strip-years a:has-text('2023')", id="a year"),
        pytest.param("#facet-group-models", id="a facet"),
    ],
)
def test_what_was_pressed_has_the_focus_still(new_context: Opened, control: str) -> None:
    page = opened(new_context, "/")
    before = page.url
    page.locator(control).focus()

    with page.expect_response(is_for_the_list):
        page.keyboard.press("Enter")
    expect(page).not_to_have_url(before)
    page.wait_for_load_state("networkidle")

    expect(page.locator(control)).to_be_focused()


def test_a_facet_folded_away_has_the_focus_still(new_context: Opened) -> None:
    page = opened(new_context, "/")
    page.locator(".facets details summary").first.press("Enter")
    facet = page.locator(f"#{page.locator('.facets details a').first.get_attribute('id')}")

    with page.expect_response(is_for_the_list):
        facet.press("Enter")
    expect(page).to_have_url(re.compile("kind="))
    page.wait_for_load_state("networkidle")

    expect(facet).to_be_focused()


def test_where_what_was_pressed_is_gone_the_timeline_has_the_focus(new_context: Opened) -> None:
    page = opened(new_context, "/?group=deals")

    page.locator(".chip").press("Enter")
    expect(page).to_have_url(re.compile("/$"))

    expect(page.locator("#timeline-view")).to_be_focused()


def held_anew(page: Page) -> list[str]:
    """Move the slider of the margin and return the day that the address then holds."""
    before = page.url
    page.locator("#held-slider").fill("500")
    expect(page).not_to_have_url(before)
    return asked_of(page.url)["held"]


@pytest.mark.parametrize("address", ["/?from=2023&to=2023", "/?from=2023&to=2023&held=2023-12-01"])
@pytest.mark.parametrize(
    ("control", "led_to"),
    [
        pytest.param("#step-in", "from=2023-0", id="the window"),
        pytest.param("#step-whole", "^[^=]*held=", id="all of it"),
        pytest.param("#facet-group-models", "group=models", id="a facet"),
        pytest.param(".timeline-form [type=submit]", "q=gpt", id="the form"),
    ],
)
def test_the_day_that_the_slider_was_moved_to_is_held_on(
    new_context: Opened, address: str, control: str, led_to: str
) -> None:
    page = opened(new_context, address)
    page.fill("#timeline-q", "gpt" if led_to == "q=gpt" else "")
    held = held_anew(page)

    page.click(control)
    expect(page).to_have_url(re.compile(led_to))

    assert asked_of(page.url)["held"] == held
    expect(page.locator("#timeline-state h2")).to_be_visible()


def test_a_day_that_was_closed_is_held_no_more(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2023&to=2023")
    held_anew(page)

    page.click("#held-close")

    expect(page).not_to_have_url(re.compile("held="))
