"""How pages look: nothing cut off, nothing slanted that has no italics, no switches on paper."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Editor
from tests.browser.readers import NARROW, Opened, log_in, reader

STATE: Final = "/state/2023-07-31?tab=ownership"
NARROWEST: Final = 360
MIDDLES: Final = """(found) => found.map((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return (top + bottom) / 2;
})"""


def style(page: Page, selector: str, name: str) -> set[str]:
    """Return all values that the property *name* has on what *selector* finds."""
    read = "(found, name) => found.map((one) => getComputedStyle(one)[name])"
    return set(page.locator(selector).evaluate_all(read, name))


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [NARROWEST, NARROW, 768, 1024])
def test_all_pages_stand_in_the_head_of_a_page_on_two_lines_or_three(
    new_context: Opened, width: int, locale: str
) -> None:
    page = reader(new_context, width=width, locale=locale)
    page.goto("/sources")

    cut = page.locator(".masthead-nav").evaluate("(nav) => nav.scrollWidth - nav.clientWidth")
    tops = page.locator(".masthead :is(.brand, nav, form.masthead-search, .language-switch)")
    rows = {round(float(top) / 12) for top in tops.evaluate_all(MIDDLES)}

    assert cut <= 0
    assert len(rows) <= (3 if width < 640 else 2)


def test_chinese_is_never_slanted_and_english_that_is_only_possible_is(
    new_context: Opened,
) -> None:
    slanted = {}
    for locale in ("zh-CN", "en-GB"):
        page = reader(new_context, locale=locale)
        page.goto(STATE)
        slanted[locale] = style(page, ".standing-possible .state-value", "fontStyle")
        assert style(page, ".badge", "fontStyle") == {"normal"}

    assert slanted == {"zh-CN": {"normal"}, "en-GB": {"italic"}}


@pytest.mark.parametrize(
    "address", ["/", STATE, "/state/2023-07-31?tab=models", "/entities/light-years-beyond"]
)
def test_no_text_with_chinese_in_it_is_slanted(new_context: Opened, address: str) -> None:
    page = reader(new_context, locale="zh-CN")
    page.goto(address)

    assert page.evaluate(_SLANTED_CHINESE) == []


_SLANTED_CHINESE: Final = """[...document.querySelectorAll("body *")].filter((one) =>
    getComputedStyle(one).fontStyle !== "normal" && [...one.childNodes].some((part) =>
        part.nodeType === Node.TEXT_NODE && /\\p{Script=Han}/u.test(part.data))
).map((one) => one.textContent)"""


def test_who_is_owned_is_set_in_from_the_line_beside(new_context: Opened) -> None:
    page = reader(new_context)
    page.goto(STATE)

    lefts = page.locator(".owner-members").evaluate_all(
        "(lists) => lists.map((one) => one.querySelector('a').getBoundingClientRect().left"
        " - one.getBoundingClientRect().left)"
    )

    assert lefts
    assert min(lefts) >= 8


@pytest.mark.parametrize(("locale", "between"), [("zh-CN", "；"), ("en-GB", "; ")])
def test_sources_are_parted_as_the_language_has_it(
    new_context: Opened, locale: str, between: str
) -> None:
    page = reader(new_context, locale=locale)
    page.goto("/search?q=meituan")

    marks = page.locator(".cite-short + .cite-short").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').content)"
    )

    assert set(marks) == {f'"{between}"'}


def test_the_ways_of_the_desk_say_what_they_are_right_below_their_names(
    new_context: Opened, editor: Editor
) -> None:
    page = reader(new_context)
    log_in(page, editor, "/admin/")

    depths = page.locator(".way").evaluate_all(
        "(ways) => ways.map((one) => one.lastElementChild.getBoundingClientRect().top"
        " - one.firstElementChild.getBoundingClientRect().top)"
    )

    assert len(depths) > 4
    assert max(depths) - min(depths) < 1


def test_on_paper_a_state_has_its_address_and_no_switches(new_context: Opened) -> None:
    page = reader(new_context)
    page.goto(STATE)
    page.emulate_media(media="print")

    assert page.locator(".tabs a:visible").count() == 1
    expect(page.locator(".tabs a:visible")).to_have_attribute("aria-current", "page")
    expect(page.locator("#possible-switch")).to_be_hidden()
    address = page.locator(".page-head .print-only").inner_text()
    page.goto(address)
    expect(page.locator(".state-head")).to_contain_text("31 July 2023")
    assert "known=" in address


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_stranger_finds_the_three_things_to_do_before_anything_else(
    new_context: Opened, locale: str
) -> None:
    page = reader(new_context, width=NARROW, locale=locale)
    page.goto("/")

    ways = page.locator(".doors a")
    form = page.locator("#timeline-form").bounding_box()
    last = ways.last.bounding_box()

    hrefs = [one.get_attribute("href") for one in ways.all()]
    assert hrefs == ["#timeline-view", "/state", "/sources"]
    assert form
    assert last
    assert last["y"] < form["y"] < 600
    assert last["height"] >= 24


def test_on_a_card_each_source_begins_its_own_line(new_context: Opened) -> None:
    page = reader(new_context)
    page.goto("/?from=2023-06-01&to=2023-08-31&q=光年之外&importance=landmark")
    page.locator("a.mark").first.focus()
    expect(page.locator(".card .cite-short")).to_have_count(2)

    lefts = page.locator(".card .cite-short").evaluate_all(
        "(found) => found.map((one) => one.getBoundingClientRect().left)"
    )
    before = page.locator(".card .cite-short").last.evaluate(
        "(one) => getComputedStyle(one, '::before').content"
    )

    assert lefts[0] == lefts[1]
    assert before == "none"
