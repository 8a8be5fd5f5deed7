"""A disk without room is said in one sentence; nothing is half written, and all stays readable."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run
from tests.ingest.samples import a_source, an_event, lines

ROOM = 64 * 1024


def with_little_room(
    url: str, *arguments: str, stdin: str = "", locale: str = "C", most: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the program where no file may grow past *most*, or the archive and a little."""
    most = most or Path(url.removeprefix("sqlite:///")).stat().st_size + ROOM
    program = [sys.executable, "-m", "archive", *arguments]
    return subprocess.run(
        program,
        check=False,
        capture_output=True,
        text=True,
        input=stdin,
        env={**os.environ, "ARCHIVE_DATABASE_URL": url, "LC_ALL": locale},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )


@pytest.mark.parametrize("command", [("ingest", "-"), ("export", "--output", "big.jsonl")])
def test_a_disk_without_room_is_said_and_leaves_the_archive_as_it_was(
    sqlite_url: str, tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    many = lines(a_source(), *(an_event(id=f"e{number}") for number in range(600)))
    held = many if command[0] == "export" else lines(a_source(), an_event())
    taken: Run = lambda *words, **options: run(*words, url=sqlite_url, **options)  # noqa: E731
    assert taken("ingest", "-", stdin=held).exit_code == 0
    before = taken("export").stdout
    if command[0] == "export":
        monkeypatch.setattr(f"{__name__}.ROOM", -(Path("archive.db").stat().st_size - 4096))

    refused = with_little_room(sqlite_url, *command, stdin=many)

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert "disk" in refused.stderr or "big.jsonl: File too large" in refused.stderr
    assert taken("export").stdout == before
    assert taken("verify").exit_code == 0
    assert not list(tmp_path.glob("*big*"))


@pytest.fixture(scope="module")
def of_many(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of many events and its key, to be copied and never added to."""
    folder = tmp_path_factory.mktemp("many")
    path = shutil.copyfile(sqlite_template, folder / "archive.db")
    held = lines(a_source(), *(an_event(id=f"e{number}") for number in range(600)))
    assert run("ingest", "-", url=f"sqlite:///{path}", stdin=held).exit_code == 0
    return folder


@pytest.fixture
def many(of_many: Path, tmp_path: Path) -> str:
    """An archive of more than its empty file takes."""
    shutil.copytree(of_many, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path / 'archive.db'}"


@pytest.mark.parametrize(("locale", "said"), [("C", "Cannot copy"), ("zh_CN.UTF-8", "无法将")])
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_copy_for_which_there_is_no_room_is_said_and_leaves_nothing(
    many: str, tmp_path: Path, command: str, locale: str, said: str
) -> None:
    (tmp_path / "there").mkdir()
    file, target = tmp_path / "kept.backup", tmp_path / "there" / "copy"
    assert run("backup", str(file), url=many).exit_code == 0
    url, other = (many, target) if command == "backup" else (f"sqlite:///{target}", file)

    refused = with_little_room(url, command, str(other), locale=locale, most=ROOM)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(said), refused.stderr
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert not list(target.parent.iterdir())


def test_a_rebuild_for_which_there_is_no_room_lets_go_of_what_it_made(
    many: str, tmp_path: Path
) -> None:
    before = run("search", "Baichuan", url=many).stdout

    refused = with_little_room(many, "rebuild", most=4 * ROOM)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert "disk" in refused.stderr
    assert not list(tmp_path.glob("*rebuilding*"))
    assert run("search", "Baichuan", url=many).stdout == before
    assert run("verify", "--read-models", url=many).exit_code == 0
    assert run("rebuild", url=many).exit_code == 0
