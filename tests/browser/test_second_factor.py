"""The second factor in a real browser: set up, asked for, replaced by a recovery code."""

from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Editor, tell
from tests.browser.readers import Axe, Opened, log_in, reader

HERE = "/admin/account/second-factor"
WAYS = [
    pytest.param("zh-CN", 390, "dark", True, id="zh-narrow-dark"),
    pytest.param("en-GB", 1440, "light", True, id="en-wide-light"),
    pytest.param("zh-CN", 1440, "light", False, id="zh-wide-without-script"),
    pytest.param("en-GB", 390, "dark", False, id="en-narrow-without-script"),
]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def half_way(page: Page, person: Editor) -> None:
    page.goto(f"/login?next={HERE}")
    page.fill("#name", person.name)
    page.fill("#password", person.password)
    page.press("#password", "Enter")
    expect(page.locator("#code")).to_be_focused()


@pytest.mark.parametrize(("locale", "width", "colours", "scripts"), WAYS)
def test_it_is_set_up_and_asked_for_by_keyboard(
    new_context: Opened,
    archive_file: Path,
    axe: Axe,
    locale: str,
    width: int,
    colours: str,
    *,
    scripts: bool,
) -> None:
    person = Editor(name=f"p{width}{scripts}".lower())
    tell(archive_file, "user", "add", person.name, "--role", "editor", typed=person.password)
    page = reader(
        new_context,
        width=width,
        locale=locale,
        colours=colours,
        scripts=scripts,
        bypass_csp=scripts,
    )

    def demand_usable() -> None:
        assert fits(page)
        assert not scripts or axe(page) == []

    log_in(page, person, HERE)
    demand_usable()
    page.fill("#present_password", person.password)
    page.press("#present_password", "Enter")
    expect(page.locator(".factor-frame svg")).to_be_visible()
    demand_usable()
    secret = page.locator(".factor-secret").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(secret).now())
    page.press("#code", "Enter")
    expect(page.locator(".factor-codes li")).to_have_count(10)
    demand_usable()
    code = page.locator(".factor-codes code").first.inner_text()

    page.context.clear_cookies()
    half_way(page, person)
    demand_usable()
    page.fill("#code", "000 000")
    page.press("#code", "Enter")
    expect(page.locator("#admin-code [role=alert]")).to_be_visible()
    demand_usable()
    page.fill("#code", code.lower())
    page.press("#code", "Enter")

    page.wait_for_url(f"**{HERE}")
    expect(page.locator("#admin-factor")).to_contain_text("9")
    demand_usable()
    page.goto("/admin/account")
    expect(page.locator(".own-notices li")).to_have_count(2)
    demand_usable()


def test_how_hard_a_password_is_to_guess_is_told_while_it_is_typed(
    new_context: Opened, editor: Editor, axe: Axe
) -> None:
    page = reader(new_context, width=390, locale="zh-CN", bypass_csp=True)
    log_in(page, editor, "/admin/account")
    told = page.locator("#admin-strength")

    page.locator("#password").press_sequentially("password1234")
    expect(told).to_contain_text("极弱")
    page.locator("#password").press_sequentially(" staple gun and paper")
    expect(told).to_contain_text("很强")

    page.locator("[data-reveals]").check()
    expect(page.locator("#password")).to_have_attribute("type", "text")
    page.locator("[data-reveals]").uncheck()
    expect(page.locator("#password")).to_have_attribute("type", "password")
    assert axe(page) == []
