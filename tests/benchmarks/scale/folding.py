"""Rebuilding in a process of its own, so that its peak of memory is its own too."""

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from archive.projections import rebuild_beside
from archive.storage import open_engine
from tests.benchmarks.scale.spreads import ended_clock

_ROOT: Final = Path(__file__).resolve().parents[3]
_MODULE: Final = "tests.benchmarks.scale.folding"
# A connection that was closed takes the server a moment to end.
_MOMENT: Final = 0.3
_STATUS: Final = Path("/proc/self/status")
_PEAK: Final = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Folded:
    """What one rebuild took: seconds, and megabytes at the peak of the client."""

    wall: float
    cpu: float
    megabytes: float


def folded(engine: Engine) -> Folded:
    """Rebuild the read models of the archive of *engine* and return what it took."""
    address = engine.url.render_as_string(hide_password=False)
    with engine.connect() as connection:
        server = ended_clock(connection)
    before = server()
    program = [sys.executable, "-m", _MODULE, address]
    told = subprocess.run(program, cwd=_ROOT, check=True, capture_output=True, text=True)
    time.sleep(_MOMENT if engine.dialect.name == "postgresql" else 0)
    wall, cpu, megabytes = json.loads(told.stdout)
    return Folded(wall, cpu + server() - before, megabytes)


def _peak() -> float:
    """Return the megabytes of this process at its peak, not of the one that began it.

    What `getrusage` tells is handed on from parent to child: it counts what the parent held.
    """
    found = _PEAK.search(_STATUS.read_text(encoding="ascii")) if _STATUS.exists() else None
    return int(found[1]) / 1024 if found else float("nan")


def _main() -> None:
    engine = open_engine(sys.argv[1])
    busy, began = time.process_time(), time.perf_counter()
    rebuild_beside(engine)
    engine.dispose()
    wall, cpu = time.perf_counter() - began, time.process_time() - busy
    print(json.dumps([wall, cpu, _peak()]))  # noqa: T201 - what the parent reads


if __name__ == "__main__":
    _main()
