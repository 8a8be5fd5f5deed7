"""Take the README's pictures: `make pictures` serves the seeds and looks at them in Chromium."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, BROWSERS, Editor, served, tell

PICTURES: Final = Path(__file__).resolve().parent / "pictures"
WIDE: Final = {"width": 1280, "height": 800}
NARROW: Final = {"width": 390, "height": 844}


def look(
    browser: Browser,
    site: str,
    name: str,
    steps: Callable[[Page], None],
    *,
    locale: str = "zh-CN",
    dark: bool = False,
    narrow: bool = False,
) -> None:
    """Take one picture, named *name*, of what *steps* lead to."""
    context = browser.new_context(
        base_url=site,
        locale=locale,
        color_scheme="dark" if dark else "light",
        viewport=NARROW if narrow else WIDE,  # type: ignore[arg-type]  # width and height
    )
    page = context.new_page()
    steps(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def to_form(page: Page) -> None:
    """Log in, open the form of a release, and let a date be read."""
    editor = Editor()
    page.goto("/login?next=/admin/record/model_released")
    page.fill("#name", editor.name)
    page.fill("#password", editor.password)
    page.press("#password", "Enter")
    page.wait_for_url("**/admin/record/model_released")
    when = page.locator("#when")
    when.press_sequentially("late March 2024", delay=20)
    page.wait_for_timeout(1000)
    when.scroll_into_view_if_needed()


def main() -> None:
    """Write all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    executable = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "archive.db"
        tell(archive, "migrate")
        tell(archive, "seed")
        tell(archive, "user", "add", Editor().name, "--role", "editor", typed=Editor().password)
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        with served(archive) as site:
            look(browser, site, "timeline-zh", lambda page: void(page.goto("/")))
            look(
                browser,
                site,
                "timeline-narrow-dark",
                lambda page: void(page.goto("/?lanes=one")),
                dark=True,
                narrow=True,
            )
            look(
                browser,
                site,
                "state-en",
                lambda page: void(page.goto("/state/2023-07-31?tab=models")),
                locale="en-GB",
            )
            look(browser, site, "form-en", to_form, locale="en-GB")
        browser.close()


def void(_answer: object) -> None:
    """Return nothing, whatever was answered."""


if __name__ == "__main__":
    main()
