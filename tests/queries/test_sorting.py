"""A state sorted by what it tells, and its names read from their end, on both databases."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from archive.languages import Words
from archive.log import head
from archive.queries import (
    SORTED_BY,
    AsOf,
    EntityRef,
    Sort,
    StateRow,
    StateValue,
    is_sortable,
    sorted_rows,
    state,
)
from archive.queries.held import choosing, states
from tests.builders import an_entity, an_event, recorded
from tests.queries.plans import plans

DAY = date(2024, 6, 1)
SORTS = st.builds(Sort, st.sampled_from(sorted(SORTED_BY)), st.booleans())


def row(
    slug: str,
    key: str = "1 USD",
    *,
    attribute: str = "valuation",
    since: str = "2023",
    standing: str = "certain",
) -> StateRow:
    words = Words(key, key)
    value = StateValue(key, words, None, "event", 1, since, (), is_preferred=False)
    return StateRow(
        EntityRef(slug, "organization", Words(slug, slug)),
        attribute,
        Words(attribute, attribute),
        "measured",
        "",
        Words("", ""),
        (value,),
        standing,
        None,
        is_disputed=False,
        changed_today=False,
        age_days=None,
    )


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from("abc"),
        st.sampled_from(["1 USD", "30 USD", ">=4 USD", "~7..9 CNY", "unknown", "2 CNY"]),
        since=st.sampled_from(["2023", "2023-05-01", "[..2023-02]", "2023-05~", "/2024"]),
        standing=st.sampled_from(["certain", "possible"]),
    )
)


def keys(rows: tuple[StateRow, ...]) -> list[str]:
    return [one.values[0].key for one in rows]


def test_amounts_go_by_their_size_unit_by_unit_and_words_come_last() -> None:
    rows = [
        row("a", "30 USD"),
        row("b", "unknown"),
        row("c", "4 USD"),
        row("d", "100..200 CNY"),
        row("e", "active", attribute="status"),
        row("f", ">=5 USD"),
    ]

    rising, falling = (sorted_rows(rows, Sort("value", one)) for one in (False, True))

    assert keys(rising) == ["100..200 CNY", "4 USD", ">=5 USD", "30 USD", "active", "unknown"]
    assert keys(falling) == ["100..200 CNY", "30 USD", ">=5 USD", "4 USD", "unknown", "active"]


def test_what_began_goes_by_its_first_day_and_the_undated_come_last() -> None:
    days = ["2023-05", "..", "2022", "2023-05-02"]
    rows = [row("a", since=one) for one in days]

    for is_falling, order in ((False, "2022 2023-05 2023-05-02"), (True, "2023-05-02 2023-05")):
        found = [one.values[0].since for one in sorted_rows(rows, Sort("since", is_falling))]
        assert " ".join(found).startswith(order)
        assert found[-1] == ".."


def test_what_is_certain_comes_before_what_is_possible() -> None:
    rows = [row("a", standing="possible"), row("b")]

    assert [one.standing for one in sorted_rows(rows, Sort("standing"))] == ["certain", "possible"]
    falling = sorted_rows(rows, Sort("standing", is_falling=True))
    assert [one.standing for one in falling] == ["possible", "certain"]


@given(rows=ROWS, sort=SORTS)
def test_sorting_loses_nothing_and_once_is_enough(rows: list[StateRow], sort: Sort) -> None:
    once = sorted_rows(rows, sort)

    assert sorted(map(repr, once)) == sorted(map(repr, rows))
    assert sorted_rows(once, sort) == once


@given(rows=ROWS, column=st.sampled_from(sorted(SORTED_BY)))
def test_ties_keep_the_order_that_they_had(rows: list[StateRow], column: str) -> None:
    same = [row("a") for _one in rows]

    assert sorted_rows(same, Sort(column)) == tuple(same)
    assert sorted_rows(same, Sort(column, is_falling=True)) == tuple(same)


@pytest.fixture(params=[0, 10**6], ids=["large", "small"])
def named(
    request: pytest.FixtureRequest, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> Connection:
    """Nine organizations in a small archive, or one taken for large; one was named anew last."""
    monkeypatch.setattr(states, "_SMALL", request.param)
    monkeypatch.setattr(choosing, "_FEWEST", 1)
    founded = [
        an_event("org_founded", id=f"e{n}", org=an_entity(f"o-{n}", en=f"Name {n}"))
        for n in range(9)
    ]
    model = an_event("licence_set", id="l", model="m-1", licence="MIT")
    anew = an_event("names_changed", id="anew", when="2024", entity="o-3", en="Zebra", zh="斑马")
    recorded(connection, [*founded, model, anew])
    return connection


def order(connection: Connection, *, known: int, is_falling: bool, **more: object) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        answer = state(
            connection,
            as_of=AsOf(DAY, known),
            limit=2,
            after=after,
            is_falling=is_falling,
            **more,  # type: ignore[arg-type]  # as in state
        )
        found += [one.entity.id for one in answer.rows]
        after = answer.next
        if after is None:
            return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    "narrowed",
    [{}, {"entity_type": "organization"}, {"tab": "ownership"}, {"where": [("status", "active")]}],
    ids=["all", "a type", "a tab", "a value"],
)
@pytest.mark.parametrize("back", [0, 1], ids=["now", "before the new name"])
def test_names_downwards_are_names_upwards_turned_about(
    named: Connection, narrowed: dict[str, object], back: int
) -> None:
    known = head(named)[0] - back

    up = order(named, known=known, is_falling=False, **narrowed)
    down = order(named, known=known, is_falling=True, **narrowed)

    assert down == up[::-1]
    if not narrowed:
        assert down[0] == ("o-8" if back else "o-3")


def test_names_downwards_are_sought_by_index(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)
    founded = [an_event("org_founded", id=f"e{n}", org=f"o-{n}") for n in range(300)]
    recorded(connection, founded)
    as_of = AsOf(DAY, head(connection)[0])

    found = plans(
        connection,
        lambda: state(
            connection, as_of=as_of, entity_type="organization", limit=1, is_falling=True
        ),
    )

    names = [one for one in found if "place <" in one.statement]
    assert names
    assert all(one.walked() == [] for one in names)


def test_a_large_archive_sorts_by_names_and_what_is_told_of_one_entity(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(connection, [an_event("org_founded", id="e")])

    assert is_sortable(connection, known=1)
    monkeypatch.setattr(states, "_SMALL", 0)
    assert not is_sortable(connection, known=1)
    assert is_sortable(connection, known=1, entity="acme")
