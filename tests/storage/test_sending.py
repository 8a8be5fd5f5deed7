"""What goes to a server's function, and what comes back, is what was meant."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from archive.storage import open_engine, run, sending, writing, writing_singly

NUMBERS = st.integers(-(2**31), 2**31 - 1)
ECHO = "SELECT $1::int[], $2::int[], $3::text[], $4::text[], $5::bytea[], $6::bigint"
ASKED = "SELECT $1::int + 1"


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_come_back_as_they_went(values: list[int]) -> None:
    assert sending.numbers_of(sending.numbers(values)) == values


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_long_number_comes_back_as_it_went(value: int) -> None:
    sent = sending.long(value)

    assert sent is not None
    assert sending.number_of(sent) == value


def test_a_server_keeps_arrays_as_they_are_sent(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    given_ = [
        sending.numbers([1, -2, 3]),
        sending.numbers([4, None]),
        sending.texts(["a", "", "图"]),
        sending.some_texts([None, "b"]),
        sending.byte_strings([b"", b"\x00\xff"]),
        sending.long(2**40),
    ]

    with writing(engine) as connection:
        found = sending.call(connection, ECHO, given_)

    assert found == given_
    engine.dispose()


def test_what_is_absent_throughout_is_sent_as_what_is_absent_here_and_there() -> None:
    apart = sending.some_texts([None, "b"])

    assert sending.some_texts([None, None])[: len(apart) - 5] == apart[:-5]
    assert sending.text(None) is None
    assert sending.number(None) is None


@pytest.fixture
def server(postgres_url: str) -> Engine:
    return open_engine(postgres_url)


def test_a_call_in_a_transaction_ends_with_it(server: Engine) -> None:
    with writing(server) as connection:
        sending.call(connection, "SELECT set_config('archive.said', 'x', true)", [])
        within = sending.call(connection, "SELECT current_setting('archive.said', true)", [])
    with writing(server) as connection:
        after = sending.call(connection, "SELECT current_setting('archive.said', true)", [])

    assert within == [b"x"]
    assert after in ([b""], [None])
    server.dispose()


def test_what_the_driver_let_go_of_is_prepared_again(server: Engine) -> None:
    with writing_singly(server) as begun, begun() as connection:
        first = sending.call(connection, ASKED, [sending.number(1)])
        run(connection, "DEALLOCATE ALL")
        again = sending.call(connection, ASKED, [sending.number(1)])

    assert first == again == [sending.number(2)]
    server.dispose()


@pytest.mark.parametrize("statement", ["SELECT 1 / $1::int", "SELECT of nothing"])
def test_a_refusal_is_raised_as_every_other(server: Engine, statement: str) -> None:
    with writing_singly(server) as begun, begun() as connection:
        with pytest.raises(DBAPIError):
            sending.call(connection, statement, [sending.number(0)][: statement.count("$")])

        assert sending.call(connection, ASKED, [sending.number(1)]) == [sending.number(2)]
    with pytest.raises(DBAPIError), writing(server) as connection:
        sending.call(connection, statement, [sending.number(0)][: statement.count("$")])
    server.dispose()


def test_a_file_held_by_hand_keeps_each_transaction_or_nothing_of_it(engine: Engine) -> None:
    kept: list[object] = []
    insert = "INSERT INTO stream (id, name) VALUES (1, 'one')"

    def fail(connection: Connection) -> None:
        if engine.dialect.name == "sqlite":  # a server keeps each statement
            run(connection, insert)
        raise ZeroDivisionError

    with writing_singly(engine) as begun:
        with pytest.raises(ZeroDivisionError), begun() as connection:
            fail(connection)
        with begun() as connection:
            kept.extend(chain(*run(connection, "SELECT id FROM stream").fetchall()))
            run(connection, insert)
    with writing_singly(engine) as begun, begun() as connection:
        kept.extend(chain(*run(connection, "SELECT id FROM stream").fetchall()))

    assert kept == [1]
