"""Who is killed while a copy is made leaves nothing that stays, and nothing that goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from archive.cli import backup, restore
from archive.cli.files import beside
from tests.cli.conftest import Run, run
from tests.ingest.samples import a_deal, a_source, an_event, lines
from tests.log.dying import Say, started
from tests.servers import postgres_database

PATIENCE = 60
# Who restores waits for this one, midway in what it makes.
HELD_UP = "LOCK TABLE pg_catalog.pg_trigger IN ACCESS EXCLUSIVE MODE"
RESTORING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_restore'"


def everything_in(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def killed_in(monkeypatch: pytest.MonkeyPatch, *arguments: str, url: str) -> None:
    """Run a command that is killed when its copy is made, before it is kept."""

    def die(*_given: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def work(say: Say) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(backup, "kept_as_new", die)
            patched.setattr(restore, "verify", die)
            run(*arguments, url=url)
        say("done")

    assert started(work).heard() == []


@pytest.mark.usefixtures("server_tools")
def test_what_a_killed_backup_left_is_gone_with_the_next_in_its_folder(
    filled: Run, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    killed_in(monkeypatch, "backup", str(folder / "monday"), url=database_url)
    left = everything_in(folder)

    kept = filled("backup", str(folder / "tuesday"))

    assert len(left) == 1
    assert kept.exit_code == 0
    assert names_in(folder) == ["tuesday"]


def test_what_a_killed_restore_left_is_gone_with_the_next(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, folder = tmp_path / "copy", tmp_path / "new"
    folder.mkdir()
    small("backup", str(copy))
    url = f"sqlite:///{folder / 'archive.db'}"
    killed_in(monkeypatch, "restore", str(copy), url=url)
    left = everything_in(folder)

    again = run("restore", str(copy), url=url)

    assert left
    assert again.exit_code == 0, again.stderr
    assert names_in(folder) == ["archive.db"]


def test_what_another_is_at_work_on_is_left_alone(tmp_path: Path) -> None:
    with beside(tmp_path / "one") as first, beside(tmp_path / "two") as second:
        assert first.exists()
        assert second.exists()

    assert names_in(tmp_path) == []


def test_what_only_looks_unfinished_is_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter").write_text("dear")
    link = tmp_path / ".archive-unfinished-link"
    link.symlink_to(precious)

    with beside(tmp_path / "one"):
        pass

    assert (precious / "letter").read_text() == "dear"


@pytest.fixture
def unverified(
    postgres: str, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """What one who restored to a server, and was killed before it was verified, left there."""
    held = lines(a_source(), an_event(), a_deal())
    assert run("ingest", "-", url=postgres_url, stdin=held).exit_code == 0
    assert run("backup", str(tmp_path / "copy"), url=postgres_url).exit_code == 0
    with postgres_database(postgres) as empty:
        killed_in(monkeypatch, "restore", str(tmp_path / "copy"), url=empty)
        yield empty


@pytest.mark.usefixtures("server_tools")
@pytest.mark.parametrize(
    ("locale", "said"),
    [("C", "run again: archive restore"), ("zh_CN.UTF-8", "重新运行：archive restore")],
)
def test_what_was_restored_to_a_server_and_not_verified_is_not_taken_for_an_archive(
    unverified: str, tmp_path: Path, locale: str, said: str
) -> None:
    copy = tmp_path / "another"
    commands = (
        ("migrate",), ("serve", "--host", "256.0.0.1"), ("verify",), ("timeline",), ("rebuild",),
        ("retract", "deal", "--reason", "x"), ("backup", str(copy)), ("user", "list"),
    )  # fmt: skip

    refused = [run(*one, url=unverified, locale=locale) for one in commands]

    assert [one.exit_code for one in refused] == [1] * len(commands)
    assert all(said in one.stderr for one in refused)


@pytest.mark.usefixtures("server_tools")
def test_a_restore_to_a_server_that_was_killed_can_be_had_again(
    unverified: str, tmp_path: Path
) -> None:
    again = run("restore", str(tmp_path / "copy"), url=unverified)

    assert again.exit_code == 0, again.stderr
    assert run("verify", "--read-models", url=unverified).exit_code == 0
    assert run("restore", str(tmp_path / "copy"), url=unverified).exit_code == 1
    assert run("migrate", url=unverified).exit_code == 0


@pytest.mark.usefixtures("server_tools")
def test_what_others_keep_beside_a_killed_restore_is_left_alone(
    unverified: str, tmp_path: Path
) -> None:
    with psycopg.connect(unverified) as other:
        other.execute("CREATE TABLE bill (number INTEGER PRIMARY KEY)")

    refused = run("restore", str(tmp_path / "copy"), url=unverified)

    with psycopg.connect(unverified) as other:
        assert other.execute("SELECT count(*) FROM bill").fetchone() == (0,)
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr


@pytest.mark.usefixtures("server_tools")
def test_two_do_not_restore_to_one_server_at_a_time(
    postgres: str, postgres_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    assert run("backup", str(copy), url=postgres_url).exit_code == 0
    with (
        postgres_database(postgres) as empty,
        psycopg.connect(postgres_url, autocommit=True) as eye,
    ):
        with held_up(empty):
            first = subprocess.Popen(
                [sys.executable, "-m", "archive", "restore", str(copy)],
                env={**os.environ, "ARCHIVE_DATABASE_URL": empty},
            )
            wait_for(eye, 1)
            second = run("restore", str(copy), url=empty)
        first.wait()

        assert second.exit_code == 1
        assert "Another process is restoring" in second.stderr
        assert first.returncode == 0
        assert run("verify", url=empty).exit_code == 0


@contextmanager
def held_up(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url) as other:
        other.execute(HELD_UP)
        yield other


def wait_for(connection: psycopg.Connection, count: int) -> None:
    end = time.monotonic() + PATIENCE
    while connection.execute(RESTORING).fetchone() != (count,):
        assert time.monotonic() < end, f"never {count} that restore"
        time.sleep(0.02)


@pytest.mark.usefixtures("server_tools")
@pytest.mark.parametrize("deadly", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_goes_on_restoring_to_a_server_when_who_began_it_is_killed(
    postgres: str, postgres_url: str, tmp_path: Path, deadly: signal.Signals
) -> None:
    copy = tmp_path / "copy"
    assert run("backup", str(copy), url=postgres_url).exit_code == 0
    with (
        postgres_database(postgres) as empty,
        psycopg.connect(postgres_url, autocommit=True) as eye,
    ):
        with held_up(empty):
            killed = subprocess.Popen(
                [sys.executable, "-m", "archive", "restore", str(copy)],
                env={**os.environ, "ARCHIVE_DATABASE_URL": empty},
            )
            wait_for(eye, 1)
            killed.send_signal(deadly)
            killed.wait()
        wait_for(eye, 0)

        again = run("restore", str(copy), url=empty)

    assert again.exit_code == 0, again.stderr
