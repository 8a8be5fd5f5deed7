"""Of whom a state is: conditions, tabs, types, pages, and entities that were merged."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, MergedError, entity
from archive.vocabulary import Raw
from tests.builders import an_entity, an_event, an_event_with, recorded
from tests.queries.stating import names_of, on

MERGED = "2024-01-01"


def merge(*parts: str, into: str = "home", name: str = "merged") -> Raw:
    mentions = [an_entity(part) for part in parts]
    return an_event_with("entities_merged", {"from": mentions, "into": into}, id=name, when=MERGED)


def test_a_merged_entity_answers_under_its_new_home_until_it_is_split(
    connection: Connection,
) -> None:
    split = an_event("entity_split", id="split", when=MERGED, entity="home", out=["old"])
    recorded(connection, [an_event("org_founded", org="old", when="2020"), merge("old"), split])
    now = head(connection)[0]

    assert names_of(on(connection, "2023-01-01", known=now - 2)) == {"old"}
    assert names_of(on(connection, "2023-01-01", known=now - 1)) == {"home"}
    assert names_of(on(connection, "2023-01-01", known=now)) == {"old"}


def test_a_chain_of_merges_is_followed_to_its_end(connection: Connection) -> None:
    founded = [an_event("org_founded", id=f"f-{name}", org=name, when="2020") for name in "ab"]
    chain = [merge("a", into="b", name="m1"), merge("b", into="c", name="m2")]
    recorded(connection, [*founded, *chain])
    as_of = AsOf(date(2023, 1, 1), head(connection)[0])

    answer = entity(connection, id="c", as_of=as_of)

    assert names_of(on(connection, "2023-01-01")) == {"c"}
    assert answer.total_events == 2
    with pytest.raises(MergedError) as merged:
        entity(connection, id="a", as_of=as_of)
    assert merged.value.into == "b"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ([("licence", "MIT")], ["model-a"]),
        ([("commercial_use", "free")], ["model-a", "model-b"]),
        ([("commercial_use", "free"), ("licence", "Apache-2.0")], ["model-b"]),
        ([("licence", "mit-like")], []),
    ],
    ids=["one", "two entities", "both", "none"],
)
def test_where_keeps_the_entities_that_hold_each_pair(
    connection: Connection, where: Sequence[tuple[str, str]], expected: list[str]
) -> None:
    licences = {"a": "MIT", "b": "Apache-2.0"}
    recorded(
        connection,
        [
            an_event("licence_set", id=name, model=f"model-{name}", licence=licence)
            for name, licence in licences.items()
        ],
    )

    found = on(connection, "2023-12-31", where=where)

    assert sorted(names_of(found)) == expected


def test_where_asks_for_members_too(connection: Connection) -> None:
    recorded(connection, [an_event("stake_changed", holder="tencent", direction="increase")])

    assert names_of(on(connection, "2023-12-31", where=[("owners", "tencent")])) == {
        "stake-changed-org"
    }


def test_a_state_is_paged_by_entity_each_once(connection: Connection) -> None:
    recorded(
        connection,
        [an_event("org_founded", id=f"e{n}", org=f"org-{n:02}", seat="x") for n in range(7)],
    )
    seen: list[str] = []
    after: str | None = None
    while True:
        page = on(connection, "2023-12-31", limit=3, after=after)
        seen += dict.fromkeys(one.entity.id for one in page.rows)
        assert page.certain == 14
        after = page.next
        if after is None:
            break

    assert seen == [f"org-{n:02}" for n in range(7)]


def test_a_tab_and_a_type_narrow_the_state(connection: Connection) -> None:
    recorded(
        connection,
        [an_event("role_started", id="a", org="acme"), an_event("model_released", id="b")],
    )

    people = on(connection, "2023-12-31", tab="people")
    models = on(connection, "2023-12-31", entity_type="model")
    acme = on(connection, "2023-12-31", entity="acme")

    assert {one.attribute for one in people.rows} == {"officers", "roles", "affiliation"}
    assert {one.entity.type for one in models.rows} == {"model"}
    assert names_of(acme) == {"acme"}
