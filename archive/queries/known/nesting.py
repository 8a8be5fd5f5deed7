"""Joins that seek: for each row on the left its few rows on the right, by index, on no other way.

A planner that thinks the left side long, or cannot guess how short a range is, prefers to read
the right side whole; here that is the table of all facts. A server takes a lateral subquery with
an offset, which it never opens, for each row; SQLite keeps to the order of an outer join as long
as no condition outside says that the right side must be there.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, select, true

from archive.projections import PER_EVENT


def is_server(connection: Connection) -> bool:
    """Tell whether *connection* is to a server, which knows lateral subqueries."""
    return connection.dialect.name == "postgresql"


def beside(
    left: FromClause, table: Any, *on: ColumnElement[bool], lateral: bool
) -> tuple[FromClause, Any]:
    """Return the outer join of *left* and *table*, and the right side to take columns from."""
    if not lateral:
        return left.outerjoin(table, and_(*on)), table
    right = select(table).where(*on).offset(0).lateral()
    return left.outerjoin(right, true()), right


def of_event(facts: Any, position: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that facts are those of the event at *position*."""
    first = position * PER_EVENT
    return facts.c.id >= first, facts.c.id < first + PER_EVENT
