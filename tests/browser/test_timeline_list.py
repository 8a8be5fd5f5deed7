"""The list under the drawing: infinite both ways, found by date, and moving with the drawing."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.readers import NARROW, WIDE, Opened
from tests.browser.timelines import box_of, is_for_the_list, opened, wait_until

EARLIER: Final = re.compile("[?&]before=")


def titles(page: Page) -> list[str]:
    return page.locator(".event-title").all_inner_texts()


def identities(page: Page) -> list[str]:
    found = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    return [str(one) for one in found]


def read_on(page: Page, way: str) -> bool:
    """Read past the end of the list and wait for what follows; tell whether anything does."""
    end = page.locator(".rows").last if way == "later" else page.locator(".rows").first
    known = end.get_attribute("id") or ""
    more = page.locator(f".rows-{way}:visible")
    if not more.count():
        return False
    more.evaluate_all("(found) => found.at(-1)?.scrollIntoView({ block: 'center' })")
    expect(end).not_to_have_attribute("id", known)
    return True


def test_the_list_reads_on_to_its_end_and_says_each_event_once(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2023-07&to=2024-04")
    total = int(page.locator(".timeline-list-head .count").inner_text().split()[0])

    for _ in range(total // 50 + 2):
        later = page.locator(".rows-later").last
        if later.count() and later.is_visible():
            before = page.locator(".rows").count()
            later.scroll_into_view_if_needed()
            expect(page.locator(".rows")).to_have_count(before + 1)

    expect(page.locator(".event")).to_have_count(total)
    found = identities(page)
    assert len(found) == len(set(found))


def jump(page: Page, day: str) -> None:
    """Go to *day* by the form above the list."""
    page.fill("#timeline-at", day)
    page.press("#timeline-at", "Enter")
    expect(page).to_have_url(re.compile(f"at={day}#list"))
    expect(page.locator("#timeline-view")).to_have_attribute("data-live", "yes")


def test_a_jump_to_a_date_begins_there_and_reads_on_in_both_directions(
    new_context: Opened,
) -> None:
    page = opened(new_context, "/")

    jump(page, "2023-06-01")
    expect(page.locator(".month-title").first).to_be_visible()
    page.evaluate("scrollBy(0, -60)")
    expect(page.locator(".rows").nth(1)).to_be_attached()

    days = [int(day) for day in page.locator(".month").evaluate_all(
        "(months) => months.map((month) => month.dataset.day)"
    )]  # fmt: skip
    assert days == sorted(days)
    assert days[0] < 2460097 <= days[-1]
    found = identities(page)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_was_jumped_to_stays_where_it_is(new_context: Opened, width: int) -> None:
    page = opened(new_context, "/", width=width)
    asked: list[str] = []
    held_back: list[Route] = []

    def hold_back(route: Route) -> None:
        held_back.append(route)

    page.on("request", lambda one: asked.append(one.url) if EARLIER.search(one.url) else None)
    jump(page, "2023-06-01")
    page.wait_for_load_state("networkidle")
    assert not asked
    page.route(EARLIER, hold_back)
    row = page.locator(f"#{page.locator('.event').first.get_attribute('id')}")
    landed = box_of(row)["y"]
    with page.expect_request(EARLIER):
        page.evaluate("scrollBy(0, -60)")
    before = box_of(row)["y"]
    held_back[0].continue_()
    expect(page.locator(".rows")).to_have_count(2)
    page.wait_for_load_state("networkidle")

    assert 0 <= landed < 200
    assert before - landed == pytest.approx(60, abs=2)
    assert box_of(row)["y"] == pytest.approx(before, abs=2)
    assert len(asked) == 1


def test_the_list_follows_the_drawing(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2022&to=2022")

    with page.expect_response(is_for_the_list):
        page.click("#step-later")
    expect(page).to_have_url(re.compile("from=2022-07"))
    page.wait_for_load_state("networkidle")
    followed = titles(page)
    page.reload()

    assert followed == titles(page)


def test_the_drawing_marks_what_is_being_read(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2022&to=2023")

    page.locator(".month").nth(2).scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)

    expect(page.locator(".read-line")).to_have_css("visibility", "visible")


def test_what_lies_far_below_is_laid_out_only_when_it_is_seen(new_context: Opened) -> None:
    page = opened(new_context, "/")

    page.locator(".rows-later").scroll_into_view_if_needed()
    expect(page.locator(".rows").nth(1)).to_be_attached()

    months = page.locator(".rows + .rows .month").first
    assert months.evaluate("(month) => getComputedStyle(month).contentVisibility") == "auto"
    row = page.locator(".rows + .rows .event").first
    assert row.evaluate("(row) => getComputedStyle(row).contentVisibility") == "visible"


def test_a_list_read_far_keeps_what_is_near_and_brings_the_rest_back(new_context: Opened) -> None:
    page = opened(new_context, "/")
    first = titles(page)[0]

    while read_on(page, "later"):
        pass
    read, seen = page.locator(".rows").last, page.locator(".event").count()
    before = read.evaluate("(rows) => rows.getBoundingClientRect().top")
    page.wait_for_timeout(100)
    after = read.evaluate("(rows) => rows.getBoundingClientRect().top")

    assert page.locator(".rows").count() == 8
    assert seen <= 400
    assert abs(after - before) < 2
    assert first not in titles(page)
    while read_on(page, "earlier"):
        pass
    assert titles(page)[0] == first
    assert page.locator(".rows").count() <= 8
    found = identities(page)
    assert len(found) == len(set(found))


def test_where_stretches_meet_a_month_has_one_heading(new_context: Opened) -> None:
    page = opened(new_context, "/")

    for _ in range(4):
        assert read_on(page, "later")

    shown = page.locator(".month-title:visible").all_text_contents()
    assert len(shown) == len(set(shown))
    assert page.locator(".month-title").count() >= len(shown)


def test_what_is_earlier_comes_into_the_list_where_its_link_is_pressed(
    new_context: Opened,
) -> None:
    page = opened(new_context, "/?at=2023-06-01")
    first = page.locator(".event").first.get_attribute("id") or ""
    before = page.locator(".event").count()
    address = page.url

    page.locator(".rows-earlier a").press("Enter")
    expect(page.locator(".rows")).to_have_count(2)

    assert page.url == address
    assert page.locator(".event").count() > before
    assert page.locator(".event").first.get_attribute("id") != first
    found = identities(page)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("way", ["earlier", "later"])
def test_whoever_reads_on_by_keyboard_stays_in_the_list(new_context: Opened, way: str) -> None:
    page = opened(new_context, "/?at=2023-06-01" if way == "earlier" else "/")
    known = page.locator(".event").evaluate_all("(found) => found.map((one) => one.id)")

    link = page.locator(f".rows-{way} a")
    link.evaluate("(one) => one.focus({ preventScroll: true })")
    if way == "earlier":
        page.keyboard.press("Enter")
    else:
        link.scroll_into_view_if_needed()
    expect(page.locator(".rows")).to_have_count(2)
    wait_until(page, "Boolean(document.activeElement.closest('.event'))")

    event = page.evaluate("document.activeElement.closest('.event').id")
    events = page.locator(".event").evaluate_all("(found) => found.map((one) => one.id)")
    assert event not in known
    beside = events.index(known[0]) - 1 if way == "earlier" else events.index(known[-1]) + 1
    assert events.index(event) == beside


def test_a_jump_keeps_the_day_that_the_slider_was_moved_to(new_context: Opened) -> None:
    page = opened(new_context, "/?from=2023&to=2023&held=2023-12-01&vs=2022-12-31")
    page.locator("#held-slider").fill("500")
    expect(page).not_to_have_url(re.compile("held=2023-12-01"))
    held = re.findall(r"held=([\d-]+)", page.url)

    jump(page, "2023-06-01")

    assert re.findall(r"held=([\d-]+)", page.url) == held
    assert "vs=2022-12-31" in page.url
    expect(page.locator("#timeline-state h2")).to_be_visible()
