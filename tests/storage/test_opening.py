"""Where nothing more can be written beside the file, the archive is read all the same."""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from archive.errors import NotMigratedError, UnreachableDatabaseError
from archive.log import head
from archive.storage import demand_migrated, migrate, open_engine, reading, writing
from tests.builders import an_event, keep

# A process that may let no file grow stands for a full disk: that goes everywhere, for everybody.
FULL = """
import json, resource, sys
from archive.errors import ArchiveError
from archive.log import head, verify
from archive.storage import open_engine, reading, writing
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
engine = open_engine(sys.argv[1])
found = {}
for name in ("once", "again"):
    with reading(engine) as connection:
        found[name] = [head(connection)[0], verify(connection).events]
try:
    with writing(engine):
        found["written"] = True
except ArchiveError as error:
    found["said"] = [error.words("zh"), error.words("en")]
print(json.dumps(found))
"""


def on_a_full_disk(path: Path) -> dict[str, list[object]]:
    asked = [sys.executable, "-c", FULL, f"sqlite:///{path}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


@pytest.fixture
def path(sqlite_url: str) -> Path:
    """An archive of two events that nobody has open."""
    engine = open_engine(sqlite_url)
    keep(engine, an_event(id="one"), an_event(id="two"))
    engine.dispose()
    return Path(sqlite_url.removeprefix("sqlite:///"))


def left_behind(path: Path, folder: Path) -> Path:
    """Return a copy as a crash leaves it: the last events only in the write-ahead log."""
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as held:
        held.exec_driver_sql("SELECT 1 FROM event").all()
        keep(engine, an_event(id="three"))
        for one in ("", "-wal"):
            shutil.copy(f"{path}{one}", folder / f"left.db{one}")
    engine.dispose()
    return folder / "left.db"


def test_on_a_full_disk_the_archive_is_read_and_whoever_writes_is_told_why(path: Path) -> None:
    found = on_a_full_disk(path)

    assert found["once"] == found["again"]
    assert found["once"][0] == found["once"][1] == 3
    assert "written" not in found
    assert "现在只能读，不能写" in str(found["said"][0])
    assert "only be read for now" in str(found["said"][1])


def test_on_a_full_disk_what_only_the_write_ahead_log_holds_is_read_too(
    path: Path, tmp_path: Path
) -> None:
    left = left_behind(path, tmp_path)
    before = (tmp_path / "left.db-wal").stat().st_size

    found = on_a_full_disk(left)

    assert before > 0
    assert found["once"] == found["again"] == [4, 4]
    assert "only be read for now" in str(found["said"][1])


def test_once_there_is_room_again_the_same_process_writes(path: Path) -> None:
    engine = open_engine(f"sqlite:///{path}")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with reading(engine) as connection:
            before = head(connection)[0]
        with pytest.raises(UnreachableDatabaseError), writing(engine):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    keep(engine, an_event(id="three"))

    with reading(engine) as connection:
        assert (before, head(connection)[0]) == (3, 4)
    engine.dispose()


def test_a_reader_alone_is_told_if_the_file_was_written_meanwhile(path: Path) -> None:
    alone, other = (open_engine(f"sqlite:///{path}") for _number in range(2))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        reader = reading(alone)
        reader.__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    keep(other, an_event(id="three"))

    with pytest.raises(UnreachableDatabaseError, match="changed while"):
        reader.__exit__(None, None, None)

    alone.dispose()
    other.dispose()


@pytest.mark.parametrize("statements", ["", "CREATE TABLE bill (number INTEGER PRIMARY KEY)"])
def test_to_look_at_what_is_no_archive_leaves_it_as_it_was(
    tmp_path: Path, statements: str
) -> None:
    path = tmp_path / "other.db"
    path.touch()
    with closing(sqlite3.connect(path)) as other:
        other.executescript(statements)
    before = path.read_bytes()
    engine = open_engine(f"sqlite:///{path}")

    for hold in (reading, writing):
        with pytest.raises(NotMigratedError), hold(engine) as connection:
            demand_migrated(connection)

    engine.dispose()
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_new_archive_is_kept_so_that_its_readers_wait_for_no_writer(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")

    migrate(engine)

    with reading(engine) as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()
