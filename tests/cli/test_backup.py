import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run
from tests.ingest.samples import a_deal, a_source, an_event, lines
from tests.servers import postgres_database


@pytest.fixture
def held(small: Run) -> Run:
    small("ingest", "-", stdin=lines(a_source(), an_event(), a_deal()))
    return small


def test_a_backup_restored_is_the_same_archive(held: Run, tmp_path: Path) -> None:
    copy, back = tmp_path / "copy.db", f"sqlite:///{tmp_path / 'back.db'}"

    backed_up, restored = held("backup", str(copy)), run("restore", str(copy), url=back)

    assert backed_up.exit_code == restored.exit_code == 0, restored.stderr
    assert "3 events" in restored.stderr
    assert run("export", url=back).stdout == held("export").stdout
    assert run("verify", url=back).exit_code == 0
    assert not [p for p in tmp_path.iterdir() if p.name.startswith((".copy", ".back"))]


def test_a_backup_overwrites_nothing(held: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("precious")

    result = held("backup", str(copy))

    assert result.exit_code == 1
    assert copy.read_text() == "precious"


def test_a_restore_overwrites_nothing(held: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    held("backup", str(copy))
    held("record", "org_founded", "--set", "org=b:organization:B", "--when", "2024",
         "--source", "paper")  # fmt: skip

    result = held("restore", str(copy))

    assert result.exit_code == 1
    assert "not overwritten" in result.stderr
    assert len(held("export").stdout.splitlines()) == 4


@pytest.mark.parametrize("content", [b"no database " * 500, b""], ids=["text", "empty"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    file, target = tmp_path / "file", tmp_path / "target.db"
    file.write_bytes(content)

    result = run("restore", str(file), url=f"sqlite:///{target}")

    assert result.exit_code == 1
    assert "no backup" in result.stderr
    assert not target.exists()


def test_a_backup_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run("restore", str(tmp_path / "none"), url=f"sqlite:///{tmp_path / 'a.db'}")

    assert result.exit_code == 1
    assert "none" in result.stderr


def test_a_backup_is_readable_by_whom_new_files_are(held: Run, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.db", tmp_path / "other"
    held("backup", str(copy))
    other.touch()

    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_without_its_tools_postgres_says_what_is_missing(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _tool: None)

    result = run("backup", str(tmp_path / "copy"), url=postgres_url)

    assert result.exit_code == 1
    assert "pg_dump" in result.stderr
    assert not (tmp_path / "copy").exists()


def test_a_server_that_holds_something_is_not_restored_over(
    postgres_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy"
    file.touch()

    result = run("restore", str(file), url=postgres_url)

    assert result.exit_code == 1
    assert "not empty" in result.stderr


@pytest.mark.usefixtures("server_tools")
def test_a_backup_of_a_server_restored_is_the_same_archive(
    postgres: str, postgres_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    run("ingest", "-", url=postgres_url, stdin=lines(a_source(), an_event(), a_deal()))

    backed_up = run("backup", str(copy), url=postgres_url)

    with postgres_database(postgres) as empty:
        restored = run("restore", str(copy), url=empty)
        exported = run("export", url=empty).stdout
    assert backed_up.exit_code == restored.exit_code == 0, backed_up.stderr + restored.stderr
    assert exported == run("export", url=postgres_url).stdout


@pytest.mark.usefixtures("server_tools")
def test_what_is_no_backup_of_a_server_is_refused(postgres: str, tmp_path: Path) -> None:
    file = tmp_path / "letter"
    file.write_text("Dear archive")

    with postgres_database(postgres) as empty:
        result = run("restore", str(file), url=empty)

    assert result.exit_code == 1
    assert "pg_restore" in result.stderr
    assert len(result.stderr.splitlines()) == 1
