"""How what many calls cost is spread: processor and wall, the middle and the slowest twentieth."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from tests.benchmarks.places import processor_of
from tests.benchmarks.timing import Clock, Work

_BACKEND: Final = text("SELECT pg_backend_pid()")
_PARENT: Final = 3
_REAPED: Final = slice(15, 17)
_TICKS: Final = 100  # a second, as Linux counts them for every program


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds a call: of processors (client and server) and on the clock, p50 and p95."""

    cpu: float
    cpu95: float
    wall: float
    wall95: float
    calls: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, worth *things* (changes, events) of which each is told the cost."""

    work: Work
    things: int = 1


def spread(calls: Sequence[Call], *, server: Clock, again: int = 1, note: str = "") -> Spread:
    """Return what a call of each costs, warm: made once before; *again* repeats short ones.

    The collector of garbage rests meanwhile, so that no call pays for those before it.
    """
    for call in calls:
        call.work()
    return measured(calls, server=server, again=again, note=note)


def measured(calls: Sequence[Call], *, server: Clock, again: int = 1, note: str = "") -> Spread:
    """Return what a call of each costs, each made *again* times and no more: see above."""
    cpu, wall = [], []
    gc.collect()
    gc.disable()
    try:
        for call in calls:
            spent, took = _once(call.work, server, again)
            cpu.append(spent / again / call.things)
            wall.append(took / again / call.things)
    finally:
        gc.enable()
    return Spread(_middle(cpu), _slow(cpu), _middle(wall), _slow(wall), len(calls), note)


def clock_of(connection: Connection) -> Clock:
    """Return the server's processor time: its open connections, and helpers that have ended."""
    backends = processor_of(connection)
    if connection.dialect.name != "postgresql":
        return backends
    ended = ended_clock(connection)
    return lambda: backends() + ended()


def ended_clock(connection: Connection) -> Clock:
    """Return the processor time of those processes of the server that have ended."""
    if connection.dialect.name != "postgresql":
        return lambda: 0.0
    book = Path(f"/proc/{connection.scalar(_BACKEND)}/stat")
    connection.rollback()
    if not book.is_file():
        return lambda: 0.0
    parent = Path(f"/proc/{book.read_text().split()[_PARENT]}/stat")
    return lambda: sum(map(int, parent.read_text().split()[_REAPED])) / _TICKS


def _once(work: Callable[[], object], server: Clock, again: int) -> tuple[float, float]:
    served, busy, began = server(), time.process_time(), time.perf_counter()
    for _time in range(again):
        work()
    wall, spent = time.perf_counter() - began, time.process_time() - busy
    return spent + server() - served, wall


def _middle(costs: Sequence[float]) -> float:
    return sorted(costs)[len(costs) // 2]


def _slow(costs: Sequence[float]) -> float:
    return sorted(costs)[min(len(costs) - 1, len(costs) * 95 // 100)]
