"""The whole way of an editor: an article, its drafts, their effect, a second person."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from archive.dates import phrase
from tests.browser.conftest import Editor, tell
from tests.browser.readers import log_in, reader

SOURCE = "001_163e6e853f9a0655"
EVENTS = ".event-list a[href^='/events/']"
REVIEWER = Editor(name="rita")
TEXT = """模型公司的一周

{year}年5月20日，智谱AI的估值被报道为{value}亿元。
{year}年5月21日，MiniMax的估值被报道为{value}亿元。
{year}年5月22日，百川智能的估值被报道为{value}亿元。
"""
WAYS = [
    pytest.param(("zh-CN", 390, True, 2031), id="zh-narrow"),
    pytest.param(("en-GB", 1440, True, 2032), id="en-wide"),
    pytest.param(("en-GB", 1440, False, 2033), id="en-without-script"),
]


@pytest.fixture(scope="module")
def reviewer(archive_file: Path) -> Editor:
    """Somebody who may accept what others wrote."""
    typed = REVIEWER.password
    tell(archive_file, "user", "add", REVIEWER.name, "--role", "reviewer", typed=typed)
    return REVIEWER


def fits(page: Page) -> bool:
    """Tell whether nothing makes the page scroll sideways."""
    overflow: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return overflow


def paste(page: Page, text: str) -> str:
    """Paste an article; return the address of its two panes."""
    page.goto("/admin/articles/")
    page.select_option("#source", SOURCE)
    page.fill("#text", text)
    page.locator(".desk-buttons button").first.click()
    page.wait_for_url(re.compile(r"/admin/articles/[0-9a-f-]{36}"))
    return page.url


def in_words(page: Page, edtf: str) -> str:
    """Return a date as the page's reader writes it."""
    return phrase(edtf, locale=page.locator("html").get_attribute("lang") or "")


def open_draft(page: Page, words: str) -> None:
    details = page.locator(".offers")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    page.locator(".offer-list li", has_text=words).locator("a").first.click()
    expect(page.locator("#quote")).to_have_value(re.compile(words))


def show_effect(page: Page) -> None:
    page.locator(".desk-buttons button[value='effect']").click()


def record_two(page: Page, panes: str, *, year: int, script: bool) -> None:
    """Record two drafts as they are proposed, one after the other."""
    open_draft(page, "MiniMax")
    expect(page.locator("#when")).to_have_value(in_words(page, f"{year}-05-21"))
    if script:
        page.locator("#when").focus()
        page.keyboard.press("Control+Enter")
    else:
        page.locator(".desk-buttons button[value='next']").click()
    expect(page.locator("#messages .notice-done")).to_be_visible()
    page.goto(panes)
    open_draft(page, "百川智能")
    page.locator(".desk-buttons button[value='next']").click()
    expect(page.locator("#messages .notice-done")).to_be_visible()
    page.goto(panes)
    expect(page.locator(".offer-list .quality")).to_have_count(2)


def submit_third(page: Page, *, year: int, words: str) -> str:
    """Mend the date of a draft, look at its effect, hand it over; return its id."""
    open_draft(page, "智谱AI")
    expect(page.locator("#when")).to_have_value(in_words(page, f"{year}-05-20"))
    page.fill("#when", f"{year}-05-25")
    show_effect(page)
    expect(page.locator("#admin-effect .effect-cells").first).to_contain_text(words)
    expect(page.locator("#when")).to_have_value(f"{year}-05-25")
    page.locator(".desk-buttons button[value='submit']").click()
    page.wait_for_url("**/admin/drafts/*")
    draft = page.url.rsplit("/", 1)[1]
    expect(page.locator(".desk-steps li")).to_have_count(1)
    page.goto(f"/?from={year}-05-01&to={year}-05-31")
    expect(page.locator(EVENTS)).to_have_count(2)  # what waits is no event yet
    return draft


def accept(page: Page, draft: str, *, author: str) -> str:
    """Accept a draft as another person; return the address of its event."""
    page.locator(f"a[href='/admin/review/{draft}']").click()
    expect(page.locator("mark")).to_contain_text("智谱AI")
    expect(page.locator("#admin-effect .effect-cells").first).to_be_visible()
    expect(page.locator(".desk-steps")).to_contain_text(author)
    expect(page.locator("form[action$='/accept']")).to_be_visible()
    assert fits(page)
    page.locator("form[action$='/accept'] button").click()
    page.wait_for_url("**/events/*")
    address = page.url
    page.goto("/admin/review/")
    expect(page.locator(f"a[href='/admin/review/{draft}']")).to_have_count(0)
    return address


