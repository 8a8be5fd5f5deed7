"""Several writers at once: no hole, nothing lost or twice, and readers see only a beginning."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest

from archive.log import read_log, verify
from archive.log.writer import append
from archive.storage import open_engine, reading, writing
from tests.builders import an_event, checked

APPENDS = 8
BATCH = 3


def write(url: str, writer: int) -> list[int]:
    """Append as one process would: an engine of its own, each batch in its own transaction."""
    engine = open_engine(url)
    positions: list[int] = []
    for number in range(APPENDS):
        stream = f"stream-{number % 2}"
        batch = [
            checked(an_event(id=f"w{writer}-{number}-{one}", stream=stream))
            for one in range(BATCH)
        ]
        with writing(engine) as connection:
            recorded = append(connection, batch, recorded_by=f"writer-{writer}").recorded
        positions += [one.position for one in recorded]
    engine.dispose()
    return positions


def follow(url: str, done: Signal) -> list[list[int]]:
    """Read the log again and again while others write; return the positions seen each time."""
    engine = open_engine(url)
    seen: list[list[int]] = []
    while True:
        last = done.is_set()
        with reading(engine) as connection:
            seen.append([one.position for one in read_log(connection)])
        if last:
            engine.dispose()
            return seen


@pytest.mark.parametrize("writers", [2, 8])
def test_writers_at_once_leave_no_hole_and_lose_nothing(database_url: str, writers: int) -> None:
    done = Signal()
    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(follow, database_url, done)
        try:
            each = list(pool.map(lambda writer: write(database_url, writer), range(writers)))
        finally:
            done.set()
        seen = reader.result()

    total = writers * APPENDS * BATCH
    assert sorted(position for one in each for position in one) == list(range(1, total + 1))
    assert all(one == sorted(one) for one in each)
    assert seen[-1] == list(range(1, total + 1))
    assert all(positions == list(range(1, len(positions) + 1)) for positions in seen)
    engine = open_engine(database_url)
    with reading(engine) as connection:
        assert verify(connection).events == total
    engine.dispose()


def test_the_same_event_from_eight_writers_is_recorded_once(database_url: str) -> None:
    event = checked(an_event(id="the-one"))

    def send(_writer: int) -> int:
        engine = open_engine(database_url)
        with writing(engine) as connection:
            position = append(connection, [event], recorded_by="tests").recorded[0].position
        engine.dispose()
        return position

    with ThreadPoolExecutor(8) as pool:
        positions = list(pool.map(send, range(8)))

    assert positions == [1] * 8
