"""The timeline elsewhere: in a frame of another page, as a picture, and told of what is new."""

import re
import shutil
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect
from typing_extensions import override

from tests.browser.conftest import served, tell
from tests.browser.readers import NARROW, WIDE, Axe, Opened
from tests.browser.timelines import SPRING, opened

NEW = ("record", "org_founded", "--set", "org=fresh:organization:新来者|Newcomer")


@pytest.fixture
def growing(archive_file: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An archive of its own, served, to which a test may add."""
    path = tmp_path / "growing.db"
    shutil.copy(archive_file, path)
    with served(path) as address:
        yield path, address


def test_what_is_new_is_offered_within_seconds_and_never_shown_by_itself(
    new_context: Opened, growing: tuple[Path, str]
) -> None:
    path, address = growing
    page = opened(new_context, f"{address}{SPRING}")
    count = page.locator(".lanes-range .count").inner_text()

    tell(path, *NEW, "--when", "2023-05-04", "--source", "001_163e6e853f9a0655", "--locator", "¶1")
    expect(page.locator("#news-pill")).to_have_text(re.compile("1 new event"), timeout=9000)
    unmoved = page.locator(".lanes-range .count").inner_text()
    page.click("#news-pill")
    expect(page.locator(".lanes-range .count")).not_to_have_text(count)

    assert unmoved == count
    expect(page.locator("#news-pill")).to_have_count(0)


SLOWLY = 30_000  # milliseconds


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """Serve one *page* from another origin; yield its address."""

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_the_drawing_lives_in_a_frame_of_another_site(new_context: Opened, site: str) -> None:
    page = new_context(viewport={"width": 1200, "height": 900}, locale="en-GB").new_page()
    view = f"{site}/embed?from=2023-03&to=2023-08&lang=en"
    framed = f'<iframe src="{view}" width="999" height="800"></iframe>'

    with another_site(f'<link rel="icon" href="data:,">{framed}') as elsewhere:
        page.goto(elsewhere)
    frame = page.frame_locator("iframe")
    # A machine that does much else may take long to load what is framed.
    expect(frame.locator("#timeline-view[data-live]")).to_be_visible(timeout=SLOWLY)
    before = frame.locator("#lanes-drawing").get_attribute("data-first")
    frame.locator("#step-in").click()

    drawing = frame.locator("#lanes-drawing")
    expect(drawing).not_to_have_attribute("data-first", before or "", timeout=SLOWLY)
    expect(frame.locator(".masthead, #timeline-form")).to_have_count(0)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_frame_has_no_barrier(new_context: Opened, axe: Axe, width: int) -> None:
    page = opened(new_context, "/embed?from=2023-03&to=2023-08", width=width)

    assert axe(page) == []


def test_a_stretch_without_events_is_left_by_the_same_buttons(
    new_context: Opened, growing: tuple[Path, str]
) -> None:
    path, address = growing
    tell(path, *NEW, "--when", "2043-05-04", "--source", "001_163e6e853f9a0655", "--locator", "¶1")
    page = opened(new_context, f"{address}/?from=2027&to=2038")
    drawing = page.locator("#lanes-drawing")
    for step in ("in", "out", "out"):
        expect(page.locator(".timeline-nothing")).to_be_visible()
        before = drawing.get_attribute("data-first")
        page.locator(f"#step-{step}").click()
        expect(drawing).not_to_have_attribute("data-first", before or "")

    expect(page.locator(".timeline-nothing")).to_have_count(0)
    expect(page.locator("#lanes-drawing .mark, #lanes-drawing .pile").first).to_be_visible()


def test_the_code_for_a_frame_is_copied_with_the_present_view(new_context: Opened) -> None:
    page = opened(new_context, SPRING, permissions=["clipboard-read", "clipboard-write"])

    page.locator("#timeline-take summary").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#copy-status")).to_have_text("Copied.")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert "/embed?from=2023-03&to=2023-08" in copied
    assert copied.startswith("<iframe ")


def taken_along(page: Page, kind: str) -> bytes:
    """Return the picture that the page's button downloads."""
    if not page.locator(f"#take-{kind}").is_visible():
        page.locator("#timeline-take summary").click()
    with page.expect_download() as waited:
        page.click(f"#take-{kind}")
    assert waited.value.suggested_filename == f"timeline.{kind}"
    return Path(waited.value.path()).read_bytes()


PILLS: Final = """() => [...document.querySelectorAll(".pile rect")].map((pill) => {
    const { left, right, top, bottom } = pill.getBoundingClientRect();
    return [(left + right) / 2, top, bottom];
})"""
# The colours of the upper edge of each pill, of its lower edge, and of the ground above it.
EDGES: Final = """async ([address, pills, times]) => {
    const [picture, canvas] = [new Image(), document.createElement("canvas")];
    picture.src = address;
    await picture.decode();
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const paper = canvas.getContext("2d");
    paper.drawImage(picture, 0, 0);
    const colour = (x, y) => paper.getImageData(x, y, 1, 1).data.join();
    return pills.map(([x, top, bottom]) => [top * times, bottom * times - 1, (top - 3) * times]
        .map((y) => colour(Math.round(x * times), Math.round(y))));
}"""


@pytest.mark.parametrize(
    ("kind", "type_", "times"), [("svg", "svg+xml", 1), ("png", "png", 2)], ids=["svg", "png"]
)
def test_the_drawing_is_taken_along_as_a_picture_of_whole_marks(
    new_context: Opened, kind: str, type_: str, times: int
) -> None:
    page = opened(new_context, SPRING, accept_downloads=True)

    content, drawn = taken_along(page, kind), taken_along(page, "svg")
    blank = new_context(viewport={"width": 1600, "height": 1200}).new_page()
    blank.set_content(f"<style>body {{ margin: 0 }}</style>{drawn.decode()}")
    pills = blank.evaluate(PILLS)
    picture = f"data:image/{type_};base64,{b64encode(content).decode()}"
    edges = blank.evaluate(EDGES, [picture, pills, times])

    assert len(edges) > 3
    assert drawn.count(b'<rect x="-17" y="-12" width="34" height="24" rx="12"/>') == len(edges)
    assert all(upper == lower != ground for upper, lower, ground in edges)


def test_what_is_new_is_offered_wherever_one_reads(
    new_context: Opened, growing: tuple[Path, str]
) -> None:
    path, address = growing
    page = opened(new_context, f"{address}/", width=NARROW)
    page.locator(".rows-later").scroll_into_view_if_needed()
    expect(page.locator(".rows").nth(1)).to_be_attached()

    tell(path, *NEW, "--when", "2023-05-04", "--source", "001_163e6e853f9a0655", "--locator", "¶1")

    expect(page.locator("#news-pill")).to_be_in_viewport(timeout=9000)
