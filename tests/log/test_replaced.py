"""An archive put in the place of another, as by a restore, is what is read and followed then."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine

from archive.errors import DamagedLogError
from archive.log import RecordedEvent, follow, head
from archive.storage import open_engine, reading
from tests.builders import an_event, keep

LONGEST_WAIT = 60
ADDED = 1  # the source


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    opened = open_engine(sqlite_url)
    yield opened
    opened.dispose()


def put_another_in_place(template: Path, engine: Engine, count: int) -> None:
    """Move the file away with all beside it, and another of *count* events to where it was."""
    file = Path(engine.url.database or "")
    other = shutil.copyfile(template, file.with_name("other.db"))
    own = open_engine(f"sqlite:///{other}")
    keep(own, *(an_event(id=f"event-{number}") for number in range(count)))
    own.dispose()
    away = file.with_name("away")
    away.mkdir()
    for one in file.parent.glob(f"{file.name}*"):
        one.rename(away / one.name)
    other.rename(file)


def following(pages: Iterator[list[RecordedEvent]]) -> list[object]:
    """Return the ids of the next page, or the error that came instead."""
    said: list[object] = []

    def ask() -> None:
        try:
            said.extend(one.event.id for one in next(pages))
        except DamagedLogError as error:
            said.append(error)

    asked = Thread(target=ask, daemon=True)
    asked.start()
    asked.join(LONGEST_WAIT)
    assert said, "it waits in silence"
    return said


def test_what_is_put_in_the_place_of_an_archive_is_read(
    engine: Engine, sqlite_template: Path
) -> None:
    keep(engine, an_event(id="event-0"))

    put_another_in_place(sqlite_template, engine, 5)

    with reading(engine) as connection:
        assert head(connection)[0] == 5 + ADDED


def test_a_follower_goes_on_in_the_log_that_was_put_in_place(
    engine: Engine, sqlite_template: Path
) -> None:
    keep(engine, an_event(id="event-0"))
    pages = follow(engine)
    following(pages)

    put_another_in_place(sqlite_template, engine, 3)

    assert following(pages) == ["event-1", "event-2"]


def test_a_follower_says_that_the_log_put_in_place_is_shorter(
    engine: Engine, sqlite_template: Path
) -> None:
    keep(engine, *(an_event(id=f"event-{number}") for number in range(3)))
    pages = follow(engine)
    following(pages)

    put_another_in_place(sqlite_template, engine, 1)

    [refused] = following(pages)
    assert isinstance(refused, DamagedLogError)
