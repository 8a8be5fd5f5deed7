"""When a hand's step of the timeline is asked for, and what it lets go of."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Response, Route, expect

from tests.browser.readers import Opened
from tests.browser.timelines import SPRING, days_shown, opened, wait_until


def test_the_wheel_scrolls_the_page_and_zooms_only_with_control(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    before = days_shown(page)
    page.locator("#lanes-drawing").hover()

    page.mouse.wheel(0, 200)
    wait_until(page, "scrollY > 0")
    unchanged = days_shown(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page.locator("#lanes-drawing")).not_to_have_attribute("data-first", str(before[0]))

    assert unchanged == before
    assert days_shown(page)[1] - days_shown(page)[0] < before[1] - before[0]


def test_a_turned_wheel_asks_once_and_as_soon_as_control_is_let_go(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("&at=") else None)
    page.locator("#lanes-drawing").hover()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))

    page.keyboard.down("Control")
    for _ in range(3):
        page.mouse.wheel(0, -60)
    held = list(asked)
    with page.expect_request(re.compile("&at=$")):
        page.keyboard.up("Control")

    assert not held
    assert len(asked) == 1


def test_a_turned_wheel_asks_once_it_rests_though_control_be_held(new_context: Opened) -> None:
    page = opened(new_context, SPRING)
    page.locator("#lanes-drawing").hover()
    page.keyboard.down("Control")

    with page.expect_request(re.compile("&at=$")):
        page.mouse.wheel(0, -60)


def test_an_answer_is_taken_though_who_asked_and_what_it_replaced_are_gone(
    new_context: Opened,
) -> None:
    page = opened(new_context, SPRING)

    page.evaluate(
        """() => {
            const [source, target] = [document.getElementById("timeline-status"), ".facets"];
            const answer = htmx.ajax("GET", location.href, { source, target, swap: "delete" });
            source.remove();
            return answer;
        }"""
    )

    expect(page.locator(".facets")).to_have_count(0)


@pytest.mark.parametrize(
    "address",
    ["/?from=2023-03-05&to=2023-06-20", "/?from=2020-01-26&to=2020-05-20&gaps=open"],
)
def test_the_year_is_read_in_sight_and_wholly(new_context: Opened, address: str) -> None:
    page = opened(new_context, address)

    seen = page.evaluate(
        """() => {
            const view = document.getElementById("lanes-drawing").getBoundingClientRect();
            return [...document.querySelectorAll(".ticks-major text")]
                .map((text) => [text.textContent, text.getBoundingClientRect()])
                .filter(([, box]) => box.right > view.left && box.left < view.right)
                .map(([text, box]) => [text, box.left >= view.left, box.right <= view.right]);
        }"""
    )

    assert seen == [[address[7:11], True, True]]


def asked_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("below", ["timeline-columns", "timeline-state"])
def test_a_further_step_lets_go_of_what_would_have_followed_the_one_before(
    new_context: Opened, below: str
) -> None:
    page = opened(new_context, f"{SPRING}&held=2023-05-20")
    followed: list[dict[str, list[str]]] = []
    held_back: list[Route] = []

    def is_for_it(answer: Response) -> bool:
        return answer.request.headers.get("hx-target", "").endswith(below)

    def note(answer: Response) -> None:
        if is_for_it(answer):
            followed.append(asked_of(answer.url))

    page.on("response", note)
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    page.click("#step-in")
    expect(page.locator("#timeline-follows")).to_be_attached()

    def hold_back(route: Route) -> None:
        held_back.append(route)

    page.route(re.compile("at=$"), hold_back)
    page.locator("#lanes-drawing").hover()
    page.mouse.down()
    page.mouse.move(300, 400, steps=3)
    with page.expect_request(re.compile("at=$")):
        page.mouse.up()
    page.clock.run_for(1_000)
    first = page.url
    held_back[0].continue_()
    expect(page).not_to_have_url(first)
    with page.expect_response(is_for_it):
        page.clock.resume()

    asked = [{name: said for name, said in one.items() if name != "near"} for one in followed]
    assert asked == [asked_of(page.url)]
