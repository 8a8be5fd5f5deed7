"""Packages of npm for one run: fetched into a folder that is gone afterwards."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 600
_FETCH: Final = ("install", "--no-audit", "--no-fund", "--silent")


@contextmanager
def fetched(*packages: str) -> Iterator[Path | None]:
    """Yield a folder with *packages* in its ``node_modules``; None where npm cannot fetch them."""
    npm = shutil.which("npm")
    with tempfile.TemporaryDirectory(prefix="archive-npm-") as folder:
        if npm is None:
            yield None
            return
        try:
            subprocess.run(
                [npm, *_FETCH, *packages],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=PATIENCE,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            yield None
            return
        yield Path(folder)
