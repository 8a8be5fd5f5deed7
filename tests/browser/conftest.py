"""A real browser on a real, seeded site, served by the production server."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

from archive.cli.main import main
from archive.queries import head
from archive.storage import open_engine, reading
from tests.servers import free_port

HERE: Final = Path(__file__).resolve().parent
AXE: Final = HERE.parent / "vendor" / "axe.min.js"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
# Chromium without its windows: the same engine, and the tests take two thirds of the time.
SHELL: Final = "chromium-headless-shell"
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS_TO_START: Final = 60
SECONDS_TO_STOP: Final = 20

# Chromium writes any 4xx to the console; a refused form answers 422, and rightly so.
REFUSED_FORM: Final = "the server responded with a status of 422"


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who may record events on the tests' site."""

    name: str = "editor"
    password: str = "correct-horse-battery-staple"  # noqa: S105 — of a site that lives for one test run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


def the_chromium() -> str:
    """Return where the system's Chromium is; its absence fails, for nobody would notice a skip."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(
            "The browser tests need Chromium; on Debian: apt-get install "
            "--no-install-recommends chromium libatomic1 fonts-noto-cjk",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, without its windows where it can be had so."""
    executable = shutil.which(SHELL) or the_chromium()
    return {**browser_type_launch_args, "executable_path": executable, "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def editor() -> Editor:
    return Editor()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, editor: Editor) -> Path:
    """A migrated and seeded archive with one editor, to be copied and never added to."""
    path = tmp_path_factory.mktemp("seeded") / "archive.db"
    tell(path, "migrate")
    tell(path, "seed")
    tell(path, "user", "add", editor.name, "--role", "editor", typed=editor.password)
    return path


@pytest.fixture(scope="module")
def archive_file(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of one file of tests: what others record is not in it."""
    path = tmp_path_factory.mktemp("site") / "archive.db"
    shutil.copy(seeded, path)
    return path


@pytest.fixture(scope="session")
def site_of_readers(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of all files of tests that only read, as is seen in the end by its log."""
    path = shutil.copyfile(seeded, tmp_path_factory.mktemp("readers") / "archive.db")
    with served(path) as address:
        yield address
    assert log_of(path) == log_of(seeded), "a file whose tests name no editor recorded something"


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the seeded site, without a closing slash.

    Files of tests of which none signs in or takes the file of the archive share one.
    """
    beside = [one for one in request.session.items if one.path == request.path]
    names = {
        name for one in beside if isinstance(one, pytest.Function) for name in one.fixturenames
    }
    if not names & {"editor", "archive_file"}:
        yield request.getfixturevalue("site_of_readers")
        return
    with served(request.getfixturevalue("archive_file")) as address:
        yield address


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address for all: each file of tests has a site of its own, see new_context."""


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What the pages complained of; must be empty in the end, unless a test clears it."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], site: str, troubles: list[str]
) -> Callable[..., BrowserContext]:
    """Contexts whose pages start from the site, and are all listened to."""

    def listened(**options: Any) -> BrowserContext:
        context = new_context(**{"base_url": site, **options})
        context.on("console", lambda message: hear_console(message, troubles=troubles))
        context.on("weberror", lambda error: hear_error(error, troubles=troubles))
        return context

    return listened


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """axe(page): every violation of accessibility on the page, a readable line each."""
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['target']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve the archive at *path* with the production server; yield its address."""
    port = free_port()
    report = path.with_name("server.txt")
    with report.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "archive", "serve", "--host", "127.0.0.1", f"--port={port}"],
            env=os.environ | environment(path),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )
    try:
        wait_until_ready(server, port=port, report=report)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(SECONDS_TO_STOP)


def log_of(path: Path) -> int:
    """Return where the log of an archive ends."""
    engine = open_engine(f"sqlite:///{path}")
    with reading(engine) as connection:
        ends = head(connection).position
    engine.dispose()
    return ends


def environment(path: Path) -> dict[str, str]:
    return {"ARCHIVE_DATABASE_URL": f"sqlite:///{path}"}


def tell(path: Path, *words: str, typed: str = "") -> None:
    """Run one command of the archive; *typed* answers each time it asks."""
    answers = f"{typed}\n{typed}\n" if typed else None
    told = CliRunner().invoke(main, words, input=answers, env=environment(path))
    assert told.exit_code == 0, f"archive {' '.join(words)}: {told.output}{told.exception or ''}"


def hear_console(message: ConsoleMessage, *, troubles: list[str]) -> None:
    if message.type == "error" and REFUSED_FORM not in message.text:
        troubles.append(f"console: {message.text} ({message.location['url']})")


def hear_error(error: WebError, *, troubles: list[str]) -> None:
    troubles.append(f"page: {error.error}")


def wait_until_ready(server: subprocess.Popen[bytes], *, port: int, report: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    pytest.fail(f"The site did not start:\n{report.read_text()}", pytrace=False)
