"""What a step leaves as it is: the view in the switches of the frame, the focus, the day held."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readers import Opened
from tests.browser.timelines import days_shown, opened


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
