"""What the tests of the timeline share: a reader who opens it, and what is then to be seen."""

import time
from typing import Any, Final

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Response, expect

from tests.browser.readers import Opened, reader

PATIENCE: Final = 30  # seconds
SPRING: Final = "/?from=2023-03&to=2023-08"


def opened(
    new_context: Opened,
    address: str,
    *,
    scripts: bool = True,
    **more: Any,
) -> Page:
    """Open *address* as one reader would, and wait until the hands are there.

    On a phone the drawing is switched on.
    """
    page = reader(new_context, scripts=scripts, **more)
    page.goto(address)
    if (switch := page.locator("#drawing-shown")).is_visible():
        switch.check()
    if scripts:
        expect(page.locator("#timeline-view")).to_have_attribute("data-live", "yes")
        settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the drawing fits the screen: on a phone it is drawn a second time."""
    wait_until(
        page,
        """() => {
            const drawing = document.getElementById("lanes-drawing");
            const real = drawing?.closest(".lanes-scroll").clientWidth;
            return !drawing || Math.abs(real / drawing.dataset.width - 1) < 0.16;
        }""",
    )


def wait_until(page: Page, holds: str) -> None:
    """Wait until the script *holds* is true: the browser's own waiting is refused by our policy.

    It would evaluate a text once more later, and a page that may evaluate none says so.
    """
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(holds):
        if time.monotonic() > deadline:
            pytest.fail(f"not so within {PATIENCE} s: {holds}")
        page.wait_for_timeout(50)


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


def is_for_the_list(answer: Response) -> bool:
    """Tell whether an answer is what stands below the drawing."""
    return answer.request.headers.get("hx-target", "").endswith("timeline-columns")
