"""The rival: a table of MariaDB with periods of time, versioned by the system, of the same facts.

A row is one value of one cell from a day up to another; the server itself cuts and closes rows.
What it keeps is the last fact of each day as known now: it tells no certain from possible.
"""

import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, text

from archive.dates import day_number
from archive.storage import reading
from tests.benchmarks.places import NANOSECONDS
from tests.benchmarks.scale.questions import Asking, asking
from tests.benchmarks.scale.sayings import COMMON, RARE
from tests.benchmarks.scale.spreads import Call, Spread, measured, spread
from tests.benchmarks.timing import Clock

MARIADB: Final = "MariaDB"
# Begins the names of its costs.
RIVAL: Final = f"{MARIADB}: "
RIVAL_WORDS: Final = (
    "MariaDB is given the same facts as rows with a period, in a system-versioned table; it tells "
    "the likely value in keys, with no certain or possible, and nothing is asked of a past K."
)
_SERVERS: Final = ("mariadbd", "mysqld")
_FOLDERS: Final = "/usr/local/sbin:/usr/sbin:/sbin"
_DRIVER: Final = "mysql+pymysql"
_PATIENCE: Final = 60.0
# Nobody else can reach it, so that it needs no accounts, nor the tables that hold them.
_OPTIONS: Final = (
    "--skip-networking",
    "--skip-grant-tables",
    "--innodb-buffer-pool-size=512M",
    "--user=root",
)
# Days are numbers here and there; its periods want dates.
_FIRST: Final = date(1000, 1, 1)
_LAST: Final = date(9999, 12, 31)
_OFFSET: Final = day_number(_FIRST)
_ENTITY: Final = (
    "CREATE TABLE entity (id INT PRIMARY KEY, type VARCHAR(20) NOT NULL, "
    "slug VARCHAR(120) NOT NULL, UNIQUE (slug), INDEX (type, slug))"
)
_HELD: Final = (
    "CREATE TABLE held (cell INT NOT NULL, entity INT NOT NULL, attribute SMALLINT NOT NULL, "
    "value INT NOT NULL, begun DATE NOT NULL, ended DATE NOT NULL, PERIOD FOR so (begun, ended), "
    "PRIMARY KEY (entity, cell, begun, ended), INDEX (attribute, value, begun, ended)) "
    "WITH SYSTEM VERSIONING"
)
_SCHEMA: Final = (
    "CREATE DATABASE rival CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
    "USE rival",
    _ENTITY,
    _HELD,
)
_ENTITIES: Final = "SELECT id, type, slug FROM entity"
_INTERVALS: Final = (
    "SELECT cell_id, entity_id, attribute_id, value_id, v, ended FROM (SELECT fact.cell_id, "
    "cell.entity_id, cell.attribute_id, fact.value_id, fact.v, COALESCE(LEAD(fact.v) OVER "
    "(PARTITION BY fact.cell_id ORDER BY fact.v, fact.hi, fact.id), 99999999) AS ended "
    "FROM fact JOIN cell ON cell.id = fact.cell_id WHERE fact.gone IS NULL) AS told "
    "WHERE value_id IS NOT NULL AND v < ended ORDER BY entity_id, cell_id, v"
)
_VALUE: Final = (
    "SELECT attribute.id AS attribute, fact_value.id AS value FROM attribute, fact_value "
    "WHERE entity_type = 'model' AND name = :name AND fact_value.value = :value"
)
_COUNTED: Final = "SELECT id FROM attribute WHERE entity_type = 'model' AND counted = 1"
_ON: Final = "begun <= :day AND ended > :day"
_KEY: Final = text("SELECT * FROM entity WHERE id = :id")
_ONE: Final = text(
    "SELECT held.* FROM held JOIN entity ON entity.id = held.entity "  # noqa: S608 - own names
    f"WHERE slug = :slug AND {_ON}"
)
_PAGE: Final = text(
    "SELECT id FROM entity WHERE type = 'model' AND slug > :after ORDER BY slug LIMIT 50"
)
_FILTERED: Final = text(
    "SELECT entity.id FROM entity JOIN held ON held.entity = entity.id "  # noqa: S608 - own names
    f"WHERE type = 'model' AND slug > :after AND attribute = :attribute AND value = :value "
    f"AND {_ON} ORDER BY slug LIMIT 50"
)
_THEIRS: Final = f"SELECT * FROM held WHERE entity IN (%s) AND {_ON}"  # noqa: S608 - own names
_COUNTS: Final = text(
    f"SELECT value, COUNT(*) FROM held WHERE attribute = :attribute AND {_ON} GROUP BY value"  # noqa: S608 - own names
)
_CELLS: Final = text("SELECT DISTINCT cell, entity, attribute FROM held LIMIT 3 OFFSET :skipped")
_CUT: Final = text(
    "DELETE FROM held FOR PORTION OF so FROM :day TO '9999-12-31' "
    "WHERE entity = :entity AND cell = :cell"
)
_PUT: Final = text(
    "INSERT INTO held (cell, entity, attribute, value, begun, ended) "
    "VALUES (:cell, :entity, :attribute, :value, :day, '9999-12-31')"
)


