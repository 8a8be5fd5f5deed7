"""Statements that are gathered: none waited for, each done, and an error told as it always is."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from archive.storage import gathering, is_gathering, mark_of, run, writing

_KIND = "INSERT INTO kind (id, name, version) VALUES ({mark}, {mark}, 1)"


def test_what_is_run_meanwhile_is_done_in_its_order(engine: Engine) -> None:
    insert = _KIND.format(mark=mark_of(engine.dialect.name))

    with writing(engine) as connection, gathering(connection):
        for number in (1, 2, 3):
            run(connection, insert, (number, f"kind-{number}"))
        seen = run(connection, "SELECT name FROM kind ORDER BY id").fetchall()
        run(connection, insert, (4, "kind-4"))

    with engine.connect() as connection:
        kept = connection.scalars(text("SELECT name FROM kind ORDER BY id")).all()
    assert [tuple(row) for row in seen] == [("kind-1",), ("kind-2",), ("kind-3",)]
    assert kept == ["kind-1", "kind-2", "kind-3", "kind-4"]


def test_what_a_database_refuses_is_raised_as_core_raises_it_and_nothing_is_kept(
    engine: Engine,
) -> None:
    with pytest.raises(DBAPIError):
        give_one_number_twice(engine)

    with writing(engine) as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM kind")) == 0


def give_one_number_twice(engine: Engine) -> None:
    insert = _KIND.format(mark=mark_of(engine.dialect.name))
    with writing(engine) as connection, gathering(connection):
        for name in ("a", "b"):
            run(connection, insert, (1, name))


def test_nothing_is_gathered_before_or_after(engine: Engine) -> None:
    with writing(engine) as connection:
        if engine.dialect.name != "postgresql":
            return  # a file has nobody to wait for
        before = is_gathering(connection)
        with gathering(connection):
            meanwhile = is_gathering(connection)
        after = is_gathering(connection)

    assert (before, meanwhile, after) == (False, True, False)
