"""The state page as `archive serve` serves it, asked for by several visitors at once."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from tests.benchmarks.scale.spreads import Spread
from tests.servers import free_port

CLIENTS: Final = 8
_ROOT: Final = Path(__file__).resolve().parents[3]
_PATIENCE: Final = 60
_OK: Final = 200


def visited(address: str, paths: Sequence[str], *, visits: int) -> Spread:
    """Return how long a page takes when CLIENTS ask at once, *visits* each, warm."""
    with _site(address) as port:
        kilobytes = max(_size(port, path) for path in paths) / 1024
        with ThreadPoolExecutor(CLIENTS) as pool:
            asked = [(port, paths, start, visits) for start in range(CLIENTS)]
            walls = sorted(wall for each in pool.map(_visits, asked) for wall in each)
    return Spread(
        float("nan"),
        float("nan"),
        walls[len(walls) // 2],
        walls[len(walls) * 95 // 100],
        len(walls),
        f"{CLIENTS} clients, up to {kilobytes:,.0f} KB",
    )


def _visits(asked: tuple[int, Sequence[str], int, int]) -> list[float]:
    port, paths, start, visits = asked
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    walls = []
    for number in range(visits):
        began = time.perf_counter()
        connection.request("GET", paths[(start + number) % len(paths)])
        connection.getresponse().read()
        walls.append(time.perf_counter() - began)
    connection.close()
    return walls


def _size(port: int, path: str) -> int:
    """Return how large a page is; raise if it does not come."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != _OK:
        message = f"{path} answered {answer.status}"
        raise RuntimeError(message)
    return len(body)


@contextmanager
def _site(address: str) -> Iterator[int]:
    port = free_port()
    environment = os.environ | {"ARCHIVE_DATABASE_URL": address}
    program = [sys.executable, "-m", "archive", "serve", "--port", str(port)]
    silent = subprocess.DEVNULL
    served = subprocess.Popen(program, cwd=_ROOT, env=environment, stdout=silent, stderr=silent)
    try:
        _wait(port)
        yield port
    finally:
        served.terminate()
        served.wait(_PATIENCE)


def _wait(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            _size(port, "/static/css/reading.css")
        except (OSError, HTTPException):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
