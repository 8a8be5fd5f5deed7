"""The state of a date in a real browser: slider, citation, definition, banners, comparison."""

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

NARROW: Final = 390
WIDE: Final = 1440
DAY: Final = "/state/2023-07-31"
TABS: Final = (
    "ownership", "models", "people", "valuations", "availability", "figures", "all",
)  # fmt: skip
PAGES: Final = (
    *(f"{DAY}?tab={tab}" for tab in TABS),
    f"{DAY}?known=675&tab=people&hash=sha256:0",
    f"{DAY}?tab=valuations&sort=-value",
    f"{DAY}?known=0",
    f"{DAY}/citation?known=675&tab=models",
    "/state/2017-01-01?entity=light-years-beyond",
    "/state/2999-01-01?tab=people&possible=hide",
    "/compare/2023-06-01/2023-07-31?known=600&known2=675&tab=people",
)
READERS: Final[dict[str, dict[str, Any]]] = {
    "narrow, dark, Chinese": {
        "viewport": {"width": NARROW, "height": 900},
        "color_scheme": "dark",
        "locale": "zh-CN",
    },
    "wide, light, English": {
        "viewport": {"width": WIDE, "height": 900},
        "color_scheme": "light",
        "locale": "en-GB",
    },
}
REFUSED: Final = "the server responded with a status of 400"

Opened = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]


def opened(new_context: Opened, address: str, **options: Any) -> Page:
    """Open *address* as a reader with a wide screen would, unless *options* say otherwise."""
    page = new_context(**(READERS["wide, light, English"] | options)).new_page()
    page.goto(address)
    return page


def day_shown(page: Page) -> str:
    return page.locator("#on").input_value()


def test_the_slider_goes_from_change_to_change_by_keyboard_and_keeps_the_focus(
    new_context: Opened,
) -> None:
    page = opened(new_context, f"{DAY}?tab=people")
    expected = page.locator("#step-back-change").get_attribute("href") or ""
    slider = page.locator("#slider-near")

    slider.focus()
    page.keyboard.press("ArrowLeft")

    expect(page).to_have_url(re.compile(re.escape(expected)))
    expect(page.locator("#slider-near")).to_be_focused()
    before = day_shown(page)
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(re.escape(expected)))
    assert day_shown(page) > before
    page.go_back()
    expect(page.locator("#on")).to_have_value(before)


def test_without_scripts_the_slider_is_a_form(new_context: Opened) -> None:
    page = opened(new_context, f"{DAY}?tab=people", java_script_enabled=False)

    page.locator("#slider-near").focus()
    page.keyboard.press("ArrowLeft")
    page.locator("#state-slider button").click()

    expect(page).to_have_url(re.compile(r"/state/2023-07-\d\d\?tab=people"))
    assert day_shown(page) < "2023-07-31"


def test_a_citation_is_copied_and_its_address_shows_the_same_state(
    new_context: Opened, axe: Axe
) -> None:
    page = opened(
        new_context, f"{DAY}?tab=people", permissions=["clipboard-read", "clipboard-write"]
    )
    table = page.locator(".state-table").first.inner_text()

    page.locator("#cite").click()
    expect(page.locator("#state-citation .panel-head")).to_be_focused()
    assert axe(page) == []
    page.locator("[data-copy=citation-address]").click()
    expect(page.locator("#citation-status")).to_have_text("Copied")
    address = str(page.evaluate("navigator.clipboard.readText()"))
    page.goto(address)

    expect(page.locator("#state-verdict.notice-done")).to_be_visible()
    assert page.locator(".state-table").first.inner_text() == table


