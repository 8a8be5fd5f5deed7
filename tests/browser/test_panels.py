"""The panels beside a state, in a browser: readable by all, and whole without script."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

STATE = "/state/2023-07-31?lang=en&tab="
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

# Of the texts of a drawing, those that reach out of what they stand in, and those upon another.
BEYOND: Final = """(texts, frame) => texts.filter((one) =>
    one.getBoundingClientRect().right > one.closest(frame).getBoundingClientRect().right
).map((one) => one.textContent)"""
OVERLAPPING: Final = """(texts) => {
    const boxes = texts.map((one) => one.getBoundingClientRect());
    return texts.filter((_, at) => boxes.some((box, other) => other > at
        && box.top < boxes[at].bottom - 1 && boxes[at].top < box.bottom - 1
        && box.left < boxes[at].right && boxes[at].left < box.right)
    ).map((one) => one.textContent);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("tab", ["models", "ownership", "figures"])
def test_a_panel_is_readable_by_all(
    page: Page, axe: Callable[[Page], list[str]], tab: str, size: dict[str, int], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as Playwright has it

    page.goto(STATE + tab)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    drawn = page.locator("#state-ownership svg.tree text, #state-figures svg.chart text")
    heights = drawn.evaluate_all("texts => texts.map(one => one.getBoundingClientRect().height)")
    assert all(height >= 10 for height in heights)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_and_shares_of_the_tree_are_whole_and_within_their_panel(
    page: Page, language: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]  # as Playwright has it

    page.goto(f"/state/2023-07-31?lang={language}&tab=ownership")

    texts = page.locator("#state-ownership svg.tree text")
    assert texts.count() > 20
    assert [one for one in texts.all_text_contents() if "…" in one] == []
    assert texts.evaluate_all(BEYOND, ".panel") == []
    assert texts.evaluate_all(OVERLAPPING) == []


def test_a_definition_swaps_the_panel_and_stands_in_the_address(page: Page) -> None:
    page.goto(STATE + "models&known=650")

    page.get_by_label("free, no conditions").check()

    expect(page.locator("#state-licences")).to_contain_text("2 models perhaps meet it")
    expect(page).to_have_url(re.compile("definition=free"))
    expect(page).to_have_url(re.compile("known=650"))
    expect(page.get_by_label("free, no conditions")).to_be_focused()


def test_a_definition_is_chosen_without_script(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=site) as context:
        page = context.new_page()
        page.goto(STATE + "models&known=650")
        page.get_by_label("free, no conditions").check()

        page.get_by_role("button", name="Count by this").click()

        expect(page.locator("#state-licences")).to_contain_text("2 models perhaps meet it")
        expect(page).to_have_url(re.compile("known=650"))


def test_the_marks_of_a_chart_are_reached_by_keyboard(page: Page) -> None:
    page.goto(STATE + "figures")
    mark = page.locator("#state-figures .chart-mark").first

    mark.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/events/"))
