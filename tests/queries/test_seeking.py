"""The facts that can matter: few are read, and the answers are those of reading all."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Connection, select

from archive.dates import day_number
from archive.log import head
from archive.projections.tables import cells
from archive.queries import AsOf, State, state
from archive.queries.held import choosing, states
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on, read_cells
from archive.queries.known.ground import ground
from archive.vocabulary import Raw
from tests.builders import an_entity, an_event, recorded

DAY = date(2023, 7, 1)


def sought(connection: Connection, day: date = DAY) -> list[Cell]:
    number, known = day_number(day), head(connection)[0]
    return cells_on(
        connection,
        ground=ground(connection, known=known),
        days=(number, number),
        cell_ids=list(connection.scalars(select(cells.c.id))),
    )


def whole(connection: Connection) -> list[Cell]:
    return read_cells(connection, known=head(connection)[0])


def answers(found: Sequence[Cell], day: date = DAY) -> list[object]:
    return [
        (cell.entity.id, cell.attribute.name, cell.member, answer)
        for cell in found
        if (answer := held_in(cell, day_number(day)))
    ]


def licences(*dates: str) -> list[Raw]:
    return [
        an_event("licence_set", id=f"l-{n}", when=when, model="m", licence="MIT")
        for n, when in enumerate(dates)
    ]


def days_read(found: Sequence[Cell], attribute: str = "licence") -> set[int]:
    return {fact.lo for cell in found if cell.attribute.name == attribute for fact in cell.facts}


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"], ["2023-01-01"]),
        (["2021-01-01", "2022", "2022-06-01", "2023-08"], ["2022-01-01", "2022-06-01"]),
        (["2021-01-01", "2023", "2023-06-01"], ["2023-01-01", "2023-06-01"]),
        (["2021", "[2021-06-01..2022-06-01]", "2022-06-01"], ["2021-06-01", "2022-06-01"]),
        (["2024", "2025"], []),
    ],
    ids=[
        "the last",
        "what reaches up to it",
        "what reaches beyond the day",
        "what may be of its very day",
        "none begun",
    ],
)
def test_only_facts_that_can_matter_are_read(
    connection: Connection, dates: list[str], read: list[str]
) -> None:
    recorded(connection, licences(*dates))

    found = sought(connection)

    assert days_read(found) == {day_number(date.fromisoformat(one)) for one in read}
    assert answers(found) == answers(whole(connection))


def test_the_end_of_a_stretch_that_began_more_vaguely_is_read_too(
    connection: Connection,
) -> None:
    offices = {"a": "2023/2023-03-05", "b": "2023-06-01"}
    recorded(
        connection,
        [
            an_event("role_started", id=person, when=when, person=person, org="acme", role="ceo")
            for person, when in offices.items()
        ],
    )

    held = {cell.attribute.name: held_in(cell, day_number(DAY)) for cell in sought(connection)}

    assert held["officers"] is not None
    assert [fact.value for fact in held["officers"].candidates] == ["b"]
    assert answers(sought(connection)) == answers(whole(connection))


def test_a_member_that_is_told_again_and_again_is_not_read_whole(connection: Connection) -> None:
    dates = ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"]
    recorded(
        connection,
        [
            an_event("model_released", id=f"r-{n}", when=when, model="m", developer="acme")
            for n, when in enumerate(dates)
        ],
    )

    found = sought(connection)

    assert days_read(found, "developer") == {day_number(date(2023, 1, 1))}
    assert answers(found) == answers(whole(connection))


def test_what_was_set_aside_is_shown_however_old_it_is(connection: Connection) -> None:
    settled = an_event("dispute_settled", id="s", when="2024", claims="l-0,l-1", choice="l-1")
    recorded(connection, [*licences("2020-01-01", "2020-01-01", "2023-01-01"), settled])

    found = {cell.attribute.name: held_in(cell, day_number(DAY)) for cell in sought(connection)}

    assert found["licence"] is not None
    assert len(found["licence"].set_aside) == 1
    assert answers(sought(connection)) == answers(whole(connection))


def test_a_sum_is_of_all_that_began(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event("funding_round", id=when, when=when, org="a", phase="closed", amount="1 USD")
            for when in ("2020-01-01", "2021-01-01", "2022", "2024")
        ],
    )

    row = next(
        one
        for one in state(connection, as_of=AsOf(DAY, head(connection)[0])).rows
        if one.attribute == "total_raised"
    )

    assert [one.key for one in row.values] == ["3 USD"]


# --- pages at scale -----------------------------------------------------------------------------


@pytest.fixture
def named(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """Ten organizations in an archive that is taken for a large one; one was named anew last."""
    monkeypatch.setattr(states, "_SMALL", 0)
    monkeypatch.setattr(choosing, "_FEWEST", 1)
    founded = [
        an_event("org_founded", id=f"e{n}", org=an_entity(f"o-{n}", en=f"Name {9 - n}"))
        for n in range(10)
    ]
    anew = an_event("names_changed", id="anew", when="2024", entity="o-3", en="Zebra", zh="斑马")
    recorded(connection, [*founded, anew])
    return connection


def pages(connection: Connection, *, known: int) -> list[State]:
    found = [state(connection, as_of=AsOf(date(2024, 6, 1), known), limit=4)]
    while found[-1].next:
        after = found[-1].next
        found.append(state(connection, as_of=found[0].as_of, limit=4, after=after))
    return found


def order(found: Sequence[State]) -> list[str]:
    return list(dict.fromkeys(row.entity.id for page in found for row in page.rows))


def test_the_order_is_that_of_the_names_as_known_then(named: Connection) -> None:
    now = head(named)[0]

    assert order(pages(named, known=now)) == [f"o-{n}" for n in (9, 8, 7, 6, 5, 4, 2, 1, 0, 3)]
    assert order(pages(named, known=now - 1)) == [f"o-{n}" for n in range(9, -1, -1)]


@pytest.mark.parametrize("limit", range(1, 10))
def test_who_was_called_otherwise_in_one_language_alone_keeps_its_place(
    named: Connection, limit: int
) -> None:
    recorded(named, [an_event("names_changed", id="zh", when="2024", entity="o-5", zh="新名")])
    as_of = AsOf(date(2024, 6, 1), head(named)[0] - 1)

    found = [state(named, as_of=as_of, limit=limit)]
    while found[-1].next:
        found.append(state(named, as_of=as_of, limit=limit, after=found[-1].next))

    assert order(found) == [f"o-{n}" for n in (9, 8, 7, 6, 5, 4, 2, 1, 0, 3)]


def test_counts_tell_whether_they_are_of_the_whole(named: Connection) -> None:
    found = pages(named, known=head(named)[0])
    one = state(named, as_of=found[0].as_of, entity="o-1")
    every = state(named, as_of=found[0].as_of, limit=10)

    assert [page.is_whole for page in found] == [False, False, False]
    assert [page.certain for page in found] == [len(page.rows) for page in found]
    assert one.is_whole
    assert every.is_whole
    assert every.certain == len(every.rows)


def test_a_cursor_of_an_entity_that_holds_nothing_there_leads_on_from_its_place(
    named: Connection,
) -> None:
    as_of = AsOf(date(2024, 6, 1), head(named)[0])

    found = state(named, as_of=as_of, tab="ownership", after="o-1", limit=4)
    unknown = state(named, as_of=as_of, after="nobody", limit=4)

    assert order([found]) == ["o-0", "o-3"]
    assert order([unknown])[0] == "o-9"
