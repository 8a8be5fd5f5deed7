"""An archive of synthetic events, grown the way importers fill one, each step timed."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from archive.commands import record, record_all
from archive.log.writer import append
from archive.storage import writing
from archive.vocabulary import Event
from tests.benchmarks.casting import Draft
from tests.benchmarks.places import Place, processor_of
from tests.benchmarks.timing import Clock, Cost, once

AT_ONCE: Final = 500
SINGLY: Final = 50


@dataclass(frozen=True, slots=True)
class Grown:
    """A full archive, and what an event cost: recorded, and only appended to another log.

    ``batches`` are those of AT_ONCE events in order; ``singles`` the last events, one by one.
    """

    place: Place
    engine: Engine
    events: int
    batches: Sequence[tuple[Cost, Cost]]
    singles: Sequence[tuple[Cost, Cost]]


def grow(
    stack: ExitStack, place: Place, drafts: Sequence[Draft], events: Sequence[Event]
) -> Grown:
    """Return an archive that holds *drafts*; it is gone when *stack* closes."""
    engine, bare = (stack.enter_context(place.archive()) for _number in range(2))
    clocks = _clock(engine), _clock(bare)
    rest = len(drafts) - min(SINGLY, len(drafts) // 4)
    batches = []
    for start in range(0, rest, AT_ONCE):
        piece = slice(start, min(start + AT_ONCE, rest))
        ours = once(_recording(engine, drafts[piece]), server=clocks[0])
        theirs = once(_appending(bare, events[piece]), server=clocks[1])
        many = len(drafts[piece])
        batches.append((ours.over(many), theirs.over(many)))
    singles = [
        (
            once(_recording_one(engine, draft), server=clocks[0]),
            once(_appending(bare, [event]), server=clocks[1]),
        )
        for draft, event in zip(drafts[rest:], events[rest:], strict=True)
    ]
    return Grown(place, engine, len(drafts), batches, singles)


def _clock(engine: Engine) -> Clock:
    with engine.connect() as connection:
        return processor_of(connection)


def _recording(engine: Engine, drafts: Sequence[Draft]) -> Callable[[], object]:
    def work() -> None:
        with writing(engine) as connection:
            record_all(connection, drafts, recorded_by="bench")

    return work


def _recording_one(engine: Engine, draft: Draft) -> Callable[[], object]:
    def work() -> None:
        with writing(engine) as connection:
            record(connection, raw=draft, recorded_by="bench")

    return work


def _appending(engine: Engine, events: Sequence[Event]) -> Callable[[], object]:
    def work() -> None:
        with writing(engine) as connection:
            append(connection, events, recorded_by="bench")

    return work
