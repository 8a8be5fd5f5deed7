"""Who opens the site in the tests: on which screen, in which language, signed in or not."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, Page, Request

from tests.browser.conftest import Editor

NARROW: Final = 390
WIDE: Final = 1440

_COOKIE: Final = "archive_session"
# A password is dear to check, as it shall be for who guesses: of each site, who signed in there.
_SESSIONS: Final[dict[tuple[str, str], str]] = {}

Opened = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]


def reader(
    new_context: Opened,
    *,
    width: int = WIDE,
    locale: str = "en-GB",
    colours: str = "light",
    scripts: bool = True,
    **more: object,
) -> Page:
    """Return an empty page as one reader would have it."""
    return new_context(
        viewport={"width": width, "height": 900},
        locale=locale,
        color_scheme=colours,
        java_script_enabled=scripts,
        **more,
    ).new_page()


def requests_of(page: Page) -> list[Request]:
    """Return the list of what *page* asks for from now on: it grows as it asks."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    return asked


def log_in(page: Page, editor: Editor, onward: str) -> None:
    """Sign in as *editor* and go on to *onward*: once by the form, then with that session."""
    site = urljoin(page.context.request.get("/static/icon.svg").url, "/")
    known = _SESSIONS.get((site, editor.name))
    if known is not None:
        page.context.add_cookies([{"name": _COOKIE, "value": known, "url": site}])
        page.goto(onward)
        if urlsplit(page.url).path != "/login":
            return
    page.goto(f"/login?next={onward}")
    page.fill("#name", editor.name)
    page.fill("#password", editor.password)
    page.click("#admin-login button")
    page.wait_for_url(f"**{onward}")
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    _SESSIONS[site, editor.name] = cookies[_COOKIE]
