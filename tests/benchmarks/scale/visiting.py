"""The state page as `archive serve` serves it, asked for by several visitors at once."""

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Barrier
from typing import Final

from tests.benchmarks.scale.spreads import Spread
from tests.servers import free_port

CLIENTS: Final = 8
# Days that nobody asks for again; those before warm the server, and are not measured.
_FIRST_DAY: Final = date(2023, 6, 30)
_WARMING: Final = 2
# Days that everybody asks for, again and again.
_AGAIN: Final = ("2019-03-31", "2020-12-31", "2022-06-30", "2023-06-30")
# A browser takes a page packed.
_HEADERS: Final = {"Accept-Encoding": "gzip"}
_ROOT: Final = Path(__file__).resolve().parents[3]
_PATIENCE: Final = 60
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class _Client:
    """One visitor: the pages that warm its connection, and those that are measured, in order."""

    port: int
    before: Sequence[str]
    asked: Sequence[str]


def visited(address: str, *, known: int, visits: int) -> tuple[Spread, Spread]:
    """Return how long a page takes when CLIENTS ask at once, *visits* each: first and again.

    First is a page that nobody asked for before, so that it is made; again is one that was made
    for somebody and kept. The server and each connection are warm for both.
    """
    with _site(address) as port:
        again = [_page(day, known) for day in _AGAIN]
        sizes = [_size(port, path) for path in again]
        made = _walls([_newcomer(port, known, number, visits) for number in range(CLIENTS)])
        turns = [_in_turn(again, start, visits) for start in range(CLIENTS)]
        kept = _walls([_Client(port, again, turn) for turn in turns])
    whole, packed = (max(some) / 1024 for some in zip(*sizes, strict=True))
    note = f"{CLIENTS} clients, up to {whole:,.0f} KB, {packed:,.0f} KB packed"
    return _spread(made, note), _spread(kept, note)


def _newcomer(port: int, known: int, number: int, visits: int) -> _Client:
    """Return a visitor who asks for days that no other asks for, one after the other."""
    many = _WARMING + visits
    days = [_FIRST_DAY - timedelta(number * many + one) for one in range(many)]
    pages = [_page(day.isoformat(), known) for day in days]
    return _Client(port, pages[:_WARMING], pages[_WARMING:])


def _in_turn(pages: Sequence[str], start: int, visits: int) -> list[str]:
    return [pages[(start + number) % len(pages)] for number in range(visits)]


def _page(day: str, known: int) -> str:
    return f"/state/{day}?known={known}&lang=en"


def _walls(clients: Sequence[_Client]) -> list[float]:
    """Return how long each page took, sorted; all begin to be measured at the same time."""
    together = Barrier(len(clients))
    with ThreadPoolExecutor(len(clients)) as pool:
        asked = [pool.submit(_visits, client, together) for client in clients]
        return sorted(wall for each in asked for wall in each.result())


def _visits(client: _Client, together: Barrier) -> list[float]:
    walls = []
    with closing(HTTPConnection("127.0.0.1", client.port, timeout=_PATIENCE)) as connection:
        for path in client.before:
            _asked(connection, path)
        together.wait(_PATIENCE)
        for path in client.asked:
            began = time.perf_counter()
            _asked(connection, path)
            walls.append(time.perf_counter() - began)
    return walls


def _asked(connection: HTTPConnection, path: str) -> bytes:
    """Return a page as it is sent; raise if it does not come."""
    connection.request("GET", path, headers=_HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != _OK:
        message = f"{path} answered {answer.status}"
        raise RuntimeError(message)
    return body


def _spread(walls: Sequence[float], note: str) -> Spread:
    unknown = float("nan")
    middle, slow = walls[len(walls) // 2], walls[len(walls) * 95 // 100]
    return Spread(unknown, unknown, middle, slow, len(walls), note)


def _size(port: int, path: str) -> tuple[int, int]:
    """Return how large a page is, and packed."""
    body = _fetched(port, path)
    return len(gzip.decompress(body)), len(body)


def _fetched(port: int, path: str) -> bytes:
    with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)) as connection:
        return _asked(connection, path)


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
            _fetched(port, "/static/css/reading.css")
        except (OSError, HTTPException):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
