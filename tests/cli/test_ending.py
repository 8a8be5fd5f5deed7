"""Who is asked to end, by Ctrl+C or by the system, does so in order and says so once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from archive.cli.door import Door
from archive.ingest import take_in
from archive.languages import Words
from tests.cli.conftest import Run, run
from tests.ingest.samples import a_source, an_event, lines

SECONDS = 60
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
SAID = {"C": "Interrupted; nothing half-written", "zh_CN.UTF-8": "已中断；没有写入一半"}
BOTH = pytest.mark.parametrize("asked", list(STATUS), ids=lambda one: one.name)


def begun(*arguments: str, url: str, locale: str = "C") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "archive", *arguments],
        env={**os.environ, "ARCHIVE_DATABASE_URL": url, "LC_ALL": locale, "ARCHIVE_USER": "t"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended_in_order(work: subprocess.Popen[str], asked: signal.Signals, *, locale: str) -> None:
    """Ask *work* to end; it does, with the status of its kind and one sentence."""
    work.send_signal(asked)
    answer, said = work.communicate(timeout=SECONDS)

    assert work.returncode == STATUS[asked]
    assert answer == ""
    assert said.strip().startswith(SAID[locale])
    assert len(said.strip().splitlines()) == 1, said


@BOTH
@pytest.mark.parametrize("locale", SAID)
def test_an_ingest_that_is_asked_to_end_keeps_nothing(
    database_url: str, tmp_path: Path, asked: signal.Signals, locale: str
) -> None:
    file = tmp_path / "events.jsonl"
    os.mkfifo(file)
    work = begun("ingest", str(file), url=database_url, locale=locale)
    with file.open("w") as given:  # open once it is read
        given.write(lines(a_source(), an_event()))
        given.flush()

        ended_in_order(work, asked, locale=locale)

    assert run("export", url=database_url).stdout == ""
    assert run("verify", url=database_url).exit_code == 0


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file() and not one.name.startswith("archive.db")
    }


@pytest.fixture
def asked_midway(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, signal.Signals], None]:
    """Lets a command be asked to end when its work is done, and before it is kept."""

    def patched(place: str, asked: signal.Signals) -> None:
        def ask(*_given: object, **_named: object) -> None:
            signal.raise_signal(asked)

        @contextmanager
        def progress(*_given: object, **_named: object) -> Iterator[Callable[[int], None]]:
            yield ask
            ask()

        def taking_in(*given: Any, **named: Any) -> None:
            take_in(*given, **named)
            ask()

        name = place.rpartition(".")[2]
        patches = {"progress": progress, "take_in": taking_in, "kept_as_new": ask}
        monkeypatch.setattr(place, patches[name])

    return patched


@BOTH
@pytest.mark.usefixtures("server_tools")
@pytest.mark.parametrize(
    ("place", "arguments"),
    [
        ("archive.cli.ingest.take_in", ("ingest", "more.jsonl")),
        ("archive.cli.seed.take_in", ("seed",)),
        ("archive.cli.export.progress", ("export", "--output", "new.jsonl")),
        ("archive.cli.backup.kept_as_new", ("backup", "copy")),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0],
)
def test_what_is_asked_to_end_before_it_is_through_leaves_nothing(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: signal.Signals,
    asked_midway: Callable[[str, signal.Signals], None], place: str, arguments: Sequence[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("more.jsonl").write_text(lines(an_event(id="more")))
    log, files = filled("export").stdout, everything_in(tmp_path)

    asked_midway(place, asked)

    ended = filled(*arguments)
    monkeypatch.undo()

    assert ended.exit_code == STATUS[asked]
    assert ended.stderr.strip().startswith(SAID["C"])
    assert filled("export").stdout == log
    assert everything_in(tmp_path) == files
    assert filled("verify").exit_code == 0


@BOTH
def test_a_rebuild_that_is_asked_to_end_leaves_the_old_to_readers(
    filled: Run, monkeypatch: pytest.MonkeyPatch, asked: signal.Signals,
    asked_midway: Callable[[str, signal.Signals], None],
) -> None:  # fmt: skip
    before = filled("timeline").stdout
    asked_midway("archive.cli.rebuild.progress", asked)

    assert filled("rebuild").exit_code == STATUS[asked]
    monkeypatch.undo()

    assert filled("timeline").stdout == before
    assert filled("rebuild").exit_code == 0
    assert filled("verify", "--read-models").exit_code == 0


@BOTH
def test_who_is_asked_where_nothing_can_be_raised_is_asked_again(asked: signal.Signals) -> None:
    class Deaf:
        def __del__(self) -> None:
            signal.raise_signal(asked)

    @click.command("work")
    def work() -> None:
        Deaf()
        time.sleep(SECONDS)  # until it is asked again

    ended = CliRunner().invoke(Door("door", words=Words("门", "door"), commands=[work]), ["work"])

    assert ended.exit_code == STATUS[asked]
    assert len(ended.stderr.strip().splitlines()) == 1