def missing() -> str:
    """Return what the rival wants that is not installed; empty if nothing."""
    if not _server():
        return "MariaDB is not installed: its system-versioned table is left out."
    try:
        create_engine(f"{_DRIVER}://root@localhost/").dispose()
    except ModuleNotFoundError:
        return "MariaDB has no driver here (PyMySQL): its system-versioned table is left out."
    return ""


def rivalled(archive: Engine, *, rounds: int) -> dict[str, Spread]:
    """Return what the same questions cost of the facts of *archive*, in a server of its own."""
    with _running() as (engine, process, folder):
        clock = _clock(process)
        with reading(archive) as source:
            asked = asking(source, rounds=rounds)
            sought = {one: _number(source, one) for one in (COMMON, RARE)}
            counted = [int(one) for one in source.scalars(text(_COUNTED))]
            with engine.connect() as connection:
                _load(source, connection, folder)
        with engine.connect() as connection:
            found = {
                name: spread(calls, server=clock)
                for name, calls in _questions(connection, asked, sought, counted)
            }
            connection.rollback()
            found[f"{RIVAL}three values from a day on, committed"] = measured(
                _appends(connection, rounds), server=clock
            )
        return found


def _questions(
    connection: Connection,
    asked: Asking,
    sought: dict[tuple[str, str], dict[str, int]],
    counted: Sequence[int],
) -> Iterator[tuple[str, list[Call]]]:
    days, many = cycle(asked.days), 6 * asked.rounds
    yield (
        f"{RIVAL}look-up by primary key",
        [_call(connection, _KEY, {"id": number}) for number in range(1, 1 + many)],
    )
    entities = {"one entity, uniform": asked.uniform, "one of the 20 hottest": asked.hot}
    for name, slugs in entities.items():
        yield (
            RIVAL + name,
            [_call(connection, _ONE, {"slug": one, "day": next(days)}) for one in slugs],
        )
    pages: tuple[tuple[str, dict[str, int]], ...] = (
        ("page of 50 models by name", {}),
        ("page of 50, common filter", sought[COMMON]),
        ("page of 50, rare filter", sought[RARE]),
    )
    for name, where in pages:
        yield RIVAL + name, [_page(connection, one, next(days), where) for one in asked.models]
    yield (
        f"{RIVAL}counts by value",
        [
            _call(connection, _COUNTS, {"attribute": one, "day": next(days)})
            for one in islice(cycle(counted), many)
        ],
    )


def _call(connection: Connection, query: object, values: dict[str, object]) -> Call:
    return Call(lambda: connection.execute(query, values).all())  # type: ignore[call-overload]  # one of the texts above


def _page(connection: Connection, after: str, day: date, where: dict[str, int]) -> Call:
    query = _FILTERED if where else _PAGE
    values = {"after": after, "day": day, **where}

    def work() -> object:
        found = list(connection.scalars(query, values))
        if not found:
            return found
        theirs = text(_THEIRS % ", ".join(map(str, found)))
        return connection.execute(theirs, {"day": day}).all()

    return Call(work)


