"""Several processes at one log: four that write, and one that follows."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Final

import psycopg
from msgspec.structs import replace
from sqlalchemy import Engine

from archive.log import follow
from archive.log.writer import append
from archive.storage import open_engine, writing
from archive.vocabulary import Event
from tests.benchmarks import rivals
from tests.benchmarks.places import POSTGRES, Place

WRITERS: Final = 4
BATCH: Final = 5
GAP: Final = 0.02
_DURABLE: Final = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def durable(place: Place) -> Iterator[None]:
    """Let the server of the tests wait for its disk, as one that is used does."""
    if place.name != POSTGRES:
        yield
        return
    _set(place, "on")
    try:
        yield
    finally:
        _set(place, "off")


def _set(place: Place, value: str) -> None:
    with psycopg.connect(f"{place.address}postgres", autocommit=True) as connection:
        for name in _DURABLE:
            connection.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")


def crowd(place: Place, events: Sequence[Event], *, is_rival: bool) -> float:
    """Return the appends a second of four processes; a follower demands that none is missed."""
    share = len(events) // WRITERS // BATCH * BATCH
    with place.archive() as engine, ProcessPoolExecutor(WRITERS, get_context("spawn")) as pool:
        url = engine.url.render_as_string(hide_password=False)
        parts = [list(events[at * share : (at + 1) * share]) for at in range(WRITERS)]
        write = _write_theirs if is_rival else _write_ours
        if is_rival:
            with rivals.recorder(engine):
                pass
        list(pool.map(_warm, range(WRITERS)))
        with ThreadPoolExecutor(1) as beside:
            seen = None if is_rival else beside.submit(_follow, engine, share * WRITERS)
            began = time.perf_counter()
            list(pool.map(write, [url] * WRITERS, parts, range(WRITERS)))
            spent = time.perf_counter() - began
            if seen is not None:
                assert seen.result() == list(range(1, share * WRITERS + 1))
    return share * WRITERS / BATCH / spent


def _warm(_number: int) -> None:
    time.sleep(0.2)


def _write_ours(url: str, events: Sequence[Event], writer: int) -> None:
    engine = open_engine(url)
    for at in range(0, len(events), BATCH):
        some = [replace(one, stream=f"{one.stream}-{writer}") for one in events[at : at + BATCH]]
        with writing(engine) as connection:
            append(connection, some, recorded_by="bench")
    engine.dispose()


def _write_theirs(url: str, events: Sequence[Event], writer: int) -> None:
    engine = open_engine(url)
    stored = rivals.stored([replace(one, stream=f"{one.stream}-{writer}") for one in events])
    with rivals.recorder(engine, is_new=False) as recorder:
        for at in range(0, len(stored), BATCH):
            recorder.insert_events(stored[at : at + BATCH])
    engine.dispose()


def _follow(engine: Engine, until: int) -> list[int]:
    seen: list[int] = []
    for page in follow(engine):
        seen += [one.position for one in page]
        if len(seen) >= until:
            break
    return seen


def delay(place: Place, events: Sequence[Event]) -> float:
    """Return within how many milliseconds 95 of 100 appends are seen by another process."""
    with place.archive() as engine, ProcessPoolExecutor(1, get_context("spawn")) as pool:
        url = engine.url.render_as_string(hide_password=False)
        pool.submit(_warm, 0).result()
        seen = pool.submit(_watch, url, len(events))
        time.sleep(2)
        done = []
        for event in events:
            with writing(engine) as connection:
                append(connection, [event], recorded_by="bench")
            done.append(time.monotonic())
            time.sleep(GAP)
        waits = sorted(later - at for at, later in zip(done, seen.result(), strict=True))
    return max(0.0, waits[int(len(waits) * 0.95)]) * 1000


def _watch(url: str, many: int) -> list[float]:
    engine: Any = open_engine(url)
    seen: list[float] = []
    for page in follow(engine):
        seen += [time.monotonic()] * len(page)
        if len(seen) >= many:
            break
    engine.dispose()
    return seen
