"""The command line as a person types it, on a database of the test's own."""

import importlib.util
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.cli.main import main
from tests.ingest.samples import a_deal, a_source, an_event, lines
from tests.servers import WHEEL, WHEEL_FOLDER

Run = Callable[..., Result]


def run(
    *arguments: str,
    url: str,
    stdin: str | bytes | None = None,
    locale: str = "C",
    four_eyes: str = "",
) -> Result:
    """Run the program; a fault of ours, which no exit status excuses, is raised."""
    surroundings = {
        "ARCHIVE_DATABASE_URL": url,
        "LC_ALL": locale,
        "ARCHIVE_USER": "tester",
        "ARCHIVE_FOUR_EYES": four_eyes,
    }
    result = CliRunner(env=surroundings).invoke(main, arguments, input=stdin, prog_name="archive")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def archive(database_url: str) -> Run:
    """The program on a migrated, empty archive, on SQLite and on Postgres in turn."""
    return lambda *arguments, **options: run(*arguments, **({"url": database_url} | options))


@pytest.fixture
def small(sqlite_url: str) -> Run:
    """The program on a migrated, empty SQLite archive."""
    return lambda *arguments, **options: run(*arguments, **({"url": sqlite_url} | options))


@pytest.fixture
def filled(archive: Run) -> Run:
    """The program on an archive that holds a source, a founding and a purchase."""
    held = archive("ingest", "-", stdin=lines(a_source(), an_event(), a_deal()))
    assert held.exit_code == 0, held.stderr
    return archive


@pytest.fixture
def server_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of PostgreSQL on the PATH, those of the tests' own server if need be."""
    found = importlib.util.find_spec(WHEEL)
    if found and found.origin:
        programs = Path(found.origin).parent / WHEEL_FOLDER / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    if not shutil.which("pg_restore"):
        pytest.fail("neither pg_dump nor pg_restore is on the PATH", pytrace=False)
