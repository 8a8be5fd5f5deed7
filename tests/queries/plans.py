"""How a database goes about the statements of a question: caught, and explained by itself.

SQLite plans by the shape of a statement alone; a server is forbidden what only a small table
invites.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest
from sqlalchemy import Connection, event, text

from archive.queries.known import asking
from archive.storage import driving, run
from archive.storage.driving import straight

# Of the vocabulary, handed in, or as rare as what they tell of: these do not grow as the log does.
SMALL: Final = frozenset(
    {"attribute", "dispute", "entity_merge", "erasure", "source", "scope", "days", "kind"}
)
_NEWEST: Final = re.compile(r"ORDER BY event\.position DESC\s+LIMIT")
_SCAN: Final = re.compile(r"^SCAN (?!CONSTANT|anon_|\()(\w+)")
# Ways that a server takes while its tables are small.
_TEMPTATIONS: Final = ("seqscan", "hashjoin", "mergejoin", "bitmapscan", "material", "sort")
_NODE: Final = re.compile(r"(Seq Scan|Index (?:Only )?Scan(?: Backward)?(?: using \w+)?) on (\w+)")


@dataclass(frozen=True)
class Plan:
    """How a database goes about one statement."""

    statement: str
    lines: tuple[str, ...]

    def walked(self) -> list[str]:
        """Return the tables of which every row is read."""
        named = [*self._scanned(), *self._walked_on_a_server()]
        return [name for name in named if name not in SMALL]

    def _scanned(self) -> Iterator[str]:
        # The newest of all is read from the end of the log, and no further.
        for line in () if _NEWEST.search(self.statement) else self.lines:
            if found := _SCAN.match(line):
                yield found[1]

    def _walked_on_a_server(self) -> Iterator[str]:
        for number, line in enumerate(self.lines):
            node = _NODE.search(line)
            if node is None:
                continue
            # One row under a limit is read from the end of an index, and no further.
            is_limited = number > 0 and "Limit" in self.lines[number - 1]
            is_sought = any("Index Cond" in one for one in self.lines[number + 1 : number + 2])
            if not (is_limited or is_sought):
                yield node[2]


def plans(
    connection: Connection, ask: Callable[[], object], *, is_free: bool = False
) -> list[Plan]:
    """Return how each statement that *ask* puts is gone about.

    A server *is_free* to choose where its tables are large, and has counted what is in them.
    """
    caught: list[tuple[str, Any]] = []

    def catch(_connection: Any, _cursor: Any, statement: str, said: Any, *_more: Any) -> None:
        caught.append((statement, said))

    def caught_too(on: Connection, statement: str, said: Any = ()) -> Any:
        caught.append((statement, said))
        return run(on, statement, said)

    event.listen(connection, "before_cursor_execute", catch)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "run", caught_too)
        ask()
    event.remove(connection, "before_cursor_execute", catch)
    return [
        Plan(statement, explained(connection, statement, said, is_free=is_free))
        for statement, said in caught
    ]


@contextmanager
def counted(connection: Connection) -> Iterator[list[str]]:
    """Note each statement that is put in the meantime, by Core or straight to the driver."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    def noted(on: Connection, statement: str, said: Any = (), **how: bool) -> Any:
        asked.append(statement)
        return straight(on, statement, said, **how)

    event.listen(connection, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driving, "straight", noted)
        yield asked
    event.remove(connection, "before_cursor_execute", note)


def explained(
    connection: Connection, statement: str, said: Any, *, is_free: bool = False
) -> tuple[str, ...]:
    """Return the lines of the plan of *statement*."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", said)
        return tuple(str(row[-1]) for row in rows)
    for way in (
        () if is_free else ("seqscan", "hashjoin", "mergejoin", "bitmapscan", "material", "sort")
    ):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    rows = connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", said)
    return tuple(str(row[0]) for row in rows)
