"""Several processes at one log: four that write, and one that follows."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Final

import psycopg
from eventsourcing.persistence import StoredEvent
from msgspec.structs import replace
from sqlalchemy import Engine

from archive.log import follow
from archive.log.writer import append, appending
from archive.storage import open_engine, writing
from archive.vocabulary import Event
from tests.benchmarks import rivals
from tests.benchmarks.places import POSTGRES, Place

WRITERS: Final = 4
BATCH: Final = 5
GAP: Final = 0.02
PAGE: Final = 500
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
    """Return the appends a second of four processes, one follower beside; it misses none.

    Each writer has streams of its own; what it writes is made beforehand.
    """
    share = len(events) // WRITERS // BATCH * BATCH
    everything = range(1, share * WRITERS + 1)
    with place.archive() as engine, ProcessPoolExecutor(WRITERS, get_context("spawn")) as pool:
        url = engine.url.render_as_string(hide_password=False)
        parts: list[Any] = [_part(events, writer, share) for writer in range(WRITERS)]
        write, watch = (_write_theirs, _follow_theirs) if is_rival else (_write_ours, _follow_ours)
        if is_rival:
            parts = list(map(rivals.as_bytes, parts))
            with rivals.recorder(engine):
                pass
        list(pool.map(_warm, range(WRITERS)))
        with ThreadPoolExecutor(1) as beside:
            seen = beside.submit(watch, engine, len(everything))
            began = time.perf_counter()
            list(pool.map(write, [url] * WRITERS, parts))
            spent = time.perf_counter() - began
            assert sorted(set(seen.result())) == list(everything)
    return len(everything) / BATCH / spent


def _part(events: Sequence[Event], writer: int, share: int) -> list[Event]:
    some = events[writer * share : (writer + 1) * share]
    return [replace(one, stream=f"{one.stream}-{writer}") for one in some]


def _warm(_number: int) -> None:
    time.sleep(0.2)


def _write_ours(url: str, events: Sequence[Event]) -> None:
    engine = open_engine(url)
    with appending(engine, recorded_by="bench") as append_batch:
        for at in range(0, len(events), BATCH):
            append_batch(events[at : at + BATCH])
    engine.dispose()


def _write_theirs(url: str, events: Sequence[StoredEvent]) -> None:
    engine = open_engine(url)
    with rivals.recorder(engine, is_new=False) as recorder:
        for at in range(0, len(events), BATCH):
            recorder.insert_events(events[at : at + BATCH])
    engine.dispose()


def _follow_ours(engine: Engine, until: int) -> list[int]:
    seen: list[int] = []
    for page in follow(engine):
        seen += [one.position for one in page]
        if len(seen) >= until:
            break
    return seen


def _follow_theirs(engine: Engine, until: int) -> list[int]:
    """Follow by pages of 500, asking again after GAP where there is nothing new.

    Their own subscription never woke again where several processes wrote at once.
    """
    seen: list[int] = []
    with rivals.recorder(engine, is_new=False) as recorder:
        while len(seen) < until:
            page = recorder.select_notifications(seen[-1] + 1 if seen else 1, PAGE)
            seen += [one.id for one in page]
            if not page:
                time.sleep(GAP)
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