def stands_only_from(page: Page, address: str, day: str, *, before: str, after: str) -> None:
    """Demand that the event is on the timeline, and in the state after, not in that before."""
    link = page.locator(f"a[href^='/events/{address.rsplit('/', 1)[1]}']")
    page.goto(f"/?from={day}&to={day}")
    expect(link.filter(visible=True).first).to_be_visible()
    page.goto(f"/state/{after}?entity=zhipu-ai&tab=all")
    expect(link.first).to_be_attached()
    page.goto(f"/state/{before}?entity=zhipu-ai&tab=all")
    expect(link).to_have_count(0)


def correct_date(page: Page, address: str, *, old: str, day: str) -> None:
    """Correct the date, having looked at the effect; both stand in the history."""
    page.goto(f"{address.replace('/events/', '/admin/events/')}/correct")
    page.fill("#when", day)
    page.select_option("#correction-kind", "source_error")
    page.fill("#correction-reason", "two days late")
    show_effect(page)
    expect(page.locator("#admin-effect .version-changes")).to_be_visible()
    page.locator(".desk-buttons button[value='record']").click()
    page.wait_for_url(address)
    changed = page.locator(".versions")
    expect(changed.locator("del", has_text=told(old)).first).to_be_visible()
    expect(changed.locator("ins", has_text=told(day)).first).to_be_visible()
    expect(page.locator(".event-date time").first).to_have_attribute("datetime", day)


def told(day: str) -> re.Pattern[str]:
    """Return how a day of May is written, in either language."""
    year, _month, number = day.split("-")
    return re.compile(f"{year}年5月{int(number)}日|{int(number)} May {year}")


def first_word_stands(page: Page, address: str, *, old: str, on: str) -> None:
    """Demand that, as known before the correction, the event and a state are as first said."""
    page.goto(address)
    before = page.locator(".versions a[href*='known=']").first
    page.goto(before.get_attribute("href") or "")
    expect(page.locator(".event-date time").first).to_have_attribute("datetime", old)
    known = re.search(r"known=(\d+)", page.url)
    assert known
    link = page.locator(f"a[href^='/events/{address.rsplit('/', 1)[1]}']")
    page.goto(f"/state/{on}?entity=zhipu-ai&tab=all&known={known[1]}")
    expect(link.first).to_be_attached()


@pytest.mark.parametrize("way", WAYS)
def test_from_an_article_to_events_a_second_person_and_a_correction(
    new_context: Callable[..., BrowserContext],
    editor: Editor,
    reviewer: Editor,
    way: tuple[str, int, bool, int],
) -> None:
    locale, width, script, year = way
    options = {
        "viewport": {"width": width, "height": 900},
        "locale": locale,
        "java_script_enabled": script,
    }
    page = new_context(**options).new_page()
    log_in(page, editor, "/admin/articles/")
    value = year - 1800
    panes = paste(page, TEXT.format(year=year, value=value))
    assert fits(page)

    record_two(page, panes, year=year, script=script)
    draft = submit_third(page, year=year, words=str(value) if locale == "zh-CN" else "CN")
    second = new_context(**options).new_page()
    log_in(second, reviewer, "/admin/review/")
    address = accept(second, draft, author=editor.name)

    stands_only_from(page, address, f"{year}-05-25", before=f"{year}-05-24", after=f"{year}-05-26")
    correct_date(page, address, old=f"{year}-05-25", day=f"{year}-05-27")
    stands_only_from(page, address, f"{year}-05-27", before=f"{year}-05-26", after=f"{year}-05-28")
    first_word_stands(page, address, old=f"{year}-05-25", on=f"{year}-05-26")


