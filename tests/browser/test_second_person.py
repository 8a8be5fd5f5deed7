"""Deeds under four eyes in a browser: one person asks, another sees what it does, and accepts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Editor, served, tell
from tests.browser.readers import log_in, reader

SOURCE = "001_163e6e853f9a0655"


@dataclass(frozen=True, slots=True)
class Way:
    """How a person uses the site, and which part of the archive is theirs in this test."""

    locale: str
    width: int
    number: int
    whole: str
    part: str
    script: bool


WAYS = [
    pytest.param(Way("zh-CN", 390, 0, "moonshot-ai", "01-ai", script=True), id="zh-narrow"),
    pytest.param(Way("en-GB", 1440, 1, "sensetime", "cloudwalk", script=True), id="en-wide"),
    pytest.param(Way("zh-CN", 390, 2, "iflytek", "mobvoi", script=False), id="zh-without-script"),
    pytest.param(
        Way("en-GB", 1440, 3, "datagrand", "sogou", script=False), id="en-without-script"
    ),
]


@pytest.fixture(scope="module")
def site(archive_file: Path, editor: Editor) -> Iterator[str]:
    """The address of a site on which whatever is recorded takes two people."""
    tell(archive_file, "user", "add", "ruth", "--role", "reviewer", typed=editor.password)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_FOUR_EYES", "*")
        with served(archive_file) as address:
            yield address


def person(new_context: Callable[..., BrowserContext], way: Way, editor: Editor) -> Page:
    page = reader(new_context, width=way.width, locale=way.locale, scripts=way.script)
    log_in(page, editor, "/admin/")
    return page


def show_effect(page: Page) -> None:
    page.locator(".desk-buttons button[value='effect']").click()
    expect(page.locator("#admin-effect > *")).not_to_have_count(2)  # a head and "look first"


def hand_over(page: Page) -> str:
    """Press the form's own button; return the id of the draft that waits for another person."""
    page.locator(".desk-buttons button[value='record']").press("Enter")
    page.wait_for_url("**/admin/drafts/*")
    return page.url.rsplit("/", 1)[1]


def accept(page: Page, draft: str) -> None:
    page.locator("form[action$='/accept'] button").click()
    page.wait_for_url(re.compile("//[^/]+/(events|entities)/"))
    page.goto("/admin/review/")
    expect(page.locator(f"a[href='/admin/review/{draft}']")).to_have_count(0)


@pytest.mark.parametrize("way", WAYS)
def test_a_retraction_takes_two_people(
    new_context: Callable[..., BrowserContext], editor: Editor, way: Way
) -> None:
    page = person(new_context, way, editor)
    page.goto(f"/sources/{SOURCE}")
    event = page.locator("a[href^='/events/']").nth(way.number).get_attribute("href")
    page.goto(f"{event}")
    page.locator(f"a[href='/admin{event}/retract']").click()
    page.fill("#correction-reason", "said of another company")
    show_effect(page)
    draft = hand_over(page)
    page.goto(f"{event}")
    expect(page.locator("#main s")).to_have_count(0)

    second = person(new_context, way, Editor(name="ruth"))
    second.goto("/admin/review/")
    second.locator(f"a[href='/admin/review/{draft}']").click()
    expect(second.locator("#admin-review .facts")).to_contain_text("said of another company")
    expect(second.locator(f"#admin-review a[href='{event}']").first).to_be_visible()
    accept(second, draft)

    page.goto(f"{event}")
    expect(page.locator("#main")).to_contain_text("said of another company")
    page.goto(f"/admin/drafts/{draft}")
    expect(page.locator(".desk-steps")).to_contain_text("ruth")


@pytest.mark.parametrize("way", WAYS)
def test_a_merge_takes_two_people_and_may_be_sent_back_first(
    new_context: Callable[..., BrowserContext], editor: Editor, way: Way
) -> None:
    page = person(new_context, way, editor)
    page.goto(f"/entities/{way.whole}")
    page.locator(f"a[href='/admin/entities/{way.whole}/merge']").click()
    page.fill("#field-from", way.part)
    page.fill("#field-reason-en", "one firm")
    draft = hand_over(page)

    second = person(new_context, way, Editor(name="ruth"))
    second.goto(f"/admin/review/{draft}")
    second.fill("#return-words", "which register says so?")
    second.locator("form[action$='/return'] button").click()
    second.wait_for_url("**/admin/review/")
    page.goto(f"/admin/drafts/{draft}")
    expect(page.locator("#admin-form")).to_contain_text("which register says so?")
    page.fill("#field-reason-en", "one firm, says the register")
    assert hand_over(page) == draft

    second.goto(f"/admin/review/{draft}")
    expect(second.locator("#admin-review .facts")).to_contain_text("says the register")
    accept(second, draft)
    page.goto(f"/entities/{way.part}")
    assert page.url.split("/", 3)[3].startswith(f"entities/{way.whole}?merged")
