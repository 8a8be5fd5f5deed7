"""How many have each parent, post or affiliation: as many as the rows of the state tell."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.projections import rebuild
from archive.queries import AsOf, state, value_counts
from archive.vocabulary import Raw
from tests.builders import an_entity, an_event, an_event_with, recorded
from tests.queries.stating import on, values


def post(name: str, kind: str, person: str, when: str, role: str = "ceo", **more: str) -> Raw:
    said = {"person": person, "org": "acme", "role": role} | more
    return an_event(f"role_{kind}", id=name, when=when, **said)


def bought(name: str, buyer: str, when: str) -> Raw:
    said = {"deal": f"deal-{name}", "buyer": buyer, "target": "unit", "share": "100"}
    return an_event("deal_closed", id=name, when=when, **said)


def sold(name: str, seller: str, when: str, buyer: str | None = None) -> Raw:
    said = {"seller": seller, "what": "unit", "manner": "sale"}
    return an_event("divested", id=name, when=when, **said | ({"buyer": buyer} if buyer else {}))


def counted(connection: Connection, day: str, type_name: str, attribute: str) -> dict[str, int]:
    as_of = AsOf(date.fromisoformat(day), head(connection)[0])
    told = value_counts(connection, as_of=as_of, type_name=type_name, attribute=attribute)
    return {one.key: one.cells for one in told}


POSTS: dict[str, list[Raw]] = {
    "followed": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
    ],
    "followed by one who left": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
        post("c", "ended", "bob", "2021-12-01"),
    ],
    "back again": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
        post("c", "started", "ann", "2021-12-01"),
    ],
    "posts that many have": [
        post("a", "started", "ann", "2020", "vice_president"),
        post("b", "started", "bob", "2021-05-05", "vice_president"),
    ],
    "posts of their own scope": [
        post("a", "started", "ann", "2020", scope="Asia"),
        post("b", "started", "bob", "2021-05-05", scope="Europe"),
    ],
    "one of two left": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "ann", "2020-06-01", "cto"),
        post("c", "ended", "ann", "2021-12-01"),
    ],
    "only a founder still": [
        post("a", "started", "ann", "2020"),
        post("b", "started", "ann", "2020", "founder"),
        post("c", "ended", "ann", "2021-12-01"),
    ],
    "stayed on": [
        post("a", "started", "ann", "2020"),
        post("b", "ended", "ann", "2021-12-01", remains="yes"),
    ],
}


@pytest.mark.parametrize("told", POSTS.values(), ids=POSTS)
@pytest.mark.parametrize("attribute", ["roles", "affiliation"])
def test_people_are_counted_as_their_rows_tell(
    connection: Connection, told: list[Raw], attribute: str
) -> None:
    recorded(connection, told)

    for day in ("2021-01-01", "2021-06-01", "2022-01-01"):
        expected = Counter(values(on(connection, day, entity_type="person"), attribute))
        assert counted(connection, day, "person", attribute) == expected, day


PARENTS: dict[str, list[Raw]] = {
    "one after the other": [bought("a", "one", "2020"), bought("b", "two", "2021-05-05")],
    "sold": [bought("a", "one", "2020"), sold("b", "one", "2021-05-05")],
    "sold on": [bought("a", "one", "2020"), sold("b", "one", "2021-05-05", "two")],
    "sold by one who was not the parent": [
        bought("a", "one", "2020"),
        sold("b", "two", "2021-05-05"),
    ],
    "sold on by one who was not the parent": [
        bought("a", "one", "2020"),
        sold("b", "two", "2021-05-05", "three"),
    ],
    "sold by the one before": [
        bought("a", "one", "2020"),
        bought("b", "two", "2021"),
        sold("c", "one", "2021-05-05"),
    ],
    "sold on by one of whom nothing was told": [sold("a", "one", "2020", "two")],
}


@pytest.mark.parametrize("told", PARENTS.values(), ids=PARENTS)
def test_parents_are_counted_as_the_rows_of_their_units_tell(
    connection: Connection, told: list[Raw]
) -> None:
    recorded(connection, told)

    for day in ("2020-12-31", "2021-06-01"):
        expected = Counter(values(on(connection, day, entity="unit"), "parent"))
        assert counted(connection, day, "organization", "parent") == expected, day


def test_of_two_rival_parents_the_one_told_last_is_counted(connection: Connection) -> None:
    recorded(connection, [bought("a", "one", "2020-01-01"), bought("b", "two", "2020-01-01")])

    assert values(on(connection, "2021-01-01", entity="unit"), "parent") == ["two", "one"]
    assert counted(connection, "2021-01-01", "organization", "parent") == {"two": 1}


def licence(name: str, model: str, use: str, when: str = "2021-01-01") -> Raw:
    said = {"model": model, "licence": "MIT", "commercial_use": use}
    return an_event("licence_set", id=name, when=when, **said)


def rows_counted(connection: Connection, day: str, attribute: str, of: str) -> Counter[str]:
    """Return how many rows of a type say each value first, where they are certain."""
    rows = on(connection, day, entity_type=of).rows
    return Counter(row.values[0].key for row in rows if row.attribute == attribute)


@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["inline", "rebuilt"])
@pytest.mark.parametrize("back", [0, 1], ids=["now", "as known before"])
def test_of_a_phase_told_twice_on_one_day_the_furthest_step_is_counted(
    connection: Connection, *, is_rebuilt: bool, back: int
) -> None:
    told = [
        an_event("model_released", id="b", when="2023-07-11", model="m"),
        an_event("model_announced", id="a", when="2023-07-11", model="m"),
        licence("c", "m", "free"),
    ]
    recorded(connection, told)
    if is_rebuilt:
        rebuild(connection)

    as_of = AsOf(date(2023, 8, 1), head(connection)[0] - back)
    found = value_counts(connection, as_of=as_of, type_name="model", attribute="status")

    assert values(on(connection, "2023-08-01", entity="m"), "status") == ["released"]
    assert [(one.key, one.cells) for one in found] == [("released", 1)]


@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["inline", "rebuilt"])
def test_what_is_unknown_is_not_counted_beside_what_is_known_of_its_date(
    connection: Connection, *, is_rebuilt: bool
) -> None:
    recorded(connection, [licence("a", "m", "free"), licence("b", "m", "unknown")])
    if is_rebuilt:
        rebuild(connection)

    assert counted(connection, "2023-08-01", "model", "commercial_use") == {"free": 1}


def test_merged_entities_are_counted_once_until_they_are_split(connection: Connection) -> None:
    told = [
        licence("a", "m", "free"),
        licence("b", "n", "paid", "2022"),
        licence("c", "o", "paid"),
    ]
    recorded(connection, told)
    recorded(
        connection,
        [
            an_event_with(
                "entities_merged",
                {"from": [an_entity("m", "model")], "into": an_entity("n", "model")},
            )
        ],
    )
    merged = head(connection)[0]
    recorded(
        connection,
        [
            an_event_with(
                "entity_split",
                {"entity": an_entity("n", "model"), "out": [an_entity("m", "model")]},
                id="split",
            )
        ],
    )

    assert counted(connection, "2023-08-01", "model", "commercial_use") == {"free": 1, "paid": 2}
    as_of = AsOf(date(2023, 8, 1), merged)
    found = value_counts(connection, as_of=as_of, type_name="model", attribute="commercial_use")
    assert {one.key: one.cells for one in found} == {"paid": 2}


def test_merged_people_are_counted_as_one_holder_of_a_post(connection: Connection) -> None:
    told = [
        post("a", "started", "ann", "2020"),
        post("b", "started", "bob", "2021-05-05"),
        post("c", "ended", "anna", "2022-01-01"),
    ]
    recorded(connection, told)
    assert counted(connection, "2023-01-01", "organization", "officers") == {"bob": 1}

    recorded(
        connection,
        [
            an_event_with(
                "entities_merged",
                {"from": [an_entity("anna", "person")], "into": an_entity("bob", "person")},
            )
        ],
    )

    assert values(on(connection, "2023-01-01", entity="acme"), "officers") == ["vacant"]
    assert counted(connection, "2023-01-01", "organization", "officers") == {"vacant": 1}
    assert counted(connection, "2023-01-01", "person", "roles") == {}


@pytest.mark.parametrize("attribute", ["commercial_use", "licence"])
def test_a_claim_that_was_set_aside_is_not_counted(connection: Connection, attribute: str) -> None:
    told = [licence("a", "m", "free"), licence("b", "m", "paid")]
    choice = {"claims": "a,b", "choice": "a"}
    recorded(connection, [*told, an_event("dispute_settled", id="s", when="2024", **choice)])

    found = counted(connection, "2023-08-01", "model", attribute)

    heard = [
        value.key
        for row in on(connection, "2023-08-01", entity="m").rows
        if row.attribute == attribute
        for value in row.values
        if not value.is_set_aside
    ]
    assert found == Counter(heard)


def test_what_is_vague_is_counted_from_the_founding_on(connection: Connection) -> None:
    stake = {"org": "acme", "holder": "a", "direction": "increase", "share_after": "10"}
    recorded(
        connection,
        [
            an_event("stake_changed", id="stake", when="2023", **stake),
            an_event("org_founded", id="f", when="2023-06-01", org="acme"),
        ],
    )

    for day in ("2023-03-01", "2023-07-01"):
        expected = rows_counted(connection, day, "owners", "organization")
        assert counted(connection, day, "organization", "owners") == expected, day


def merged(name: str, old: str, into: str, entity_type: str = "organization") -> Raw:
    ends = {"from": [an_entity(old, entity_type)], "into": an_entity(into, entity_type)}
    return an_event_with("entities_merged", ends, id=name)


def parted(name: str, whole: str, out: str, entity_type: str = "organization") -> Raw:
    parts = {"entity": an_entity(whole, entity_type), "out": [an_entity(out, entity_type)]}
    return an_event_with("entity_split", parts, id=name)


def settled(name: str, choice: str) -> Raw:
    return an_event("dispute_settled", id=name, when="2024", claims="b,c", choice=choice)


# What is told at first: Ann has it, then Bob or, by another source, Cat; and Dan at another body.
AT_FIRST = [
    post("a", "started", "ann", "2020"),
    post("b", "started", "bob", "2021-05-05"),
    post("c", "started", "cat", "2021-05-05"),
    post("d", "started", "dan", "2021-08-01", org="acme-of-old"),
    post("e", "ended", "robert", "2022-03-01"),
]
RESHAPED: dict[str, list[Raw]] = {
    "bodies merged": [merged("m", "acme-of-old", "acme")],
    "bodies merged and split": [
        merged("m", "acme-of-old", "acme"),
        parted("p", "acme", "acme-of-old"),
    ],
    "people merged": [merged("m", "robert", "bob", "person"), settled("s", "b")],
    "people merged and split": [
        merged("m", "robert", "bob", "person"),
        settled("s", "b"),
        parted("p", "bob", "robert", "person"),
    ],
    "rivals merged": [merged("m", "cat", "bob", "person")],
    "settled": [settled("s", "b")],
    "settled otherwise": [settled("s", "b"), settled("t", "c")],
    "settled and merged": [settled("s", "c"), merged("m", "acme-of-old", "acme")],
    "settled, merged and split": [
        settled("s", "c"),
        merged("m", "acme-of-old", "acme"),
        parted("p", "acme", "acme-of-old"),
    ],
}


@pytest.mark.parametrize("told", RESHAPED.values(), ids=RESHAPED)
@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["step by step", "rebuilt"])
def test_posts_are_counted_as_their_rows_tell_through_merges_splits_and_settlements(
    connection: Connection, told: list[Raw], *, is_rebuilt: bool
) -> None:
    recorded(connection, [*AT_FIRST, *told])
    if is_rebuilt:
        rebuild(connection)

    known = head(connection)[0]
    for at in range(known - len(told), known + 1):
        for day in ("2021-01-01", "2021-06-01", "2021-09-01", "2022-06-01"):
            as_of = AsOf(date.fromisoformat(day), at)
            rows = state(connection, as_of=as_of, limit=500).rows
            for type_name, attribute in POSTS_OF:
                found = value_counts(
                    connection, as_of=as_of, type_name=type_name, attribute=attribute
                )
                theirs = [row for row in rows if row.attribute == attribute]
                # Of rivals the likeliest alone counts, if it has likely come.
                least = Counter(row.values[0].key for row in theirs if row.standing == "certain")
                most = Counter(
                    key
                    for row in theirs
                    for key in {v.key for v in row.values if not v.is_set_aside}
                )
                counts = Counter({one.key: one.cells for one in found})
                assert least <= counts <= most, (attribute, day, at)
                assert counts.total() <= len(theirs)


POSTS_OF = (("organization", "officers"), ("person", "roles"), ("person", "affiliation"))
