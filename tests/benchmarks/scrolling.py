"""The timeline in a real browser, beside vis-timeline and TimelineJS3 in the same run.

`python -m tests.benchmarks.scrolling [--alone] FILE...` measures archives that are there, each up
to date; alone, without the others.
"""

import http.server
import json
import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from typing_extensions import override

from archive.cli.sealing import seal_at_end
from archive.log import head
from archive.settings import Settings
from archive.storage import open_engine, reading
from tests.benchmarks.packages import fetched
from tests.benchmarks.reporting import Section, Table, markdown
from tests.benchmarks.scale.keeping import kept_log
from tests.browser.conftest import ARGUMENTS, BROWSERS, served, tell

TITLE: Final = "The timeline in a browser"
WORDS: Final = (
    "Chromium, headless, 1440 × 900, no slowed network. *Ready* is the time from the navigation "
    "until marks are painted and hands work, of a visitor's first visit and of a second one, each "
    "the median of seven visitors; then come bytes of all files and elements of the page. A "
    "script, the same for all, zooms by Ctrl + wheel and pans by drags, each of another size, so "
    "that no view comes again: *frames over 50 ms* among those drawn meanwhile, and for ours "
    "*input to paint*, from the last input of a gesture to the frame that shows its answer, and "
    "*request to paint*, from the request. The heap is "
    "what is left after collection: of the page at rest; after a first fifth of the steps, when "
    "what they call is compiled, and from when on frames and answers count; and after all (200, "
    "of a rival twenty). The rivals draw points of the same span of years, "
    "vis-timeline as it comes and tuned (no stacking), TimelineJS3 as it comes."
)
MISSING: Final = " The rivals are left out, or npm is not here or reaches no registry."
HEADING: Final = (
    "what", "events", "ready", "again", "bytes", "elements", "frames over 50 ms", "worst frame",
    "input to paint p50", "p95", "request to paint p50", "p95", "heap, MB", "warm", "after",
)  # fmt: skip
PACKAGES: Final = ("vis-timeline@8.5.4", "@knight-lab/timelinejs@3.9.11")
ALONE: Final = "--alone"
STEPS: Final = 200
VISITORS: Final = 7
_RIVAL_STEPS: Final = 20
_WARM, _RIVAL_WARM = 40, 4
_NONE: Final = "–"
_BOX: Final = {"x": 700, "y": 560}
_RECORDER: Final = """
window.bench = { frames: [], answers: [], felt: [], last: 0, ready: 0 };
(function frame(now) {
  if (bench.last) bench.frames.push(now - bench.last);
  bench.last = now;
  requestAnimationFrame(frame);
})(0);
const painted = (then) =>
  requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
for (const name of ["wheel", "pointerup"])
  document.addEventListener(name, () => (bench.moved = performance.now()), true);
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "timeline-view") ctx.times = [performance.now(), bench.moved];
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx?.times) return;
  const [asked, meant] = ctx.times;
  delete ctx.times;
  painted((now) => bench.answers.push(now - asked) && bench.felt.push(now - meant));
});
addEventListener("DOMContentLoaded", () => {
  const done = setInterval(() => {
    if (!document.querySelector("#timeline-view[data-live], .vis-item, .tl-timemarker")) return;
    clearInterval(done);
    painted((now) => (bench.ready = now));
  }, 5);
});
"""
_VIS: Final = """<!DOCTYPE html><link rel="icon" href="data:,">
<link rel="stylesheet" href="/node_modules/vis-timeline/styles/vis-timeline-graph2d.min.css">
<script src="/node_modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<div id="box" style="margin-top: 100px"></div><script>
new vis.Timeline(box, new vis.DataSet(%(items)s), %(options)s);</script>"""
_JS3: Final = """<!DOCTYPE html><link rel="icon" href="data:,">
<link rel="stylesheet" href="/node_modules/@knight-lab/timelinejs/dist/css/timeline.css">
<script src="/node_modules/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<div id="box" style="height: 800px"></div><script>
new TL.Timeline("box", {events: %(items)s}, {hash_bookmark: false});</script>"""


@dataclass(frozen=True, slots=True)
class Rival:
    """A page of another library with so many events."""

    name: str
    events: int
    page: str


def rivals() -> Iterator[Rival]:
    """Yield the pages of the other libraries, at the sizes that they survive."""
    plain = '{start: "2022-01-01", end: "2023-01-01", zoomKey: "ctrlKey", height: "700px"}'
    tuned = plain.replace("{", "{stack: false, ")
    for count in (1_000, 10_000):
        items = json.dumps([
            {"id": at, "content": f"Event number {at}", "start": day, "type": "point"}
            for at, day in enumerate(_days(count))
        ])  # fmt: skip
        yield Rival("vis-timeline, tuned", count, _VIS % {"items": items, "options": tuned})
        if count == 1_000:
            yield Rival("vis-timeline", count, _VIS % {"items": items, "options": plain})
    for count in (100, 1_000):
        events = json.dumps([
            {"start_date": dict(zip(("year", "month", "day"), day.split("-"), strict=True)),
             "text": {"headline": f"Event number {at}"}}
            for at, day in enumerate(_days(count))
        ])  # fmt: skip
        yield Rival("TimelineJS3", count, _JS3 % {"items": events})


def _days(count: int) -> Iterator[str]:
    for at in range(count):
        share = at * 9 * 12 * 28 // count
        yield f"{2016 + share // 336}-{share // 28 % 12 + 1:02}-{share % 28 + 1:02}"