def _appends(connection: Connection, rounds: int) -> list[Call]:
    dice = random.Random(0)  # noqa: S311 - the same every time is what is wanted
    found: list[Call] = []
    for number in range(1 + 7 * rounds):
        cells = list(connection.execute(_CELLS, {"skipped": number * 3}).mappings())
        day = date(2024, 12, 30) - timedelta(days=dice.randrange(2000) if number % 2 else 0)
        values = [{**cell, "day": day, "value": 1} for cell in cells]

        def work(values: Sequence[dict[str, object]] = values) -> None:
            for one in values:
                connection.execute(_CUT, one)
                connection.execute(_PUT, one)
            connection.commit()

        found.append(Call(work))
    connection.rollback()
    return found


def _number(source: Connection, sought: tuple[str, str]) -> dict[str, int]:
    row = source.execute(text(_VALUE), {"name": sought[0], "value": sought[1]}).mappings().first()
    return {name: int(one) for name, one in row.items()} if row else {"attribute": 0, "value": 0}


# --- the server ---------------------------------------------------------------------------------


def _server() -> str | None:
    paths = (shutil.which(name) or shutil.which(name, path=_FOLDERS) for name in _SERVERS)
    return next((path for path in paths if path), None)


@contextmanager
def _running() -> Iterator[tuple[Engine, int, Path]]:
    """Yield an empty database in a server of its own, the server's process, and its folder."""
    with tempfile.TemporaryDirectory(prefix="archive-rival-") as folder:
        socket, data = Path(folder) / "socket", Path(folder) / "data"
        data.mkdir()
        program = [str(_server()), "--no-defaults", f"--datadir={data}", f"--socket={socket}"]
        options = [*_OPTIONS, f"--pid-file={folder}/pid"]
        with subprocess.Popen(
            [*program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                engine = _opened(socket)
                try:
                    yield engine, server.pid, Path(folder)
                finally:
                    engine.dispose()
            finally:
                server.terminate()


def _opened(socket: Path) -> Engine:
    until = time.monotonic() + _PATIENCE
    while not socket.exists():  # it listens as soon as that is there
        if time.monotonic() > until:
            raise TimeoutError(socket)
        time.sleep(0.1)
    address = f"{_DRIVER}://root@localhost/%s?unix_socket={socket}&charset=utf8mb4"
    engine = create_engine(address % "")
    with engine.begin() as connection:
        for statement in _SCHEMA:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return create_engine(address % "rival")


def _clock(process: int) -> Clock:
    """Return the processor time of all threads of the server."""
    tasks = Path(f"/proc/{process}/task")
    return lambda: (
        sum(int(one.read_text().split()[0]) for one in tasks.glob("*/schedstat")) / NANOSECONDS
    )


def _load(source: Connection, connection: Connection, folder: Path) -> None:
    """Bring entities and intervals over, each by way of a file."""
    for table, query in (("entity", _ENTITIES), ("held", _INTERVALS)):
        path = folder / f"{table}.tsv"
        with path.open("w", encoding="utf-8") as file:
            for row in source.exec_driver_sql(query):
                print(*_dated(tuple(row)), sep="\t", file=file)
        columns = "" if table == "entity" else " (cell, entity, attribute, value, begun, ended)"
        connection.exec_driver_sql(f"LOAD DATA INFILE '{path}' INTO TABLE {table}{columns}")
        connection.exec_driver_sql(f"ANALYZE TABLE {table}").all()
        connection.commit()


def _dated(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return *row* with the two days at its end, if it has such, as dates."""
    *others, begun, ended = row
    if not isinstance(begun, int) or not isinstance(ended, int):
        return row
    return (*others, _date(begun), _date(ended))


def _date(number: int) -> date:
    passed = min(max(number - _OFFSET, 0), (_LAST - _FIRST).days)
    return _FIRST + timedelta(days=passed)
