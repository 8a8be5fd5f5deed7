import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from tests.cli.conftest import Run, run
from tests.cli.test_rebuild import WITHOUT_A_GUARD, spoil
from tests.ingest.samples import a_source, an_event, lines


def test_migrating_makes_the_tables_and_may_be_repeated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"

    first, second = run("migrate", url=url), run("migrate", url=url)

    assert first.exit_code == second.exit_code == 0
    assert run("timeline", url=url).exit_code == 0


def test_the_database_may_be_an_option(tmp_path: Path) -> None:
    path = tmp_path / "b.db"

    run("--database", f"sqlite:///{path}", "migrate", url="nonsense")

    assert path.is_file()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE customer (name TEXT)")

    result = run("migrate", url=f"sqlite:///{path}")

    with closing(sqlite3.connect(path)) as other:
        tables = [row[0] for row in other.execute("SELECT name FROM sqlite_schema")]
    assert result.exit_code == 1
    assert "another program" in result.stderr
    assert tables == ["customer"]


def test_a_database_of_a_newer_version_is_refused(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as held:
        held.execute("UPDATE alembic_version SET version_num = '9999'")
        held.commit()

    results = [run(command, url=sqlite_url) for command in ("migrate", "timeline")]

    assert [result.exit_code for result in results] == [1, 1]
    assert "newer version" in results[0].stderr
    assert "newer version (9999)" in results[1].stderr
    assert "run: archive migrate" not in results[1].stderr


def test_migrating_a_migrated_archive_changes_nothing(archive: Run) -> None:
    assert archive("migrate").exit_code == 0


@pytest.mark.parametrize(
    ("locale", "said", "then"),
    [("C", "Put back", "verify --against"), ("zh_CN.UTF-8", "已恢复", "verify --against")],
)
def test_migrating_puts_back_the_guards_of_the_log_and_says_so(
    filled: Run, database_url: str, locale: str, said: str, then: str
) -> None:
    spoil(database_url, WITHOUT_A_GUARD[database_url.partition(":")[0]])
    refused = filled("verify")

    migrated, again = filled("migrate", locale=locale), filled("migrate", locale=locale)

    assert (refused.exit_code, migrated.exit_code, again.exit_code) == (1, 0, 0)
    assert said in migrated.stderr
    assert "event_delete" in migrated.stderr
    assert then in migrated.stderr
    assert "event_delete" not in again.stderr
    assert filled("verify").exit_code == 0
    with pytest.raises(DBAPIError, match="append-only"):
        spoil(database_url, "DELETE FROM event WHERE position = 1")


# It tells where an event stands that it never writes.
LOSING = (
    "CREATE OR REPLACE FUNCTION log_append_one(new_id text, stream_name text, kind_name text, "
    "kind_version int, new_edtf text, new_earliest int, new_latest int, new_about text, "
    "new_payload bytea, new_salt bytea, digest bytea, beginning bytea, ending bytea, "
    "now bigint, by_whom text, written_as int, expected int, "
    "OUT after bigint, OUT instant bigint, OUT ended int) LANGUAGE plpgsql AS $$ BEGIN "
    "SELECT position, recorded_at, 1 INTO after, instant, ended FROM log_head; END $$"
)


@pytest.mark.parametrize(
    ("locale", "said"),
    [("C", "or functions that append to it"), ("zh_CN.UTF-8", "写入日志的函数")],
)
def test_a_function_that_loses_events_is_found_and_put_back(
    postgres_url: str, locale: str, said: str
) -> None:
    held = lines(a_source(), an_event(id="e1"))
    assert run("ingest", "-", url=postgres_url, stdin=held).exit_code == 0
    spoil(postgres_url, LOSING)

    refused = run("verify", url=postgres_url, locale=locale)
    migrated = run("migrate", url=postgres_url, locale=locale)

    assert (refused.exit_code, migrated.exit_code) == (1, 0)
    assert said in refused.stderr
    for told in (refused, migrated):
        assert "log_append_one" in told.stderr
    assert run("verify", url=postgres_url).exit_code == 0
    assert run("retract", "e1", "--reason", "x", url=postgres_url).exit_code == 0
    assert len(run("export", url=postgres_url).stdout.splitlines()) == 3
