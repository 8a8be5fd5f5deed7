import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest
from alembic.util import CommandError
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from archive.cli.door import Door, refusal
from archive.errors import BatchError, FieldError
from archive.languages import Words
from archive.storage import engine
from tests.cli.conftest import run
from tests.ingest.samples import a_source, lines


def doors(error: BaseException) -> Door:
    @click.command("fail")
    def fail() -> None:
        raise error

    return Door("door", words=Words("门", "door"), commands=[fail])


def field_error(name: str) -> FieldError:
    return FieldError(field=name, value="x", accepted=Words("甲", "a"))


def test_every_error_of_a_batch_has_its_line_in_the_users_language() -> None:
    batch = BatchError([field_error("one"), field_error("two")])

    english = CliRunner(env={"LC_ALL": "C"}).invoke(doors(batch), ["fail"])
    chinese = CliRunner(env={"LC_ALL": "", "LANG": "zh_CN.UTF-8"}).invoke(doors(batch), ["fail"])

    assert english.exit_code == chinese.exit_code == 1
    assert english.stderr.startswith("one: “x” cannot be taken")
    assert len(english.stderr.splitlines()) == len(chinese.stderr.splitlines()) == 2
    assert chinese.stderr.startswith("one：")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()], ids=["ctrl-c", "abort"])
def test_an_interrupt_is_quiet(error: BaseException) -> None:
    result = CliRunner().invoke(doors(error), ["fail"])

    assert result.exit_code == 130
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["export", "follow"])
def test_who_has_read_enough_ends_a_command_in_peace(sqlite_url: str, command: str) -> None:
    run("ingest", "-", url=sqlite_url, stdin=lines(a_source()))
    nobody, pipe = os.pipe()
    os.close(nobody)

    ended = subprocess.run(
        [sys.executable, "-m", "archive", "--database", sqlite_url, command],
        stdout=pipe,
        stderr=subprocess.PIPE,
        check=False,
    )

    os.close(pipe)
    assert ended.stderr == b""
    assert ended.returncode == 0


def test_a_fault_of_ours_is_not_hidden() -> None:
    result = CliRunner().invoke(doors(ZeroDivisionError("ours")), ["fail"])

    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "a.txt"), "a.txt: No space left on device"),
        (CommandError("Can't locate revision identified by 'x'"), "newer version"),
        (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates"), "UTF-8"),
        *(
            (OperationalError("SELECT 1", {}, sqlite3.OperationalError(words)), said)
            for words, said in [
                ("database or disk is full", "disk is full"),
                ("disk I/O error", "fails to read or write"),
                ("attempt to write a readonly database", "not written"),
                ("database disk image is malformed", "archive restore"),
                ("database is locked", "another process"),
                ("something else", "something else"),
            ]
        ),
    ],
    ids=[
        "file", "revision", "text", "full", "disk", "readonly", "malformed", "locked", "other",
    ],
)  # fmt: skip
def test_what_the_system_says_becomes_a_sentence(error: Exception, said: str) -> None:
    refused = refusal(error)

    assert refused is not None
    assert said in refused.words("en")
    assert refused.words("zh")


def test_a_database_held_by_another_process_is_said_in_one_sentence(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = tuple(one.replace("10000", "10") for one in engine._PRAGMAS)  # noqa: SLF001 - to wait less
    monkeypatch.setattr(engine, "_PRAGMAS", impatient)
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        result = run("ingest", "-", url=sqlite_url, stdin=lines(a_source()))

    assert result.exit_code == 1
    assert "another process" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_damaged_file_is_said_in_one_sentence(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096))

    result = run("timeline", url=sqlite_url)

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["migrate", "timeline"])
def test_a_folder_as_a_database_is_said_to_be_one(command: str, tmp_path: Path) -> None:
    result = run(command, url=f"sqlite:///{tmp_path}", locale="zh_CN.UTF-8")

    assert result.exit_code == 1
    assert "这是一个目录" in result.stderr


def test_a_missing_file_is_said_in_chinese(sqlite_url: str) -> None:
    result = run("ingest", "nowhere.csv", url=sqlite_url, locale="zh_CN.UTF-8")

    assert result.exit_code == 1
    assert result.stderr == "nowhere.csv：没有这个文件或目录\n"
