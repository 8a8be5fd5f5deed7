"""A follower misses nothing and sees nothing twice, however many write, and is woken at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from queue import SimpleQueue

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from archive.log import follow
from archive.log.writer import append
from archive.storage import open_engine, reason_of, writing
from tests.builders import an_event, checked
from tests.log.sealed_logs import grow

WRITERS, APPENDS = 8, 12


def positions(engine: Engine, *, after: int = 0) -> Iterator[int]:
    return (one.position for one in chain.from_iterable(follow(engine, after=after)))


def write(url: str, writer: int) -> None:
    engine = open_engine(url)
    for number in range(APPENDS):
        with writing(engine) as connection:
            event = checked(an_event(id=f"{writer}-{number}", stream=f"s{number % 2}"))
            append(connection, [event], recorded_by="tests")
    engine.dispose()


def test_a_follower_misses_none_of_eight_writers(database_url: str) -> None:
    total = WRITERS * APPENDS
    engine = open_engine(database_url)
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        followed = pool.submit(lambda: list(islice(positions(engine), total)))
        list(pool.map(lambda writer: write(database_url, writer), range(WRITERS)))

        assert followed.result(60) == list(range(1, total + 1))
    engine.dispose()


def test_a_follower_goes_on_where_it_was(engine: Engine) -> None:
    grow(engine, 1200)

    seen = list(islice(positions(engine, after=650), 550))

    assert seen == list(range(651, 1201))


def test_a_follower_is_woken_and_need_not_look(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.log.following._PATIENCE", 10_000.0)
    engine = open_engine(database_url)
    with ThreadPoolExecutor(1) as pool:
        seen: SimpleQueue[int] = SimpleQueue()

        def watch() -> None:
            for position in islice(positions(engine), 4):
                seen.put(position)

        watching = pool.submit(watch)
        for number in range(1, 5):
            grow(engine, 1, name=f"e{number}-")

            assert seen.get(timeout=60) == number
        watching.result(60)
    engine.dispose()


def test_who_stops_following_leaves_nothing_behind(engine: Engine) -> None:
    grow(engine, 3)
    following = follow(engine)
    assert len(next(following)) == 3

    following.close()  # type: ignore[attr-defined]  # it is a generator
    grow(engine, 1, name="later")

    assert list(islice(positions(engine, after=3), 1)) == [4]


def test_a_follower_whose_server_goes_away_says_so(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    grow(engine, 1)
    following = follow(engine)
    next(following)
    other = open_engine(postgres_url)
    with other.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"))  # fmt: skip

    with pytest.raises(DBAPIError) as lost:
        next(following)

    assert reason_of(lost.value).en == "the connection to the database was lost"
    other.dispose()
    engine.dispose()
