"""An ingest that is killed: nothing of it is kept, and once more it takes all in."""

import io
import multiprocessing
import signal
from collections.abc import Iterator
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from archive.ingest import Report, drafts_of, take_in
from archive.log import head, verify
from archive.projections import lag
from archive.storage import migrate, open_engine, reading, writing
from tests.ingest.samples import a_source, an_event, lines

EVENTS = 1_200


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "long.jsonl"
    written.write_text(lines(a_source(), *(an_event(f"event-{n}") for n in range(EVENTS - 1))))
    return written


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'archive.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def ingest(engine: Engine, file: Path, begun: Signal | None = None) -> Report:
    """Take *file* in; with *begun* tell that a piece is recorded, and wait for the end."""

    def stop(_done: int) -> None:
        if begun:
            begun.set()
            signal.pause()

    with writing(engine) as connection:
        drafts = drafts_of([str(file)], stdin=io.BytesIO())
        return take_in(connection, drafts, recorded_by="t", progress=stop)


def ingest_at(url: str, file: Path, begun: Signal) -> None:
    ingest(open_engine(url), file, begun)


def test_of_a_file_whose_ingest_is_killed_nothing_is_kept(archive: Engine, file: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    begun = processes.Event()
    child = processes.Process(target=ingest_at, args=(str(archive.url), file, begun))
    child.start()
    assert begun.wait(60)
    child.kill()
    child.join()

    with reading(archive) as connection:
        assert head(connection)[0] == 0
        assert lag(connection) == 0

    assert ingest(archive, file) == Report(created=EVENTS, already=0)
    with reading(archive) as connection:
        assert verify(connection).events == EVENTS
        assert lag(connection) == 0
