"""What Lighthouse says of the seeded site, on a desktop and on a phone."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.packages import PATIENCE, fetched
from tests.benchmarks.reporting import Section, Table
from tests.browser.conftest import BROWSERS, served, tell

TITLE: Final = "Lighthouse"
WORDS: Final = (
    "Lighthouse 12 in the system's Chromium, headless, on the seeded archive as `archive serve` "
    "serves it over HTTP: its own slowed network and processor, that of a phone four times as "
    "slow. Asked for are 95 of performance, 100 of accessibility, 100 of best practices."
)
MISSING: Final = "Not measured: npm is not here or reaches no registry."
PACKAGE: Final = "lighthouse@12.8.2"
PAGES: Final = ("/", "/events/2021-11-minimax-founded")
DEVICES: Final[dict[str, tuple[str, ...]]] = {"desktop": ("--preset=desktop",), "phone": ()}
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
_TIMES: Final = {
    "first paint": "first-contentful-paint",
    "largest paint": "largest-contentful-paint",
    "blocked": "total-blocking-time",
    "layout shift": "cumulative-layout-shift",
}
_HEADING: Final = ("page", "device", *CATEGORIES, *_TIMES)


def section() -> Section:
    """Return the scores of each page on each device; the words alone where npm fails."""
    with fetched(PACKAGE) as folder:
        if folder is None:
            return Section(TITLE, MISSING, ())
        with tempfile.TemporaryDirectory(prefix="archive-lighthouse-") as place:
            path = Path(place) / "archive.db"
            tell(path, "migrate")
            tell(path, "seed")
            with served(path) as address:
                return Section(TITLE, WORDS, (Table(_HEADING, list(_rows(folder, address))),))


def _rows(folder: Path, address: str) -> Iterator[Sequence[str]]:
    for page in PAGES:
        for device, options in DEVICES.items():
            told = _told(folder, address + page, options)
            scores = [told["categories"][name]["score"] for name in CATEGORIES]
            times = [told["audits"][name]["displayValue"] for name in _TIMES.values()]
            yield (page, device, *(f"{score * 100:.0f}" for score in scores), *times)


def _told(folder: Path, address: str, options: Sequence[str]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)))
    asked = subprocess.run(
        [
            folder / "node_modules" / ".bin" / "lighthouse",
            address,
            *options,
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            "--output=json",
            "--quiet",
        ],
        env=os.environ | {"CHROME_PATH": found},
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    told: dict[str, Any] = json.loads(asked.stdout)
    return told
