"""The assistant at the desk: asked, its draft listed, taken up, marked; a server that fails."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from archive.dates import phrase
from tests.assistants import Recorded, a_draft, assistant_server
from tests.browser.conftest import Editor, served
from tests.browser.readers import log_in

SOURCE = "001_163e6e853f9a0655"
SENTENCE = "{year}年6月8日，据智谱AI介绍，其估值已达{value}亿元。"
TEXT = "模型公司的一天\n\n" + SENTENCE + "市场反应不一。\n"
WAYS = [
    pytest.param(("zh-CN", 390, True, "dark", 2035), id="zh-narrow"),
    pytest.param(("en-GB", 1440, True, "light", 2036), id="en-wide"),
    pytest.param(("en-GB", 1440, False, "dark", 2037), id="en-without-script"),
]
MARKS = {"zh-CN": "机器拟稿", "en-GB": "Proposed by a machine"}


@pytest.fixture(scope="module")
def assistant() -> Iterator[Recorded]:
    """The server that the site asks."""
    with assistant_server() as recorded:
        yield recorded


@pytest.fixture(scope="module")
def assisted_site(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, assistant: Recorded
) -> Iterator[str]:
    """The address of a site that has an assistant, on a copy of the seeded archive."""
    path = tmp_path_factory.mktemp("assisted") / "archive.db"
    shutil.copy(seeded, path)
    with ExitStack() as running:
        with pytest.MonkeyPatch.context() as surroundings:
            surroundings.setenv("ARCHIVE_ASSISTANT_URL", assistant.address)
            surroundings.setenv("ARCHIVE_ASSISTANT_MODEL", "a-model")
            address = running.enter_context(served(path))
        yield address


def pasted(page: Page, editor: Editor, text: str) -> None:
    log_in(page, editor, "/admin/articles/")
    page.select_option("#source", SOURCE)
    page.fill("#text", text)
    page.locator(".desk-buttons button").first.click()
    page.wait_for_url(re.compile(r"/admin/articles/[0-9a-f-]{36}"))


@pytest.mark.parametrize("way", WAYS)
def test_the_assistants_draft_becomes_an_event_that_says_so(
    new_context: Callable[..., BrowserContext],
    axe: Callable[[Page], list[str]],
    assisted_site: str,
    assistant: Recorded,
    editor: Editor,
    way: tuple[str, int, bool, str, int],
) -> None:
    locale, width, script, scheme, year = way
    value = year - 1800
    quote = SENTENCE.format(year=year, value=value)
    fields = {"org": "智谱AI", "amount": f"{value}亿元", "basis": "凭空捏造"}
    assistant.say(
        a_draft("valuation_reported", "估值", quote=quote, when=f"{year}年6月8日", fields=fields)
    )
    size = {"width": width, "height": 900}
    options = {"viewport": size, "color_scheme": scheme, "java_script_enabled": script}
    page = new_context(
        base_url=assisted_site, locale=locale, bypass_csp=True, **options
    ).new_page()
    pasted(page, editor, TEXT.format(year=year, value=value))

    page.locator("form[action$='/assistant'] button").click()
    expect(page.locator("#messages .notice-done")).to_be_visible()
    line = page.locator(".offer-list li", has_text=MARKS[locale])
    expect(line).to_have_count(1)
    line.locator("a").click()
    expect(page.locator(".pane-drafts > .notice")).to_contain_text(MARKS[locale])
    expect(page.locator("#when")).to_have_value(phrase(f"{year}-06-08", locale=locale))
    expect(page.locator("#quote")).to_have_value(quote)
    if script:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.select_option("#field-basis", "unstated")
    page.locator(".desk-buttons button[value='record']").click()
    expect(page.locator(".offer-list .quality")).not_to_have_count(0)

    page.goto(f"/?from={year}-06-08&to={year}-06-08")
    page.goto(str(page.locator("main a[href^='/events/']").first.get_attribute("href")))
    expect(page.locator(".page-head")).to_contain_text(MARKS[locale])


def test_an_assistant_that_fails_leaves_the_desk_as_it_was(
    new_context: Callable[..., BrowserContext],
    assisted_site: str,
    assistant: Recorded,
    editor: Editor,
) -> None:
    assistant.status = 503
    page = new_context(base_url=assisted_site, locale="en-GB").new_page()
    pasted(page, editor, TEXT.format(year=2038, value=238))
    drafts = page.locator(".offer-list li").count()

    page.locator("form[action$='/assistant'] button").click()

    expect(page.locator("#messages .notice-error")).to_contain_text("503")
    expect(page.locator(".offer-list li")).to_have_count(drafts)
    assistant.status = 200


def test_without_an_assistant_there_is_no_button(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()

    pasted(page, editor, TEXT.format(year=2039, value=239))

    expect(page.locator(".pane-drafts")).to_be_visible()
    expect(page.locator("form[action$='/assistant']")).to_have_count(0)
