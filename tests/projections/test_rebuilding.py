"""Rebuilding beside the read models in use: the same rows, no half state, no end at a kill."""

import multiprocessing
import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from sqlalchemy import Connection, Engine, func, inspect, select, text

from archive.commands import record, retract
from archive.log import head
from archive.projections import ROSTER, beside_file, lag, rebuild_beside, rebuilding
from archive.projections.tables import checkpoints, facts, occurrences
from archive.queries import search
from archive.storage import database_file, open_engine, reading, writing
from tests.builders import an_entity, an_event, keep

EVENTS = 40
KILLS = 10
Rows = dict[str, list[tuple[object, ...]]]


def told(number: int) -> dict[str, object]:
    org = an_entity(f"org-{number % 7}")
    return an_event(id=f"event-{number}", org=org, when=f"2023-{number % 12 + 1:02}", seat="x")


@pytest.fixture
def full(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An archive of some events, one of them retracted, rebuilt in many small chunks."""
    monkeypatch.setattr(rebuilding, "CHUNK", 4)
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    keep(engine, *map(told, range(EVENTS)))
    with writing(engine) as connection:
        retract(connection, target="event-3", reason="x", recorded_by="tests")
    return engine


def rows(engine: Engine) -> Rows:
    tables = (checkpoints, *(table for one in ROSTER for table in one.tables))
    with reading(engine) as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables
        }


def shape(engine: Engine) -> dict[str, object]:
    """Return what the tables are made of: their indexes, constraints and references."""
    seen = inspect(engine)
    return {
        table.name: (
            sorted((one["name"], one["column_names"]) for one in seen.get_indexes(table.name)),
            seen.get_pk_constraint(table.name),
            sorted(str(one) for one in seen.get_foreign_keys(table.name)),
            sorted(str(one) for one in seen.get_unique_constraints(table.name)),
        )
        for one in ROSTER
        for table in one.tables
    }


def spoil(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE occurrence SET v = 0"))


def stopped_after(engine: Engine, chunks: int) -> None:
    """Begin a rebuild, and stop it after some chunks."""
    ticks = iter(range(chunks))

    def interrupt(_done: int) -> None:
        if next(ticks, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_beside(engine, progress=interrupt)


def test_what_is_rebuilt_beside_is_row_for_row_what_was_folded_step_by_step(full: Engine) -> None:
    before, made_of = rows(full), shape(full)
    spoil(full)

    last = rebuild_beside(full)

    assert last == EVENTS + 2
    assert rows(full) == before
    assert shape(full) == made_of
    with reading(full) as connection:
        assert lag(connection) == 0
        assert search(connection, text="org", known=last).total > 0


def test_the_full_text_of_a_rebuild_is_in_one_piece(full: Engine) -> None:
    if full.dialect.name != "sqlite":
        return  # a server keeps its own
    pieces = text("SELECT COUNT(DISTINCT segid) FROM search_index_idx")

    with reading(full) as connection:
        before = connection.scalar(pieces)
    rebuild_beside(full)

    with reading(full) as connection:
        assert before != 1
        assert connection.scalar(pieces) == 1


def test_a_rebuild_that_was_stopped_is_gone_on_with(full: Engine) -> None:
    before = rows(full)
    spoil(full)
    spoilt, seen = rows(full), list[int]()

    stopped_after(full, 5)
    stopped = rows(full)
    rebuild_beside(full, progress=seen.append)

    assert stopped == spoilt
    assert seen[0] > 5 * 4
    assert rows(full) == before


def test_what_is_recorded_meanwhile_is_in_the_new_read_models(full: Engine) -> None:
    late = iter([told(EVENTS), told(EVENTS + 1), told(EVENTS + 2)])

    def meanwhile(_done: int) -> None:
        raw = next(late, None)
        if raw:
            with writing(full) as connection:
                record(connection, raw=raw, recorded_by="tests")

    last = rebuild_beside(full, progress=meanwhile)

    made = rows(full)
    assert last == EVENTS + 5
    with writing(full) as connection:
        assert head(connection)[0] == last
        assert lag(connection) == 0
    rebuild_beside(full)
    assert rows(full) == made


def test_nothing_that_was_masked_meanwhile_comes_back(full: Engine) -> None:
    stopped_after(full, 9)
    masking = an_event("text_masked", id="m", target="event-5", stream="x", reason="privacy")

    with writing(full) as connection:
        record(connection, raw=masking, recorded_by="tests")
    masked = rows(full)
    file = database_file(full)
    left = file.with_name(f"{file.name}-rebuilding").exists() if file else False
    rebuild_beside(full)

    assert not left
    assert rows(full) == masked


def counts(connection: Connection) -> tuple[object, ...]:
    many = [
        connection.scalar(select(func.count()).select_from(one)) for one in (facts, occurrences)
    ]
    return (*many, lag(connection), search(connection, text="org", known=99).total)


def test_readers_never_see_an_empty_or_half_state(full: Engine) -> None:
    done = Signal()

    def look() -> set[tuple[object, ...]]:
        seen = set()
        engine = open_engine(full.url.render_as_string(hide_password=False))
        while not done.is_set():
            with reading(engine) as connection:
                connection.execute(text("SELECT 1 FROM event LIMIT 1")).all()
                time.sleep(random.random() / 100)  # noqa: S311 - no secret
                seen.add(counts(connection))
        engine.dispose()
        return seen

    with reading(full) as connection:
        whole = counts(connection)
    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(look) for _number in range(2)]
        try:
            for _round in range(4):
                rebuild_beside(full)
        finally:
            done.set()

    assert [one.result() for one in readers] == [{whole}, {whole}]


def test_who_might_read_the_old_read_models_may_read_the_new(full: Engine) -> None:
    if full.dialect.name != "postgresql":
        return  # a file has no roles
    grants = text("SELECT relacl::text FROM pg_class WHERE oid = 'fact'::regclass")
    with writing(full) as connection:
        connection.execute(text("GRANT SELECT ON fact TO PUBLIC"))
        granted = connection.scalar(grants)

    rebuild_beside(full)

    with reading(full) as connection:
        assert connection.scalar(grants) == granted


def rebuild_at(url: str) -> None:
    engine = open_engine(url)
    rebuild_beside(engine)
    engine.dispose()


def test_a_rebuild_killed_at_any_moment_leaves_the_old_read_models(full: Engine) -> None:
    before = rows(full)
    url, dice = full.url.render_as_string(hide_password=False), random.Random(7)  # noqa: S311
    full.dispose()
    began = time.monotonic()
    rebuild_at(url)
    long = time.monotonic() - began
    fork = multiprocessing.get_context("fork")
    for _kill in range(KILLS):
        work = fork.Process(target=rebuild_at, args=(url,))
        work.start()
        work.join(dice.uniform(0, long))
        work.kill()
        work.join()
        assert rows(full) == before

    rebuild_beside(full)

    assert rows(full) == before


def test_a_file_beside_is_gone_when_the_rebuild_is_done(full: Engine) -> None:
    file = database_file(full)

    rebuild_beside(full)

    if file:
        assert [one.name for one in file.parent.glob(f"{file.name}*rebuilding*")] == []
    else:
        assert "beside" not in inspect(full).get_schema_names()


def test_a_file_beside_is_begun_with_large_pages(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    archive = database_file(engine)
    assert archive is not None
    shop = beside_file.Workshop(engine, archive)

    with shop.working() as connection:
        size = connection.exec_driver_sql("PRAGMA main.page_size").scalar()

    assert size == 32768
    engine.dispose()
