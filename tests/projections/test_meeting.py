"""One event folded alone: few questions, each sought by index, and the rows of a long run."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Connection, Engine, select

from archive.log import read_log
from archive.projections import ROSTER, apply, rows
from archive.projections.runner import empty
from archive.projections.tables import checkpoints
from archive.storage import run
from tests.builders import a_source, an_entity, an_event, an_event_with, recorded, scratch
from tests.queries.plans import Plan, explained

# A row for each projection, changed all at once; and the keys that were handed in.
SMALL = {"checkpoint", "key"}


@pytest.fixture
def untouched(engine: Engine) -> Iterator[Connection]:
    """A connection to an archive of this test's own, whose tables nobody ever counted.

    By what a server counted of tables that other tests filled and emptied, as it does of itself
    once a minute, it finds every way through so few rows as good as any other.
    """
    with scratch(engine) as opened:
        yield opened


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[object]]]:
    """The statements that were run, and what they were given."""
    found: list[tuple[str, Sequence[object]]] = []

    def seeing(connection: Connection, statement: str, given: Sequence[object] = ()) -> object:
        found.append((statement, given))
        return run(connection, statement, given)

    monkeypatch.setattr(rows, "run", seeing)
    return found


def _once(given: Sequence[object]) -> object:
    """Return what one run of a statement is given, of which there may be many."""
    return given[0] if isinstance(given, list) else given


def stories() -> list[dict[str, object]]:
    org, other = an_entity("org"), an_entity("other")
    return [
        an_event(id="a", org=org, seat="x", when="2023/2024"),
        an_event(id="b", org=other, seat='a "quoted" \\ word'),
        an_event_with("names_changed", {"entity": org, "aliases": "甲 | Alpha"}, id="n"),
        an_event("claim_disputed", id="d", claims="a,b"),
        an_event("claim_retracted", id="r", target="n"),
        an_event(id="c", org=org, seat="x", when="2022"),
    ]


def every_row(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = (checkpoints, *(table for one in ROSTER for table in one.tables))
    return {
        one.name: sorted(map(tuple, connection.execute(select(one))), key=repr) for one in tables
    }


def test_what_was_folded_one_by_one_is_what_was_folded_together(connection: Connection) -> None:
    recorded(connection, stories())
    log = list(read_log(connection))
    empty(connection)
    apply(connection, log)
    together = every_row(connection)

    empty(connection)
    for one in log:
        apply(connection, [one])

    assert every_row(connection) == together


def test_an_event_of_whom_all_is_known_asks_one_question(
    connection: Connection, seen: list[tuple[str, Sequence[object]]]
) -> None:
    recorded(connection, stories())
    seen.clear()

    recorded(connection, [an_event(id="e", org=an_entity("org"), seat="x", when="2021")])

    if connection.dialect.name != "postgresql":
        return  # a file answers many questions as fast as one
    asked = [statement for statement, _given in seen if statement.startswith("SELECT")]
    counting = [one for one in asked if "COALESCE" in one]
    assert len(asked) - len(counting) == 1


def test_no_statement_of_an_append_walks_a_table_that_grows(
    untouched: Connection, seen: list[tuple[str, Sequence[object]]]
) -> None:
    recorded(untouched, stories())

    recorded(untouched, [an_event(id="e", org=an_entity("org"), seat="x", when="2021")])

    walked = {
        name
        for statement, given in list(seen)
        if "VALUES" not in statement
        for name in Plan(statement, explained(untouched, statement, _once(given))).walked()
    }
    assert walked <= SMALL


def test_a_cell_is_sought_by_its_entity_first(
    untouched: Connection, seen: list[tuple[str, Sequence[object]]]
) -> None:
    recorded(untouched, stories())
    if untouched.dialect.name != "postgresql":
        return  # a file goes by the order in which it is told
    statement, given = next(one for one in reversed(seen) if one[0].startswith("SELECT 0"))

    lines = "\n".join(explained(untouched, statement, given))

    assert "ix_cell_attribute_id_member" not in lines
    assert "uq_cell_entity_id" in lines


def test_more_rows_than_are_copied_in_at_once_come_of_one_event(connection: Connection) -> None:
    many = [an_entity(f"org-{number}") for number in range(12)]

    recorded(connection, [an_event_with("partnership_made", {"parties": many}, id="p")])

    assert len(every_row(connection)["fact"]) == len(many) * (len(many) - 1)


def test_sources_are_told_alone_as_well(connection: Connection) -> None:
    recorded(connection, [a_source("another")])

    assert {row[0] for row in every_row(connection)["source"]} == {"a-source", "another"}