@contextmanager
def archives_of(sizes: Sequence[int], *, template: Path, keep: bool) -> Iterator[Sequence[Path]]:
    """Yield an archive of each size, a log folded into its read models, gone afterwards."""
    with ExitStack() as stack:
        made = []
        for size in sizes:
            log = stack.enter_context(kept_log(size, template=template, keep=keep))
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="archive-scroll-"))
            made.append(Path(shutil.copyfile(log, Path(folder) / "archive.db")))
            tell(made[-1], "rebuild")
            # Else the server would do it while it is measured.
            seal_at_end(Settings(database_url=f"sqlite:///{made[-1]}"))
        yield made


def measured(
    browser: Browser, archives: Sequence[Path], *, is_alone: bool = False
) -> tuple[Table, bool]:
    """Return a row for each archive and each rival, and whether the rivals could be had."""
    rows = []
    for path in archives:
        with served(path) as address:
            rows.append(_row(browser, "this archive", _count(path), f"{address}/?lang=en"))
    if is_alone:
        return Table(HEADING, rows), False
    with fetched(*PACKAGES) as folder:
        if folder is not None:
            rows += _rivals(browser, folder)
    return Table(HEADING, rows), folder is not None


def _count(path: Path) -> int:
    engine = open_engine(f"sqlite:///{path}")
    with reading(engine) as connection:
        return head(connection)[0]


def _rivals(browser: Browser, folder: Path) -> Iterator[Sequence[str]]:
    with _files(folder) as address:
        for at, rival in enumerate(rivals()):
            (folder / f"{at}.html").write_text(rival.page, encoding="utf-8")
            yield _row(browser, rival.name, rival.events, f"{address}/{at}.html", is_ours=False)


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    @override
    def log_message(self, *_told: object) -> None:
        """Say nothing."""


def _row(
    browser: Browser, name: str, events: int, address: str, *, is_ours: bool = True
) -> Sequence[str]:
    visits = [_visited(browser, address) for _ in range(VISITORS - 1)]
    context = _visitor(browser)
    page = context.new_page()
    session, sizes = context.new_cdp_session(page), [0.0]
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    first, size = _ready(page, address), sum(sizes)
    # It would keep every answer, to be looked at.
    session.send("Network.disable")
    again = _ready(page, address)
    first, again = (median(times) for times in zip((first, again), *visits, strict=True))
    elements = page.evaluate("document.querySelectorAll('*').length")
    before = _heap(session)
    steps, warming = (STEPS, _WARM) if is_ours else (_RIVAL_STEPS, _RIVAL_WARM)
    _gestures(page, warming)
    warm = _heap(session)
    page.wait_for_timeout(500)
    page.evaluate("bench.frames.length = bench.answers.length = bench.felt.length = 0")
    _gestures(page, steps - warming)
    seen: dict[str, list[float]] = page.evaluate("bench")
    page.evaluate("bench.frames = bench.answers = bench.felt = []")
    after = _heap(session)
    context.close()
    slow = sum(frame > 50 for frame in seen["frames"]) / max(len(seen["frames"]), 1)
    return (
        name, f"{events:,}", f"{first:,.0f} ms", f"{again:,.0f} ms", f"{size / 1000:,.0f} kB",
        f"{elements:,}", f"{slow:.1%}", f"{max(seen['frames'], default=0):,.0f} ms",
        *_half_and_most(seen["felt"]), *_half_and_most(seen["answers"]),
        f"{before:.2f}", f"{warm:.2f}", f"{after:.2f}",
    )  # fmt: skip


def _visitor(browser: Browser) -> BrowserContext:
    """Return the room of a visitor who was never here."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_init_script(_RECORDER)
    return context


def _visited(browser: Browser, address: str) -> tuple[float, float]:
    """Return when the page was ready for a new visitor, and when they came again."""
    with _visitor(browser) as context:
        page = context.new_page()
        return _ready(page, address), _ready(page, address)


def _half_and_most(times: Sequence[float]) -> tuple[str, str]:
    """Return the median and the 95th percentile."""
    if len(times) < 2:
        return _NONE, _NONE
    parts = quantiles(times, n=20)
    return f"{parts[9]:.0f} ms", f"{parts[18]:.0f} ms"


def _ready(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit", timeout=180_000)
    page.wait_for_function("() => window.bench?.ready > 0", timeout=180_000)
    page.wait_for_timeout(1500)
    return float(page.evaluate("bench.ready"))


def _heap(session: Any) -> float:
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    used = {one["name"]: float(one["value"]) for one in metrics}
    return used["JSHeapUsedSize"] / 1e6


def _gestures(page: Page, steps: int) -> None:
    """Zoom in and out and pan both ways; nothing is waited for but the script's own pace.

    Each is of another size, so that no view comes again that a server may still keep.
    """
    x, y = _BOX["x"], _BOX["y"]
    chance = random.Random(steps)  # noqa: S311 - no secret
    page.mouse.move(x, y)
    for step in range(steps):
        size = chance.uniform(0.7, 1.3)
        if step % 2:
            page.keyboard.down("Control")
            for _ in range(3):
                page.mouse.wheel(0, size * (-80 if step % 8 < 5 else 80))
            page.keyboard.up("Control")
        else:
            page.mouse.down()
            page.mouse.move(x + size * (160 if step % 4 else -160), y, steps=6)
            page.mouse.up()
            page.mouse.move(x, y)
        page.wait_for_timeout(120)


def section(archives: Sequence[Path], *, is_alone: bool = False) -> Section:
    """Return what a browser makes of the archives in these files, and of the rivals."""
    found = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=[*ARGUMENTS])
        table, is_whole = measured(browser, archives, is_alone=is_alone)
        browser.close()
    return Section(TITLE, WORDS if is_whole else WORDS + MISSING, (table,))


if __name__ == "__main__":
    alone = ALONE in sys.argv
    files = [Path(name) for name in sys.argv[1:] if name != ALONE]
    print(markdown(section(files, is_alone=alone)))  # noqa: T201 - a command
