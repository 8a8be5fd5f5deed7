"""A server's function called by the driver's library itself, arguments as the server keeps them.

For what is called for every event: the driver's own way to adapt, to send and to wait costs more
than all else. Where a statement is a transaction of its own it is prepared, once a connection.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, count, repeat
from struct import Struct, pack, unpack
from typing import Any, Final, TypeAlias

from psycopg import errors, generators
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from sqlalchemy import Connection

from archive.storage.driving import as_core_says_it

Sent: TypeAlias = bytes | None

_TEXT, _BYTES, _NUMBER = 25, 17, 23
_HEAD: Final = Struct(">iiiii")
_ABSENT: Final = b"\xff\xff\xff\xff"
_PREPARED: Final = "statements prepared"
_LET_GO: Final = b"26000"
_DONE: Final = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})
_numbers: Final = count()

_four: Final = lru_cache(maxsize=1 << 14)(Struct(">i").pack)
_eight: Final = Struct(">q").pack


def text(value: str | None) -> Sent:
    """Return a text as a server keeps it."""
    return None if value is None else value.encode()


def number(value: int | None) -> Sent:
    """Return a number of four bytes as a server keeps it."""
    return None if value is None else _four(value)


def long(value: int) -> Sent:
    """Return a number of eight bytes as a server keeps it."""
    return _eight(value)


def texts(values: Iterable[str]) -> bytes:
    """Return an array of texts, each of them there."""
    return _array(_TEXT, list(map(str.encode, values)))


def some_texts(values: Sequence[str | None]) -> bytes:
    """Return an array of texts, of which some may be absent."""
    if values.count(None) == len(values):
        return _head(_TEXT, len(values), has_nulls=True) + _ABSENT * len(values)
    return _some(_TEXT, list(map(text, values)))


def byte_strings(values: Sequence[bytes]) -> bytes:
    """Return an array of byte strings, each of them there."""
    return _array(_BYTES, values)


def numbers(values: Sequence[int | None]) -> bytes:
    """Return an array of numbers of four bytes, of which some may be absent."""
    if None in values:
        return _some(_NUMBER, list(map(number, values)))
    many = len(values)
    with_lengths = chain.from_iterable(zip(repeat(4), values, strict=False))
    return _head(_NUMBER, many) + pack(f">{2 * many}i", *with_lengths)


def _array(kind: int, values: Sequence[bytes]) -> bytes:
    lengths = map(_four, map(len, values))
    with_lengths = chain.from_iterable(zip(lengths, values, strict=True))
    return _head(kind, len(values)) + b"".join(with_lengths)


def _some(kind: int, values: Sequence[Sent]) -> bytes:
    parts = [_ABSENT if one is None else _four(len(one)) + one for one in values]
    return _head(kind, len(values), has_nulls=True) + b"".join(parts)


def _head(kind: int, many: int, *, has_nulls: bool = False) -> bytes:
    return _HEAD.pack(1, has_nulls, kind, many, 1)


def numbers_of(array: bytes) -> list[int]:
    """Return the numbers of four bytes in an array that a server sent, none of them absent."""
    body = array[_HEAD.size :]
    return list(unpack(f">{len(body) // 4}i", body)[1::2])


def number_of(value: bytes) -> int:
    """Return the number, of four bytes or eight, that a server sent."""
    return int.from_bytes(value, "big", signed=True)


def is_alone(connection: Connection) -> bool:
    """Tell whether each statement on *connection* is a transaction of its own."""
    driver: Any = connection.connection.driver_connection
    return bool(driver.autocommit)


def call(connection: Connection, statement: str, given: Sequence[Sent]) -> list[Sent]:
    """Return the one row of *statement*, a server's ``SELECT`` with ``$1`` and so on in it."""
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    try:
        asked = _alone if driver.autocommit else _within
        found = asked(connection, driver, statement, given)
        if found.status not in _DONE:
            raise errors.error_from_result(found)
    except errors.Error as error:
        raise as_core_says_it(connection, statement, error) from error
    return [found.get_value(0, column) for column in range(found.nfields)]


def _within(_connection: Connection, driver: Any, statement: str, given: Sequence[Sent]) -> Any:
    # Never prepared: what the driver lets go of now and then would be missed too late.
    if driver.pgconn.transaction_status == TransactionStatus.IDLE:
        driver.pgconn.send_query(b"BEGIN")
        _answer(driver)
    formats = [Format.BINARY] * len(given)
    driver.pgconn.send_query_params(statement.encode(), given, None, formats, Format.BINARY)
    return _answer(driver)


def _alone(connection: Connection, driver: Any, statement: str, given: Sequence[Sent]) -> Any:
    found = _prepared(connection, driver, statement, given)
    if found.error_field(DiagnosticField.SQLSTATE) != _LET_GO:
        return found
    connection.info[_PREPARED].clear()
    return _prepared(connection, driver, statement, given)


def _prepared(connection: Connection, driver: Any, statement: str, given: Sequence[Sent]) -> Any:
    names = connection.info.setdefault(_PREPARED, {})
    if statement not in names:
        name = f"archive_{next(_numbers)}".encode()
        driver.pgconn.send_prepare(name, statement.encode(), None)
        found = _answer(driver)
        if found.status not in _DONE:
            return found
        names[statement] = name
    formats = [Format.BINARY] * len(given)
    driver.pgconn.send_query_prepared(names[statement], given, formats, Format.BINARY)
    return _answer(driver)


def _answer(driver: Any) -> Any:
    return driver.wait(generators.execute(driver.pgconn))[-1]
