"""The command line as a person types it, on a database of the test's own."""

import importlib.util
import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url

from archive.cli.main import main
from tests.ingest.samples import a_deal, a_source, an_event, lines
from tests.servers import WHEEL, WHEEL_FOLDER, postgres_database

Run = Callable[..., Result]
Filling = tuple[Path, str]


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


def fill(archive: Run) -> None:
    """Let the program take in a source, a founding and a purchase."""
    held = archive("ingest", "-", stdin=lines(a_source(), an_event(), a_deal()))
    assert held.exit_code == 0, held.stderr


@pytest.fixture(scope="session")
def filled_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled SQLite archive and its key, to be copied and never added to."""
    folder = tmp_path_factory.mktemp("filled")
    path = shutil.copyfile(sqlite_template, folder / sqlite_template.name)
    fill(partial(run, url=f"sqlite:///{path}"))
    return folder


@pytest.fixture(scope="session")
def filled_postgres(postgres: str, postgres_template: str) -> Iterator[str]:
    """The name of a filled Postgres database, to be copied and never added to."""
    with postgres_database(postgres, template=postgres_template) as url:
        fill(partial(run, url=url))
        yield str(make_url(url).database)


@pytest.fixture
def filling(filled_sqlite: Path, filled_postgres: str) -> Filling:
    """What a test's archive begins as a copy of: made before any test changes its surroundings."""
    return filled_sqlite, filled_postgres


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite archive of this test's own: empty, unless the test asks for *filling*."""
    if "filling" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("filling")[0], tmp_path, dirs_exist_ok=True)
    else:
        shutil.copyfile(sqlite_template, tmp_path / sqlite_template.name)
    return f"sqlite:///{tmp_path / sqlite_template.name}"


@pytest.fixture
def postgres_url(
    request: pytest.FixtureRequest, postgres: str, postgres_template: str
) -> Iterator[str]:
    """A migrated Postgres archive of this test's own: empty, unless it asks for *filling*."""
    is_filled = "filling" in request.fixturenames
    template = request.getfixturevalue("filling")[1] if is_filled else postgres_template
    with postgres_database(postgres, template=template) as url:
        yield url


@pytest.fixture
def archive(database_url: str) -> Run:
    """The program on a migrated, empty archive, on SQLite and on Postgres in turn."""
    return lambda *arguments, **options: run(*arguments, **({"url": database_url} | options))


@pytest.fixture
def small(sqlite_url: str) -> Run:
    """The program on a migrated, empty SQLite archive."""
    return lambda *arguments, **options: run(*arguments, **({"url": sqlite_url} | options))


@pytest.fixture
def filled(archive: Run, filling: Filling) -> Run:  # noqa: ARG001 - what the archive begins with
    """The program on an archive that holds a source, a founding and a purchase."""
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
