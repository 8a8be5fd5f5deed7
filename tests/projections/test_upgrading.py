"""An archive of the first revision, brought up to date: its log stays, its read models follow."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner
from sqlalchemy import Connection, Engine, func, insert, select, text, update

from archive.cli.main import main
from archive.log import RecordedEvent, read_log
from archive.log.tables import events, kinds, log_head, streams
from archive.log.writer import append
from archive.projections import lag
from archive.projections.tables import occurrences, tallies
from archive.resources import folder
from archive.storage import open_engine, reading, writing
from archive.vocabulary import Event
from tests.builders import an_event, checked
from tests.log.dying import Say, dies_at, started
from tests.servers import postgres_database

# Every so many moments before or after something goes to the database, a migration is killed.
EVERY = 20


def is_old(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address at which there is no table yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    with postgres_database(request.getfixturevalue("postgres")) as address:
        yield address


def first_revision(engine: Engine) -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    with writing(engine, may_create=True) as connection:
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "0001")


def written_long_ago(
    engine: Engine, drafts: Sequence[Event], *, by_todays_writer: Engine
) -> tuple[RecordedEvent, ...]:
    """Put *drafts* into an archive of the first revision, row by row as its own writer did.

    That one moved the head of the log before it put the events; today's leaves that to a guard.
    """
    with writing(by_todays_writer) as connection:
        kept = append(connection, drafts, recorded_by="tests").recorded
        rows = {one: connection.execute(select(one)).all() for one in (streams, kinds, events)}
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            head = {"position": kept[-1].position, "recorded_at": rows[events][-1].recorded_at}
            connection.execute(update(log_head).values(head))
        for table, all_rows in rows.items():
            connection.execute(insert(table), [row._asdict() for row in all_rows])
    return kept


def test_an_old_log_stays_and_its_read_models_are_folded_again(url: str, sqlite_url: str) -> None:
    engine = open_engine(url)
    first_revision(engine)
    drafts = [checked(an_event(id=f"event-{number}")) for number in range(3)]
    today = open_engine(sqlite_url)
    kept = written_long_ago(engine, drafts, by_todays_writer=today)

    result = CliRunner().invoke(main, ["--database", url, "migrate"])

    assert result.exit_code == 0, result.output
    with reading(engine) as connection:
        assert tuple(read_log(connection)) == kept
        assert lag(connection) == 0
        assert connection.scalar(select(func.count()).select_from(occurrences)) == 3
        assert connection.scalar(select(func.count()).select_from(tallies)) == 3
    today.dispose()
    engine.dispose()


def test_a_killed_migration_leaves_the_old_tables_or_new_ones_that_know_the_log(
    url: str, sqlite_url: str
) -> None:
    engine = open_engine(url)
    first_revision(engine)
    drafts = [checked(an_event(id=f"event-{number}")) for number in range(3)]
    today = open_engine(sqlite_url)
    written_long_ago(engine, drafts, by_todays_writer=today)
    today.dispose()

    def upgrade(say: Say, step: int) -> None:
        dies_at(step)
        main(["--database", url, "migrate"], standalone_mode=False)
        say("done")

    killed, is_over = 0, False
    while not is_over:
        engine.dispose()  # nothing open may be shared with a child
        step = 1 + killed * EVERY
        is_over = started(partial(upgrade, step=step)).heard() == ["done"]
        with reading(engine) as connection:
            if is_old(connection):
                assert not is_over
            else:
                assert lag(connection) == 0
        killed += not is_over
    engine.dispose()

    assert killed > 5
