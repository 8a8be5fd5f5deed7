"""What the tests of the timeline share: a reader who opens it, and what is then to be seen."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

NARROW: Final = 390
WIDE: Final = 1440
SPRING: Final = "/?from=2023-03&to=2023-08"

Opened = Callable[..., BrowserContext]


def opened(
    new_context: Opened,
    address: str,
    *,
    width: int = WIDE,
    locale: str = "en-GB",
    colours: str = "light",
    scripts: bool = True,
    **more: object,
) -> Page:
    """Open *address* as one reader would, and wait until the hands are there."""
    context = new_context(
        viewport={"width": width, "height": 900},
        locale=locale,
        color_scheme=colours,
        java_script_enabled=scripts,
        **more,
    )
    page = context.new_page()
    page.goto(address)
    if scripts:
        expect(page.locator("#timeline-view")).to_have_attribute("data-live", "yes")
        settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the drawing fits the screen: on a phone it is drawn a second time."""
    page.wait_for_function(
        """() => {
            const drawing = document.getElementById("lanes-drawing");
            const real = drawing?.closest(".lanes-scroll").clientWidth;
            return !drawing || Math.abs(real / drawing.dataset.width - 1) < 0.16;
        }"""
    )


def days_shown(page: Page) -> tuple[int, int]:
    """Return the first and the last day of the drawing, as Julian Day Numbers."""
    drawing = page.locator("#lanes-drawing")
    first, last = (drawing.get_attribute(f"data-{end}") for end in ("first", "last"))
    return int(first or 0), int(last or 0)


def box_of(part: Locator) -> FloatRect:
    """Return where *part* lies on the screen."""
    found = part.bounding_box()
    assert found is not None
    return found
