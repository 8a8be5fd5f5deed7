"""A backup that is old is brought up to date; one that is not whole leaves nothing behind it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, text

from archive.cli.backup import copy_sqlite
from archive.cli.tools import run_tool
from archive.storage import open_engine
from tests.builders import an_event, checked
from tests.cli.conftest import Run, document, run
from tests.cli.test_rebuild import WITHOUT_A_GUARD, spoil
from tests.log.sealed_logs import without_guards
from tests.projections.test_upgrading import first_revision, written_long_ago
from tests.servers import postgres_database

pytestmark = pytest.mark.usefixtures("server_tools")


@pytest.fixture
def empty_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of nothing yet, on the same database as the archive."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with postgres_database(request.getfixturevalue("postgres")) as url:
        yield url


def tables_at(url: str) -> list[str]:
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not path.exists():
        return []
    engine = open_engine(url)
    with engine.connect() as connection:
        found = inspect(connection).get_table_names()
    engine.dispose()
    return found


def backup_of(url: str, copy: Path) -> None:
    """Copy a database of any version, as its own program would."""
    if url.startswith("sqlite"):
        copy_sqlite(Path(url.removeprefix("sqlite:///")), copy, into=copy.parent)
    else:
        run_tool("pg_dump", "--format=custom", f"--file={copy}", url=make_url(url))


def tamper(url: str) -> None:
    engine = open_engine(url)
    with engine.execution_options(write=True).connect() as connection, connection.begin():
        without_guards(connection)
        connection.execute(text("UPDATE event SET recorded_by = 'x' WHERE position = 2"))
    engine.dispose()


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "damaged and was not restored"), ("zh_CN.UTF-8", "未予恢复")]
)
def test_a_backup_whose_log_does_not_verify_leaves_nothing(
    filled: Run, database_url: str, empty_url: str, tmp_path: Path, locale: str, said: str
) -> None:
    sound, copy = tmp_path / "sound", tmp_path / "copy"
    filled("backup", str(sound))
    tamper(database_url)
    filled("backup", str(copy))

    refused = run("restore", str(copy), url=empty_url, locale=locale)
    left = tables_at(empty_url)
    again = run("restore", str(sound), url=empty_url)

    assert refused.exit_code == 1
    assert said in refused.stderr
    assert " 2" in refused.stderr
    assert left == []
    assert again.exit_code == 0, again.stderr
    assert run("verify", url=empty_url).exit_code == 0


def test_what_is_restored_from_a_backup_without_guards_has_them(
    filled: Run, database_url: str, empty_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    spoil(database_url, WITHOUT_A_GUARD[database_url.partition(":")[0]])
    filled("backup", str(copy))

    restored = run("restore", str(copy), url=empty_url)

    assert restored.exit_code == 0, restored.stderr
    assert "(event_delete)" in restored.stderr
    assert "verify --against" in restored.stderr
    assert run("verify", url=empty_url).exit_code == 0


@pytest.mark.parametrize("part", [0.99, 0.5, 0.1])
def test_a_backup_that_was_cut_short_leaves_nothing(
    filled: Run, empty_url: str, tmp_path: Path, part: float
) -> None:
    copy = tmp_path / "copy"
    filled("backup", str(copy))
    whole = copy.read_bytes()
    copy.write_bytes(whole[: int(len(whole) * part)])

    refused = run("restore", str(copy), url=empty_url)

    assert refused.exit_code == 1
    assert f"{copy} is no backup of an archive" in refused.stderr
    assert tables_at(empty_url) == []


def test_a_backup_of_a_newer_version_is_said_to_be_one(
    database_url: str, empty_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    spoil(database_url, "UPDATE alembic_version SET version_num = '9999'")
    backup_of(database_url, copy)

    refused = run("restore", str(copy), url=empty_url)

    assert refused.exit_code == 1
    assert f"{copy} is no backup of an archive: it comes from a newer version" in refused.stderr
    assert tables_at(empty_url) == []


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    sqlite_url: str, postgres: str, tmp_path: Path, database_url: str, empty_url: str
) -> None:
    copy, today = tmp_path / "copy", open_engine(sqlite_url)
    drafts = [checked(an_event(id=f"event-{number}")) for number in range(3)]
    with ExitStack() as stack:
        on_file = database_url.startswith("sqlite")
        old = (
            f"sqlite:///{tmp_path / 'old.db'}"
            if on_file
            else stack.enter_context(postgres_database(postgres))
        )
        engine = open_engine(old)
        first_revision(engine)
        written_long_ago(engine, drafts, by_todays_writer=today)
        engine.dispose()
        backup_of(old, copy)
    today.dispose()

    restored = run("restore", str(copy), url=empty_url)

    assert restored.exit_code == 0, restored.stderr
    assert "3 events" in restored.stderr
    assert run("verify", "--read-models", url=empty_url).exit_code == 0
    assert len(document(run("timeline", "--json", url=empty_url))) > 0


def test_what_another_program_keeps_on_a_server_is_not_restored(
    postgres: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    with postgres_database(postgres) as other, postgres_database(postgres) as empty:
        spoil(other, "CREATE TABLE bill (number INTEGER PRIMARY KEY)")
        backup_of(other, copy)

        refused = run("restore", str(copy), url=empty)

        assert refused.exit_code == 1
        assert "lacks the archive's tables" in refused.stderr
        assert tables_at(empty) == []
