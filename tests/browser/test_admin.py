"""The desk in a real browser: record, see, correct, retract; with a script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Editor
from tests.browser.readers import log_in, reader

DAY, DAY_BEFORE, DAY_AFTER = "2023-05-17", "2023-05-16", "2023-05-18"
SOURCE = "001_163e6e853f9a0655"
OTHER_DAY_AFTER = "2023-05-21"

WAYS = [
    pytest.param(("zh", 1440, True), id="zh-wide"),
    pytest.param(("zh", 390, True), id="zh-narrow"),
    pytest.param(("en", 1440, True), id="en-wide"),
    pytest.param(("en", 390, True), id="en-narrow"),
    pytest.param(("zh", 390, False), id="zh-narrow-without-script"),
    pytest.param(("en", 1440, False), id="en-wide-without-script"),
]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[str, int, bool]:
    locale, width, script = request.param
    return locale, width, script


@pytest.fixture
def name(way: tuple[str, int, bool]) -> str:
    """A name that no other way of going through the desk records."""
    locale, width, script = way
    return f"Moonbeam {locale} {width} {'scripted' if script else 'plain'}"


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], way: tuple[str, int, bool]) -> Page:
    locale, width, script = way
    context = new_context(
        viewport={"width": width, "height": 900},
        locale={"zh": "zh-CN", "en": "en-GB"}[locale],
        java_script_enabled=script,
    )
    return context.new_page()


def choose_new(page: Page, name: str, *, script: bool) -> None:
    """Name an organization that the archive does not hold, and begin to create it."""
    if script:
        page.locator("#field-org").press_sequentially(name)
        page.locator(".hint-create").click()
    else:
        page.fill("#field-org", name)
        page.locator("button[value='find:org']").click()
    expect(page.locator("#field-org-new-0-en")).to_have_value(name)


def fits(page: Page) -> bool:
    """Tell whether nothing makes the page scroll sideways."""
    overflow: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return overflow


def record(page: Page, name: str, *, script: bool) -> str:
    """Record a founding through the form; return the address of the event."""
    choose_new(page, name, script=script)
    page.fill("#when", DAY)
    page.select_option("#source", SOURCE)
    if script:
        expect(page.locator("#admin-reading strong")).to_contain_text("2023")
    page.locator(".desk-buttons button[value='record']").click()
    page.wait_for_url("**/events/*")
    return page.url


def test_an_event_goes_from_the_form_to_the_timeline_and_the_state_and_out_again(
    page: Page, editor: Editor, name: str, way: tuple[str, int, bool]
) -> None:
    script = way[2]
    log_in(page, editor, "/admin/record/org_founded")
    address = record(page, name, script=script)
    slug = name.lower().replace(" ", "-")

    expect(page.locator("#messages .notice-done")).to_be_visible()
    assert fits(page)
    page.goto(f"/?from={DAY}&to={DAY}")
    expect(page.get_by_role("link", name=name).first).to_be_visible()
    page.goto(f"/state/{DAY_AFTER}?entity={slug}")
    expect(page.locator(".state-table")).to_be_visible()
    expect(page.locator("#main")).to_contain_text(name)
    page.goto(f"/state/{DAY_BEFORE}?entity={slug}")
    expect(page.locator(".state-table")).to_have_count(0)

    page.goto(f"{address.replace('/events/', '/admin/events/')}/correct")
    page.fill("#when", "2023-05-20")
    page.select_option("#correction-kind", "source_error")
    page.fill("#correction-reason", "a slip of three days")
    page.locator(".desk-buttons button[value='record']").click()
    page.wait_for_url(address)
    expect(page.locator("#main")).to_contain_text("a slip of three days")
    page.goto(f"/state/{DAY_AFTER}?entity={slug}")
    expect(page.locator(".state-table")).to_have_count(0)
    page.goto(f"/state/{OTHER_DAY_AFTER}?entity={slug}")
    expect(page.locator(".state-table")).to_be_visible()

    page.goto(f"{address.replace('/events/', '/admin/events/')}/retract")
    page.fill("#correction-reason", "it was only a test")
    page.locator("#admin-form .desk-buttons button[value='record']").click()
    page.wait_for_url(address)
    expect(page.locator("#main")).to_contain_text("it was only a test")
    page.goto(f"/?from={DAY}&to=2023-05-20")
    expect(page.locator("#main").get_by_role("link", name=name)).to_have_count(0)


def test_a_refused_form_puts_the_focus_on_what_is_wrong(
    page: Page, editor: Editor, way: tuple[str, int, bool]
) -> None:
    log_in(page, editor, "/admin/record/org_founded")
    page.fill("#field-seat", "Beijing")
    page.locator(".desk-buttons button[value='record']").click()

    summary = page.locator("#error-summary")
    expect(summary).to_be_visible()
    if way[2]:
        expect(summary).to_be_focused()
    expect(page.locator("#field-seat")).to_have_value("Beijing")
    expect(page.locator("#when-error")).to_be_visible()
    assert fits(page)


DESK = (
    "/admin/",
    "/admin/record/",
    "/admin/record/licence_set",
    "/admin/record/role_ended",
    "/admin/record/names_changed",
    "/admin/sources/new",
    "/admin/account",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en-GB", 1440)])
def test_the_desk_can_be_used_by_everybody(
    new_context: Callable[..., BrowserContext],
    editor: Editor,
    axe: Callable[[Page], list[str]],
    scheme: str,
    locale: str,
    width: int,
) -> None:
    page = reader(new_context, width=width, locale=locale, colours=scheme, bypass_csp=True)
    page.goto("/login")
    assert axe(page) == []
    log_in(page, editor, "/admin/")
    for address in DESK:
        page.goto(address)

        assert axe(page) == [], address
        assert fits(page), address


def test_a_password_that_is_refused_is_told_to_everybody(
    new_context: Callable[..., BrowserContext],
    editor: Editor,
    axe: Callable[[Page], list[str]],
) -> None:
    page = reader(new_context, width=390, locale="zh-CN", bypass_csp=True)
    log_in(page, editor, "/admin/account")
    page.fill("#present_password", editor.password)
    page.fill("#password", "password1234")
    page.fill("#password_again", "password1234")
    page.press("#password_again", "Enter")

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#password-error")).to_contain_text("泄露")
    expect(page.locator("#password")).to_have_value("")
    assert axe(page) == []
    assert fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_in_use_can_be_used_by_everybody(
    new_context: Callable[..., BrowserContext],
    editor: Editor,
    axe: Callable[[Page], list[str]],
    scheme: str,
) -> None:
    context = new_context(
        viewport={"width": 390, "height": 900},
        locale="zh-CN",
        color_scheme=scheme,
        bypass_csp=True,
    )
    page = context.new_page()
    log_in(page, editor, "/admin/record/licence_set")
    page.locator("#field-model").press_sequentially("chatglm")
    expect(page.locator(".hint").nth(1)).to_be_visible()
    page.fill("#when", "03/04/2023")
    expect(page.locator("#admin-reading [data-fill]")).to_have_count(2)
    assert axe(page) == []

    page.fill("#field-licensor", "从未有过的机构")
    page.locator(".desk-buttons button[value='record']").click()
    expect(page.locator("#error-summary")).to_be_focused()

    assert axe(page) == []
    assert fits(page)
    page.goto(f"/sources/{SOURCE}")
    event = page.locator("a[href^='/events/']").first.get_attribute("href")
    for deed in ("correct", "retract"):
        page.goto(f"/admin{event}/{deed}")
        assert axe(page) == [], deed
        assert fits(page), deed


def test_a_form_is_filled_in_by_keyboard_alone(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/record/org_ended")
    page.locator("#field-org").focus()
    page.keyboard.type("baichuan")
    expect(page.locator(".hint").first).to_contain_text("Baichuan")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hint").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("[name='field-org-id']")).to_have_value("baichuan")
    expect(page.locator("#error-summary")).to_have_count(0)
    page.keyboard.type("meituan")
    expect(page.locator(".hint").first).to_contain_text("Meituan")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("[name='field-org-id']")).to_have_value("meituan")
    expect(page.locator("#field-org")).to_be_focused()
    page.locator("#when").focus()
    page.keyboard.type("03/04/2023")
    expect(page.locator("#admin-reading [data-fill]")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#when")).to_have_value("4 March 2023")
    expect(page.locator("#when")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#error-summary")).to_be_focused()


def test_a_meaning_chosen_keeps_the_words_as_stated(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/record/org_ended")
    page.locator("#when").press_sequentially("03/04/2023")
    expect(page.locator("#admin-reading [data-fill]")).to_have_count(2)
    page.locator("#admin-reading [data-fill]").first.click()

    expect(page.locator("#when")).to_have_value("4 March 2023")
    expect(page.locator("#stated")).to_have_value("03/04/2023")
    page.locator("#when").fill("about 4 March 2023")
    expect(page.locator("#stated")).to_have_value("")
    expect(page.locator("#admin-reading")).to_contain_text("approximate")


def test_a_date_is_bounded_by_an_event_of_those_named(
    new_context: Callable[..., BrowserContext], editor: Editor
) -> None:
    page = new_context(locale="en-GB").new_page()
    log_in(page, editor, "/admin/record/org_ended")
    page.locator("#field-org").press_sequentially("light years")
    page.locator(".hint").first.click()
    expect(page.locator("[name='field-org-id']")).to_have_value("light-years-beyond")
    page.locator(".bounds summary").click()
    page.locator("#after").focus()
    page.locator("#admin-bound-after .hint").first.click()
    page.locator("#when").press_sequentially("after the purchase")

    expect(page.locator("#admin-bound-after .bound-chosen a")).to_be_visible()
    expect(page.locator("#admin-reading")).to_contain_text("Kept as stated")
    assert fits(page)


def test_the_switch_of_language_loses_nothing_of_a_refused_form(
    page: Page, editor: Editor, way: tuple[str, int, bool]
) -> None:
    log_in(page, editor, "/admin/record/org_founded")
    page.fill("#field-seat", "Beijing")
    page.fill("#when", "Q3 2023")
    page.locator(".desk-buttons button[value='record']").click()
    expect(page.locator("#error-summary")).to_be_visible()
    other = "en" if way[0] == "zh" else "zh-Hans"
    page.locator(f".language-switch button[lang='{other}']").click()

    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("#field-seat")).to_have_value("Beijing")
    expect(page.locator("#when")).to_have_value("Q3 2023")
