"""Every question asks a fixed number of statements, however much the archive holds."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import (
    AsOf,
    Filters,
    changes,
    compare,
    coverage,
    density,
    entity,
    event,
    facets,
    find_entities,
    search,
    source_called,
    sources_known,
    state,
    state_in_keys,
    timeline,
    why,
)
from tests.builders import an_event, recorded
from tests.queries.plans import counted

EVERYTHING = Filters()


def as_of(connection: Connection, day: str = "2023-12-31") -> AsOf:
    return AsOf(date.fromisoformat(day), head(connection)[0])


QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "timeline": lambda c: timeline(c, filters=EVERYTHING, known=head(c)[0], limit=500),
    "facets": lambda c: facets(c, filters=EVERYTHING, known=head(c)[0]),
    "density": lambda c: density(c, filters=EVERYTHING, known=head(c)[0]),
    "coverage": lambda c: coverage(c, known=head(c)[0]),
    "state": lambda c: state(c, as_of=as_of(c), limit=500),
    "compare": lambda c: compare(c, left=as_of(c, "2022-12-31"), right=as_of(c)),
    "why": lambda c: why(c, entity="acme", attribute="officers", as_of=as_of(c)),
    "entity": lambda c: entity(c, id="acme", as_of=as_of(c)),
    "event": lambda c: event(c, id="e0", known=head(c)[0]),
    "changes": lambda c: changes(c, limit=500),
    "search": lambda c: search(c, text="acme", known=head(c)[0], limit=500),
    "sources": lambda c: sources_known(c, known=head(c)[0]),
    "source": lambda c: source_called(c, slug="a-source", known=head(c)[0]),
}


def people(first: int, last: int) -> list[dict[str, object]]:
    return [
        an_event(
            "role_started",
            id=f"e{number}",
            when=f"2023-01-{number % 28 + 1:02}",
            org="acme",
            person=f"person-{number}",
            scope=f"scope {number}",
        )
        for number in range(first, last)
    ]


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_twice_the_rows_cost_no_more_queries(
    connection: Connection, ask: Callable[[Connection], object]
) -> None:
    recorded(connection, people(0, 8))
    ask(connection)
    with counted(connection) as few:
        ask(connection)
    recorded(connection, people(8, 24))

    with counted(connection) as many:
        ask(connection)

    assert len(many) == len(few)
    assert len(few) < 40


def test_finding_entities_costs_a_bounded_number_of_queries(connection: Connection) -> None:
    recorded(connection, people(0, 24))

    with counted(connection) as asked:
        found = find_entities(connection, text="person", limit=8)

    assert len(found) == 8
    # Of a server the words' statement is planned anew, and the newest position is looked up.
    assert len(asked) <= 3 + 8 * 4


@pytest.mark.parametrize(("slug", "most"), [("acme", 4), ("person-3", 7)])
def test_what_one_entity_holds_is_asked_in_few_statements(
    connection: Connection, slug: str, most: int
) -> None:
    recorded(connection, people(0, 8))

    with counted(connection) as asked:
        found = state_in_keys(connection, as_of=as_of(connection), entity=slug)

    assert found.shown
    assert len(asked) <= most
