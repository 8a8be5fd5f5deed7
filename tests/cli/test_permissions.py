"""Who may only read the archive can read it all; what they may not do is said in one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import run
from tests.ingest.samples import a_deal, a_source, an_event, lines

# Without the rights of an administrator, whoever runs the tests.
PLAIN = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
NOBODY = 65534


def as_another(url: str, *arguments: str, locale: str = "C") -> subprocess.CompletedProcess[str]:
    """Run the program as one to whom the rights of the file and its folder apply."""
    return subprocess.run(
        [*(PLAIN if os.geteuid() == 0 else ()), sys.executable, "-m", "archive", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "ARCHIVE_DATABASE_URL": url, "LC_ALL": locale, "ARCHIVE_USER": "t"},
    )


@pytest.fixture(params=["file", "folder"])
def closed(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> str:
    """An archive whose file, or whose folder, takes nothing from whoever runs the program."""
    held = lines(a_source(), an_event(), a_deal())
    assert run("ingest", "-", url=sqlite_url, stdin=held).exit_code == 0
    folder = tmp_path / "closed"
    folder.mkdir()
    file = shutil.copyfile(tmp_path / "archive.db", folder / "archive.db")
    file.chmod(0o444)
    folder.chmod(0o755 if request.param == "file" else 0o555)
    return f"sqlite:///{file}"


@pytest.mark.parametrize(
    ("command", "locale", "said"),
    [
        (("rebuild",), "C", "not write"),
        (("verify", "--read-models"), "C", "not write"),
        (("retract", "deal", "--reason", "x"), "zh_CN.UTF-8", "没有写入"),
    ],
    ids=["rebuild", "verify", "retract"],
)
def test_what_would_write_names_the_file_and_what_would_help(
    closed: str, command: tuple[str, ...], locale: str, said: str
) -> None:
    refused = as_another(closed, *command, locale=locale)

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert closed in refused.stderr
    assert said in refused.stderr


def test_what_only_reads_is_answered(closed: str) -> None:
    answered = as_another(closed, "export")

    assert answered.returncode == 0, answered.stderr


def test_what_can_be_read_can_be_backed_up(closed: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"

    backed_up = as_another(closed, "backup", str(copy))

    assert backed_up.returncode == 0, backed_up.stderr
    back = f"sqlite:///{tmp_path / 'back.db'}"
    assert run("restore", str(copy), url=back).exit_code == 0
    assert run("export", url=back).stdout == run("export", url=closed).stdout


def test_who_may_not_read_the_key_can_verify_without_it(closed: str) -> None:
    key = Path(f"{closed.removeprefix('sqlite:///')}-key")
    key.parent.chmod(0o755)
    key.write_text("secret")
    key.chmod(0o000)

    verified = as_another(closed, "verify")

    assert verified.returncode == 0, verified.stderr
    assert str(key) in verified.stderr


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "may not read the signing key"), ("zh_CN.UTF-8", "无权读取或新建")]
)
@pytest.mark.parametrize(
    "command", [("checkpoint",), ("checkpoint", "--public-key"), ("prove", "deal")]
)
def test_who_can_make_no_key_is_told_which_and_what_would_help(
    closed: str, command: tuple[str, ...], locale: str, said: str
) -> None:
    file = Path(closed.removeprefix("sqlite:///"))
    file.parent.chmod(0o555)

    refused = as_another(closed, *command, locale=locale)

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert f"{file}-key" in refused.stderr
    assert said in refused.stderr
    assert "ARCHIVE_SIGNING_KEY" in refused.stderr


@pytest.mark.parametrize(
    ("locale", "of_file", "of_folder"),
    [
        ("C", "may not read this file", "may not enter its folder"),
        ("zh_CN.UTF-8", "没有读取此文件的权限", "无权进入它所在的目录"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("timeline",), ("verify",), ("migrate",), ("checkpoint",), ("backup", "copy"), ("seed",)],
    ids=lambda one: one[0],
)
def test_who_may_not_open_the_archive_is_told_why_and_what_would_help(
    closed: str, command: tuple[str, ...], locale: str, of_file: str, of_folder: str
) -> None:
    file = Path(closed.removeprefix("sqlite:///"))
    file.chmod(0o000)
    unread = as_another(closed, *command, locale=locale)
    file.parent.chmod(0o000)
    shut = as_another(closed, *command, locale=locale)
    file.parent.chmod(0o755)

    for refused, said in ((unread, of_file), (shut, of_folder)):
        assert refused.returncode == 1
        assert closed in refused.stderr
        assert said in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "make no file in the folder"), ("zh_CN.UTF-8", "中新建文件")]
)
@pytest.mark.parametrize("command", ["restore", "backup", "export"])
def test_who_may_make_no_file_is_told_in_which_folder_and_what_would_help(
    sqlite_url: str, tmp_path: Path, command: str, locale: str, said: str
) -> None:
    copy, folder = tmp_path / "copy", tmp_path / "full"
    assert run("backup", str(copy), url=sqlite_url).exit_code == 0
    folder.mkdir(mode=0o555)
    arguments = {"restore": [str(copy)], "export": ["--output", str(folder / "new")]}
    url = f"sqlite:///{folder / 'new'}" if command == "restore" else sqlite_url

    refused = as_another(
        url, command, *arguments.get(command, [str(folder / "new")]), locale=locale
    )

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert str(folder / "new") in refused.stderr
    assert said in refused.stderr
    assert "run this as its owner" in refused.stderr or "所有者" in refused.stderr


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "may not enter the folder"), ("zh_CN.UTF-8", "无权进入目录")]
)
def test_who_may_not_enter_a_folder_is_told_which(
    sqlite_url: str, tmp_path: Path, locale: str, said: str
) -> None:
    shut = tmp_path / "shut"
    (shut / "inner").mkdir(parents=True)
    shut.chmod(0o000)

    refused = as_another(sqlite_url, "backup", str(shut / "inner" / "copy"), locale=locale)
    shut.chmod(0o755)

    assert refused.returncode == 1
    assert said in refused.stderr
    assert f"{shut} " in refused.stderr.replace("（", " ")
