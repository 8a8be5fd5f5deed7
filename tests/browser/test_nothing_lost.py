"""Power that fails, a second tab, a session that ended, the way back: nothing typed is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Editor, tell
from tests.browser.readers import Opened, log_in, reader

SOURCE = "001_163e6e853f9a0655"
FORM = "/admin/record/org_founded"
WORDS = "the very words that were typed"
# Where something is typed at the desk, in which box, and where a draft of it is gone on with.
DEEDS = [
    pytest.param(FORM, "#summary-en", id="an event"),
    pytest.param("/admin{event}/correct", "#correction-reason", id="a correction"),
    pytest.param("/admin{event}/retract", "#correction-reason", id="a retraction"),
    pytest.param("/admin{event}/add-source", "#quote", id="a source more"),
    pytest.param("/admin{event}/dispute", "#correction-reason", id="a dispute"),
    pytest.param("/admin/entities/meituan/merge", "#field-reason-en", id="a merge"),
    pytest.param("/admin/entities/meituan/split", "#field-reason-en", id="a split"),
    pytest.param("/admin/sources/new", "#field-title", id="a source"),
]


@pytest.fixture(scope="module")
def reviewer(archive_file: Path) -> Editor:
    """Somebody who may accept, and mask, what others wrote."""
    found = Editor(name="ruth")
    tell(archive_file, "user", "add", found.name, "--role", "reviewer", typed=found.password)
    return found


def an_event(page: Page) -> str:
    page.goto(f"/sources/{SOURCE}")
    found: str = page.locator("a[href^='/events/']").first.get_attribute("href") or ""
    return found


def open_form(page: Page, address: str) -> None:
    page.goto(address.format(event=an_event(page)) if "{" in address else address)


def type_words(page: Page, box: str) -> None:
    page.locator(box).press_sequentially(WORDS)
    expect(page.locator("#admin-saved")).to_contain_text("kept")


def end_session(page: Page) -> None:
    """Take the session away as time would, in every tab."""
    page.context.clear_cookies()


@pytest.fixture
def refused(troubles: list[str]) -> Iterator[None]:
    """Let Chromium note to itself that the site asks for a login; nothing else may trouble it."""
    yield
    assert [one for one in troubles if "status of 40" not in one] == []
    troubles.clear()


def log_in_again(page: Page, editor: Editor) -> None:
    page.fill("#name", editor.name)
    page.fill("#password", editor.password)
    page.click("#admin-login button")
    page.locator("#admin-carried button").click()


@pytest.mark.parametrize(("address", "box"), DEEDS)
def test_what_was_typed_is_found_by_the_way_back_loaded_anew_and_after_the_power_failed(
    new_context: Opened, editor: Editor, address: str, box: str
) -> None:
    page = reader(new_context)
    log_in(page, editor, "/admin/")
    open_form(page, address)
    type_words(page, box)
    expect(page).to_have_url(re.compile("draft="))

    page.goto("/sources")
    page.go_back()
    expect(page.locator(box)).to_have_value(WORDS)
    page.reload()
    expect(page.locator(box)).to_have_value(WORDS)
    page.context.close()

    again = reader(new_context)
    log_in(again, editor, "/admin/drafts/")
    again.locator(".draft-line a").first.click()
    expect(again.locator(box)).to_have_value(WORDS)


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(("address", "box"), DEEDS)
def test_a_form_sent_after_its_session_ended_comes_back_after_the_login(
    new_context: Opened, editor: Editor, address: str, box: str, *, scripts: bool
) -> None:
    page = reader(new_context, scripts=scripts)
    log_in(page, editor, "/admin/")
    open_form(page, address)
    page.fill(box, WORDS)
    end_session(page)

    page.locator(".desk-buttons button[value='record']").click()
    log_in_again(page, editor)

    expect(page.locator(box)).to_have_value(WORDS)


@pytest.mark.usefixtures("refused")
def test_a_session_that_ended_while_one_types_is_told_and_what_was_typed_stays(
    new_context: Opened, editor: Editor
) -> None:
    page = reader(new_context)
    log_in(page, editor, FORM)
    end_session(page)

    page.locator("#summary-en").press_sequentially(WORDS)

    expect(page.locator("#messages")).to_contain_text("Your session has ended")
    expect(page.locator("#summary-en")).to_have_value(WORDS)


def test_two_tabs_with_one_draft_lose_no_word_of_either(
    new_context: Opened, editor: Editor
) -> None:
    first = reader(new_context)
    log_in(first, editor, FORM)
    first.locator("#summary-en").press_sequentially("begun")
    expect(first).to_have_url(re.compile("draft="))
    second = first.context.new_page()
    second.goto(first.url)

    first.locator("#field-seat").press_sequentially("Oslo")
    expect(first.locator("#admin-saved [name='draft-version']")).not_to_have_value("1")
    second.locator("#field-seat").press_sequentially("Rome")
    expect(second.locator("#admin-saved")).to_contain_text("draft of its own")

    seats = set()
    for tab in (first, second):
        tab.reload()
        seats.add(tab.locator("#field-seat").input_value())
        expect(tab.locator("#summary-en")).to_have_value("begun")
    assert seats == {"Oslo", "Rome"}


def test_the_way_back_from_what_was_recorded_leads_to_no_second_event(
    new_context: Opened, editor: Editor
) -> None:
    page = reader(new_context)
    log_in(page, editor, FORM)
    page.locator("#field-org").press_sequentially("meituan")
    page.locator(".hint").first.click()
    expect(page.locator("#admin-entity-org .chosen")).to_be_visible()
    page.fill("#when", "2035-01-02")
    page.select_option("#source", SOURCE)
    page.locator("#summary-en").press_sequentially(WORDS)
    expect(page).to_have_url(re.compile("draft="))
    page.locator(".desk-buttons button[value='record']").click()
    page.wait_for_url("**/events/*")

    page.go_back()

    expect(page.locator("#main")).to_contain_text("published")
    page.goto("/?from=2035&to=2035")
    expect(page.locator(".event-list > li")).to_have_count(1)


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_an_article_comes_back_after_a_login_and_by_the_way_back(
    new_context: Opened, editor: Editor, *, scripts: bool
) -> None:
    page = reader(new_context, scripts=scripts)
    log_in(page, editor, "/admin/articles/")
    page.select_option("#source", SOURCE)
    page.fill("#text", WORDS)
    page.goto("/sources")
    page.go_back()
    expect(page.locator("#text")).to_have_value(WORDS)
    end_session(page)

    page.locator(".desk-buttons button").first.click()
    log_in_again(page, editor)

    expect(page.locator("#main")).to_contain_text(WORDS)


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_a_reviewers_comment_outlives_the_session_and_a_draft_that_moved_on(
    new_context: Opened, editor: Editor, reviewer: Editor, *, scripts: bool
) -> None:
    page = reader(new_context, scripts=scripts)
    log_in(page, editor, "/admin/")
    open_form(page, "/admin{event}/retract")
    page.fill("#correction-reason", WORDS)
    page.locator(".desk-buttons button[value='submit']").click()
    page.wait_for_url("**/admin/drafts/*")
    address = page.url.replace("/drafts/", "/review/")
    one, other = (reader(new_context, scripts=scripts) for _ in range(2))
    for tab in (one, other):
        log_in(tab, reviewer, "/admin/review/")
        tab.goto(address)
        tab.fill("#return-words", f"which {WORDS}?")
    end_session(one)

    one.locator("form[action$='/return'] button").click()
    log_in_again(one, reviewer)
    expect(one.locator("#return-words")).to_have_value(f"which {WORDS}?")
    one.locator("form[action$='/return'] button").click()
    one.wait_for_url("**/admin/review/")
    other.locator("form[action$='/return'] button").click()

    expect(other.locator("#error-summary")).to_contain_text("sent back")
    expect(other.locator("#return-words")).to_have_value(f"which {WORDS}?")


def test_an_article_outlives_a_tab_that_was_closed(new_context: Opened, editor: Editor) -> None:
    page = reader(new_context)
    log_in(page, editor, "/admin/articles/")
    page.select_option("#source", SOURCE)
    type_words(page, "#text")
    expect(page).to_have_url(re.compile("draft="))
    page.reload()
    expect(page.locator("#text")).to_have_value(WORDS)
    page.context.close()

    again = reader(new_context)
    log_in(again, editor, "/admin/drafts/")
    article = again.locator(".draft-line").get_by_role("link", name=WORDS, exact=True)
    article.click()

    expect(again.locator("#text")).to_have_value(WORDS)
    expect(again.locator("#source")).to_have_value(SOURCE)
    again.locator(".desk-buttons button[value='record']").click()
    expect(again.locator(".pane-text")).to_contain_text(WORDS)
    again.goto("/admin/drafts/")
    expect(article).to_have_count(0)


def test_a_comment_outlives_a_tab_that_was_closed(
    new_context: Opened, editor: Editor, reviewer: Editor
) -> None:
    page = reader(new_context)
    log_in(page, editor, "/admin/")
    open_form(page, "/admin{event}/retract")
    page.fill("#correction-reason", WORDS)
    page.locator(".desk-buttons button[value='submit']").click()
    page.wait_for_url("**/admin/drafts/*")
    address = page.url.replace("/drafts/", "/review/")
    one = reader(new_context)
    log_in(one, reviewer, "/admin/review/")
    one.goto(address)
    type_words(one, "#return-words")
    one.locator("#reject-words").press_sequentially("or not at all")
    expect(one.locator("#admin-saved [name='draft-version']")).to_have_value("2")
    one.context.close()

    again = reader(new_context)
    log_in(again, reviewer, "/admin/review/")
    again.goto(address)

    expect(again.locator("#return-words")).to_have_value(WORDS)
    expect(again.locator("#reject-words")).to_have_value("or not at all")
    again.locator("form[action$='/return'] button").click()
    again.wait_for_url("**/admin/review/")
    again.goto("/admin/drafts/")
    expect(again.locator(".draft-line")).to_have_count(0)


def test_without_a_script_a_button_keeps_an_article(new_context: Opened, editor: Editor) -> None:
    page = reader(new_context, scripts=False)
    log_in(page, editor, "/admin/articles/")
    page.fill("#text", WORDS)
    page.locator(".desk-buttons button[formaction]").click()
    expect(page).to_have_url(re.compile("draft="))
    page.goto("/sources")

    page.goto("/admin/drafts/")
    page.locator(".draft-line a").first.click()

    expect(page.locator("#text")).to_have_value(WORDS)
