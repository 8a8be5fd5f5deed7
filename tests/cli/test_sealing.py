"""A server seals beside its work, whatever comes between, and an ingest does at its end."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine

from archive.cli.sealing import keep_sealing
from archive.log import newest_checkpoint
from archive.settings import Settings
from archive.storage import open_engine, reading
from tests.builders import an_event, keep
from tests.cli.conftest import Run, document
from tests.ingest.samples import a_source, lines
from tests.ingest.samples import an_event as a_founding

PATIENCE = 60


@pytest.fixture
def sealing(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    monkeypatch.setattr("archive.cli.sealing.SECONDS", 0.01)
    stop = keep_sealing(Settings(database_url=database_url, signing_key=str(tmp_path / "key")))
    yield stop
    stop.set()


def sealed_size(engine: Engine) -> int:
    with reading(engine) as connection:
        newest = newest_checkpoint(connection)
    return newest.size if newest else 0


def wait_for(size: int, engine: Engine) -> None:
    end = time.monotonic() + PATIENCE
    while sealed_size(engine) != size:
        assert time.monotonic() < end, "nothing seals"
        time.sleep(0.01)


def test_what_is_recorded_is_sealed_beside_the_work(engine: Engine, sealing: Event) -> None:
    assert not sealing.is_set()

    keep(engine, an_event(id="one"))
    wait_for(2, engine)
    keep(engine, an_event(id="two"))

    wait_for(3, engine)


def test_what_hinders_the_sealing_is_logged_once_and_tried_again(
    tmp_path: Path, sqlite_url: str, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("archive.cli.sealing.SECONDS", 0.01)
    engine, folder = open_engine(sqlite_url), tmp_path / "not-yet"
    keep(engine, an_event(id="one"))
    with caplog.at_level(logging.WARNING, logger="archive.sealing"):
        stop = keep_sealing(Settings(database_url=sqlite_url, signing_key=str(folder / "key")))
        end = time.monotonic() + PATIENCE
        while not caplog.records:
            assert time.monotonic() < end
            time.sleep(0.01)
        time.sleep(0.05)
        assert len(caplog.records) == 1

        folder.mkdir()
        wait_for(2, engine)
    stop.set()
    engine.dispose()


def test_an_ingest_seals_at_its_end(small: Run, sqlite_url: str) -> None:
    small("ingest", "-", stdin=lines(a_source(), a_founding()))

    engine = open_engine(sqlite_url)
    assert sealed_size(engine) == 2
    engine.dispose()


def test_an_ingest_that_cannot_seal_is_kept_and_says_why(
    small: Run, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "nowhere" / "key"))

    result = small("ingest", "-", stdin=lines(a_source(), a_founding()))

    assert result.exit_code == 0
    assert "nowhere" in result.stderr
    assert len(small("export").stdout.splitlines()) == 2
    engine = open_engine(sqlite_url)
    assert sealed_size(engine) == 0
    engine.dispose()


@pytest.mark.parametrize(
    "arguments",
    [
        (
            "record",
            "org_founded",
            "--set",
            "org=b:organization:B",
            "--when",
            "2024",
            "--source",
            "paper",
        ),
        ("correct", "e1", "--reason", "a slip", "--when", "2022", "--source", "paper"),
        ("retract", "e1", "--reason", "a slip"),
        ("seed",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_seals_what_it_recorded(
    archive: Run, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "key"))
    assert archive("ingest", "-", stdin=lines(a_source(), a_founding(id="e1"))).exit_code == 0

    done = archive(*arguments)

    found = document(archive("verify", "--json"))
    assert done.exit_code == 0, done.stderr
    assert found["events"] == found["sealed"] > 2


def test_what_hinders_the_sealing_fails_no_command(
    archive: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    held = archive("ingest", "-", stdin=lines(a_source(), a_founding(id="e1")))
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "not-there" / "key"))

    done = archive("retract", "e1", "--reason", "a slip")

    assert held.exit_code == done.exit_code == 0, done.stderr
    assert "not-there" in done.stderr
    assert done.stdout


def test_who_masks_is_told_while_a_reader_still_holds_the_text(
    small: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARCHIVE_SIGNING_KEY", str(tmp_path / "key"))
    small("ingest", "-", stdin=lines(a_source(), a_founding(id="e1")))
    reader = open_engine(sqlite_url)
    masking = ("record", "text_masked", "--set", "reason=private", "--when", "2024")

    with reading(reader) as connection:
        connection.exec_driver_sql("SELECT COUNT(*) FROM event").scalar()
        told = small(*masking, "--set", "target=e1", "--source", "paper")
    reader.dispose()

    freed = small("ingest", "-", stdin=lines(a_founding(id="e2")))
    assert told.exit_code == freed.exit_code == 0, (told.stderr, freed.stderr)
    assert "its files still hold the text" in told.stderr
    assert "its files still hold the text" not in freed.stderr
