"""Lines that a question brings along, as a table of its statement: the same for any number."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Integer, Subquery, Text, bindparam, cast, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

# The parameter under which the lines come.
LINES: Final = "lines"


def given(dialect: str, columns: Mapping[str, type[int | str]]) -> Subquery:
    """Return the lines that come as LINES as a table whose *columns* are numbers or texts."""
    told = bindparam(LINES, type_=Text)
    kinds: dict[Any, Any] = {int: Integer, str: Text}
    parts: list[Any]
    if dialect == "postgresql":
        each = func.jsonb_array_elements(cast(told, JSONB)).table_valued("value")
        parts = [
            cast(each.c.value.op("->>")(at), kinds[kind]).label(name)
            for at, (name, kind) in enumerate(columns.items())
        ]
    else:
        each = func.json_each(told).table_valued("value")
        parts = [
            type_coerce(func.json_extract(each.c.value, f"$[{at}]"), kinds[kind]).label(name)
            for at, (name, kind) in enumerate(columns.items())
        ]
    return select(*parts).select_from(each).subquery()


def written(lines: Sequence[Sequence[Any]]) -> str:
    """Return *lines* as they go into the parameter."""
    return msgspec.json.encode(lines).decode()
