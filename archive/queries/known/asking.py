"""Questions put straight to the driver: of few rows Core would take longer than the database.

A question is built by Core once and spelt once for each database; what is given with it may be
numbers, texts, and lists of either for what ``among`` made.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Text,
    TextClause,
    any_,
    func,
    literal_column,
    select,
)
from sqlalchemy import bindparam as given
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql.selectable import GenerativeSelect

from archive.storage import SERVER, run

Line: TypeAlias = tuple[Any, ...]

_SERVER: Final[Dialect] = psycopg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
_EMBEDDED: Final[Dialect] = sqlite.dialect(paramstyle="named")


def asked(
    connection: Connection, question: GenerativeSelect | TextClause, said: Mapping[str, Any]
) -> list[Line]:
    """Return the rows that *question* finds, as the driver gives them; *said* are its words."""
    on_server = connection.dialect.name == SERVER
    spell = _of_server if on_server else _of_file
    text, constants = _spelt(question, on_server=on_server)
    # A driver takes words by their names as well as in their order.
    words: Any = constants | {name: spell(value) for name, value in said.items()}
    found: list[Line] = run(connection, text, words).fetchall()
    return found


def asked_as_spelt(connection: Connection, question: str, said: Sequence[Any]) -> list[Line]:
    """Return the rows that SQL finds which is spelt for the driver; *said* are its words."""
    found: list[Line] = run(connection, question, said).fetchall()
    return found


def among(column: ColumnElement[Any], name: str, *, on_server: bool) -> ColumnElement[bool]:
    """Return the condition that *column* is one of the list that is given as *name*.

    The text of a question is the same for any number of them.
    """
    if on_server:
        kind = ARRAY(Text() if isinstance(column.type, Text) else Integer())
        return column == any_(given(name, type_=kind))
    each = func.json_each(given(name, type_=Text)).table_valued("value")
    return column.in_(select(each.c.value))


def is_own(column: ColumnElement[Any], names: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that *column* is one of *names*, which are the vocabulary's own."""
    return column.in_([literal_column(f"'{name}'") for name in names])


@lru_cache(maxsize=512)
def _spelt(
    question: GenerativeSelect | TextClause, *, on_server: bool
) -> tuple[str, dict[str, Any]]:
    """Return the text of *question*, and what of its words is always the same."""
    dialect = _SERVER if on_server else _EMBEDDED
    spelt = question.compile(dialect=dialect)
    always = {name: one.value for name, one in spelt.binds.items() if not one.required}
    return str(spelt), always


def _of_server(value: Any) -> Any:
    # No text on a server holds NUL: who asks for one is told that there is none.
    if isinstance(value, list):
        return [_of_server(one) for one in value] if value and _is_text(value[0]) else value
    return value.replace("\x00", "\ufffd") if _is_text(value) else value


def _of_file(value: Any) -> Any:
    # In a list SQLite ends a text at NUL: it would be taken for a shorter one.
    return msgspec.json.encode(_of_server(value)).decode() if isinstance(value, list) else value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
