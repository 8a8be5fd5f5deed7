"""What a piece of work costs: processor and wall seconds, contenders in turn, medians."""

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeAlias

Work: TypeAlias = Callable[[], object]
Clock: TypeAlias = Callable[[], float]

LONG_ENOUGH: Final = 0.1
MOST_CALLS: Final = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds spent on one thing, a call or an event: on the clock, and of processors."""

    wall: float
    cpu: float

    def over(self, things: int) -> "Cost":
        """Return what each of *things* cost."""
        return Cost(self.wall / things, self.cpu / things)


def nothing() -> float:
    """Return the processor time of a server that is not there."""
    return 0.0


def once(work: Work, *, server: Clock = nothing) -> Cost:
    """Return what *work* costs, the processor time of the *server* included."""
    gc.collect()
    served, busy, began = server(), time.process_time(), time.perf_counter()
    work()
    wall, cpu = time.perf_counter() - began, time.process_time() - busy
    return Cost(wall, cpu + server() - served)


def middle(costs: Iterable[Cost]) -> Cost:
    """Return the median of the walls and that of the processors."""
    known = list(costs)
    return Cost(median(one.wall for one in known), median(one.cpu for one in known))


def contest(
    contenders: Mapping[str, Work], *, rounds: int, server: Clock = nothing
) -> dict[str, Cost]:
    """Return the median cost of a call of each, run in turn so that all meet the same neighbours.

    Each is called once before, untimed; short work is repeated until it can be timed.
    """
    calls = {name: _calls(work) for name, work in contenders.items()}
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for _round in range(rounds):
        for name, work in contenders.items():
            many = calls[name]
            costs[name].append(once(_repeated(work, many), server=server).over(many))
    return {name: middle(each) for name, each in costs.items()}


def _calls(work: Work) -> int:
    work()
    began = time.perf_counter()
    work()
    spent = max(time.perf_counter() - began, 1e-9)
    return max(1, min(MOST_CALLS, int(LONG_ENOUGH / spent)))


def _repeated(work: Work, times: int) -> Work:
    def repeat() -> None:
        for _call in range(times):
            work()

    return repeat
