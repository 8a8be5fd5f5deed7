import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from archive.cli.main import main
from tests.cli.conftest import run

CONTRACT = {
    "migrate", "seed", "serve", "record", "correct", "retract", "ingest", "export", "timeline",
    "state", "compare", "why", "read-date", "read-article", "rebuild", "verify", "backup",
    "restore", "user",
}  # fmt: skip

LOADED: Final = """
import json, sys
from archive.cli.main import main
main(["kinds", "--help"], standalone_mode=False)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def test_the_program_has_the_commands_of_the_contract() -> None:
    assert set(main.commands) >= CONTRACT


@pytest.mark.parametrize("name", sorted(main.commands))
@pytest.mark.parametrize("locale", ["C", "zh_CN.UTF-8"])
def test_every_command_helps_in_the_users_language(name: str, locale: str) -> None:
    result = run(name, "--help", url="", locale=locale)

    assert result.exit_code == 0
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout) is (locale != "C")


def test_a_command_loads_nothing_that_others_need_alone() -> None:
    asked = [sys.executable, "-c", LOADED]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stderr))

    assert "archive.cli.kinds" in loaded
    assert (
        not {"archive.cli.serve", "archive.cli.propose", "archive.proposing", "granian"} & loaded
    )


def test_a_command_mistyped_is_answered_with_the_one_that_was_meant() -> None:
    result = run("stat", url="")

    assert result.exit_code == 2
    assert "'state'" in result.stderr


def test_no_command_is_a_page_of_help() -> None:
    result = run(url="", locale="zh_CN.UTF-8")

    assert result.exit_code == 2
    assert result.stderr.count("Usage") == 1
    assert "只追加" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("timeline", "--limit", "0"),
        ("timeline", "--limit", "many"),
        ("state",),
        ("record",),
        ("ingest",),
        ("export", "--format", "xlsx"),
        ("serve", "--port", "99999"),
        ("serve", "--workers", "0"),
        ("read-date",),
        ("read-article", "x"),
        ("user", "add", "bob"),
        ("user", "add", "bob", "--role", "king"),
        ("correct", "an-event"),
        ("read-date", "x", "--ref", "July"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("locale", ["C", "zh_CN.UTF-8"])
def test_wrong_usage_is_said_and_exits_2(
    arguments: tuple[str, ...], locale: str, sqlite_url: str
) -> None:
    result = run(*arguments, url=sqlite_url, locale=locale)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert ("用法有误" in result.stderr) is (locale != "C")


READERS = [
    ("timeline",), ("state", "2023-07-20"), ("compare", "2023", "2024"), ("why", "a", "b"),
    ("search", "a"), ("export",), ("verify",), ("rebuild",), ("seed",), ("serve",),
    ("backup", "copy.db"), ("record", "org_founded"), ("retract", "a", "--reason", "b"),
    ("correct", "a", "--reason", "b"), ("ingest", "-"),
    ("user", "add", "a", "--role", "editor", "--password-stdin"),
]  # fmt: skip


def refused(result_url: str, arguments: tuple[str, ...]) -> str:
    result = run(*arguments, url=result_url, stdin="long enough a password\n")
    assert result.exit_code == 1, result.stderr
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


@pytest.mark.parametrize("arguments", READERS, ids=" ".join)
def test_a_database_that_is_not_there_is_not_made(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "none.db"

    said = refused(f"sqlite:///{path}", arguments)

    assert "archive migrate" in said
    assert not path.exists()


@pytest.mark.parametrize("arguments", READERS, ids=" ".join)
def test_a_database_that_is_not_migrated_is_said_in_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "empty.db"
    path.touch()

    assert "archive migrate" in refused(f"sqlite:///{path}", arguments)


@pytest.mark.parametrize("arguments", [*READERS, ("migrate",)], ids=" ".join)
def test_a_file_that_is_no_database_is_said_in_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear archive, " * 100)

    assert "no SQLite database" in refused(f"sqlite:///{path}", arguments)
    assert path.read_text().startswith("Dear")


@pytest.mark.parametrize(
    "url",
    ["mysql://a/b", "nonsense", "sqlite:////nowhere/at/all.db", "postgresql://x@127.0.0.1:1/x"],
)
@pytest.mark.parametrize("command", ["migrate", "timeline"])
def test_an_address_without_a_database_is_said_in_one_sentence(url: str, command: str) -> None:
    refused(url, (command,))


def test_text_that_is_no_utf8_is_said_in_one_sentence(sqlite_url: str) -> None:
    refused(sqlite_url, ("timeline", "--entity", "zhipu\udcff"))
