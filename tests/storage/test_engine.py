"""The engine: its pragmas, its two ways to hold a connection, and what it says when it cannot."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from archive.errors import NotMigratedError, UnreachableDatabaseError
from archive.storage import (
    demand_migrated,
    installation,
    open_engine,
    reading,
    writing,
)


def names(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(text("SELECT name FROM installation ORDER BY name")))


def put(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(installation.insert().values(name=name, value=b"x"))


def test_what_is_written_is_kept(engine: Engine) -> None:
    put(engine, "a")

    assert names(engine) == ["a"]


def test_an_error_keeps_nothing_of_what_was_written(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:  # noqa: PT012 - one deed
        connection.execute(installation.insert().values(name="a", value=b"x"))
        _ = 1 / 0

    assert names(engine) == []


def test_a_reader_sees_one_state_throughout(engine: Engine) -> None:
    many = text("SELECT COUNT(*) FROM installation")

    with reading(engine) as connection:
        before = connection.scalar(many)
        put(engine, "a")
        after = connection.scalar(many)

    assert before == after == 0
    assert names(engine) == ["a"]


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(installation.insert().values(name="a", value=b"x"))

        assert names(engine) == []


def test_a_reader_of_a_server_cannot_write(postgres_url: str) -> None:
    engine = open_engine(postgres_url)

    with pytest.raises(DBAPIError, match="read-only"), reading(engine) as connection:
        connection.execute(installation.insert().values(name="a", value=b"x"))

    engine.dispose()


def test_sqlite_is_durable_and_strict_about_references(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10000,
    }

    with reading(engine) as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in wanted}

    engine.dispose()
    assert found == wanted


@pytest.mark.parametrize("url", ["", "archive.db", "mysql://localhost/x", "http://example.org"])
def test_an_address_of_no_database_is_refused_in_two_languages(url: str) -> None:
    with pytest.raises(UnreachableDatabaseError) as refused:
        open_engine(url)

    assert "sqlite:///" in refused.value.words("zh")


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all/x.db", "postgresql://127.0.0.1:1/x"])
def test_a_database_that_does_not_answer_is_named(url: str) -> None:
    engine = open_engine(url)

    with pytest.raises(UnreachableDatabaseError) as refused, reading(engine):
        pass

    engine.dispose()
    assert url in refused.value.words("en")
    assert refused.value.words("en").count("\n") == 0


def test_a_database_without_tables_is_told_how_to_get_them(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    engine = open_engine(f"sqlite:///{empty}")

    with pytest.raises(NotMigratedError) as refused, reading(engine) as connection:
        demand_migrated(connection)

    engine.dispose()
    assert "archive migrate" in refused.value.words("zh")
    assert "none" in refused.value.words("en")


def test_a_migrated_database_is_taken(engine: Engine) -> None:
    with reading(engine) as connection:
        demand_migrated(connection)


def test_a_foreign_scheme_is_refused_without_its_password() -> None:
    with pytest.raises(UnreachableDatabaseError) as refused:
        open_engine("mysql://me:secret@host/x")

    assert "secret" not in refused.value.words("en")


def test_to_look_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    engine = open_engine(f"sqlite:///{path}")

    for hold in (reading, writing):
        with pytest.raises(UnreachableDatabaseError, match="no such file"), hold(engine):
            pass

    engine.dispose()
    assert not path.exists()


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}")

    with pytest.raises(UnreachableDatabaseError) as refused, reading(engine):
        pass

    engine.dispose()
    assert "这是一个目录" in refused.value.words("zh")


def test_a_refused_connection_is_said_in_chinese_too() -> None:
    engine = open_engine("postgresql://127.0.0.1:1/x")

    with pytest.raises(UnreachableDatabaseError) as refused, reading(engine):
        pass

    engine.dispose()
    assert "连接被拒绝" in refused.value.words("zh")


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("no database, only words " * 100)
    engine = open_engine(f"sqlite:///{path}")

    with pytest.raises(UnreachableDatabaseError) as refused, reading(engine) as connection:
        demand_migrated(connection)

    engine.dispose()
    assert "不是 SQLite 数据库" in refused.value.words("zh")


def mapped(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA mmap_size").scalar() or 0)


def test_who_reads_maps_the_file_and_who_only_writes_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    sqlite3.connect(path).close()

    with writing(open_engine(f"sqlite:///{path}")) as connection:
        by_writer = mapped(connection)
    with reading(open_engine(f"sqlite:///{path}")) as connection:
        by_reader = mapped(connection)

    assert by_writer == 0
    assert by_reader > 0


def test_a_mapped_file_is_read_rightly_after_another_process_made_it_shorter(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.db"
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine, may_create=True) as connection:
        connection.exec_driver_sql("CREATE TABLE long (n INTEGER PRIMARY KEY, text TEXT)")
        connection.exec_driver_sql(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000) "
            "INSERT INTO long SELECT n, printf('%04d', n) || zeroblob(2000) FROM n"
        )
    ends = "SELECT substr(text, 1, 4) FROM long ORDER BY n DESC LIMIT 2"
    shortening = "DELETE FROM long WHERE n > 10; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"
    process = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
    engine.dispose()  # takes the write-ahead log over
    with reading(engine) as connection:
        before = connection.exec_driver_sql(ends).scalars().all()
        size = path.stat().st_size

    subprocess.run([sys.executable, "-c", process, str(path), shortening], check=True)
    with reading(engine) as connection:
        after = connection.exec_driver_sql(ends).scalars().all()

    assert before == ["2000", "1999"]
    assert after == ["0010", "0009"]
    assert path.stat().st_size < size
