"""Transactions one after another: each its own, and nobody's turn is lost to those who hurry."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import TypeAlias

import pytest
from sqlalchemy import Connection, Engine

from archive.errors import KeyReusedError
from archive.log import hold, read_log
from archive.log.writer import append
from archive.storage import open_engine, reading, writing, writing_often
from tests.builders import an_event, checked

MANY = 20
Begun: TypeAlias = Callable[[], AbstractContextManager[Connection]]


def append_both(begun: Begun, *raws: dict[str, object]) -> None:
    with begun() as connection:
        for raw in raws:
            append(connection, [checked(raw)], recorded_by="tests")


def test_of_many_transactions_on_one_connection_only_the_failed_one_is_lost(
    engine: Engine,
) -> None:
    with writing_often(engine) as begun:
        for name in ("a", "b"):
            with begun() as connection:
                append(connection, [checked(an_event(id=name))], recorded_by="tests")
        with pytest.raises(KeyReusedError):
            append_both(begun, an_event(id="lost"), an_event(id="a", org="another"))
        with begun() as connection:
            append(connection, [checked(an_event(id="c"))], recorded_by="tests")

    with reading(engine) as connection:
        assert [one.event.id for one in read_log(connection)] == ["a", "b", "c"]


def test_who_comes_second_writes_once_the_first_is_done(database_url: str) -> None:
    def write(writer: int) -> None:
        engine = open_engine(database_url)
        with writing_often(engine) as begun:
            for number in range(MANY):
                with begun() as connection:
                    one = checked(an_event(id=f"w{writer}-{number}"))
                    append(connection, [one], recorded_by="tests")
        engine.dispose()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(2)))

    engine = open_engine(database_url)
    with writing(engine) as connection:
        assert hold(connection)[0] == 2 * MANY
    engine.dispose()
