import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import run
from tests.servers import free_port

SECONDS = 60


def test_a_port_in_use_is_one_clear_sentence(sqlite_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        results = [
            run("serve", "--port", port, url=sqlite_url, locale=locale)
            for locale in ("C", "zh_CN.UTF-8")
        ]

    assert [result.exit_code for result in results] == [1, 1]
    assert "the port is in use" in results[0].stderr
    assert "端口已被占用" in results[1].stderr
    assert all(len(result.stderr.splitlines()) == 1 for result in results)


def test_a_host_that_is_none_is_one_clear_sentence(sqlite_url: str) -> None:
    result = run("serve", "--host", "no.such.host.invalid", url=sqlite_url)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_the_site_is_served_until_interrupted(
    sqlite_url: str, tmp_path: Path, asked: signal.Signals
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "archive", "serve", "--port", str(port), "--workers", "2"]
    surroundings = {**os.environ, "ARCHIVE_DATABASE_URL": sqlite_url, "LC_ALL": "C.UTF-8"}
    report = tmp_path / "report.txt"
    with report.open("wb") as stream:
        server = subprocess.Popen(command, env=surroundings, stderr=stream, stdout=stream)
    try:
        status = _status_of(f"http://127.0.0.1:{port}/", server)
        server.send_signal(asked)
        ended = server.wait(SECONDS)
    finally:
        server.kill()
        server.wait(SECONDS)

    said = report.read_text()
    assert (status, ended) == (200, 0), said
    assert f"http://127.0.0.1:{port}" in said
    assert re.search(r"archive user add \w+ --role editor", said)
    assert "Traceback" not in said


@pytest.mark.slow
def test_an_interrupt_while_the_site_still_loads_ends_it(sqlite_url: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "archive", "serve", "--port", str(port), "--workers", "2"]
    surroundings = {**os.environ, "ARCHIVE_DATABASE_URL": sqlite_url, "LC_ALL": "C.UTF-8"}
    server = subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL)
    try:
        assert _listens(port)
        server.send_signal(signal.SIGINT)
        ended = server.wait(SECONDS)
    finally:
        server.kill()
        server.wait(SECONDS)

    assert ended == 0


def _listens(port: int) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)
    return False


def _status_of(address: str, server: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                return int(answer.status)
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError):
                return error.code
            time.sleep(0.1)
    return 0
