"""The statements of a question put to the driver once more, alone: what the database takes of it.

They are those that the question asked, with what it gave, in their order; their rows are fetched
and dropped. No way of asking through these tables in this manner can cost less.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias
from unittest.mock import patch

from sqlalchemy import Connection

from archive.queries.known import asking
from archive.storage import run
from tests.benchmarks.scale.spreads import Call

_Statements: TypeAlias = list[tuple[str, Any]]


def retraced(connection: Connection, calls: Iterable[Call]) -> list[Call]:
    """Return for each of *calls* one of its statements alone, worth as much."""
    return [_retraced(connection, call) for call in calls]


def _retraced(connection: Connection, call: Call) -> Call:
    with patch.object(asking, "run", wraps=run) as hand:
        call.work()
    statements: _Statements = [one.args[1:] for one in hand.call_args_list]
    driver: Any = connection.connection.driver_connection

    def work() -> None:
        for statement, given in statements:
            driver.execute(statement, given).fetchall()

    return Call(work, things=call.things)