def test_without_scripts_the_citation_is_a_page_whose_texts_can_be_marked(
    new_context: Opened,
) -> None:
    page = opened(new_context, f"{DAY}?tab=people", java_script_enabled=False)

    page.locator("#cite").click()

    expect(page.locator("#citation-gbt")).to_have_value(re.compile(r"\[DB/OL\]"))
    expect(page.locator(".citation-copy").first).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_another_definition_of_free_is_chosen_and_stays_while_days_change(
    new_context: Opened,
    scripts: bool,  # noqa: FBT001 - a way to run it
) -> None:
    page = opened(new_context, f"{DAY}?tab=models", java_script_enabled=scripts)

    last = page.locator(".state-panel input[name=definition]").last
    wanted = last.get_attribute("value") or ""
    last.check()
    if not scripts:
        page.locator(".state-panel form button").first.click()
    expect(page).to_have_url(re.compile(f"definition={re.escape(wanted)}"))
    page.locator("#step-back-month").click()

    expect(page).to_have_url(re.compile("/state/2023-06-30"))
    expect(page.locator(".state-panel input[name=definition]").last).to_be_checked()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_panel_stands_beside_the_table_or_above_it(new_context: Opened, width: int) -> None:
    page = opened(new_context, f"{DAY}?tab=models", viewport={"width": width, "height": 900})

    panel = page.locator(".state-panel").bounding_box()
    table = page.locator(".state-main").bounding_box()

    assert panel is not None
    assert table is not None
    if width == WIDE:
        assert panel["x"] >= table["x"] + table["width"]
    else:
        assert panel["y"] + panel["height"] <= table["y"]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_events_behind_a_value_are_in_sight_beside_a_long_panel(
    new_context: Opened, axe: Axe, width: int
) -> None:
    page = opened(new_context, f"{DAY}?tab=models", viewport={"width": width, "height": 900})
    value = page.locator("a.state-value").last
    value.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")

    value.click()
    expect(page.locator("#why.why-open")).to_be_in_viewport()

    assert page.evaluate("window.scrollY") == before
    assert axe(page) == []


def since(page: Page) -> list[str]:
    """Return from when on the rows are held, in the order of the page."""
    return page.locator(".state-row .state-since:first-of-type").all_inner_texts()


def test_a_head_sorts_by_keyboard_keeps_the_focus_and_the_way_back(new_context: Opened) -> None:
    page = opened(new_context, f"{DAY}?tab=people")
    before = since(page)
    page.locator("#sort-since-1").focus()

    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("tab=people&sort=-since"))
    expect(page.locator("th:has(#sort-since-1)")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#sort-since-1")).to_be_focused()
    falling = since(page)
    page.locator("#sort-since-1").click()
    expect(page.locator("th:has(#sort-since-1)")).to_have_attribute("aria-sort", "ascending")
    page.go_back()
    page.go_back()

    assert falling != before
    expect(page.locator("th:has(#sort-entity-1)")).to_have_attribute("aria-sort", "ascending")
    assert since(page) == before


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_a_small_screen_sorts_by_the_same_heads(new_context: Opened, *, scripts: bool) -> None:
    page = opened(
        new_context,
        f"{DAY}?tab=people",
        **READERS["narrow, dark, Chinese"],
        java_script_enabled=scripts,
    )
    expect(page.locator("#sort-since-1")).to_be_in_viewport()

    page.locator("#sort-since-1").click()

    expect(page).to_have_url(re.compile("sort=-since"))
    expect(page.locator("th:has(#sort-since-1)")).to_have_attribute("aria-sort", "descending")


def test_a_tab_becomes_a_difference(new_context: Opened) -> None:
    page = opened(new_context, "/state/2023-06-01?tab=people")

    page.locator("#compare-to").fill("end of July 2023")
    page.locator(".state-compare button").click()

    expect(page).to_have_url(re.compile(r"/compare/2023-06-01/2023-07-31\?tab=people"))
    expect(page.locator("#tab-people")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_a_state_has_no_barrier_and_fits_its_window(
    new_context: Opened, axe: Axe, troubles: list[str], address: str, reader: str
) -> None:
    page = opened(new_context, address, **READERS[reader])

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    troubles[:] = [trouble for trouble in troubles if REFUSED not in trouble]