def test_a_form_is_kept_while_one_types_and_doubts_are_told(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/record/org_founded")
    page.locator("#field-org").press_sequentially("meituan")
    page.locator(".hint").first.click()
    expect(page.locator("[name='field-org-id']")).to_have_value("meituan")
    page.locator("#field-seat").press_sequentially("Beijing")

    expect(page.locator("#admin-saved")).to_contain_text("Draft kept")
    page.goto("/admin/drafts/")
    page.locator(".draft-line a").first.click()
    expect(page.locator("#field-seat")).to_have_value("Beijing")
    page.locator("#summary-en").press_sequentially("a lawsuit was filed in court")
    expect(page.locator("#admin-cautions")).to_contain_text("scope")
    page.locator("#field-seat").press_sequentially(" and Shanghai")
    expect(page.locator("#admin-saved [name='draft-version']")).not_to_have_value("1")
    assert page.locator("#admin-saved").count() == 1


def test_the_effect_takes_no_word_out_of_the_form(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/record/org_founded")
    page.locator("#field-org").press_sequentially("meituan")
    page.locator(".hint").first.click()
    expect(page.locator("#admin-entity-org .chosen")).to_be_visible()
    page.fill("#when", "2030-01-02")
    page.select_option("#source", SOURCE)
    page.fill("#summary-en", "typed before")
    show_effect(page)

    expect(page.locator("#admin-effect")).to_contain_text("2 January 2030")
    expect(page.locator("#summary-en")).to_have_value("typed before")
    expect(page.locator("#admin-effect")).to_be_in_viewport()
    assert page.url.endswith("/admin/record/org_founded")


def test_what_was_told_of_a_form_goes_when_the_form_says_something_else(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/record/org_founded")
    show_effect(page)
    errors = page.locator("#admin-effect .effect-errors")
    expect(errors).to_contain_text("When")

    page.fill("#when", "2030-01-02")

    expect(errors).to_be_hidden()
    expect(page.locator("#admin-effect")).to_contain_text("The form was changed since")
    show_effect(page)
    expect(errors).to_be_visible()
    expect(errors).not_to_contain_text("When")


def test_a_file_is_taken_in_and_taken_back(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/import/")
    rows = f"id,kind,when,source,entity:org\nimported-1,org_founded,2034-01-02,{SOURCE},meituan\n"
    page.set_input_files(
        "#file", {"name": "rows.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.locator("#admin-form button").click()
    page.locator("#admin-form button.button-primary").click()
    expect(page.locator("#import-stands")).to_contain_text("planned")
    page.locator("form[action$='/commit'] button").click()
    expect(page.locator("#import-stands")).to_contain_text(re.compile("(?<!being )taken in"))
    page.locator("form[action$='/undo'] button").click()

    expect(page.locator("#import-stands")).to_contain_text(re.compile("(?<!being )undone"))
    page.goto("/events/imported-1")
    expect(page.locator("#main .notice-error")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en-GB", 1440)])
def test_the_new_pages_of_the_desk_can_be_used_by_everybody(
    new_context: Callable[..., BrowserContext],
    reviewer: Editor,
    axe: Callable[[Page], list[str]],
    scheme: str,
    locale: str,
    width: int,
) -> None:
    page = reader(new_context, width=width, locale=locale, colours=scheme, bypass_csp=True)
    log_in(page, reviewer, "/admin/review/")
    paste(page, TEXT.format(year=2040, value=100))
    open_draft(page, "MiniMax")
    show_effect(page)
    expect(page.locator("#admin-effect h3").first).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    for address in (
        "/admin/articles/",
        "/admin/drafts/",
        "/admin/review/",
        "/admin/import/",
        "/admin/entities/meituan/merge",
        "/admin/entities/meituan/split",
    ):
        page.goto(address)
        assert axe(page) == [], address
        assert fits(page), address
    page.goto(f"/sources/{SOURCE}")
    event = page.locator("a[href^='/events/']").first.get_attribute("href")
    for deed in ("correct", "add-source", "dispute", "settle", "retract"):
        page.goto(f"/admin{event}/{deed}")
        assert axe(page) == [], deed
        assert fits(page), deed


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en-GB", 1440)])
def test_what_is_told_while_one_types_takes_no_room_before_it(
    new_context: Callable[..., BrowserContext], editor: Editor, locale: str, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, locale=locale).new_page()
    log_in(page, editor, "/admin/record/org_founded")
    regions = [page.locator(f"#admin-{name}") for name in ("saved", "cautions", "reading")]
    before = [one.bounding_box() for one in regions]
    head = page.locator(".page-head").bounding_box()
    form = page.locator(".desk-columns").bounding_box()

    page.locator("#when").press_sequentially("2031-07-14")
    expect(regions[2]).to_contain_text("2031")
    after = regions[2].bounding_box()

    assert [one.get_attribute("aria-live") for one in regions] == ["polite"] * 3
    assert [box and box["height"] for box in before] == [1, 1, 1]
    assert head
    assert form
    assert form["y"] - (head["y"] + head["height"]) < 40
    assert after
    assert after["height"] > 40
