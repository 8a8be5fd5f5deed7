"""How much of the hand the first event of an article takes, and each of the next ones."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Editor
from tests.browser.readers import Opened, log_in, reader

SOURCE = "001_163e6e853f9a0655"
TEXT = """模型公司的一周

2061年5月20日，智谱AI的估值被报道为261亿元。
2061年5月21日，MiniMax的估值被报道为262亿元。
2061年5月22日，百川智能的估值被报道为263亿元。
"""


@dataclass(slots=True)
class Hand:
    """What a person does with a page: keys, clicks, and the seconds that the machine took."""

    page: Page
    keys: int = 0
    clicks: int = 0
    seconds: float = 0.0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self._waiting_for(self.page.locator(selector).first.click)

    def press(self, *keys: str) -> None:
        for each in keys:
            self.keys += len(each.split("+"))
            self._waiting_for(lambda each=each: self.page.keyboard.press(each))  # type: ignore[misc]  # called at once

    def type(self, words: str) -> None:
        self.keys += len(words)
        self._waiting_for(lambda: self.page.keyboard.type(words))

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list: a click, three letters of what it is called, Enter."""
        self.clicks += 1
        self.keys += 4
        self._waiting_for(lambda: self.page.select_option(selector, value))

    def paste(self, words: str) -> None:
        """Put what another program gave into the field in use: Ctrl+V."""
        self.keys += 2
        self._waiting_for(lambda: self.page.keyboard.insert_text(words))

    def see(self, selector: str, words: str) -> None:
        """Wait till the page shows *words*."""
        self._waiting_for(lambda: expect(self.page.locator(selector).first).to_contain_text(words))

    def read(self, selector: str, value: str) -> None:
        """Wait till a field holds *value*."""
        self._waiting_for(lambda: expect(self.page.locator(selector)).to_have_value(value))

    def _waiting_for(self, deed: Callable[[], object]) -> None:
        begun = time.perf_counter()
        deed()
        self.seconds += time.perf_counter() - begun

    def told(self) -> tuple[int, int, float]:
        """Return keys, clicks and seconds since it was last told."""
        said = (self.keys, self.clicks, round(self.seconds, 2))
        self.keys, self.clicks, self.seconds = 0, 0, 0.0
        return said


def first_event(hand: Hand) -> None:
    """From the desk: a source chosen, an article pasted, its first draft recorded."""
    hand.click("a[href='/admin/articles/']")
    hand.choose("#source", SOURCE)
    hand.click("#text")
    hand.paste(TEXT)
    hand.click(".desk-buttons button")
    hand.see(".offers summary", "草稿")
    if hand.page.locator(".offers").get_attribute("open") is None:
        hand.click(".offers summary")
    hand.click(".offer-list a")
    hand.read("#when", "2061年5月20日")
    hand.press("Control+Enter")
    hand.read("#when", "2061年5月21日")


def test_the_first_event_takes_a_few_clicks_and_the_next_two_keys(
    new_context: Opened, editor: Editor, record_property: Callable[[str, object], None]
) -> None:
    page = reader(new_context, locale="zh-CN")
    log_in(page, editor, "/admin/")
    hand = Hand(page)

    first_event(hand)
    first = hand.told()
    page.locator("#when").focus()
    hand.press("Control+Enter")
    hand.read("#when", "2061年5月22日")
    following = hand.told()
    hand.click("#when")
    hand.press("Control+a")
    hand.type("2061-05-23")
    hand.see("#admin-reading", "5月23日")
    hand.press("Control+Enter")
    expect(page.locator("#messages .notice-done").first).to_be_visible()
    mended = hand.told()

    for name, said in (("first", first), ("next", following), ("mended", mended)):
        record_property(f"{name}: keys, clicks, seconds of the machine", said)
    assert (first[0], first[1]) <= (12, 8)
    assert following[:2] == (2, 0)
    assert (mended[0], mended[1]) <= (16, 1)
    page.goto("/?from=2061&to=2061")
    expect(page.locator(".event-list a[href^='/events/']")).to_have_count(3)


@pytest.mark.parametrize("scripts", [False], ids=["no-script"])
def test_without_a_script_a_button_goes_on_to_the_next_draft(
    new_context: Opened, editor: Editor, *, scripts: bool
) -> None:
    page = reader(new_context, locale="zh-CN", scripts=scripts)
    log_in(page, editor, "/admin/articles/")
    hand = Hand(page)
    page.select_option("#source", SOURCE)
    page.fill("#text", TEXT.replace("2061", "2062"))
    hand.click(".desk-buttons button")
    if page.locator(".offers").get_attribute("open") is None:
        hand.click(".offers summary")
    hand.click(".offer-list a")

    hand.click(".desk-buttons button[value='next']")

    expect(page.locator("#when")).to_have_value("2062年5月21日")
    assert hand.clicks <= 4
