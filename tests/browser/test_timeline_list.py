"""The list under the drawing: infinite both ways, found by date, and moving with the drawing."""

import re

from playwright.sync_api import Page, Response, expect

from tests.browser.readers import Opened
from tests.browser.timelines import opened


def titles(page: Page) -> list[str]:
    return page.locator(".event-title").all_inner_texts()


def identities(page: Page) -> list[str]:
    found = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    return [str(one) for one in found]


def is_for_the_list(answer: Response) -> bool:
    return answer.request.headers.get("hx-target", "").endswith("timeline-columns")


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
    assert len(identities(page)) == len(set(identities(page)))


def test_a_jump_to_a_date_begins_there_and_reads_on_in_both_directions(
    new_context: Opened,
) -> None:
    page = opened(new_context, "/")

    page.fill("#timeline-at", "2023-06-01")
    page.press("#timeline-at", "Enter")
    expect(page).to_have_url(re.compile("at=2023-06-01"))
    expect(page.locator(".month-title").first).to_be_visible()
    page.locator("#list").scroll_into_view_if_needed()
    expect(page.locator(".rows").nth(1)).to_be_attached()

    days = [int(day) for day in page.locator(".month").evaluate_all(
        "(months) => months.map((month) => month.dataset.day)"
    )]  # fmt: skip
    assert days == sorted(days)
    assert days[0] < 2460097 <= days[-1]
    assert len(identities(page)) == len(set(identities(page)))


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

    expect(page.locator(".read-line")).to_have_attribute("visibility", "visible")


def test_what_lies_far_below_is_laid_out_only_when_it_is_seen(new_context: Opened) -> None:
    page = opened(new_context, "/")

    page.locator(".rows-later").scroll_into_view_if_needed()
    expect(page.locator(".rows").nth(1)).to_be_attached()

    months = page.locator(".rows + .rows .month").first
    assert months.evaluate("(month) => getComputedStyle(month).contentVisibility") == "auto"
    row = page.locator(".rows + .rows .event").first
    assert row.evaluate("(row) => getComputedStyle(row).contentVisibility") == "visible"
