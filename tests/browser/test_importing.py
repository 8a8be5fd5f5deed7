"""Files taken in by an editor: sent, mapped, planned, carried out, seen, and taken back."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Editor
from tests.browser.readers import log_in, reader

SOURCE = "001_163e6e853f9a0655"
PATIENCE = 20_000
LOOKS = 200
UNDONE = {"zh-CN": re.compile("已撤销"), "en-GB": re.compile("(?<!being )undone")}


@dataclass(frozen=True, slots=True)
class Way:
    """A file, how many events it tells in which year, and how somebody uses the site."""

    name: str
    content: str
    year: int
    events: int
    title: str
    locale: str = "en-GB"
    width: int = 1440
    scripts: bool = True

    @property
    def is_sheet(self) -> bool:
        """Tell whether it has columns to be mapped."""
        return self.name.endswith(".csv")


def a_line(name: str, when: str, title: str) -> str:
    founded = {
        "id": name,
        "kind": "org_founded",
        "occurred": {"edtf": when},
        "entities": [{"id": "meituan", "role": "org"}],
        "title": {"zh": title, "en": title},
        "claims": [{"source": SOURCE, "locator": "¶1"}],
    }
    return json.dumps(founded, ensure_ascii=False)


LINES = "\n".join(
    [a_line("line-1", "2051-02-03", "行一成立"), a_line("line-2", "2051", "行二成立")]
)
SECTIONS = f"""\
events:
  - id: section-1
    kind: org_founded
    occurred: {{edtf: 2052-03-04}}
    entities: [{{id: meituan, role: org}}]
    title: {{zh: 段落成立, en: Founded in a section}}
    claims: [{{source: {SOURCE}}}]
"""
SHEET = """\
Year,Month,Day,Display Date,Headline,Text,Media,Who
2053,5,17,,Founded on a sheet,In Beijing,https://example.org/a.png,meituan
2053,6,,June of that year,表格成立,,,meituan
"""
WAYS = [
    pytest.param(
        Way("rows.jsonl", LINES, 2051, 2, title="行一成立", locale="zh-CN", width=390),
        id="lines-zh-narrow",
    ),
    pytest.param(
        Way("rows.yaml", SECTIONS, 2052, 1, title="in a section", scripts=False),
        id="sections-en-without-script",
    ),
    pytest.param(
        Way("sheet.csv", SHEET, 2053, 2, title="Founded on a sheet"), id="timelinejs-en-wide"
    ),
    pytest.param(
        Way(
            "表.csv",
            SHEET.replace("2053", "2054"),
            2054,
            2,
            title="表格成立",
            locale="zh-CN",
            width=390,
            scripts=False,
        ),
        id="timelinejs-zh-narrow-without-script",
    ),
]


def send(page: Page, way: Way) -> None:
    page.goto("/admin/import/")
    file = {"name": way.name, "mimeType": "text/plain", "buffer": way.content.encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]  # what a file is sent as
    page.locator("#admin-form button").click()
    page.wait_for_url("**/admin/import/*-*")


def map_columns(page: Page, *, script: bool) -> None:
    """Say what the sheet leaves open; what TimelineJS calls its columns is known already."""
    read_as = {
        one.get_attribute("id"): one.input_value()
        for one in page.locator("#admin-form tbody input").all()
    }
    assert list(read_as.values()) == [
        "year", "month", "day", "stated", "title", "summary", "", ""
    ]  # fmt: skip
    page.fill("#column-7", "entity:nobody ever")
    page.select_option("#constant-kind", "org_founded")
    page.select_option("#constant-source", SOURCE)
    page.fill("#save-as", f"TimelineJS {script}")
    page.locator("#admin-form button.button-primary").click()
    expect(page.locator("#admin-form [aria-invalid='true']")).to_have_count(1)
    expect(page.locator("#constant-kind")).to_have_value("org_founded")
    page.fill("#column-7", "entity:org")
    page.locator("#admin-form button.button-primary").click()


def until(page: Page, deed: str) -> None:
    """Wait till the work ended, and what may be done next is *deed*; look again as by hand."""
    going, asked = page.locator("#import-progress"), page.locator(f"form[action$='/{deed}']")
    for _look in range(LOOKS):
        if not going.count() and (asked.count() or not deed):
            break
        page.goto(page.url)
    expect(going).to_have_count(0)
    if deed:
        expect(asked).to_be_visible()


def on_timeline(page: Page, way: Way) -> int:
    page.goto(f"/?from={way.year}&to={way.year}")
    return page.locator(".event-list a[href^='/events/']", has_text=way.title).count()


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_each_sort_is_planned_taken_in_seen_and_taken_back(
    new_context: Callable[..., BrowserContext], editor: Editor, way: Way
) -> None:
    page = reader(new_context, width=way.width, locale=way.locale, scripts=way.scripts)
    log_in(page, editor, "/admin/import/")
    send(page, way)
    if way.is_sheet:
        map_columns(page, script=way.scripts)
    until(page, "commit")
    rows = page.locator("#admin-import tbody tr")
    expect(rows).to_have_count(way.events)
    expect(page.locator("#admin-import")).to_contain_text(way.title)
    job = page.url
    assert on_timeline(page, way) == 0

    page.goto(job)
    page.locator("form[action$='/commit'] button").click()
    until(page, "undo")
    links = page.locator("#admin-import tbody a[href^='/events/']")
    expect(links).to_have_count(way.events)
    event = links.first.get_attribute("href") or ""
    assert on_timeline(page, way) == 1

    page.goto(job)
    page.locator("form[action$='/undo'] button").click()
    until(page, "")
    expect(page.locator("#import-stands")).to_contain_text(UNDONE[way.locale])
    assert on_timeline(page, way) == 0
    page.goto(event)
    expect(page.locator("#main .notice-error")).to_be_visible()


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en-GB", 1440)])
def test_the_mapping_and_the_plan_can_be_used_by_everybody(
    new_context: Callable[..., BrowserContext],
    axe: Callable[[Page], list[str]],
    editor: Editor,
    locale: str,
    width: int,
) -> None:
    page = reader(new_context, width=width, locale=locale, bypass_csp=True)
    log_in(page, editor, "/admin/import/")
    send(page, Way("s.csv", SHEET, 2053, 2, title=""))
    for name in ("mapping", "plan"):
        assert axe(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if name == "mapping":
            page.fill("#column-7", "entity:org")
            page.select_option("#constant-kind", "org_founded")
            page.locator("#admin-form button.button-primary").click()
            expect(page.locator("#admin-import tbody tr")).to_have_count(2, timeout=PATIENCE)
