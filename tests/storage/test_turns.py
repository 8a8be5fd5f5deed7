"""Who only rehearses holds up nobody who writes: one at a time, and after those who wait."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, insert, select

from archive.storage import DatabaseRefusedError, installation, rehearsing, turns, writing
from archive.storage.turns import Turns, turns_of

PATIENCE = 60.0


@contextmanager
def held(queue: Turns) -> Iterator[None]:
    """Let somebody rehearse till the block ends."""
    began, end = Event(), Event()

    def rehearse() -> None:
        with queue.to_rehearse():
            began.set()
            end.wait(PATIENCE)

    thread = Thread(target=rehearse)
    thread.start()
    assert began.wait(PATIENCE)
    yield
    end.set()
    thread.join(PATIENCE)


def test_whoever_rehearses_begins_after_those_who_wait_to_write() -> None:
    queue, order = Turns(), list[str]()
    writers_here, may_end = Event(), Event()

    def write() -> None:
        with queue.to_write():
            writers_here.set()
            may_end.wait(PATIENCE)
            order.append("written")

    def rehearse() -> None:
        with queue.to_rehearse():
            order.append("rehearsed")

    with ThreadPoolExecutor(4) as pool:
        with held(queue):
            writer = pool.submit(write)
            assert writers_here.wait(PATIENCE)
            others = [pool.submit(rehearse) for _number in range(3)]
        assert order == []
        may_end.set()
        for one in (writer, *others):
            one.result(PATIENCE)

    assert order == ["written", *["rehearsed"] * 3]


def test_only_one_rehearses_at_a_time() -> None:
    queue, at_once, most = Turns(), 0, 0

    def rehearse() -> None:
        nonlocal at_once, most
        with queue.to_rehearse():
            at_once += 1
            most = max(most, at_once)
            at_once -= 1

    with ThreadPoolExecutor(6) as pool:
        for one in [pool.submit(rehearse) for _number in range(turns.MOST_WAITING)]:
            one.result(PATIENCE)

    assert most == 1


def test_no_more_than_a_few_may_wait() -> None:
    queue = Turns()

    def rehearse() -> None:
        with queue.to_rehearse():
            pass

    with ThreadPoolExecutor(turns.MOST_WAITING + 3) as pool:
        with held(queue):
            waiting = {pool.submit(rehearse) for _number in range(turns.MOST_WAITING + 3)}
            refused: set[Future[None]] = set()
            while len(refused) < 3:
                done, waiting = wait(waiting, PATIENCE, FIRST_COMPLETED)
                assert done
                refused |= done
        others = [one.exception(PATIENCE) for one in waiting]

    assert {type(one.exception()) for one in refused} == {DatabaseRefusedError}
    assert others == [None] * turns.MOST_WAITING


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Turns()
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.01)

    with queue.to_write(), pytest.raises(DatabaseRefusedError) as refused, queue.to_rehearse():
        pass

    assert "busy" in refused.value.words("en")
    assert "正忙" in refused.value.words("zh")


def test_a_turn_is_given_back_whatever_happened() -> None:
    queue = Turns()

    for turn in (queue.to_write, queue.to_rehearse):
        with pytest.raises(ZeroDivisionError), turn():
            raise ZeroDivisionError

    with queue.to_rehearse():
        pass


def test_an_archives_writers_and_rehearsals_stand_in_one_queue(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.01)

    with writing(engine), pytest.raises(DatabaseRefusedError), rehearsing(engine):
        pass
    with turns_of(engine).to_rehearse(), writing(engine) as connection:
        connection.execute(insert(installation), {"name": "kept", "value": b"kept"})
    with rehearsing(engine) as connection:
        connection.execute(insert(installation), {"name": "rehearsed", "value": b"gone"})

    with writing(engine) as connection:
        assert connection.scalars(select(installation.c.name)).all() == ["kept"]
