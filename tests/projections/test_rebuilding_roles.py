"""On a server whose site runs as another role than the keeper who rebuilds."""

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from sqlalchemy import Engine, make_url, text

from archive.projections import rebuild_beside
from archive.storage import migrate, open_engine, reading, writing
from tests.builders import keep
from tests.projections.test_rebuilding import counts, told
from tests.servers import postgres_database

LONGEST_WAIT = 60


@pytest.fixture
def engines(postgres: str) -> Iterator[tuple[Engine, Engine]]:
    """The keeper's engine, who owns the tables of an archive, and the site's, who may read."""
    keeper, site = (f"{name}_{uuid.uuid4().hex[:12]}" for name in ("keeper", "site"))
    with postgres_database(postgres) as url:
        owner = open_engine(url)
        with writing(owner) as connection:
            for role in (keeper, site):
                connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
            name = make_url(url).database
            connection.exec_driver_sql(f"GRANT CREATE ON DATABASE {name} TO {keeper}")
            connection.exec_driver_sql(f"GRANT ALL ON SCHEMA public TO {keeper}")
        keepers, sites = (
            open_engine(make_url(url).set(username=role).render_as_string(hide_password=False))
            for role in (keeper, site)
        )
        migrate(keepers)
        keep(keepers, *map(told, range(20)))
        with writing(keepers) as connection:
            connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {site}")
        yield keepers, sites
        keepers.dispose()
        sites.dispose()
        with writing(owner) as connection:
            for role in (keeper, site):
                connection.exec_driver_sql(f"DROP OWNED BY {role} CASCADE")
                connection.exec_driver_sql(f"DROP ROLE {role}")
        owner.dispose()


def test_a_reader_of_another_role_never_sees_an_empty_state(
    engines: tuple[Engine, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    keepers, sites = engines
    waits, sleep = Signal(), time.sleep
    with reading(sites) as connection:
        whole = counts(connection)

    def noticed(seconds: float) -> None:
        waits.set()
        sleep(seconds)

    with ThreadPoolExecutor(1) as pool:
        with reading(sites) as reader:
            reader.execute(text("SELECT 1 FROM event LIMIT 1")).all()
            monkeypatch.setattr("archive.projections.beside_server.time.sleep", noticed)
            rebuilt = pool.submit(rebuild_beside, keepers)
            end = time.monotonic() + LONGEST_WAIT
            while not (rebuilt.done() or waits.is_set()) and time.monotonic() < end:
                sleep(0.01)
            seen = counts(reader)
        rebuilt.result()

    assert seen == whole
