"""How rows go into the read models' tables and come out: many at once, in one statement.

The text of a statement is the same for any number of rows, so that a database prepares it once.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final, TypeAlias

import msgspec
from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql

from archive.projections.spelling import array, copied
from archive.storage import SERVER, is_gathering, mark_of, run

Line: TypeAlias = tuple[Any, ...]

_SERVER_DIALECT: Final = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
# From here on a server takes rows faster as one COPY than one by one.
_MANY: Final = 40


def add(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    """Insert *lines*, each with a value for every column of *table* in its order."""
    name = connection.dialect.name
    if not lines:
        return
    if name == SERVER and len(lines) >= _MANY and not is_gathering(connection):
        _copy(connection, table, lines)
    else:
        _insert(connection, table, lines, "")


def put(
    connection: Connection, table: Table, lines: Sequence[Line], *, adding: str | None = None
) -> None:
    """Insert *lines*, or change the rows that have their keys; the column *adding* is summed."""
    if lines:
        _insert(connection, table, lines, _instead(table, adding))


def change(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    lines: Iterable[Line],
    *,
    by: Sequence[str],
) -> None:
    """Set *columns* of the rows whose *by* each line names after its values."""
    changes = list(lines)
    if changes:
        statement = _changing(table, connection.dialect.name, tuple(columns), tuple(by))
        _do(connection, statement, changes)


def change_all(connection: Connection, table: Table, column: str, value: object) -> int:
    """Set *column* of every row, and return how many there are."""
    mark = mark_of(connection.dialect.name)
    # Told by rows, since who gathers statements is not told how many one changed.
    statement = f"UPDATE {table.name} SET {column} = {mark} RETURNING 1"  # noqa: S608 - own names
    return len(run(connection, statement, (value,)).fetchall())


def find(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    *,
    by: Sequence[str],
    keys: Collection[Any],
    unset: str | None = None,
    within: int = 1,
) -> Sequence[Line]:
    """Return *columns* of the rows whose *by* is among *keys*, in no order.

    A key is a value, or a tuple where *by* names several columns. *unset* names a column in
    which they must hold nothing.
    *within* takes for each key the rows from ``key * within`` to before ``(key + 1) * within``.
    """
    if not keys:
        return []
    name = connection.dialect.name
    statement = _finding(table, name, tuple(columns), tuple(by), unset=unset, within=within)
    given = tuple(map(array, _apart(keys, len(by)))) if name == SERVER else (_json(keys),)
    found: list[Line] = run(connection, statement, given).fetchall()
    return found


def ask(
    connection: Connection, question: str, parts: Sequence[str], keys: Collection[Line]
) -> Sequence[Line]:
    """Return what *question* finds: SQL with ``{keys}`` among its tables, and each part of them.

    The parts of a key are whole numbers.
    """
    name = connection.dialect.name
    given = tuple(map(array, _apart(keys, len(parts)))) if name == SERVER else (_json(keys),)
    found: list[Line] = run(connection, _asking(question, name, tuple(parts)), given).fetchall()
    return found


def ask_all(
    connection: Connection,
    question: str,
    parts: tuple[tuple[str, tuple[str, ...]], ...],
    keys: Sequence[Sequence[Any]],
) -> Sequence[Line]:
    """Return what *question* finds: SQL with several tables of keys, each with its parts.

    The keys of each table are texts, or tuples of them where it has several parts.
    """
    name = connection.dialect.name
    if name == SERVER:
        columns = [
            _apart(some, len(names)) if some else [[] for _part in names]
            for some, (_table, names) in zip(keys, parts, strict=True)
        ]
        given = tuple(map(array, chain.from_iterable(columns)))
    else:
        given = tuple(map(_json, keys))
    found: list[Line] = run(connection, _asking_all(question, name, parts), given).fetchall()
    return found


def remove(
    connection: Connection, table: Table, columns: Sequence[str], lines: Sequence[Line]
) -> None:
    """Delete the rows whose *columns* have the values of a line."""
    if lines:
        statement = _removing(table, connection.dialect.name, tuple(columns))
        _do(connection, statement, lines)


def remove_spent(connection: Connection, table: Table) -> None:
    """Delete the rows of a table of counts that count nothing any more."""
    # Nought is written out: an index of these rows alone serves no value that comes later.
    run(connection, f"DELETE FROM {table.name} WHERE n = 0")  # noqa: S608 - own name


def last(connection: Connection, table: Table) -> int:
    """Return the highest number in *table*, 0 when it is empty."""
    found = run(connection, f"SELECT MAX(id) FROM {table.name}").fetchone()  # noqa: S608 - own name
    return found[0] or 0


def _insert(connection: Connection, table: Table, lines: Sequence[Line], instead: str) -> None:
    """Insert *lines*; a server takes several as columns, in one statement."""
    if connection.dialect.name == SERVER and len(lines) > 1:
        columns = tuple(map(array, zip(*lines, strict=True)))
        run(connection, _inserting_columns(table) + instead, columns)
    else:
        _do(connection, _insertion(table, connection.dialect.name) + instead, lines)


def _do(connection: Connection, statement: str, lines: Sequence[Line]) -> None:
    # One line goes as one statement, many as the driver's executemany.
    run(connection, statement, lines[0] if len(lines) == 1 else list(lines))


def _copy(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {table.name} ({_names(table.c)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(copied(lines))


def _json(keys: Collection[Any]) -> str:
    return msgspec.json.encode(list(keys)).decode()


def _apart(keys: Collection[Any], width: int) -> Iterable[Iterable[Any]]:
    return [keys] if width == 1 else zip(*keys, strict=True)


def _names(columns: Iterable[Column[Any]]) -> str:
    return ", ".join(column.name for column in columns)


@cache
def _insertion(table: Table, dialect: str) -> str:
    marks = ", ".join(mark_of(dialect) for _column in table.c)
    return f"INSERT INTO {table.name} ({_names(table.c)}) VALUES ({marks})"  # noqa: S608 - own names


@cache
def _inserting_columns(table: Table) -> str:
    arrays = ", ".join(f"%s::{_kind(column)}[]" for column in table.c)
    return f"INSERT INTO {table.name} ({_names(table.c)}) SELECT * FROM unnest({arrays})"  # noqa: S608 - own names


@cache
def _instead(table: Table, adding: str | None) -> str:
    others = [column.name for column in table.c if not column.primary_key]
    changed = ", ".join(
        f"{one} = {table.name}.{one} + excluded.{one}"
        if one == adding
        else f"{one} = excluded.{one}"
        for one in others
    )
    return f" ON CONFLICT ({_names(table.primary_key.columns)}) DO UPDATE SET {changed}"


def _kind(column: Column[Any]) -> str:
    return column.type.compile(_SERVER_DIALECT).partition(" COLLATE")[0]


@cache
def _changing(table: Table, dialect: str, columns: tuple[str, ...], by: tuple[str, ...]) -> str:
    mark = mark_of(dialect)
    changed = ", ".join(f"{one} = {mark}" for one in columns)
    same = " AND ".join(f"{one} = {mark}" for one in by)
    return f"UPDATE {table.name} SET {changed} WHERE {same}"  # noqa: S608 - own names


@cache
def _removing(table: Table, dialect: str, columns: tuple[str, ...]) -> str:
    same = " AND ".join(f"{one} = {mark_of(dialect)}" for one in columns)
    return f"DELETE FROM {table.name} WHERE {same}"  # noqa: S608 - own names


@cache
def _asking(question: str, dialect: str, parts: tuple[str, ...]) -> str:
    keys, names = _keys(dialect, ["BIGINT"] * len(parts))
    return question.format(keys=keys, **dict(zip(parts, names, strict=True)))


@cache
def _asking_all(
    question: str, dialect: str, parts: tuple[tuple[str, tuple[str, ...]], ...]
) -> str:
    told: dict[str, str] = {}
    for table, names in parts:
        told[table], columns = _keys(dialect, ["TEXT"] * len(names))
        told |= zip(names, columns, strict=True)
    return question.format(**told)


@cache
def _finding(
    table: Table,
    dialect: str,
    columns: tuple[str, ...],
    by: tuple[str, ...],
    *,
    unset: str | None,
    within: int,
) -> str:
    keys, parts = _keys(dialect, [_kind(table.c[one]) for one in by])
    wanted = ", ".join(f"{table.name}.{one}" for one in columns)
    same = chain.from_iterable(
        _same(f"{table.name}.{one}", part, within) for one, part in zip(by, parts, strict=True)
    )
    known = " AND ".join([*same, *([f"{table.name}.{unset} IS NULL"] if unset else [])])
    if dialect == SERVER:
        # A question of its own for each key: of a table just filled, of which nothing was counted
        # yet, a server takes it that a key finds a good part, and would read all of it.
        each = f"SELECT {wanted} FROM {table.name} WHERE {known} OFFSET 0"  # noqa: S608 - own names
        return f"SELECT found.* FROM {keys} CROSS JOIN LATERAL ({each}) AS found"  # noqa: S608 - own names
    # The order of the join is told: by statistics of a table just filled either might scan it.
    return f"SELECT {wanted} FROM {keys} CROSS JOIN {table.name} WHERE {known}"  # noqa: S608 - own names


def _same(column: str, key: str, within: int) -> list[str]:
    if within == 1:
        return [f"{column} = {key}"]
    return [f"{column} >= {key} * {within}", f"{column} < ({key} + 1) * {within}"]


def _keys(dialect: str, kinds: Sequence[str]) -> tuple[str, list[str]]:
    """Return the keys as a table of the statement, and the name of each part of them."""
    if dialect == SERVER:
        arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
        names = [f"k{number}" for number in range(len(kinds))]
        return f"unnest({arrays}) AS key ({', '.join(names)})", [f"key.{one}" for one in names]
    if len(kinds) == 1:
        return "json_each(?) AS key", ["key.value"]
    parts = [f"json_extract(key.value, '$[{number}]')" for number in range(len(kinds))]
    return "json_each(?) AS key", parts
