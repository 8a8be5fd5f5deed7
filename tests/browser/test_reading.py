"""Reading in a real browser: states, comparisons, entities, events, and what surrounds them."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readers import NARROW, WIDE, Axe, Opened, reader

STATE: Final = "/state/2023-07-31?tab=people"
PAGES: Final = (
    STATE,
    "/state/2023-07-31?tab=all&type=model",
    "/state/1990-01-01",
    "/why?entity=openai&attribute=officers&on=2023-07-31",
    "/compare",
    "/compare/2023-06-01/2023-07-31",
    "/entities/",
    "/entities/?q=gpt",
    "/entities/openai?on=2023-07-31",
    "/sources",
    "/sources/000_9e2ff0efb83ee42c",
    "/changes",
    "/changes?only=corrections",
    "/search",
    "/search?q=百川",
    "/search?q=xyzzy",
    "/about",
)

READERS: Final[dict[str, dict[str, Any]]] = {
    "a narrow dark screen in Chinese": {"width": NARROW, "locale": "zh-CN", "colours": "dark"},
    "a wide light screen in English": {"width": WIDE, "locale": "en-GB", "colours": "light"},
}


MOST_BYTES: Final = 150_000
LARGE: Final = ("/", "/state/2024-12-31", "/compare/2019-01-01/2025-01-01")


def opened(new_context: Opened, address: str, **reading: Any) -> Page:
    """Open *address* as one reader would."""
    page = reader(new_context, **reading)
    page.goto(address)
    return page


def is_as_wide_as_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_reader_asks_for_a_day_in_words_and_follows_a_value_to_its_source(
    new_context: Opened,
    width: int,
    locale: str,
    scripts: bool,  # noqa: FBT001 - a way to run it
) -> None:
    page = opened(new_context, "/state", width=width, locale=locale, scripts=scripts)

    page.locator("#on").fill("2023年7月" if locale == "zh-CN" else "July 2023")
    page.locator(".state-form button").click()
    expect(page).to_have_url(re.compile(r"/state/2023-07-31"))
    page.locator("#tab-people").click()
    expect(page.locator("#tab-people")).to_have_attribute("aria-current", "page")
    value = page.locator("a.state-value").first
    spoken = value.inner_text()
    value.click()

    expect(page.locator("#why .why-value").first).to_contain_text(spoken)
    page.locator("#why .claim-source a").first.click()
    expect(page).to_have_url(re.compile(r"/sources/"))


def test_stepping_changes_the_address_and_back_returns(new_context: Opened) -> None:
    page = opened(new_context, STATE)

    page.locator("#step-back-month").click()

    expect(page).to_have_url(re.compile(r"/state/2023-06-30\?tab=people"))
    expect(page.locator("h1")).to_contain_text("30 June 2023")
    expect(page.locator("#step-back-month")).to_be_focused()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("31 July 2023")
    expect(page.locator(".masthead")).to_have_count(1)


def test_previous_and_next_change_lead_to_each_other(new_context: Opened) -> None:
    page = opened(new_context, "/state/2023-06-29?tab=people")

    page.locator("#step-on-change").click()
    expect(page).not_to_have_url(re.compile(r"/state/2023-06-29"))
    page.locator("#step-back-change").click()

    expect(page).to_have_url(re.compile(r"/state/2023-06-29"))


def test_the_events_behind_a_value_open_and_close_by_keyboard(new_context: Opened) -> None:
    page = opened(new_context, STATE)

    page.locator("a.state-value").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#why .panel-head")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".why-close")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#why.why-open")).to_have_count(0)
    expect(page.locator("#why .panel-head")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape(STATE)))


def test_what_is_only_possible_can_be_hidden(new_context: Opened) -> None:
    page = opened(new_context, STATE)
    expect(page.locator(".standing-possible").first).to_be_visible()

    page.locator("#possible-switch").click()

    expect(page.locator(".standing-possible")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"possible=hide"))


def test_a_state_is_compared_with_another_day(new_context: Opened) -> None:
    page = opened(new_context, "/state/2023-06-01")

    page.locator("#compare-to").fill("end of July 2023")
    page.locator(".state-compare button").click()

    expect(page).to_have_url(re.compile(r"/compare/2023-06-01/2023-07-31"))
    expect(page.locator(".difference").first).to_be_visible()


def test_names_are_found_while_they_are_typed(new_context: Opened) -> None:
    page = opened(new_context, "/entities/")

    page.locator("#entity-q").press_sequentially("百川")

    expect(page.locator(".entity-hint").first).to_contain_text("Baichuan")
    expect(page.locator("#entity-q")).to_be_focused()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_barrier_and_fits_its_window(
    new_context: Opened, axe: Axe, address: str, reader: str
) -> None:
    page = opened(new_context, address, **READERS[reader])

    assert axe(page) == []
    assert is_as_wide_as_its_window(page)


@pytest.mark.parametrize("reader", READERS)
def test_an_event_reached_from_a_life_line_has_no_barrier(
    new_context: Opened, axe: Axe, reader: str
) -> None:
    page = opened(new_context, "/entities/light-years-beyond", **READERS[reader])

    page.locator(".life-line .event-link").first.click()

    expect(page).to_have_url(re.compile(r"/events/"))
    assert axe(page) == []
    assert is_as_wide_as_its_window(page)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_open_panel_has_no_barrier(new_context: Opened, axe: Axe, width: int) -> None:
    page = opened(new_context, STATE, width=width)
    page.locator("a.state-value").first.click()
    expect(page.locator("#why.why-open")).to_be_visible()

    assert axe(page) == []


# Of what can be pressed in a drawing, what is smaller than a finger and not apart from the rest:
# no circle of 24 px around its middle may touch another, nor what that one is around.
TOO_CLOSE: Final = """(wanted) => {
    const all = [...document.querySelectorAll(wanted)].filter(
        (one) => getComputedStyle(one).pointerEvents !== "none" && one.getClientRects().length);
    const boxes = all.map((one) => one.getBoundingClientRect());
    const isSmall = (box) => box.width < 24 || box.height < 24;
    const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
    const gap = ([x, y], box) => Math.hypot(
        Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    const apart = (one, other) => Math.hypot(
        middle(one)[0] - middle(other)[0], middle(one)[1] - middle(other)[1]);
    return [all.length, boxes.filter((box) => isSmall(box) && boxes.some((other) => other !== box
        && (gap(middle(box), other) < 12 || (isSmall(other) && apart(box, other) < 24)))).length];
}"""


@pytest.mark.parametrize(
    ("address", "links", "least"),
    [
        pytest.param("/", ".strip-years a", 4, id="years of the strip"),
        pytest.param("/state/2023-07-31?tab=ownership", ".tree-link", 4, id="tree of owners"),
        pytest.param("/state/2023-07-31", ".quarter, .quarters-year a", 0, id="quarters"),
    ],
)
@pytest.mark.parametrize("width", [320, NARROW])
def test_what_a_finger_presses_in_a_drawing_is_large_enough_or_apart(
    new_context: Opened, address: str, links: str, least: int, width: int
) -> None:
    page = opened(new_context, address, width=width)

    count, too_close = page.evaluate(TOO_CLOSE, links)

    assert count >= least
    assert too_close == 0


def test_at_four_times_the_size_nothing_is_wider_than_the_window(new_context: Opened) -> None:
    page = opened(new_context, "/changes", width=320, scripts=False)

    assert is_as_wide_as_its_window(page)
    for address in ("/compare/2023-06-01/2023-07-31", "/events/2022-openai-loss-540m"):
        page.goto(address)
        assert is_as_wide_as_its_window(page), address


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_no_page_is_large_before_it_is_packed(new_context: Opened, locale: str) -> None:
    context = new_context(locale=locale)

    answers = {one: context.request.get(one) for one in (*PAGES, *LARGE)}

    assert {one for one, answer in answers.items() if not answer.ok} == set()
    sizes = {one: len(answer.body()) for one, answer in answers.items()}
    assert {one: size for one, size in sizes.items() if size > MOST_BYTES} == {}
