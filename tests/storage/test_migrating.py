"""Bringing tables up to date, also when several begin at once."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from archive.storage import demand_migrated, migrate, open_engine, reading
from tests.servers import postgres_database

PROCESSES = 8


def migrated(url: str) -> str:
    engine = open_engine(url)
    try:
        revision = migrate(engine)
        with reading(engine) as connection:
            demand_migrated(connection)
            assert "event" in inspect(connection).get_table_names()
        return revision
    finally:
        engine.dispose()


def at_once(work: Callable[[str], str], url: str) -> list[str]:
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(work, [url] * PROCESSES))


def test_eight_may_start_at_once_on_an_empty_file(tmp_path: Path) -> None:
    revisions = at_once(migrated, f"sqlite:///{tmp_path / 'new.db'}")

    assert len(set(revisions)) == 1


def test_a_new_file_that_another_is_writing_is_waited_for(tmp_path: Path) -> None:
    url, path = f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")

        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(migrated, url)
            was_refused = wait([waiting], timeout=0.5).done
            other.execute("ROLLBACK")

            assert waiting.result()
            assert not was_refused


def test_eight_may_start_at_once_on_an_empty_server(postgres: str) -> None:
    with postgres_database(postgres) as url:
        revisions = at_once(migrated, url)

    assert len(set(revisions)) == 1


@pytest.mark.parametrize("name", ["100% sure.db", "文档 归档.db"])
def test_a_file_of_any_name_can_be_migrated(tmp_path: Path, name: str) -> None:
    assert migrated(f"sqlite:///{tmp_path / name}")
